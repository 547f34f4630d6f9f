"""A folder of this user's, and of this session's, that nobody else can enter."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path


def private_folder() -> Path | None:
    """The folder, made where there is none; None where there is none to be had."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    base = Path(runtime) if runtime else Path(tempfile.gettempdir())
    if sys.platform == "win32":
        # The temporary folder is the user's own there.
        folder = base / "bxgui"
        try:
            folder.mkdir(exist_ok=True)
        except OSError:
            return None
        return folder
    folder = base / f"bxgui-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None
    private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) & 0o077 == 0
    return folder if private and status.st_uid == os.getuid() else None
