"""What the listener takes from standard input: its key, and the word to stop."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import Callable

from bxgui.services.listener.binding import ListenProblem
from bxgui.services.vault import StoreKey, key_from_line


def stop_with_standard_input(stop: Callable[[], None]) -> None:
    """Stop when whoever holds the other end of standard input closes it, or dies."""
    if not has_piped_input():
        return

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        stop()

    threading.Thread(target=wait, name="standard input", daemon=True).start()


def has_piped_input() -> bool:
    """Whether standard input is a pipe or socket; a terminal or null device never closes."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def key_from_standard_input() -> StoreKey:
    """The key that the window passes as the first line; raises `ListenProblem` without one."""
    line = bytearray()
    # Unbuffered: what follows is for whoever watches for the end.
    while (byte := os.read(0, 1)) not in (b"", b"\n"):
        line += byte
    try:
        return key_from_line(bytes(line))
    except ValueError as error:
        raise ListenProblem("No key came on standard input.") from error
