"""One SQLite file: connections, transactions, the schema's version, errors a user can mend.

Nothing else may open and close the file in a program that uses it: on POSIX that would take away
the locks that SQLite holds, and the next program to close the store would delete what others write.
"""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from bxgui.services.store import migrations
from bxgui.services.store.identity import Identity, kept_copy, new_identity, write_identity
from bxgui.services.store.place import fault_of
from bxgui.services.store.tables import SCHEMA_VERSION, meta, metadata

Migration = Callable[[Connection], None]
FileId = tuple[int, int]
Mark = tuple[FileId | None, int]
# From the version named to the next one.
MIGRATIONS: Mapping[int, Migration] = {1: migrations.to_2, 2: migrations.to_3}
_BUSY_SECONDS = 10
_WRITE = "BEGIN IMMEDIATE"
_NEWEST_CALL = """
SELECT length(body) FROM calls JOIN bodies ON call_id = id ORDER BY id DESC LIMIT 1
"""

_FULL = ("disk_full", "The disk is full. Free some space; nothing stored is lost.")
# The first whose name an error's name begins with.
_KNOWN = {
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_BUSY": ("locked", "Another program holds the store locked. Close it and try again."),
    "SQLITE_LOCKED": ("locked", "Another program holds the store locked. Close it and try again."),
    "SQLITE_READONLY": (
        "read_only",
        "The store cannot be written: its file or folder is read-only.",
    ),
    "SQLITE_CANTOPEN": ("cannot_open", "The store cannot be opened. Check that its folder exists."),
    "SQLITE_PERM": ("read_only", "The store cannot be opened: this user has no right to its file."),
    "SQLITE_NOTADB": ("corrupt", "The file is not a bxgui store. Move it away and start again."),
    "SQLITE_CORRUPT": ("corrupt", "The store is damaged. Move it away and start again."),
    "SQLITE_PROTOCOL": (
        "locked",
        "Another program holds the store locked. Close it and try again.",
    ),
    "SQLITE_IOERR": ("io_error", "The disk reports an error. Check it before you go on."),
}
# What SQLite would call an error of the system.
_NAMES = {
    errno.ENOSPC: "SQLITE_FULL",
    errno.EDQUOT: "SQLITE_FULL",
    errno.EROFS: "SQLITE_READONLY",
    errno.EACCES: "SQLITE_PERM",
    errno.EPERM: "SQLITE_PERM",
}


