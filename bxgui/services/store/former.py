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

from bxgui.services.store.files import Opened, beside, file_id, parts, touch

_PATIENCE_SECONDS = 1
# A greater file would hold up the calls that come meanwhile, and fill the disk.
_MOST_BYTES = 512 * 1024 * 1024


def empty_log(connection: sqlite3.Connection) -> None:
    """Move all that was committed into the file of a connection, as far as nobody reads it."""
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_SECONDS * 1000}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def keep_copy(connection: sqlite3.Connection, path: Path) -> str:
    """Copy a file that may have no name any more; the copy's name, empty if it is too great."""
    ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
    ((page_bytes,),) = connection.execute("PRAGMA page_size").fetchall()
    size = pages * page_bytes
    if size > min(_MOST_BYTES, shutil.disk_usage(path.parent).free // 2):
        return ""
    copy = beside(path, f".former-{secrets.token_hex(4)}")
    part = beside(copy, ".part")
    touch(part)
    try:
        with closing(sqlite3.connect(part)) as target:
            connection.backup(target)
        part.rename(copy)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return copy.name


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
