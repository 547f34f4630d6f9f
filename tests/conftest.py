"""What holds for every test: no real home, no real keyring, no display, no unexpected warning."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bxgui.ui.garbage import collect_due

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("bxgui", deadline=None, max_examples=100)
settings.load_profile("bxgui")

_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_RUNTIME_DIR": "runtime",
    "XDG_STATE_HOME": "state",
}


def _move_home(environment: pytest.MonkeyPatch, home: Path) -> None:
    for name, folder in _FOLDERS.items():
        path = home / folder
        path.mkdir(mode=0o700, exist_ok=True)
        environment.setenv(name, str(path))
    environment.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(scope="session", autouse=True)
def _no_real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fixtures of a wider scope than one test have a home in the temporary folder too."""
    with pytest.MonkeyPatch.context() as environment:
        _move_home(environment, tmp_path_factory.mktemp("shared_home"))
        yield


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    _move_home(monkeypatch, tmp_path_factory.mktemp("home"))


@pytest.fixture(autouse=True)
def _no_unexpected_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that expects a warning checks it and calls `caplog.clear()`."""
    yield
    unexpected = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    if unexpected:
        pytest.fail("logged unexpectedly: " + "; ".join(unexpected))


@pytest.fixture(scope="session", autouse=True)
def _collect_here_only() -> Iterator[None]:
    """A worker thread that ended a cycle with Qt objects of an earlier test would crash."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _collect_after() -> Iterator[None]:
    yield
    collect_due()