class StoreProblem(Exception):
    """A known trouble with the store; the text says what to do, `code` names it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Database:
    """Transactions on one SQLite file, from any thread.

    `generation` grows when another file takes the place of the one in use.
    """

    def __init__(self, path: Path) -> None:
        self._engine = _engine(path)
        self._file = _file_id(path)
        self._device = _device(path.parent)
        self._following = threading.Lock()
        self.path = path
        self.patience = float(_BUSY_SECONDS)
        self.generation = 0

    @classmethod
    def open(
        cls,
        path: Path,
        steps: Mapping[int, Migration] = MIGRATIONS,
        version: int = SCHEMA_VERSION,
    ) -> Database:
        """Open the store, make it where there is none, bring an older one up to date.

        Raises `StoreProblem`, with the code `newer` for a store of a newer bxgui.
        """
        if fault := fault_of(path):
            raise StoreProblem("cannot_open", fault)
        _touch(path)
        database = cls(path)
        try:
            with database.write() as connection:
                found = stored_version(connection)
                if found is None:
                    # Where a store was taken away, its paths are what rules are registered with.
                    _create(connection, version, kept_copy(path.parent) or new_identity())
            if found is not None:
                database._bring_up_to_date(found, steps, version)
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction: one consistent view."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction, durable when the block is left without an exception."""
        with self._transaction(_WRITE) as connection:
            yield connection

    def check_writable(self) -> None:
        """Raise `StoreProblem` unless the store can be written now."""
        with self.write() as connection:
            connection.execute(update(meta).values(value=meta.c.value))

    def look_afresh(self) -> None:
        """Raise `StoreProblem` unless a program that starts now would find the newest call."""
        self._follow()
        address = f"{uri_of(self.path.absolute())}?mode=ro"
        with known_problems(), closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute(_NEWEST_CALL).fetchall()

    def begin_anew(self, identity: Identity, now: datetime) -> str:
        """Set the file aside and begin a fresh one; the name it has now, if there was one.

        Nothing is set aside where another program has begun afresh already. Raises `StoreProblem`.
        """
        if _device(self.path.parent) != self._device:
            # A disk is not there: what is begun in its place would be hidden when it is back.
            raise StoreProblem(*_KNOWN["SQLITE_CANTOPEN"])
        with self._following, _alone(self.path):
            self._engine.dispose()
            name = ""
            if _file_id(self.path) in {self._file, None}:
                name = _replace(self.path, identity, now)
            # What another thread has opened since belongs to the former file.
            self._engine.dispose()
            self._file = _file_id(self.path)
            self.generation += 1
        return name

    def reconnect(self) -> None:
        """Forget what connections remember of the file."""
        with self._following:
            self._engine.dispose()

    def change_mark(self) -> ChangeMark:
        """A function whose result changes when another connection has written."""
        return ChangeMark(self.path)

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        self._follow()
        with known_problems():
            connection = self._engine.connect().execution_options(
                begin=begin, patience=self.patience
            )
            try:
                with connection.begin():
                    yield connection
                if begin == _WRITE:
                    self._check_where_it_landed(connection)
            finally:
                connection.close()

    def _follow(self) -> None:
        """Go over to the file that is at our path now: another program may have begun afresh."""
        found = _file_id(self.path)
        if found == self._file:
            return
        if found is None:
            raise _gone(self.path)
        with self._following:
            self._engine.dispose()
            self._file = found
            self.generation += 1

    def _check_where_it_landed(self, connection: Connection) -> None:
        """A commit counts only in files that are found again at the next start."""
        if _file_id(self.path) != self._file:
            raise _gone(self.path)
        if _file_id(_beside(self.path, "-wal")) != connection.info["log"]:
            self._move_log_into_store(connection)

    def _move_log_into_store(self, connection: Connection) -> None:
        """Save what is in a log that was deleted while open, and begin another one."""
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = cursor.fetchall()[0][0]
        if is_busy:
            # Somebody reads. The connection is kept, and with it all that only this log holds.
            raise StoreProblem(*_KNOWN["SQLITE_BUSY"])
        with self._following:
            self._engine.dispose()
        connection.invalidate()

    def _bring_up_to_date(self, found: int, steps: Mapping[int, Migration], version: int) -> None:
        self._refuse_newer(found, version)
        if found == version:
            return
        self._back_up(found)
        with self.write() as connection:
            # Read again: another program may have done it since, and more.
            found = stored_version(connection) or found
            self._refuse_newer(found, version)
            for step in range(found, version):
                steps[step](connection)
                now = update(meta).where(meta.c.name == "schema_version")
                connection.execute(now.values(value=str(step + 1)))

    def _refuse_newer(self, found: int, version: int) -> None:
        if found > version:
            message = (
                f"The store {self.path} was written by a newer bxgui (store version {found}; this "
                f"one knows {version}). Update bxgui, or choose another folder with --data-dir."
            )
            raise StoreProblem("newer", message)

    def _back_up(self, found: int) -> None:
        """A copy beside the store, so that a failed migration loses nothing."""
        copy = self.path.with_name(f"{self.path.name}.v{found}.bak")
        if copy.exists():
            return
        part = copy.with_name(f"{copy.name}.part")
        try:
            part.unlink(missing_ok=True)
            part.touch(mode=0o600)
            with (
                closing(sqlite3.connect(self.path)) as source,
                closing(sqlite3.connect(part)) as target,
            ):
                source.backup(target)
            part.replace(copy)
        except (sqlite3.Error, OSError) as error:
            message = (
                f"The store needs a backup before this bxgui can use it, and {copy} cannot be "
                "written. Free some space and look at the rights of its folder."
            )
            raise StoreProblem("no_backup", message) from error


class ChangeMark:
    """`PRAGMA data_version` on a connection of its own, to whatever file is at the path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._file: FileId | None = None
        self._lock = threading.Lock()

    def __call__(self) -> Mark:
        """The mark as it is now."""
        with self._lock:
            found = _file_id(self._path)
            if self._connection is None or found != self._file:
                self._reopen(found)
            if self._connection is None:
                return None, 0
            row = self._connection.execute("PRAGMA data_version").fetchone()
            return found, int(row[0])

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._reopen(None)

    def _reopen(self, found: FileId | None) -> None:
        if self._connection is not None:
            self._connection.close()
        self._file = found
        self._connection = None
        if found is not None:
            self._connection = sqlite3.connect(
                f"{uri_of(self._path.absolute())}?mode=rw",
                timeout=_BUSY_SECONDS,
                check_same_thread=False,
                uri=True,
            )


def uri_of(path: PurePath) -> str:
    """A whole path as SQLite takes it: a Windows share is no host to it, but part of the path."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file:", "file://", 1)


