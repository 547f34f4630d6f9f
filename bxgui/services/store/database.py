"""One SQLite file: its transactions, and the file that is used when another takes its place.

Nothing else may open and close the file in a program that uses it: on POSIX that would take away
the locks that SQLite holds, and the next program to close the store would delete what others write.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, update

from bxgui.services.store import beginning, schema_version
from bxgui.services.store.change_mark import ChangeMark
from bxgui.services.store.connecting import engine_of
from bxgui.services.store.files import (
    BUSY_SECONDS,
    alone,
    beside,
    device,
    file_id,
    touch,
    uri_of,
)
from bxgui.services.store.identity import Identity, kept_copy, new_identity
from bxgui.services.store.problems import gone, known_problems, problem
from bxgui.services.store.schema_version import (
    MIGRATIONS,
    Migration,
    create,
    stored_version,
)
from bxgui.services.store.tables import SCHEMA_VERSION, meta

_WRITE = "BEGIN IMMEDIATE"
_NEWEST_CALL = """
SELECT length(body) FROM calls JOIN bodies ON call_id = id ORDER BY id DESC LIMIT 1
"""


class Database:
    """Transactions on one SQLite file, from any thread.

    `generation` grows when another file takes the place of the one in use.
    """

    def __init__(self, path: Path) -> None:
        self._engine = engine_of(path)
        event.listen(self._engine, "connect", self._note_log)
        self._file = file_id(path)
        self._device = device(path.parent)
        self._following = threading.Lock()
        self.path = path
        self.patience = float(BUSY_SECONDS)
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
        touch(path)
        database = cls(path)
        try:
            with database.write() as connection:
                found = stored_version(connection)
                if found is None:
                    # Where a store was taken away, its paths are what rules are registered with.
                    create(connection, version, kept_copy(path.parent) or new_identity())
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
        if device(self.path.parent) != self._device:
            # A disk is not there: what is begun in its place would be hidden when it is back.
            raise problem("SQLITE_CANTOPEN")
        with self._following, alone(self.path):
            self._engine.dispose()
            name = ""
            if file_id(self.path) in {self._file, None}:
                name = beginning.replace(self.path, identity, now)
            # What another thread has opened since belongs to the former file.
            self._engine.dispose()
            self._file = file_id(self.path)
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
        found = file_id(self.path)
        if found == self._file:
            return
        if found is None:
            raise gone(self.path)
        with self._following:
            self._engine.dispose()
            self._file = found
            self.generation += 1

    def _note_log(self, _connection: sqlite3.Connection, record: Any) -> None:
        # Opened by now, and for as long as the connection is.
        record.info["log"] = file_id(beside(self.path, "-wal"))

    def _check_where_it_landed(self, connection: Connection) -> None:
        """A commit counts only in files that are found again at the next start."""
        if file_id(self.path) != self._file:
            raise gone(self.path)
        if file_id(beside(self.path, "-wal")) != connection.info["log"]:
            self._move_log_into_store(connection)

    def _move_log_into_store(self, connection: Connection) -> None:
        """Save what is in a log that was deleted while open, and begin another one."""
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = cursor.fetchall()[0][0]
        if is_busy:
            # Somebody reads. The connection is kept, and with it all that only this log holds.
            raise problem("SQLITE_BUSY")
        with self._following:
            self._engine.dispose()
        connection.invalidate()

    def _bring_up_to_date(self, found: int, steps: Mapping[int, Migration], version: int) -> None:
        schema_version.refuse_newer(self.path, found, version)
        if found == version:
            return
        schema_version.back_up(self.path, found)
        with self.write() as connection:
            schema_version.bring_up_to_date(connection, self.path, steps, version)
