"""Calls in the store: taking in arrivals, and the token list."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    func,
    literal,
    select,
    update,
)

from bxgui.core.deadlines import TokenState, shown_state
from bxgui.core.listing import Group, SortKey, TokenQuery
from bxgui.core.local_text import NO_TEXT
from bxgui.core.records import CallDetail, CallKind, Counts, Portal, Stored, Suspicion, TokenRow
from bxgui.core.registration import Registration
from bxgui.services.store.database import Database
from bxgui.services.store.portals import portal_of
from bxgui.services.store.recording import PreparedCall, record_all
from bxgui.services.store.rejections import drop_old_rejections
from bxgui.services.store.rules import kept_registration
from bxgui.services.store.tables import MOST_IN_ONE_QUERY, attempts, bodies, calls, rules


@dataclass(frozen=True, slots=True)
class SealedCall:
    """What is needed to put a call's secrets back."""

    kind: CallKind
    body: bytes
    query: bytes
    content_type: str | None
    sealed: bytes | None
    key_id: str | None
    arrived_at: datetime


class Calls:
    """The calls of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, arrivals: Sequence[PreparedCall]) -> list[Stored]:
        """Store all arrivals in one durable transaction; a known token only counts up."""
        with self._database.write() as connection:
            return record_all(connection, arrivals)

    def missing(self, arrivals: Sequence[PreparedCall]) -> list[PreparedCall]:
        """Those arrivals that are not stored yet, each token once."""
        with self._database.read() as connection:
            known = _known_tokens(connection, arrivals)
            missing = []
            for call in arrivals:
                if call.token_digest is None:
                    is_missing = not _holds(connection, call)
                else:
                    is_missing = call.token_digest not in known
                    known.add(call.token_digest)
                if is_missing:
                    missing.append(call)
        return missing

    def reject(self, rejections: Sequence[PreparedCall]) -> None:
        """Keep rejected posts; the oldest make room for them."""
        with self._database.write() as connection:
            record_all(connection, rejections)
            drop_old_rejections(connection)

    def ids(self, query: TokenQuery, now: datetime) -> array[int]:
        """Ids of the calls that a query shows, in its order."""
        statement = _filtered(select(calls.c.id), query, now).order_by(*_order(query, now))
        with self._database.read() as connection:
            return array("q", connection.scalars(statement))

    def rows(self, ids: Sequence[int], now: datetime) -> list[TokenRow]:
        """The list's lines for these calls, in the order of the ids; unknown ids are left out."""
        by_id: dict[int, TokenRow] = {}
        with self._database.read() as connection:
            for start in range(0, len(ids), MOST_IN_ONE_QUERY):
                some = calls.c.id.in_(list(ids[start : start + MOST_IN_ONE_QUERY]))
                found = connection.execute(_ROWS.where(some))
                by_id |= {row.id: _token_row(row, now) for row in found}
        return [by_id[call_id] for call_id in ids if call_id in by_id]

    def bodies(self, ids: Sequence[int]) -> dict[int, tuple[bytes, str | None]]:
        """Body, secrets masked, and content type of each of these calls."""
        wanted = select(bodies.c.call_id, bodies.c.body, bodies.c.content_type)
        found: dict[int, tuple[bytes, str | None]] = {}
        with self._database.read() as connection:
            for start in range(0, len(ids), MOST_IN_ONE_QUERY):
                some = bodies.c.call_id.in_(list(ids[start : start + MOST_IN_ONE_QUERY]))
                rows = connection.execute(wanted.where(some))
                found |= {row.call_id: (row.body, row.content_type) for row in rows}
        return found

    def counts(self, now: datetime, portal_id: int | None = None, text: str = "") -> Counts:
        """How many tokens are in each state, within a portal and a text search."""
        shown = _shown(now)
        tokens = _filtered(
            select(shown, func.count()), TokenQuery(portal_id=portal_id, text=text), now
        ).group_by(shown)
        others, rejected = (
            _filtered(
                select(func.count()), TokenQuery(group=group, portal_id=portal_id, text=text), now
            )
            for group in (Group.OTHERS, Group.REJECTED)
        )
        with self._database.read() as connection:
            by_state = {TokenState(state): n for state, n in connection.execute(tokens).all()}
            return Counts(
                by_state, connection.scalar(others) or 0, connection.scalar(rejected) or 0
            )

    def newest_at(self) -> datetime | None:
        """When the last post arrived that was taken."""
        taken = calls.c.kind != CallKind.REJECTED.value
        newest = select(calls.c.arrived_at).where(taken).order_by(calls.c.arrived_at.desc())
        with self._database.read() as connection:
            return connection.scalar(newest.limit(1))

    def detail(self, call_id: int, now: datetime) -> CallDetail | None:
        """A call with everything but its secrets."""
        return next(iter(self.details([call_id], now)), None)

    def details(self, ids: Sequence[int], now: datetime) -> list[CallDetail]:
        """As `detail`, for these calls in the order of the ids; unknown ids are left out."""
        with self._database.read() as connection:
            found = [row for some in _portions(ids) for row in connection.execute(_details(some))]
            portals = {one: portal_of(connection, one) for one in {row.portal_id for row in found}}
        known = {text: kept_registration(text) for text in {row.registration for row in found}}
        by_id = {
            row.id: _detail(row, portals[row.portal_id], known[row.registration], now)
            for row in found
        }
        return [by_id[call_id] for call_id in ids if call_id in by_id]

    def sealed(self, call_id: int) -> SealedCall | None:
        """A call's body as stored, with its sealed secrets."""
        return self.all_sealed([call_id]).get(call_id)

    def all_sealed(self, ids: Sequence[int]) -> dict[int, SealedCall]:
        """As `sealed`, for those of these calls that there are."""
        statement = select(bodies, calls.c.kind, calls.c.arrived_at).join(calls)
        with self._database.read() as connection:
            return {
                row.call_id: _sealed(row)
                for some in _portions(ids)
                for row in connection.execute(statement.where(calls.c.id.in_(some)))
            }

    def of_rule(self, rule_id: int, state: TokenState, now: datetime) -> list[int]:
        """The tokens of a rule that are in a state now, those that came first before others."""
        statement = select(calls.c.id).where(
            calls.c.rule_id == rule_id,
            calls.c.kind == CallKind.TOKEN.value,
            _shown(now) == state.value,
        )
        with self._database.read() as connection:
            return list(connection.scalars(statement.order_by(calls.c.id)))

    def among(self, rule_id: int, ids: Sequence[int]) -> list[int]:
        """Those of these calls that are tokens of a rule, in the order of the ids."""
        of_rule = (calls.c.rule_id == rule_id, calls.c.kind == CallKind.TOKEN.value)
        statement = select(calls.c.id).where(*of_rule)
        with self._database.read() as connection:
            found = {
                call_id
                for some in _portions(ids)
                for call_id in connection.scalars(statement.where(calls.c.id.in_(some)))
            }
        return [call_id for call_id in ids if call_id in found]

    def dismiss(self, call_id: int, dismissed: bool) -> None:
        """Put a waiting token aside, or take it back."""
        before, after = TokenState.WAITING, TokenState.DISMISSED
        if not dismissed:
            before, after = after, before
        with self._database.write() as connection:
            connection.execute(
                update(calls)
                .where(calls.c.id == call_id, calls.c.state == before.value)
                .values(state=after.value)
            )


