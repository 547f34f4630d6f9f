"""Taking prepared calls into the store: one transaction for whatever has arrived together.

The statements are built once, and what calls of one transaction have in common is looked up once:
building and compiling them would otherwise cost more than the disk.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bxgui.core.deadlines import TokenState
from bxgui.core.records import CallKind, Headers, Stored, Suspicion
from bxgui.services.store.portals import Sighting, see_portal, see_rule
from bxgui.services.store.tables import MOST_IN_ONE_QUERY, bodies, calls


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
    recorder = _Recorder(connection, _known(connection, arrivals))
    stored = [recorder.record(arrival) for arrival in arrivals]
    recorder.write()
    return stored


@dataclass(slots=True)
class _Known:
    """A call that is in the store, or about to be."""

    id: int
    state: TokenState | None
    deliveries: int


_FIND_TOKENS = select(calls.c.id, calls.c.token_digest, calls.c.state, calls.c.deliveries).where(
    calls.c.token_digest.in_(bindparam("digests", expanding=True))
)
_GREATEST_ID = select(func.coalesce(func.max(calls.c.id), 0))
_INSERT_CALLS = insert(calls)
_INSERT_BODIES = insert(bodies)
_COUNT_UP = (
    update(calls)
    .where(calls.c.id == bindparam("known_id"))
    .values(deliveries=calls.c.deliveries + 1, last_arrived_at=bindparam("at"))
)


def _known(connection: Connection, arrivals: Sequence[PreparedCall]) -> dict[str, _Known]:
    """The calls of these tokens that are in the store already."""
    digests = [call.token_digest for call in arrivals if call.token_digest is not None]
    found: dict[str, _Known] = {}
    for start in range(0, len(digests), MOST_IN_ONE_QUERY):
        some = {"digests": digests[start : start + MOST_IN_ONE_QUERY]}
        for row in connection.execute(_FIND_TOKENS, some):
            found[row.token_digest] = _Known(row.id, TokenState(row.state), row.deliveries)
    return found


class _Recorder:
    """One transaction: remembers the portals and rules seen in it, gathers its rows."""

    def __init__(self, connection: Connection, known: dict[str, _Known]) -> None:
        self._connection = connection
        self._known = known
        # Nobody else writes during the transaction, so the ids can be given out here.
        self._last_id = connection.scalar(_GREATEST_ID) or 0
        self._portals: dict[Sighting, tuple[int | None, Suspicion]] = {}
        self._rules: dict[tuple[int, str], int] = {}
        self._calls: list[dict[str, object]] = []
        self._bodies: list[dict[str, object]] = []
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
        for statement, rows in (
            (_INSERT_CALLS, self._calls),
            (_INSERT_BODIES, self._bodies),
            (_COUNT_UP, self._repeats),
        ):
            if rows:
                self._connection.execute(statement, rows)

    def _new(self, call: PreparedCall, portal_id: int | None, suspicion: Suspicion) -> _Known:
        self._last_id += 1
        columns = _columns(call)
        columns["id"] = self._last_id
        columns["portal_id"] = portal_id
        columns["rule_id"] = self._rule(call, portal_id)
        columns["suspicion"] = suspicion.value
        self._calls.append(columns)
        self._bodies.append(_body_columns(call, self._last_id))
        made = _Known(self._last_id, call.state, 1)
        if call.token_digest is not None:
            self._known[call.token_digest] = made
        return made

    def _portal(self, call: PreparedCall) -> tuple[int | None, Suspicion]:
        if call.sighting not in self._portals:
            self._portals[call.sighting] = see_portal(
                self._connection, call.sighting, call.arrived_at
            )
        return self._portals[call.sighting]

    def _rule(self, call: PreparedCall, portal_id: int | None) -> int | None:
        if portal_id is None or call.kind is not CallKind.TOKEN or not call.rule:
            return None
        key = (portal_id, call.rule)
        if key not in self._rules:
            self._rules[key] = see_rule(self._connection, *key, call.arrived_at)
        return self._rules[key]


def _columns(call: PreparedCall) -> dict[str, object]:
    return {
        "kind": call.kind.value,
        "state": call.state.value if call.state else None,
        "token_digest": call.token_digest,
        "token_short": call.token_short,
        "rule": call.rule,
        "document": call.document,
        "reason": call.reason,
        "status": call.status,
        "endpoint": call.sighting.endpoint,
        "host": call.sighting.host,
        "application_digest": call.sighting.application_digest,
        "use_subscription": call.use_subscription,
        "arrived_at": call.arrived_at,
        "last_arrived_at": call.arrived_at,
        "deadline": call.deadline,
        "access_expires_at": call.access_expires_at,
        "search_text": call.search_text,
    }


def _body_columns(call: PreparedCall, call_id: int) -> dict[str, object]:
    return {
        "call_id": call_id,
        "body": call.body,
        "query": call.query,
        "content_type": call.content_type,
        "headers": json.dumps(call.headers),
        "peer": call.peer,
        "sealed": call.sealed,
        "key_id": call.key_id,
    }