def _file_id(path: Path) -> FileId | None:
    """What tells a file from another of the same name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _device(folder: Path) -> int | None:
    found = _file_id(folder)
    return None if found is None else found[0]


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _gone(path: Path) -> StoreProblem:
    return StoreProblem("gone", f"The store {path} was deleted or replaced while it was in use.")


def _touch(path: Path) -> None:
    try:
        path.touch(mode=0o600)
    except OSError as error:
        name = _NAMES.get(error.errno or 0, "SQLITE_CANTOPEN")
        raise StoreProblem(*_KNOWN[name]) from error


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else begins afresh meanwhile: two would set aside what the other has just begun."""
    lock = _beside(path, ".lock")
    _touch(lock)
    # SQLite knows how to lock on every system, and nothing is left locked by a program that dies.
    with (
        known_problems(),
        closing(sqlite3.connect(lock, timeout=_BUSY_SECONDS, isolation_level=None)) as connection,
    ):
        connection.execute("BEGIN EXCLUSIVE")
        yield


def _replace(path: Path, identity: Identity, now: datetime) -> str:
    """Put a fresh store, whole from its first moment, in the place of a damaged one."""
    fresh = _beside(path, ".fresh")
    try:
        _make(fresh, identity)
        name = _set_aside(path, now)
        fresh.rename(path)
    except OSError as error:
        message = f"The store {path} is damaged, and it cannot be renamed to be set aside."
        raise StoreProblem("corrupt", message) from error
    return name


def _make(path: Path, identity: Identity) -> None:
    for part in _parts(path):
        part.unlink(missing_ok=True)
    _touch(path)
    with closing(Database(path)) as made, made.write() as connection:
        _create(connection, SCHEMA_VERSION, identity)
    with known_problems(), closing(sqlite3.connect(path)) as last:
        # It is renamed without its log.
        last.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_aside(path: Path, now: datetime) -> str:
    """Rename a damaged store with the files that belong to it; its new name, if there was one."""
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S-%f}")
    name = aside.name if path.exists() else ""
    for part, renamed in zip(_parts(path), _parts(aside), strict=True):
        if part.exists():
            part.rename(renamed)
    return name


def _parts(path: Path) -> tuple[Path, ...]:
    return path, _beside(path, "-wal"), _beside(path, "-shm")


@contextmanager
def known_problems() -> Iterator[None]:
    """Raise what a user can mend as `StoreProblem`; other errors pass."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        name = getattr(cause, "sqlite_errorname", "")
        if "no such table" in str(cause):
            name = "SQLITE_CORRUPT"
        for prefix, (code, message) in _KNOWN.items():
            if name.startswith(prefix):
                raise StoreProblem(code, message) from error
        raise


def _engine(path: Path) -> Engine:
    engine = create_engine(
        # Never made by looking at it: a file that is gone is to be noticed.
        URL.create("sqlite", database=uri_of(path.absolute()), query={"mode": "rw", "uri": "true"}),
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        # What is stored is private: it does not belong into the text of an error.
        hide_parameters=True,
    )
    event.listen(engine, "connect", partial(_prepare_connection, _beside(path, "-wal")))
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_connection(log: Path, connection: sqlite3.Connection, record: Any) -> None:
    # The driver would otherwise begin transactions by rules of its own.
    connection.isolation_level = None
    # The third is for macOS, where a plain fsync leaves what is written in the disk's own memory.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "fullfsync=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    # Opened by now, and for as long as the connection is.
    record.info["log"] = _file_id(log)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    patience = options.get("patience", _BUSY_SECONDS)
    if connection.info.get("patience", _BUSY_SECONDS) != patience:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        connection.info["patience"] = patience
    connection.exec_driver_sql(options.get("begin", "BEGIN"))


def stored_version(connection: Connection) -> int | None:
    """The version of the schema, None where there is none; raises `StoreProblem`."""
    if not inspect(connection).has_table(meta.name):
        return None
    value = connection.scalar(select(meta.c.value).where(meta.c.name == "schema_version"))
    with suppress(TypeError, ValueError):
        return int(str(value))
    raise StoreProblem("corrupt", _KNOWN["SQLITE_NOTADB"][1])


def _create(connection: Connection, version: int, identity: Identity) -> None:
    metadata.create_all(connection)
    connection.execute(insert(meta), {"name": "schema_version", "value": str(version)})
    write_identity(connection, identity)
