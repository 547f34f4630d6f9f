"""The version of a store's tables, and how an older store is brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select, update

from bxgui.services.store import migrations
from bxgui.services.store.files import beside
from bxgui.services.store.identity import Identity, write_identity
from bxgui.services.store.problems import StoreProblem, problem
from bxgui.services.store.tables import meta, metadata

Migration = Callable[[Connection], None]
# From the version named to the next one.
MIGRATIONS: Mapping[int, Migration] = {
    1: migrations.to_2,
    2: migrations.to_3,
    3: migrations.to_4,
}
_VERSION = meta.c.name == "schema_version"


def stored_version(connection: Connection) -> int | None:
    """The version of the schema, None where there is none; raises `StoreProblem`."""
    if not inspect(connection).has_table(meta.name):
        return None
    value = connection.scalar(select(meta.c.value).where(_VERSION))
    with suppress(TypeError, ValueError):
        return int(str(value))
    raise problem("SQLITE_NOTADB")


def create(connection: Connection, version: int, identity: Identity) -> None:
    """Make the tables of a store that begins."""
    metadata.create_all(connection)
    connection.execute(insert(meta), {"name": "schema_version", "value": str(version)})
    write_identity(connection, identity)


def bring_up_to_date(
    connection: Connection, path: Path, steps: Mapping[int, Migration], version: int
) -> None:
    """Go from whatever version is stored to the one wanted, in one transaction."""
    # Read here: another program may have done it since, and more.
    found = stored_version(connection) or version
    refuse_newer(path, found, version)
    for step in range(found, version):
        steps[step](connection)
        connection.execute(update(meta).where(_VERSION).values(value=str(step + 1)))


def refuse_older(found: int | None, version: int) -> None:
    """Raise `StoreProblem` for a store that has to be written to before it can be read."""
    if found is None:
        raise problem("SQLITE_NOTADB")
    if found < version:
        message = (
            "The store was written by an older bxgui, and it cannot be brought up to date while "
            "it cannot be written. Give back the right to write to its file and folder."
        )
        raise StoreProblem("read_only", message)


def refuse_newer(path: Path, found: int, version: int) -> None:
    """Raise `StoreProblem` for a store that this bxgui does not know."""
    if found > version:
        message = (
            f"The store {path} was written by a newer bxgui (store version {found}; this "
            f"one knows {version}). Update bxgui, or choose another folder with --data-dir."
        )
        raise StoreProblem("newer", message)


def back_up(path: Path, found: int) -> None:
    """A copy beside the store, so that a failed migration loses nothing."""
    copy = beside(path, f".v{found}.bak")
    if copy.exists():
        return
    part = beside(copy, ".part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with (
            closing(sqlite3.connect(path)) as source,
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
