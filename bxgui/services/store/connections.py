"""Connections to the store's file, each known by the files that it has open.

Files may be moved and deleted while they are open: what goes into one that is not at its place any
more is not found at the next start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from bxgui.services.store.connecting import TO_WRITE, WRITE, engine_of
from bxgui.services.store.files import BUSY_SECONDS, Opened, file_id, opened_at, parts
from bxgui.services.store.problems import gone, known_problems, problem

_TRIES = 3


class Connections:
    """Transactions on one file; `file` is the only one that is connected to."""

    def __init__(self, path: Path, how: Mapping[str, str] = TO_WRITE) -> None:
        self.path = path
        self.file = file_id(path)
        self.engine = engine_of(path, how)
        self._places = parts(path)
        self._writes = how is TO_WRITE
        # What the newest connection has open, or had.
        self.last_opened: Opened | None = None
        self._patience = float(BUSY_SECONDS)
        event.listen(self.engine, "do_connect", self._be_patient)
        event.listen(self.engine, "connect", self._check_file, insert=True)
        event.listen(self.engine, "connect", self._note_opened)

    @contextmanager
    def begun(self, begin: str, patience: float) -> Iterator[Connection]:
        """A transaction; raises `StoreProblem`, also where its commit cannot be found again."""
        self._patience = patience
        with known_problems():
            connection = self._begin(begin, patience)
            try:
                # Commits, or takes back what was done.
                with connection.get_transaction() or connection.begin():
                    yield connection
                if begin == WRITE:
                    self._check_where_it_landed(connection)
            finally:
                connection.close()

    @contextmanager
    def former(self) -> Iterator[sqlite3.Connection]:
        """A connection to the file in use, which may have been moved or deleted.

        Raises `StoreProblem` where there is none.
        """
        with closing(self.engine.raw_connection()) as pooled:
            connection = pooled.driver_connection
            if not isinstance(connection, sqlite3.Connection):
                raise gone(self.path)
            yield connection

    def disconnect(self) -> None:
        """Close all connections, and those in use as soon as they are given back."""
        self.engine.dispose()

    def _begin(self, begin: str, patience: float) -> Connection:
        for _ in range(_TRIES):
            connection = self.engine.connect()
            try:
                connection = connection.execution_options(begin=begin, patience=patience)
                connection.begin()
                # Looked at within the transaction: no other program writes meanwhile.
                if not self._writes or file_id(self._places[1]) == connection.info["opened"].log:
                    return connection
                connection.rollback()
                self._move_log_into_store(connection)
            except BaseException:
                connection.close()
                raise
            connection.close()
        raise problem("SQLITE_BUSY")

    def _be_patient(
        self, _dialect: Any, _record: Any, _arguments: Any, options: dict[str, Any]
    ) -> None:
        # The first look into a file waits for others too.
        options["timeout"] = self._patience

    def _check_file(self, connection: sqlite3.Connection, _record: Any) -> None:
        """Nothing is read from another file before the former one's log is out of its way."""
        if file_id(self.path) != self.file:
            connection.close()
            raise gone(self.path)

    def _note_opened(self, _connection: sqlite3.Connection, record: Any) -> None:
        # All are open by now, and for as long as the connection is.
        self.last_opened = record.info["opened"] = opened_at(self._places)

    def _check_where_it_landed(self, connection: Connection) -> None:
        """A commit counts only in files that are found again at the next start."""
        found, opened = opened_at(self._places), connection.info["opened"]
        if found.file != opened.file:
            raise gone(self.path)
        if found != opened:
            self._move_log_into_store(connection)

    def _move_log_into_store(self, connection: Connection) -> None:
        """Save what is in a log that was deleted while open, and begin another one."""
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = cursor.fetchall()[0][0]
        if is_busy:
            # Somebody reads. The connection is kept, and with it all that only this log holds.
            raise problem("SQLITE_BUSY")
        self.disconnect()
        connection.invalidate()
