"""Rejected posts in the store: so many, and so much of them, and no more."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from bxgui.core.records import CallKind
from bxgui.services.store.tables import bodies, calls

MOST_KEPT = 200
MOST_BYTES = 64 * 1024 * 1024

_NEWEST_FIRST = (
    select(
        calls.c.id,
        func.coalesce(func.length(bodies.c.body), 0)
        + func.coalesce(func.length(bodies.c.sealed), 0),
    )
    .join(bodies)
    .where(calls.c.kind == CallKind.REJECTED.value)
    .order_by(calls.c.id.desc())
)


def drop_old_rejections(connection: Connection) -> None:
    """Keep the newest, as many as fit into both limits."""
    total = 0
    for number, (call_id, size) in enumerate(connection.execute(_NEWEST_FIRST).all()):
        total += size
        # The newest stays whatever its size: it is what a person looks for.
        if number and (number >= MOST_KEPT or total > MOST_BYTES):
            _drop_from(connection, call_id)
            return


def _drop_from(connection: Connection, newest: int) -> None:
    old = (
        select(calls.c.id)
        .where(calls.c.kind == CallKind.REJECTED.value, calls.c.id <= newest)
        .scalar_subquery()
    )
    connection.execute(delete(bodies).where(bodies.c.call_id.in_(old)))
    connection.execute(
        delete(calls).where(calls.c.kind == CallKind.REJECTED.value, calls.c.id <= newest)
    )