def _known_tokens(connection: Connection, arrivals: Sequence[PreparedCall]) -> set[str]:
    digests = [call.token_digest for call in arrivals if call.token_digest is not None]
    known: set[str] = set()
    for start in range(0, len(digests), MOST_IN_ONE_QUERY):
        some = calls.c.token_digest.in_(digests[start : start + MOST_IN_ONE_QUERY])
        known.update(connection.scalars(select(calls.c.token_digest).where(some)))
    return known


def _holds(connection: Connection, call: PreparedCall) -> bool:
    """Whether just this arrival, which carries no token, is stored."""
    # Clocks are coarse: two may arrive at the same moment. No secret is sealed alike twice.
    same = and_(
        calls.c.arrived_at == call.arrived_at,
        calls.c.kind == call.kind,
        bodies.c.body == call.body,
        bodies.c.sealed.is_not_distinct_from(call.sealed),
    )
    return connection.scalar(select(calls.c.id).join(bodies).where(same).limit(1)) is not None


_ROWS: Select[Any] = select(
    calls.c.id,
    calls.c.kind,
    calls.c.state,
    calls.c.rule,
    calls.c.host,
    calls.c.document,
    calls.c.arrived_at,
    calls.c.deadline,
    calls.c.deliveries,
    calls.c.use_subscription,
    calls.c.token_short,
    calls.c.suspicion,
    calls.c.reason,
    calls.c.status,
    select(func.count())
    .select_from(attempts)
    .where(attempts.c.call_id == calls.c.id)
    .scalar_subquery()
    .label("attempt_count"),
)


