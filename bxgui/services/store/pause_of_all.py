"""The pause of every portal: one that becomes known meanwhile begins with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Integer, ScalarSelect, cast, delete, insert, select

from bxgui.services.store.tables import meta, microseconds

_NAME = "all_paused_at"
_ITS_ROW = meta.c.name == _NAME


def paused_with_all() -> ScalarSelect[int]:
    """Since when a new portal is paused; NULL while not all of them are."""
    return select(cast(meta.c.value, Integer)).where(_ITS_ROW).scalar_subquery()


def note_pause_of_all(connection: Connection, now: datetime | None) -> None:
    """Keep since when all portals are paused; None for no longer."""
    connection.execute(delete(meta).where(_ITS_ROW))
    if now is not None:
        connection.execute(insert(meta), {"name": _NAME, "value": str(microseconds(now))})
