"""Statements compiled once, run by the driver: SQLAlchemy would take longer than SQLite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler


@dataclass(frozen=True, slots=True)
class DriverStatement:
    """SQL, the names of its places in their order, and the values that are always the same."""

    sql: str
    names: tuple[str, ...]
    constants: Mapping[str, Any]

    def rows(self, cursor: DBAPICursor, **values: Any) -> Sequence[Any]:
        """Run it; the values are as the driver takes them, those not given are NULL."""
        given = {**self.constants, **values}
        cursor.execute(self.sql, tuple(map(given.get, self.names)))
        return cursor.fetchall()


def compiled(statement: ClauseElement) -> DriverStatement:
    """A statement of SQLAlchemy for SQLite's driver."""
    made = statement.compile(dialect=sqlite.dialect())
    if not isinstance(made, SQLCompiler):
        raise AssertionError(made)  # noqa: TRY004 - it cannot be another for SQLite
    constants = {name: value for name, value in made.params.items() if value is not None}
    return DriverStatement(str(made), tuple(made.positiontup or ()), constants)
