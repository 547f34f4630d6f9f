"""A look at a store that changes nothing: not its version, and no file beside it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, NullPool, create_engine, func, or_, select
from sqlalchemy.exc import DBAPIError

from bxgui.core.deadlines import TokenState
from bxgui.core.records import CallKind
from bxgui.services.store.files import uri_of
from bxgui.services.store.listener_paths import paths_in
from bxgui.services.store.problems import StoreProblem, known_problems
from bxgui.services.store.schema_version import stored_version
from bxgui.services.store.tables import bodies, calls, meta

T = TypeVar("T")
_BUSY_SECONDS = 2
# How many steps SQLite takes before it asks whether to go on.
_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a store holds; `secrets` are the paths honoured now, the newest first."""

    id: str
    version: int
    calls: int
    waiting: int
    secrets: tuple[str, ...] = field(repr=False)


class Inspection:
    """Reads one store file; every method raises `StoreProblem` when that cannot be done."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def version(self) -> int | None:
        """Of the store; None while the file holds nothing yet."""
        return self._read(stored_version)

    def facts(self, now: datetime) -> StoreFacts:
        """What the store holds; of a version that this program knows."""
        return self._read(lambda connection: _facts(connection, now))

    def damage(self, seconds: float) -> str:
        """What is found to be broken, empty for nothing; raises TimeoutError after so long."""
        until = time.monotonic() + seconds

        def check(connection: Connection) -> str:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
            return "" if found == "ok" else str(found)

        try:
            return self._read(check, lambda: time.monotonic() > until)
        except StoreProblem as problem:
            if time.monotonic() > until:
                raise TimeoutError from problem
            raise

    def newest_call(self) -> int:
        """The id of the call stored last, 0 for none."""
        return self._read(lambda connection: connection.scalar(select(func.max(calls.c.id)))) or 0

    def call_with(self, text: bytes, after: int) -> int | None:
        """The call, stored after another one, whose body holds these bytes."""
        wanted = select(bodies.c.call_id).where(
            bodies.c.call_id > after, func.instr(bodies.c.body, text) > 0
        )
        return self._read(lambda connection: connection.scalar(wanted))

    def _read(
        self, work: Callable[[Connection], T], is_over: Callable[[], bool] | None = None
    ) -> T:
        # Where no log is, nobody has the store open. SQLite would make one even for reading, unless
        # it is told that nothing changes; should something, it is read again.
        before = self._mark()
        alone = not before[0]
        try:
            found = self._work("mode=ro&immutable=1" if alone else "mode=ro", work, is_over)
        except StoreProblem:
            if not alone or self._mark() == before:
                raise
        else:
            if not alone or self._mark() == before:
                return found
        return self._work("mode=ro", work, is_over)

    def _mark(self) -> tuple[bool, int]:
        log = self._path.with_name(f"{self._path.name}-wal")
        try:
            return log.exists(), self._path.stat().st_mtime_ns
        except OSError:
            return False, 0

    def _work(
        self, mode: str, work: Callable[[Connection], T], is_over: Callable[[], bool] | None
    ) -> T:
        def connect() -> sqlite3.Connection:
            address = f"{uri_of(self._path.absolute())}?{mode}"
            connection = sqlite3.connect(address, timeout=_BUSY_SECONDS, uri=True)
            connection.set_progress_handler(is_over, _STEPS)
            return connection

        engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
        try:
            with known_problems(), closing(engine.connect()) as connection:
                return work(connection)
        except DBAPIError as error:
            message = f"The store cannot be read: {error.orig}."
            raise StoreProblem("unreadable", message) from error


def _facts(connection: Connection, now: datetime) -> StoreFacts:
    waits = (
        calls.c.kind == CallKind.TOKEN.value,
        calls.c.state == TokenState.WAITING.value,
        or_(calls.c.deadline.is_(None), calls.c.deadline > now),
    )
    taken = select(func.count()).where(calls.c.kind != CallKind.REJECTED.value)
    return StoreFacts(
        id=str(connection.scalar(select(meta.c.value).where(meta.c.name == "store_id"))),
        version=stored_version(connection) or 0,
        calls=connection.scalar(taken) or 0,
        waiting=connection.scalar(select(func.count()).where(*waits)) or 0,
        secrets=tuple(one.secret for one in paths_in(connection) if one.is_honoured(now)),
    )
