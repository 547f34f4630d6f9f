"""The calls of a former store's copy, as they would be stored in the one that took its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from bxgui.core.deadlines import TokenState
from bxgui.core.life_cycle import life_cycle_of_stored
from bxgui.core.records import CallKind
from bxgui.services.store.connecting import TO_READ_ALONE, engine_of
from bxgui.services.store.identity import read_identity
from bxgui.services.store.portals import Sighting
from bxgui.services.store.problems import StoreProblem, known_problems
from bxgui.services.store.recording import PreparedCall
from bxgui.services.store.schema_version import stored_version
from bxgui.services.store.tables import SCHEMA_VERSION, bodies, calls, portals

_MOST = 200
# Calls differ in size by a factor of thousands.
_MOST_BYTES = 8 * 1024 * 1024
_CALLS: Select[Any] = (
    select(calls, bodies, portals.c.key, portals.c.member_id)
    .select_from(calls)
    .join(bodies)
    .outerjoin(portals)
    .where(calls.c.kind != CallKind.REJECTED.value)
    .order_by(calls.c.id)
    .limit(_MOST)
)


@dataclass(frozen=True, slots=True)
class SomeCalls:
    """Calls that were stored one after the other, and the id of the last; none behind the end."""

    calls: list[PreparedCall]
    last: int


def is_of_store(copy: Path, store_id: str) -> bool:
    """Whether a copy is of this store, and one that can be read; raises `StoreProblem`."""
    with _reading(copy) as connection:
        return (
            stored_version(connection) == SCHEMA_VERSION
            and read_identity(connection).store_id == store_id
        )


def calls_after(copy: Path, call_id: int) -> SomeCalls:
    """The next calls of a copy; raises `StoreProblem`."""
    found: list[PreparedCall] = []
    size = 0
    with _reading(copy) as connection:
        for row in connection.execute(_CALLS.where(calls.c.id > call_id)):
            found.append(_prepared(row))
            call_id = row.id
            size += len(row.body) + len(row.sealed or b"")
            if size >= _MOST_BYTES:
                break
    return SomeCalls(found, call_id)


@contextmanager
def _reading(copy: Path) -> Iterator[Connection]:
    if not copy.exists():
        raise StoreProblem("gone", f"The former store {copy} was deleted.")
    # Nobody writes to a copy, and nothing is to be made beside it.
    engine = engine_of(copy, TO_READ_ALONE)
    try:
        with known_problems(), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _prepared(row: Row[Any]) -> PreparedCall:
    kind = CallKind(row.kind)
    state = TokenState(row.state) if row.state else None
    return PreparedCall(
        kind=kind,
        arrived_at=row.arrived_at,
        sighting=_sighting(row, kind),
        rule=row.rule,
        document=row.document,
        body=row.body,
        query=row.query,
        content_type=row.content_type,
        headers=tuple((name, value) for name, value in json.loads(row.headers)),
        peer=row.peer,
        sealed=row.sealed,
        key_id=row.key_id,
        # The reply that was under way is not in the new store.
        state=TokenState.UNKNOWN if state is TokenState.SENDING else state,
        token_digest=row.token_digest,
        token_short=row.token_short,
        use_subscription=row.use_subscription,
        deadline=row.deadline,
        access_expires_at=row.access_expires_at,
        reason=row.reason,
        status=row.status,
        search_text=row.search_text,
    )


def _sighting(row: Row[Any], kind: CallKind) -> Sighting:
    return Sighting(
        key=row.key or "",
        member_id=row.member_id or "",
        endpoint=row.endpoint,
        host=row.host,
        application_digest=row.application_digest,
        event=life_cycle_of_stored(kind, row.rule),
    )
