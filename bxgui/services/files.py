"""Files that a person names: what stands in their place may be anything."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path
from secrets import token_hex


def content_of(path: Path) -> bytes:
    """The bytes of a regular file; raises `OSError`, for a folder, a pipe and a device too.

    Those may keep a reader waiting for ever.
    """
    try:
        status = path.stat()
    except ValueError as error:
        reason = "its name is none that a file can have"
        raise OSError(errno.EINVAL, reason, str(path)) from error
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return path.read_bytes()


def write_whole(path: Path, text: str, *, private: bool = False) -> None:
    """Write beside the file and rename: a crash leaves the old or the new one. Raises `OSError`.

    A private file is this user's only. Of a link the file that it leads to is replaced; a pipe and
    a device are written to as they are.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_text(text, "utf-8")
        return
    part = target.with_name(f".bxgui-{token_hex(8)}")
    try:
        part.touch(0o600 if private else 0o666, exist_ok=False)
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if target.exists() and not private:
            shutil.copymode(target, part)
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
