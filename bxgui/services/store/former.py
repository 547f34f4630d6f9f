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

from bxgui.services.store.files import FileId, Opened, beside, file_id, parts, status_of, touch

_PATIENCE_SECONDS = 1
# A greater file would hold up the calls that come meanwhile, and fill the disk.
_MOST_BYTES = 512 * 1024 * 1024
# Behind the name of a copy: outlives a listener that ends before it has taken in what is missing.
_TO_TAKE_IN = ".new"


def empty_log(connection: sqlite3.Connection) -> None:
    """Move all that was committed into the file of a connection, as far as nobody reads it."""
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_SECONDS * 1000}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def copy_of(path: Path, former: FileId) -> Path:
    """Where a copy of a former file is kept, the same to each program that had it open."""
    return beside(path, f".former-{former[1]:x}")


def is_kept(copy: Path, since_ns: int) -> bool:
    """Whether another program keeps a former file that we have had open since then.

    An older copy is of an earlier file, whose number was given to this one.
    """
    found = status_of(copy)
    return found is not None and found.st_mtime_ns > since_ns


def keep_copy(connection: sqlite3.Connection, path: Path, copy: Path) -> None:
    """Copy a file that may have no name any more, unless it is too great."""
    ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
    ((page_bytes,),) = connection.execute("PRAGMA page_size").fetchall()
    size = pages * page_bytes
    if size > min(_MOST_BYTES, shutil.disk_usage(path.parent).free // 2):
        return
    if copy.exists():  # of an earlier file, whose number was given to this one
        _rename(copy, beside(copy, f"-{secrets.token_hex(4)}"))
    part = beside(copy, ".part")
    touch(part)
    try:
        with closing(sqlite3.connect(part)) as target:
            connection.backup(target)
        touch(_mark_of(copy))
        part.rename(copy)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def to_take_in(path: Path) -> list[Path]:
    """Copies of a store's former files that may hold what nobody has put into it yet."""
    marks = sorted(path.parent.glob(f"{path.name}.former-*{_TO_TAKE_IN}"))
    return [mark.with_name(mark.name.removesuffix(_TO_TAKE_IN)) for mark in marks]


def taken_in(copy: Path) -> None:
    """Remember that the store holds all that a copy does; the copy stays."""
    with suppress(OSError):
        _mark_of(copy).unlink(missing_ok=True)


def _mark_of(copy: Path) -> Path:
    return beside(copy, _TO_TAKE_IN)


def _rename(copy: Path, name: Path) -> None:
    if _mark_of(copy).exists():
        touch(_mark_of(name))
    copy.rename(name)


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