def _token_row(row: Row[Any], now: datetime) -> TokenRow:
    state = shown_state(TokenState(row.state), row.deadline, now) if row.state else None
    return TokenRow(
        id=row.id,
        kind=CallKind(row.kind),
        state=state,
        rule=row.rule,
        portal=row.host,
        document=row.document,
        arrived_at=row.arrived_at,
        deadline=row.deadline,
        deliveries=row.deliveries,
        attempts=row.attempt_count,
        use_subscription=row.use_subscription,
        token=row.token_short,
        suspicion=Suspicion(row.suspicion),
        reason=row.reason,
        status=row.status,
    )


def _portions(ids: Sequence[int]) -> Iterator[list[int]]:
    """The ids, as many at a time as a statement takes."""
    for start in range(0, len(ids), MOST_IN_ONE_QUERY):
        yield list(ids[start : start + MOST_IN_ONE_QUERY])


def _details(ids: list[int]) -> Select[Any]:
    return (
        select(*_ROWS.selected_columns, calls, bodies, rules.c.registration)
        .select_from(calls)
        .join(bodies)
        .outerjoin(rules)
        .where(calls.c.id.in_(ids))
    )


def _detail(
    row: Row[Any], portal: Portal | None, registration: Registration | None, now: datetime
) -> CallDetail:
    return CallDetail(
        row=_token_row(row, now),
        body=row.body,
        query=row.query,
        content_type=row.content_type,
        headers=tuple((n, v) for n, v in json.loads(row.headers)),
        peer=row.peer,
        last_arrived_at=row.last_arrived_at,
        access_expires_at=row.access_expires_at,
        has_secrets=row.sealed is not None,
        endpoint=row.endpoint,
        application_digest=row.application_digest,
        portal=portal,
        schema=registration.return_properties if registration else (),
        rule_name=registration.name if registration else NO_TEXT,
        reason=row.reason,
        status=row.status,
    )


def _sealed(row: Row[Any]) -> SealedCall:
    return SealedCall(
        CallKind(row.kind),
        row.body,
        row.query,
        row.content_type,
        row.sealed,
        row.key_id,
        row.arrived_at,
    )


def _shown(now: datetime) -> ColumnElement[Any]:
    """`shown_state` in SQL."""
    late = and_(calls.c.state == TokenState.WAITING.value, calls.c.deadline <= now)
    return case((late, literal(TokenState.EXPIRED.value)), else_=calls.c.state)


_GROUPS: dict[Group, ColumnElement[bool]] = {
    Group.TOKENS: calls.c.kind == CallKind.TOKEN.value,
    Group.OTHERS: calls.c.kind.in_([CallKind.EVENT, CallKind.OPENING, CallKind.OTHER]),
    Group.REJECTED: calls.c.kind == CallKind.REJECTED.value,
}


def _filtered(statement: Select[Any], query: TokenQuery, now: datetime) -> Select[Any]:
    statement = statement.where(_GROUPS[query.group])
    if query.state is not None:
        statement = statement.where(_shown(now) == query.state.value)
    if query.portal_id is not None:
        statement = statement.where(calls.c.portal_id == query.portal_id)
    for word in query.text.casefold().split():
        statement = statement.where(calls.c.search_text.contains(word, autoescape=True))
    return statement


def _order(query: TokenQuery, now: datetime) -> tuple[ColumnElement[Any], ...]:
    columns: dict[SortKey, ColumnElement[Any]] = {
        SortKey.STATE: _shown(now),
        SortKey.RULE: calls.c.rule.collate("NOCASE"),
        SortKey.DOCUMENT: calls.c.document.collate("NOCASE"),
        SortKey.ARRIVED: calls.c.arrived_at,
        SortKey.DEADLINE: calls.c.deadline,
    }
    first = columns[query.sort]
    ordered = first.desc() if query.descending else first.asc()
    if query.sort is SortKey.DEADLINE:
        ordered = ordered.nulls_last()
    return ordered, calls.c.id.desc() if query.descending else calls.c.id.asc()
