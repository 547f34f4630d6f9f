"""One window for each data folder and user: a second start asks the first to come forward.

The lock is the system's own, which lets go of it however the process ends. What the second start
writes into the locked file asks the first window, which empties it when it has read it.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO

from bxgui.services.private_folder import private_folder

# A window that is being closed lets go by then, its listener and port with it.
_PATIENCE_SECONDS = 3.0
_LOOK_SECONDS = 0.05
# Far beyond what is written: on Windows nobody else can write what is locked.
_LOCKED_BYTE = 1 << 30
_ANY_PROCESS = -1
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - of the desktop's, and no secret


class WindowOpen(Exception):
    """Another process has the window; `answered` tells whether it was there to be asked."""

    def __init__(self, *, answered: bool) -> None:
        super().__init__("the window is open already")
        self.answered = answered


class WindowLock:
    """The right to have the window, until released."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file = file
        self.path = path

    def asked(self) -> str | None:
        """What a second start wrote since the last look: its activation token; None for nothing."""
        if self._file.closed:
            return None
        self._file.seek(0)
        words = self._file.read().decode("utf-8", "replace").split()
        if not words:
            return None
        self._file.truncate(0)
        return words[-1].partition("=")[2]

    def release(self) -> None:
        """Let another start have it."""
        self._file.close()


def claim(data: Path, patience: float = _PATIENCE_SECONDS) -> WindowLock | None:
    """The right to the window on a data folder; None where it cannot be told who has it.

    Raises `WindowOpen` when another process has it, which is asked to bring it to the front.
    """
    folder = private_folder()
    if folder is None:
        return None
    # Enough to tell a user's few folders apart; `hashlib` would load OpenSSL before the window.
    name = zlib.crc32(os.fsencode(data.resolve()))
    path = folder / f"window-{name:08x}.lock"
    try:
        file = path.open("a+b", buffering=0)
    except OSError:
        return None
    try:
        if _is_ours(file, patience):
            file.truncate(0)
            return WindowLock(file, path)
    except OSError:
        file.close()
        return None
    except BaseException:
        file.close()
        raise
    file.close()
    return None


def _is_ours(file: IO[bytes], patience: float) -> bool:
    """True once nobody else holds the file; raises `WindowOpen` once its holder has answered."""
    deadline = time.monotonic() + patience
    is_asked = False
    while not _locked(file):
        if not is_asked:
            is_asked = True
            _ask(file)
        elif not os.fstat(file.fileno()).st_size:
            raise WindowOpen(answered=True)
        if time.monotonic() > deadline:
            raise WindowOpen(answered=False)
        time.sleep(_LOOK_SECONDS)
    return True


def _ask(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - a second start only

        # Only who has the foreground, as a program just started has, can give it away.
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
    token = "".join(os.environ.get(_TOKEN, "").split())
    file.write(f"raise={token}\n".encode("utf-8", "surrogateescape"))


def _locked(file: IO[bytes]) -> bool:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        file.seek(_LOCKED_BYTE)
        with suppress(OSError):
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        return False
    import fcntl  # noqa: PLC0415 - there is none on Windows

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
