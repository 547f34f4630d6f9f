"""Lends a key that lives in memory to other programs of the same user, as ssh-agent does.

Where no keyring keeps the store's key, the listener holds it, and `bxgui reply` or a second
listener on the same store asks it through a socket that only this user can reach. Platforms
without such sockets always have a keyring.
"""

from __future__ import annotations

import os
import socket
import stat
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from bxgui.services.vault import StoreKey, key_from_text, key_to_text

_TIMEOUT_SECONDS = 3
_REASON_BYTES = 500


class KeySharing:
    """Answers whoever connects with the key, until closed."""

    def __init__(self, server: socket.socket, path: Path, key: StoreKey) -> None:
        self._server = server
        self._path = path
        self._key = key
        self._thread = threading.Thread(target=self._serve, name="key sharing", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop answering and take the socket away."""
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()
        with suppress(OSError):
            self._path.unlink()

    def _serve(self) -> None:
        answer = f"{key_to_text(self._key)}\n{self._key.reason[:_REASON_BYTES]}".encode()
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(_TIMEOUT_SECONDS)
                connection.sendall(answer)


def share(key: StoreKey, store_id: str) -> KeySharing | None:
    """Begin to lend a key that is kept nowhere else; None where that is impossible or needless."""
    if key.kept or not hasattr(socket, "AF_UNIX") or borrow(store_id) is not None:
        return None
    folder = _folder()
    if folder is None:
        return None
    path = folder / f"{store_id}.sock"
    server = socket.socket(socket.AF_UNIX)
    try:
        path.unlink(missing_ok=True)
        server.bind(str(path))
        server.listen()
    except OSError:
        server.close()
        return None
    return KeySharing(server, path, key)


def borrow(store_id: str) -> StoreKey | None:
    """The key that a running listener of this store lends, if any."""
    folder = _folder() if hasattr(socket, "AF_UNIX") else None
    if folder is None:
        return None
    received = bytearray()
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(_TIMEOUT_SECONDS)
        try:
            client.connect(str(folder / f"{store_id}.sock"))
            while part := client.recv(4096):
                received += part
        except OSError:
            return None
    text, _, reason = received.decode("utf-8", "replace").partition("\n")
    with suppress(ValueError):
        return key_from_text(text, "", reason)
    return None


def _folder() -> Path | None:
    """A folder of this user's that nobody else can enter; None where there is none to be had."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    base = Path(runtime) if runtime else Path(tempfile.gettempdir())
    folder = base / (f"bxgui-{os.getuid()}" if hasattr(os, "getuid") else "bxgui")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None
    private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) & 0o077 == 0
    return folder if private and status.st_uid == os.getuid() else None
