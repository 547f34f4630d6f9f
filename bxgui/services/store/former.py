"""What becomes of a store's file when another file is at its place.

SQLite knows a log by its name alone. What a log held for the former file would be written over the
next one, so it goes into its own file first, wherever that is now, and then away.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from bxgui.services.store.files import FileId, Opened, beside, file_id, parts, touch

_PATIENCE_SECONDS = 1
# A greater file would hold up the calls that come meanwhile, and fill the disk.
_MOST_BYTES = 512 * 1024 * 1024


def empty_log(connection: sqlite3.Connection) -> None:
    """Move all that was committed into the file of a connection, as far as nobody reads it."""
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_SECONDS * 1000}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def copy_of(path: Path, former: FileId) -> Path:
    """Where a copy of a former file is kept, the same to each program that had it open."""
    return beside(path, f".former-{former[1]:x}")


def keep_copy(connection: sqlite3.Connection, path: Path, copy: Path) -> None:
    """Copy a file that may have no name any more, unless it is too great."""
    ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
    ((page_bytes,),) = connection.execute("PRAGMA page_size").fetchall()
    size = pages * page_bytes
    if size > min(_MOST_BYTES, shutil.disk_usage(path.parent).free // 2):
        return
    if copy.exists():  # of an earlier file, whose number was given to this one
        copy.rename(beside(copy, f"-{secrets.token_hex(4)}"))
    part = beside(copy, ".part")
    touch(part)
    try:
        with closing(sqlite3.connect(part)) as target:
            connection.backup(target)
        part.rename(copy)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def take_log_away(path: Path, former: Opened) -> None:
    """Take the former file's log from its place, unless it is gone; what it holds is kept."""
    _, log, index = parts(path)
    with suppress(OSError):
        if former.log is not None and file_id(log) == former.log:
            if log.stat().st_size:
                log.rename(beside(path, f".former-{secrets.token_hex(4)}.log"))
            else:
                log.unlink()
        if former.log_index is not None and file_id(index) == former.log_index:
            index.unlink()
