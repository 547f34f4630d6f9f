"""Keyrings: one in memory that is believed, and a real Secret Service for a command."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import keyring
import keyring.backend
import pytest

_UNLOCK = (
    'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
)
_IN_A_SESSION = ("dbus-run-session", "--", "bash", "-c", _UNLOCK, "_")
_PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
_MISSING = [name for name in _PROGRAMS if shutil.which(name) is None]

needs_secret_service = pytest.mark.skipif(
    bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"
)


class MemoryKeyring(keyring.backend.KeyringBackend):
    """Keeps passwords as a real keyring does; raises what it is told to."""

    priority = 1.0

    def __init__(self) -> None:
        self.passwords: dict[tuple[str, str], str] = {}
        self.on_reading: Exception | None = None
        self.on_writing: Exception | None = None
        self.drops = False
        super().__init__()  # type: ignore[no-untyped-call]

    def get_password(self, service: str, username: str) -> str | None:
        if self.on_reading is not None:
            raise self.on_reading
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.on_writing is not None:
            raise self.on_writing
        if not self.drops:
            self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.passwords[service, username]


def believed_keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """A keyring of a kind that is believed to keep secrets."""
    backend = MemoryKeyring()
    monkeypatch.setattr(MemoryKeyring, "__module__", "keyring.backends.SecretService")
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    return backend


def with_secret_service(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """A command in a session of its own, with a Secret Service that is unlocked."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"
        }
        for name in ("XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
            place = Path(folder) / name
            place.mkdir(mode=0o700)
            environment[name] = str(place)
        return subprocess.run(
            [*_IN_A_SESSION, *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
