"""The window's start, without the commands: reading them takes longer than painting it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from os.path import isfile
from pathlib import Path
from typing import NamedTuple

from bxgui.command_problem import ACCEPTED, CommandProblem, remark

DATA_DIR = "--data-dir"
TELL_START = "--tell-start"


class Asked(NamedTuple):
    """How the window is to be opened."""

    data_dir: Path | None = None
    tell_start: bool = False


def asked(arguments: Sequence[str]) -> Asked | None:
    """What a command line asks of the window; None for one that has to be read in full."""
    waiting, data_dir, tell_start = list(arguments), None, False
    while waiting:
        word = waiting.pop(0)
        if word == TELL_START:
            tell_start = True
        elif word == DATA_DIR and waiting and not _is_doubtful(waiting[0]):
            data_dir = Path(waiting.pop(0))
        else:
            return None
    return Asked(data_dir, tell_start)


def open_window(wanted: Asked) -> int:
    """Open the window, or bring forward the one that is open."""
    if not has_display():
        raise CommandProblem("there is no display for the window; `bxgui --help` lists what works.")
    from bxgui.services import window_lock
    from bxgui.services.paths import Paths

    paths = Paths.of(wanted.data_dir)
    try:
        lock = window_lock.claim(paths.data)
    except window_lock.WindowOpen as there:
        what = "was asked to come to the front" if there.answered else "does not answer now"
        remark(f"the window is open already; it {what}.")
        return ACCEPTED
    # What is loaded now stays: to look for garbage in it delays the first paint. From then on
    # garbage is collected in the window's own thread.
    gc.disable()
    from bxgui import app

    try:
        return app.run(paths, lock=lock, tells_start=wanted.tell_start)
    finally:
        if lock is not None:
            lock.release()


def has_display() -> bool:
    """Whether a window can be opened; Qt would abort without a display."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _is_doubtful(folder: str) -> bool:
    # Not the method of Path: it raises for a name that is too long, which opening tells better.
    return folder.startswith("-") or isfile(folder)  # noqa: PTH113
