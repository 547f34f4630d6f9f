"""One SQLite file: connections, transactions, the schema's version, errors a user can mend."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
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
from bxgui.services.store.tables import SCHEMA_VERSION, meta, metadata

Migration = Callable[[Connection], None]
# From the version named to the next one.
MIGRATIONS: Mapping[int, Migration] = {1: migrations.to_2}
_BUSY_SECONDS = 10

_KNOWN = {
    "SQLITE_FULL": ("disk_full", "The disk is full. Free some space; nothing stored is lost."),
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
    "SQLITE_IOERR": ("io_error", "The disk reports an error. Check it before you go on."),
}


class StoreProblem(Exception):
    """A known trouble with the store; the text says what to do, `code` names it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Database:
    """Transactions on one SQLite file, from any thread."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self.path = path

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
        database = cls(_engine(path), path)
        try:
            with database.write() as connection:
                found = stored_version(connection)
                if found is None:
                    _create(connection, version)
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
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def change_mark(self) -> ChangeMark:
        """A function whose result changes when another connection has written."""
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, check_same_thread=False)
        return ChangeMark(connection)

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with known_problems():
            connection = self._engine.connect().execution_options(begin=begin)
            try:
                with connection.begin():
                    yield connection
            finally:
                connection.close()

    def _bring_up_to_date(self, found: int, steps: Mapping[int, Migration], version: int) -> None:
        if found > version:
            message = (
                f"The store {self.path} was written by a newer bxgui (store version {found}; this "
                f"one knows {version}). Update bxgui, or choose another folder with --data-dir."
            )
            raise StoreProblem("newer", message)
        if found == version:
            return
        self._back_up(found)
        with self.write() as connection:
            # Read again: another program may have done it since.
            for step in range(stored_version(connection) or found, version):
                steps[step](connection)
            connection.execute(
                update(meta).where(meta.c.name == "schema_version").values(value=str(version))
            )

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
    """`PRAGMA data_version` on a connection of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __call__(self) -> int:
        """The mark as it is now."""
        row = self._connection.execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def known_problems() -> Iterator[None]:
    """Raise what a user can mend as `StoreProblem`; other errors pass."""
    try:
        yield
    except DBAPIError as error:
        name = getattr(error.orig, "sqlite_errorname", "")
        for prefix, (code, message) in _KNOWN.items():
            if name.startswith(prefix):
                raise StoreProblem(code, message) from error
        raise


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        # What is stored is private: it does not belong into the text of an error.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would otherwise begin transactions by rules of its own.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def stored_version(connection: Connection) -> int | None:
    """The version of the schema, None where there is none; raises `StoreProblem`."""
    if not inspect(connection).has_table(meta.name):
        return None
    value = connection.scalar(select(meta.c.value).where(meta.c.name == "schema_version"))
    with suppress(TypeError, ValueError):
        return int(str(value))
    raise StoreProblem("corrupt", _KNOWN["SQLITE_NOTADB"][1])


def _create(connection: Connection, version: int) -> None:
    metadata.create_all(connection)
    rows = [
        {"name": "schema_version", "value": str(version)},
        {"name": "store_id", "value": uuid.uuid4().hex},
    ]
    connection.execute(insert(meta), rows)
