"""A fresh store in the place of one that is damaged or gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bxgui.services.store.connecting import engine_of
from bxgui.services.store.files import beside, parts, touch
from bxgui.services.store.identity import Identity
from bxgui.services.store.problems import StoreProblem, known_problems
from bxgui.services.store.schema_version import create
from bxgui.services.store.tables import SCHEMA_VERSION


def replace(path: Path, identity: Identity, now: datetime) -> str:
    """Put a fresh store, whole from its first moment, in the place of another.

    The name that the other has now, empty if there was none. Raises `StoreProblem`.
    """
    fresh = beside(path, ".fresh")
    try:
        _make(fresh, identity)
        name = set_aside(path, now)
        fresh.rename(path)
    except OSError as error:
        message = f"The store {path} is damaged, and it cannot be renamed to be set aside."
        raise StoreProblem("corrupt", message) from error
    return name


def set_aside(path: Path, now: datetime) -> str:
    """Rename a damaged store with the files that belong to it; its new name, if there was one."""
    aside = beside(path, f".damaged-{now:%Y%m%d-%H%M%S-%f}")
    name = aside.name if path.exists() else ""
    for part, renamed in zip(parts(path), parts(aside), strict=True):
        if part.exists():
            part.rename(renamed)
    return name


def _make(path: Path, identity: Identity) -> None:
    for part in parts(path):
        part.unlink(missing_ok=True)
    touch(path)
    engine = engine_of(path)
    try:
        with known_problems(), engine.begin() as connection:
            create(connection, SCHEMA_VERSION, identity)
    finally:
        engine.dispose()
    with known_problems(), closing(sqlite3.connect(path)) as last:
        # It is renamed without its log.
        last.execute("PRAGMA wal_checkpoint(TRUNCATE)")
