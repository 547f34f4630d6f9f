"""Taking prepared calls into the store: one transaction for whatever has arrived together.

The statements are built once, and what calls of one transaction have in common is looked up once:
building and compiling them would otherwise cost more than the disk.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert
from sqlalchemy.dialects.sqlite import Insert as Upsert
from sqlalchemy.dialects.sqlite import insert as upsert

from bxgui.core.deadlines import TokenState
from bxgui.core.records import CallKind, Headers, Stored, Suspicion
from bxgui.services.store.portals import Sighting, see_portal, see_rule
from bxgui.services.store.tables import bodies, calls


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
    recorder = _Recorder(connection)
    stored = [recorder.record(arrival) for arrival in arrivals]
    recorder.write_bodies()
    return stored


def _insert_call_statement() -> Upsert:
    statement = upsert(calls)
    return statement.on_conflict_do_update(
        index_elements=["token_digest"],
        set_={
            "deliveries": calls.c.deliveries + 1,
            "last_arrived_at": statement.excluded.last_arrived_at,
        },
    )


_INSERT_CALL = _insert_call_statement().returning(calls.c.id, calls.c.deliveries, calls.c.state)
_INSERT_BODIES = insert(bodies)


class _Recorder:
    """One transaction: remembers the portals and rules seen in it, gathers its bodies."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._portals: dict[Sighting, tuple[int | None, Suspicion]] = {}
        self._rules: dict[tuple[int, str], int] = {}
        self._bodies: list[dict[str, object]] = []

    def record(self, call: PreparedCall) -> Stored:
        portal_id, suspicion = self._portal(call)
        row = self._connection.execute(
            _INSERT_CALL,
            {
                **_columns(call),
                "portal_id": portal_id,
                "rule_id": self._rule(call, portal_id),
                "suspicion": suspicion.value,
            },
        ).one()
        if row.deliveries == 1:
            self._bodies.append(_body_columns(call, row.id))
        state = TokenState(row.state) if row.state else None
        host = call.sighting.host
        return Stored(
            row.id, call.kind, state, call.rule, call.document, host, row.deliveries, call.reason
        )

    def write_bodies(self) -> None:
        if self._bodies:
            self._connection.execute(_INSERT_BODIES, self._bodies)

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
