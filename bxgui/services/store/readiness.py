"""What is done with a store's file before it is used, and whether it is sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field

from bxgui.services.store import schema_version
from bxgui.services.store.connecting import READ, WRITE
from bxgui.services.store.connections import Connections
from bxgui.services.store.files import status_of, uri_of
from bxgui.services.store.identity import kept_copy, new_identity
from bxgui.services.store.problems import known_problems, problem
from bxgui.services.store.schema_version import MIGRATIONS, Migration, stored_version
from bxgui.services.store.tables import SCHEMA_VERSION

# Looking through the pages of a greater file would keep calls waiting.
_MOST_CHECKED_BYTES = 256 * 1024 * 1024
_NEWEST_CALL = """
SELECT id, length(body) FROM calls JOIN bodies ON call_id = id ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Schema:
    """The version that a store is brought up to, and the steps that lead there."""

    version: int = SCHEMA_VERSION
    steps: Mapping[int, Migration] = field(default_factory=lambda: MIGRATIONS)


CURRENT = Schema()


def make_ready(
    connections: Connections, patience: float, schema: Schema, *, may_create: bool
) -> None:
    """Make the tables of an empty store, bring those of an older one up to date.

    Raises `StoreProblem`, with the code `newer` for a store of a newer bxgui.
    """
    path = connections.path
    with connections.begun(WRITE, patience) as connection:
        found = stored_version(connection)
        if found is None:
            if not may_create:
                raise problem("SQLITE_NOTADB")
            # Where a store was taken away, its paths are what rules are registered with.
            identity = kept_copy(path.parent) or new_identity()
            schema_version.create(connection, schema.version, identity)
            return
    schema_version.refuse_newer(path, found, schema.version)
    if found < schema.version:
        schema_version.back_up(path, found)
        with connections.begun(WRITE, patience) as connection:
            schema_version.bring_up_to_date(connection, path, schema.steps, schema.version)


def check_version(connections: Connections, patience: float) -> None:
    """Raise `StoreProblem` for a store that cannot be read as it is."""
    with connections.begun(READ, patience) as connection:
        found = stored_version(connection)
    schema_version.refuse_newer(connections.path, found or 0, SCHEMA_VERSION)
    schema_version.refuse_older(found, SCHEMA_VERSION)


def check_pages(connections: Connections, patience: float) -> None:
    """Raise `StoreProblem` for a damaged page, unless there are too many to look at."""
    found = status_of(connections.path)
    if found is None or found.st_size > _MOST_CHECKED_BYTES:
        return
    with connections.begun(READ, patience) as connection:
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() != "ok":
            raise problem("SQLITE_CORRUPT")


def newest_call(connections: Connections) -> int:
    """The newest call that a program would find which starts now; raises `StoreProblem`."""
    address = f"{uri_of(connections.path.absolute())}?mode=ro"
    with known_problems(), closing(sqlite3.connect(address, uri=True)) as connection:
        found = connection.execute(_NEWEST_CALL).fetchone()
    return found[0] if found else 0
