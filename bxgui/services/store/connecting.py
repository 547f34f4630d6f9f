"""How a store's file is opened, and how its transactions begin."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from bxgui.services.store.files import BUSY_SECONDS, uri_of

READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"
# The third is for macOS, where a plain fsync leaves what is written in the disk's own memory.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "fullfsync=ON", "foreign_keys=ON")
# How a file is opened. Never made by looking at it: a file that is gone is to be noticed.
TO_WRITE: Mapping[str, str] = {"mode": "rw"}
TO_READ: Mapping[str, str] = {"mode": "ro"}
# Where no log is, nobody has the store open. SQLite would make one even for reading, unless it is
# told that nothing changes.
TO_READ_ALONE: Mapping[str, str] = {"mode": "ro", "immutable": "1"}


def engine_of(path: Path, how: Mapping[str, str] = TO_WRITE) -> Engine:
    """Connections to a store's file, which must be there."""
    engine = create_engine(
        URL.create("sqlite", database=uri_of(path.absolute()), query={**how, "uri": "true"}),
        connect_args={"check_same_thread": False},
        # What is stored is private: it does not belong into the text of an error.
        hide_parameters=True,
    )
    event.listen(engine, "connect", partial(_prepare, _PRAGMAS if how is TO_WRITE else ()))
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(pragmas: Iterable[str], connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would otherwise begin transactions by rules of its own.
    connection.isolation_level = None
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    patience = options.get("patience", BUSY_SECONDS)
    if connection.info.get("patience") != patience:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        connection.info["patience"] = patience
    connection.exec_driver_sql(options.get("begin", READ))
