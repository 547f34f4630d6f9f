"""What makes a store this one: its id, to which its key belongs, and the handler's paths.

A copy lies beside the store. When the store is damaged, a fresh one begins with it: else the key
in the keyring would fit no more, and every registered rule would post to a path that is gone.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select

from bxgui.services.files import write_whole
from bxgui.services.store.tables import listener_paths, meta

FILE_NAME = "identity.json"
# The end of the year 9998, in microseconds: no moment of ours is later.
_LATEST = 253_370_764_800_000_000


@dataclass(frozen=True, slots=True)
class Identity:
    """A store's id, and its paths as rows: secret, and two moments in microseconds."""

    store_id: str
    paths: tuple[tuple[str, int, int | None], ...] = ()


def new_identity() -> Identity:
    """The identity of a store that begins."""
    return Identity(uuid.uuid4().hex)


def read_identity(connection: Connection) -> Identity:
    """The identity of an open store."""
    store_id = connection.scalar(select(meta.c.value).where(meta.c.name == "store_id"))
    rows = connection.exec_driver_sql(
        "SELECT secret, created_at, honoured_until FROM listener_paths ORDER BY id"
    )
    return Identity(str(store_id), tuple((row[0], row[1], row[2]) for row in rows))


def write_identity(connection: Connection, identity: Identity) -> None:
    """Give a fresh store its identity."""
    connection.execute(insert(meta), {"name": "store_id", "value": identity.store_id})
    for row in identity.paths:
        connection.exec_driver_sql(
            f"INSERT INTO {listener_paths.name} (secret, created_at, honoured_until)"  # noqa: S608
            " VALUES (?, ?, ?)",
            row,
        )


def keep_copy(folder: Path, identity: Identity) -> None:
    """Write the copy beside the store, for this user's eyes only; raises `OSError`."""
    if kept_copy(folder) == identity:
        return
    write_whole(folder / FILE_NAME, json.dumps(asdict(identity)), private=True)


def kept_copy(folder: Path) -> Identity | None:
    """The identity that the copy tells; None where there is no usable one."""
    try:
        document = json.loads((folder / FILE_NAME).read_text("utf-8"))
        paths = tuple(
            (str(s), int(c), None if u is None else int(u)) for s, c, u in document["paths"]
        )
        identity = Identity(str(document["store_id"]), paths)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None
    return identity if all(map(_is_usable, paths)) else None


def _is_usable(path: tuple[str, int, int | None]) -> bool:
    secret, created_at, until = path
    return bool(secret) and 0 <= created_at <= _LATEST and 0 <= (until or 0) <= _LATEST
