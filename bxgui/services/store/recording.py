"""Taking prepared calls into the store: one transaction for whatever has arrived together.

What calls of one transaction have in common is looked up once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.engine.interfaces import DBAPICursor

from bxgui.core.deadlines import TokenState
from bxgui.core.life_cycle import LifeCycle
from bxgui.core.records import CallKind, Headers, Stored, Suspicion
from bxgui.services.store.driver_statement import compiled
from bxgui.services.store.portals import Sighting, judge_calls, see_portal, see_rule
from bxgui.services.store.tables import bodies, calls, microseconds


@dataclass(frozen=True, slots=True)
class PreparedCall:
    """An arrival decoded, its secrets cut out and sealed: ready to be stored."""

    kind: CallKind
    arrived_at: datetime
    sighting: Sighting
    rule: str
    document: str
    body: bytes
    query: bytes
    content_type: str | None
    headers: Headers
    peer: str
    sealed: bytes | None
    key_id: str | None
    state: TokenState | None = None
    token_digest: str | None = None
    token_short: str = ""
    use_subscription: str | None = None
    deadline: datetime | None = None
    access_expires_at: datetime | None = None
    reason: str = ""
    status: int | None = None
    search_text: str = ""


def record_all(connection: Connection, arrivals: Sequence[PreparedCall]) -> list[Stored]:
    """Store all arrivals; a known token only counts up."""
    with closing(connection.connection.cursor()) as cursor:
        recorder = _Recorder(connection, cursor, _known(cursor, arrivals))
        stored = [recorder.record(arrival) for arrival in arrivals]
        recorder.write()
    return stored


@dataclass(slots=True)
class _Known:
    """A call that is in the store, or about to be."""

    id: int
    state: TokenState | None
    deliveries: int


_DIGESTS = func.json_each(bindparam("digests")).table_valued("value")
_FIND_TOKENS = compiled(
    select(calls.c.token_digest, calls.c.id, calls.c.state, calls.c.deliveries).where(
        calls.c.token_digest.in_(select(_DIGESTS.c.value))
    )
)
_GREATEST_ID = compiled(select(func.max(calls.c.id)))
_INSERT_CALLS = compiled(insert(calls)).sql
_INSERT_BODIES = compiled(insert(bodies)).sql
_COUNT_UP = (
    update(calls)
    .where(calls.c.id == bindparam("known_id"))
    .values(deliveries=calls.c.deliveries + 1, last_arrived_at=bindparam("at"))
)


def _known(cursor: DBAPICursor, arrivals: Sequence[PreparedCall]) -> dict[str, _Known]:
    """The calls of these tokens that are in the store already."""
    digests = [call.token_digest for call in arrivals if call.token_digest is not None]
    return {
        digest: _Known(call_id, TokenState(state), deliveries)
        for digest, call_id, state, deliveries in _FIND_TOKENS.rows(
            cursor, digests=json.dumps(digests)
        )
    }


class _Recorder:
    """One transaction: remembers the portals and rules seen in it, gathers its rows."""

    def __init__(
        self, connection: Connection, cursor: DBAPICursor, known: dict[str, _Known]
    ) -> None:
        self._connection = connection
        self._cursor = cursor
        self._known = known
        # Nobody else writes during the transaction, so the ids can be given out here.
        ((greatest,),) = _GREATEST_ID.rows(cursor)
        self._last_id: int = greatest or 0
        self._portals: dict[Sighting, tuple[int | None, Suspicion]] = {}
        self._installed: set[int] = set()
        self._rules: dict[tuple[int, str], int] = {}
        self._calls: list[tuple[object, ...]] = []
        self._bodies: list[tuple[object, ...]] = []
        self._repeats: list[dict[str, object]] = []

    def record(self, call: PreparedCall) -> Stored:
        portal_id, suspicion = self._portal(call)
        known = self._known.get(call.token_digest) if call.token_digest else None
        if known is None:
            known = self._new(call, portal_id, suspicion)
        else:
            known.deliveries += 1
            self._repeats.append({"known_id": known.id, "at": call.arrived_at})
        host = call.sighting.host
        return Stored(
            known.id,
            call.kind,
            known.state,
            call.rule,
            call.document,
            host,
            known.deliveries,
            call.reason,
        )

    def write(self) -> None:
        """Write all rows: one statement for each table, however many calls there are."""
        if self._calls:
            self._cursor.executemany(_INSERT_CALLS, self._calls)
            self._cursor.executemany(_INSERT_BODIES, self._bodies)
        if self._repeats:
            self._connection.execute(_COUNT_UP, self._repeats)
        for portal_id in self._installed:
            judge_calls(self._connection, portal_id)

    def _new(self, call: PreparedCall, portal_id: int | None, suspicion: Suspicion) -> _Known:
        self._last_id += 1
        rule_id = self._rule(call, portal_id)
        self._calls.append(_call_row(call, self._last_id, portal_id, rule_id, suspicion))
        self._bodies.append(_body_row(call, self._last_id))
        made = _Known(self._last_id, call.state, 1)
        if call.token_digest is not None:
            self._known[call.token_digest] = made
        return made

    def _portal(self, call: PreparedCall) -> tuple[int | None, Suspicion]:
        if call.sighting.event is not LifeCycle.NONE:
            return self._changed_portal(call)
        found = self._portals.get(call.sighting)
        if found is None:
            found = see_portal(self._cursor, call.sighting, call.arrived_at)
            self._portals[call.sighting] = found
        return found

    def _changed_portal(self, call: PreparedCall) -> tuple[int | None, Suspicion]:
        """A portal that this post may change: what was remembered of it holds no longer."""
        seen = call.sighting
        self._portals = {one: was for one, was in self._portals.items() if one.key != seen.key}
        portal_id, suspicion = see_portal(self._cursor, seen, call.arrived_at)
        if portal_id is not None and seen.event is LifeCycle.INSTALL:
            self._installed.add(portal_id)
        return portal_id, suspicion

    def _rule(self, call: PreparedCall, portal_id: int | None) -> int | None:
        if portal_id is None or call.kind is not CallKind.TOKEN or not call.rule:
            return None
        key = (portal_id, call.rule)
        if key not in self._rules:
            self._rules[key] = see_rule(self._cursor, *key, call.arrived_at)
        return self._rules[key]


def _call_row(
    call: PreparedCall,
    call_id: int,
    portal_id: int | None,
    rule_id: int | None,
    suspicion: Suspicion,
) -> tuple[object, ...]:
    """A row of `calls`, in the order of its columns."""
    arrived_at = microseconds(call.arrived_at)
    return (
        call_id,
        call.kind.value,
        call.state.value if call.state else None,
        call.token_digest,
        call.token_short,
        portal_id,
        rule_id,
        call.rule,
        call.document,
        call.reason,
        call.status,
        suspicion.value,
        call.sighting.endpoint,
        call.sighting.host,
        call.sighting.application_digest,
        call.use_subscription,
        arrived_at,
        arrived_at,
        microseconds(call.deadline),
        microseconds(call.access_expires_at),
        1,
        call.search_text,
    )


def _body_row(call: PreparedCall, call_id: int) -> tuple[object, ...]:
    """A row of `bodies`, in the order of its columns."""
    return (
        call_id,
        call.body,
        call.query,
        call.content_type,
        json.dumps(call.headers),
        call.peer,
        call.sealed,
        call.key_id,
    )
