"""Exchanges with portals that were made for no reply: renewals, first tokens, tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, insert, select, union_all

from bxgui.core.explanations import BY_KEY, Explanation, Outcome
from bxgui.core.outcome import Verdict
from bxgui.core.records import Exchange
from bxgui.services.store.database import Database
from bxgui.services.store.exchange_rows import exchange_of
from bxgui.services.store.tables import attempts, calls, exchanges, portals, replies

_KEPT_OF_A_PORTAL = 200


@dataclass(frozen=True, slots=True)
class PortalExchange:
    """An exchange with its verdict."""

    id: int
    method: str
    exchange: Exchange
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LastError:
    """The newest exchange with a portal, for whatever, that it did not accept."""

    at: datetime
    method: str
    code: str
    description: str
    explanation: Explanation | None


class Exchanges:
    """The exchanges of a store's portals that belong to no reply."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, portal_id: int, method: str, exchange: Exchange, verdict: Verdict) -> None:
        """Keep an exchange, unless its portal was forgotten; the oldest make room for it."""
        mine = exchanges.c.portal_id == portal_id
        with self._database.write() as connection:
            if connection.scalar(select(portals.c.id).where(portals.c.id == portal_id)) is None:
                return
            connection.execute(
                insert(exchanges).values(
                    portal_id=portal_id,
                    method=method,
                    started_at=exchange.started_at,
                    url=exchange.url,
                    milliseconds=exchange.milliseconds,
                    http_status=exchange.http_status,
                    reason=exchange.reason,
                    failure=exchange.failure,
                    failure_text=exchange.failure_text,
                    outcome=verdict.outcome.value,
                    code=verdict.code,
                    description=verdict.description,
                    explanation_key=verdict.explanation.key,
                    request_headers=json.dumps(exchange.request_headers),
                    request_body=exchange.request_body,
                    response_headers=json.dumps(exchange.response_headers),
                    response_body=exchange.response_body,
                )
            )
            newest = select(exchanges.c.id).where(mine).order_by(exchanges.c.id.desc())
            connection.execute(
                delete(exchanges).where(
                    mine, exchanges.c.id.not_in(newest.limit(_KEPT_OF_A_PORTAL))
                )
            )

    def of_portal(self, portal_id: int, limit: int | None = None) -> list[PortalExchange]:
        """The exchanges kept, the newest first."""
        statement = (
            select(exchanges)
            .where(exchanges.c.portal_id == portal_id)
            .order_by(exchanges.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [_exchange(row) for row in connection.execute(statement)]

    def last_success(self, portal_id: int) -> datetime | None:
        """When the portal last accepted anything, replies among it."""
        row = self._newest(portal_id, accepted=True)
        return None if row is None else row.started_at

    def last_error(self, portal_id: int) -> LastError | None:
        """What it last did not accept."""
        row = self._newest(portal_id, accepted=False)
        if row is None:
            return None
        explanation = BY_KEY.get(row.explanation_key)
        return LastError(row.started_at, row.method, row.code, row.description, explanation)

    def _newest(self, portal_id: int, *, accepted: bool) -> Row[Any] | None:
        both = union_all(
            select(_of_replies(portal_id, accepted=accepted).subquery()),
            select(_of_others(portal_id, accepted=accepted).subquery()),
        ).subquery()
        with self._database.read() as connection:
            statement = select(both).order_by(both.c.started_at.desc()).limit(1)
            return connection.execute(statement).first()


def _of_replies(portal_id: int, *, accepted: bool) -> Select[Any]:
    told = (attempts.c.started_at, attempts.c.code, attempts.c.description)
    return (
        select(*told, attempts.c.explanation_key, replies.c.method)
        .select_from(attempts)
        .join(replies)
        .join(calls, calls.c.id == attempts.c.call_id)
        .where(calls.c.portal_id == portal_id, _is(attempts.c.outcome, accepted=accepted))
        .order_by(attempts.c.id.desc())
        .limit(1)
    )


def _of_others(portal_id: int, *, accepted: bool) -> Select[Any]:
    told = (exchanges.c.started_at, exchanges.c.code, exchanges.c.description)
    return (
        select(*told, exchanges.c.explanation_key, exchanges.c.method)
        .where(exchanges.c.portal_id == portal_id, _is(exchanges.c.outcome, accepted=accepted))
        .order_by(exchanges.c.id.desc())
        .limit(1)
    )


def _is(outcome: ColumnElement[Any], *, accepted: bool) -> ColumnElement[bool]:
    sought = Outcome.ACCEPTED.value
    return outcome == sought if accepted else outcome != sought


def _exchange(row: Row[Any]) -> PortalExchange:
    exchange = exchange_of(row)
    verdict = Verdict(BY_KEY[row.explanation_key], row.code, row.description)
    return PortalExchange(row.id, row.method, exchange, verdict)
