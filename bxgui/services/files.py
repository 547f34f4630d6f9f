"""Files that a person names: what stands in their place may keep a reader waiting for ever."""

from __future__ import annotations

import errno
import stat
from pathlib import Path


def content_of(path: Path) -> bytes:
    """The bytes of a regular file; raises `OSError`, for a folder, a pipe and a device too."""
    try:
        status = path.stat()
    except ValueError as error:
        reason = "its name is none that a file can have"
        raise OSError(errno.EINVAL, reason, str(path)) from error
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return path.read_bytes()
