"""Rejected posts in the store: so many, and so much of them, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, select

from bxgui.core.records import CallKind
from bxgui.services.store.tables import MOST_IN_ONE_QUERY, bodies, calls

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
# What reached the handler is sealed whole. Strangers must not push it out.
_GROUPS = (
    _NEWEST_FIRST.where(bodies.c.sealed.is_not(None)),
    _NEWEST_FIRST.where(bodies.c.sealed.is_(None)),
)


def drop_old_rejections(connection: Connection) -> None:
    """Keep the newest of each group, as many as fit into both limits."""
    for group in _GROUPS:
        newest_first = [(int(one), int(size)) for one, size in connection.execute(group)]
        _drop(connection, _too_many(newest_first))


def _too_many(newest_first: Sequence[tuple[int, int]]) -> list[int]:
    total = 0
    for number, (_, size) in enumerate(newest_first):
        total += size
        # The newest stays whatever its size: it is what a person looks for.
        if number and (number >= MOST_KEPT or total > MOST_BYTES):
            return [one for one, _ in newest_first[number:]]
    return []


def _drop(connection: Connection, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), MOST_IN_ONE_QUERY):
        some = ids[start : start + MOST_IN_ONE_QUERY]
        connection.execute(delete(bodies).where(bodies.c.call_id.in_(some)))
        connection.execute(delete(calls).where(calls.c.id.in_(some)))
