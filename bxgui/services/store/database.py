"""One SQLite file: its transactions, and what is done when another file takes its place.

Nothing else may open and close the file in a program that uses it: on POSIX that would take away
the locks that SQLite holds, and the next program to close the store would delete what others write.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, update
from sqlalchemy.exc import DBAPIError

from bxgui.services.store import beginning, former, readiness
from bxgui.services.store.change_mark import ChangeMark
from bxgui.services.store.connecting import READ, TO_READ, TO_READ_ALONE, TO_WRITE, WRITE
from bxgui.services.store.connections import Connections
from bxgui.services.store.files import (
    BUSY_SECONDS,
    FileId,
    alone,
    device,
    file_id,
    id_of,
    log_of,
    status_of,
    touch,
)
from bxgui.services.store.identity import Identity
from bxgui.services.store.place import fault_of
from bxgui.services.store.problems import StoreProblem, gone, problem
from bxgui.services.store.readiness import CURRENT, Schema
from bxgui.services.store.tables import meta

# Which file it is, its size, and when it was written last.
_FileState = tuple[FileId, int, int]


class Database:
    """Transactions on one SQLite file, from any thread; made ready before the first of them.

    `generation` grows when other content takes the place of the one in use. `on_replaced` is told
    when somebody has put another file there, and the name under which the former one is kept.
    """

    def __init__(
        self,
        path: Path,
        schema: Schema = CURRENT,
        how: Mapping[str, str] = TO_WRITE,
        patience: float = BUSY_SECONDS,
    ) -> None:
        self._connections = Connections(path, how)
        self._schema = schema
        self._device = device(path.parent)
        self._size = 0
        self._is_ready = self._was_ready = False
        self._bad: _FileState | None = None
        self._why_bad = ("", "")
        self._marks: list[ChangeMark] = []
        self._following = threading.RLock()
        self.path = path
        self.patience = patience
        self.generation = 0
        self.on_replaced: Callable[[str], None] = lambda _name: None

    @classmethod
    def open(cls, path: Path, schema: Schema = CURRENT, patience: float = BUSY_SECONDS) -> Database:
        """Open the store, make it where there is none, bring an older one up to date.

        Raises `StoreProblem`, with the code `newer` for a store of a newer bxgui.
        """
        _check_place(path)
        touch(path)
        database = cls(path, schema, patience=patience)
        return database._opened(database._make_ready)

    @classmethod
    def open_to_read(cls, path: Path) -> Database:
        """Open a store that cannot be written now; raises `StoreProblem` where it must be."""
        how = TO_READ if log_of(path).exists() else TO_READ_ALONE
        database = cls(path, how=how)
        return database._opened(database._check_version)

    @property
    def is_ready(self) -> bool:
        """Whether the file that was there last has been opened."""
        return self._is_ready

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction: one consistent view."""
        self.follow()
        with self._connections.begun(READ, self.patience) as connection:
            yield connection

    @contextmanager
    def write(self, generation: int | None = None) -> Iterator[Connection]:
        """A write transaction, durable when the block is left without an exception.

        Raises `StoreProblem` `replaced` unless the store is still of the generation named.
        """
        self.follow()
        with self._connections.begun(WRITE, self.patience) as connection:
            if generation not in {None, self.generation}:
                raise StoreProblem("replaced", "Another store has taken the place of this one.")
            yield connection

    def check_writable(self) -> None:
        """Raise `StoreProblem` unless the store can be written now."""
        with self.write() as connection:
            connection.execute(update(meta).values(value=meta.c.value))

    def check_pages(self) -> None:
        """Raise `StoreProblem` for a damaged page, unless there are too many to look at."""
        readiness.check_pages(self._connections, self.patience)

    def look_afresh(self) -> int:
        """The newest call that a program would find which starts now; raises `StoreProblem`."""
        self.follow()
        return readiness.newest_call(self._connections)

    def follow(self) -> None:
        """Go over to what is at our path now; raises `StoreProblem` for nothing, or nothing good.

        Somebody may have moved another file there, cut ours short, or begun afresh.
        """
        found = status_of(self.path)
        if self._is_ready and found is not None and self._is_ours(found.st_size, id_of(found)):
            self._size = found.st_size
            return
        with self._following:
            self._go_over()

    def begin_anew(self, identity: Identity, now: datetime) -> str | None:
        """Set the file aside and begin a fresh one; the name it has now, empty if there was none.

        None where another file has taken its place already. Raises `StoreProblem`.
        """
        if device(self.path.parent) != self._device:
            # A disk is not there: what is begun in its place would be hidden when it is back.
            raise problem("SQLITE_CANTOPEN")
        with self._following, alone(self.path):
            found = file_id(self.path)
            if found not in {self._connections.file, None}:
                return None
            if found is None:
                self._leave_file()
            self._disconnect()
            name = beginning.replace(self.path, identity, now)
            # What another thread has opened since belongs to the former file.
            self._disconnect()
            self._take(file_id(self.path))
            self._is_ready = self._was_ready = True
        return name

    def reconnect(self) -> None:
        """Forget what connections remember of the file, as long as it is at its place.

        One that is not is still to be had over them alone.
        """
        with self._following:
            if file_id(self.path) == self._connections.file:
                self._disconnect()
            self._bad = None

    def change_mark(self) -> ChangeMark:
        """A function whose result changes when another connection has written."""
        self._marks.append(ChangeMark(self.path, self.follow))
        return self._marks[-1]

    def close(self) -> None:
        """Give back all connections."""
        self._connections.disconnect()

    def _opened(self, prepare: Callable[[], None]) -> Database:
        try:
            prepare()
        except BaseException:
            self.close()
            raise
        self._is_ready = self._was_ready = True
        return self

    def _is_ours(self, size: int, file: FileId) -> bool:
        return file == self._connections.file and size >= self._size

    def _go_over(self) -> None:
        _check_place(self.path)
        found = status_of(self.path)
        if found is None:
            if self._was_ready:
                raise gone(self.path)
            touch(self.path)
            found = self.path.stat()
        file, size = id_of(found), found.st_size
        if not self._is_ours(size, file):
            self._change_to(file)
        self._size = size
        if not self._is_ready:
            self._look_into((file, size, found.st_mtime_ns))
            self._is_ready = self._was_ready = True

    def _look_into(self, state: _FileState) -> None:
        """Make a file ready that is sound; what is wrong with one is found out once."""
        if state == self._bad:
            raise StoreProblem(*self._why_bad)
        try:
            self._make_ready()
            self.check_pages()
        except StoreProblem as problem_found:
            if not problem_found.may_pass:
                self._bad, self._why_bad = state, (problem_found.code, str(problem_found))
            raise

    def _change_to(self, file: FileId) -> None:
        """Use another file, or ours that somebody has cut short or written over."""
        was = self._connections.file
        copy = None if was in {file, None} else former.copy_of(self.path, was)
        if copy is not None:
            with alone(self.path):
                self._leave_file(copy)
        self._disconnect()
        self._take(file)
        if copy is not None:
            self.on_replaced(copy.name if copy.exists() else "")

    def _leave_file(self, copy: Path | None = None) -> None:
        """Have the former file hold all that was committed, and its log out of the next one's way.

        It may have no name any more, so a copy is kept if one is wanted.
        """
        opened = self._connections.last_opened
        if opened is None or file_id(log_of(self.path)) != opened.log:
            return  # another program was first
        with (
            suppress(StoreProblem, OSError, sqlite3.Error, DBAPIError),
            self._connections.former() as connection,
        ):
            former.empty_log(connection)
            if copy is not None:
                former.keep_copy(connection, self.path, copy)
        self._disconnect()
        former.take_log_away(self.path, opened)

    def _take(self, file: FileId | None) -> None:
        self._connections.file = file
        self._size = 0
        self._is_ready = False
        self.generation += 1

    def _disconnect(self) -> None:
        self._connections.disconnect()
        for mark in self._marks:
            mark.close()

    def _make_ready(self) -> None:
        readiness.make_ready(
            self._connections, self.patience, self._schema, may_create=not self._was_ready
        )

    def _check_version(self) -> None:
        readiness.check_version(self._connections, self.patience)


def _check_place(path: Path) -> None:
    if fault := fault_of(path):
        raise StoreProblem("no_place", fault)
