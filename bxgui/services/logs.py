"""The program's log: what went wrong and when. Headers, bodies and tokens never reach it."""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from pathlib import Path

FILE_NAME = "bxgui.log"
_BYTES = 1_000_000


def start(folder: Path) -> None:
    """Write warnings and worse to a rotating file, or nothing where it cannot be written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / FILE_NAME, maxBytes=_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    handler.set_name(FILE_NAME)
    for former in [one for one in root.handlers if one.name == FILE_NAME]:
        root.removeHandler(former)
        former.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def report_of(error: BaseException) -> str:
    """What kind of error, and the places in the code; not its text, which may quote a call."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([f"{type(error).__module__}.{type(error).__qualname__}", *places])
