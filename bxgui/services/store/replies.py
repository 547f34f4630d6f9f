"""Replies, attempts and the history in the store."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from bxgui.core.deadlines import TokenState, state_after
from bxgui.core.explanations import BY_KEY, Outcome
from bxgui.core.json_values import dump_object, parse_object
from bxgui.core.outcome import Failure, Verdict
from bxgui.core.records import (
    EVENT_SEND,
    AttemptDetail,
    AttemptRow,
    Exchange,
    Reply,
)
from bxgui.services.store.database import Database
from bxgui.services.store.problems import StoreProblem
from bxgui.services.store.tables import attempts, calls, replies


class Replies:
    """The replies and attempts of a store.

    Ids mean nothing in another store. Whoever has kept one says of which generation it is, and
    gets a `StoreProblem` `replaced` where another has begun.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, reply: Reply, owner: str, now: datetime, generation: int | None = None) -> int:
        """Store a reply before anything is sent; its token is `sending` from here on.

        Raises `StoreProblem` `already_sending` while another reply to the token is under way.
        """
        with self._database.write(generation) as connection:
            state = connection.scalar(select(calls.c.state).where(calls.c.id == reply.call_id))
            if state == TokenState.SENDING.value:
                message = "A reply to this token is being sent. Wait for its outcome."
                raise StoreProblem("already_sending", message)
            if reply.method == EVENT_SEND:
                _set_state(connection, reply.call_id, TokenState.SENDING)
            row = connection.execute(
                insert(replies)
                .values(
                    call_id=reply.call_id,
                    created_at=now,
                    method=reply.method,
                    return_values=dump_object(reply.values),
                    log_message=reply.log_message,
                    state_before=state,
                    owner=owner,
                )
                .returning(replies.c.id)
            ).one()
            return int(row.id)

    def begin_attempt(self, reply_id: int, now: datetime, generation: int | None = None) -> int:
        """Store that an attempt begins, before the first byte goes out.

        Raises `StoreProblem` `settled` for a reply that another program took for given up.
        """
        still_open = select(replies.c.call_id).where(
            replies.c.id == reply_id, replies.c.closed.is_(False)
        )
        with self._database.write(generation) as connection:
            call_id = connection.scalar(still_open)
            if call_id is None:
                raise StoreProblem("settled", "The reply was given up before it was sent.")
            row = connection.execute(
                insert(attempts)
                .values(reply_id=reply_id, call_id=call_id, started_at=now)
                .returning(attempts.c.id)
            ).one()
            return int(row.id)

    def finish_attempt(
        self,
        attempt_id: int,
        exchange: Exchange,
        verdict: Verdict,
        generation: int | None = None,
    ) -> None:
        """Store an attempt's exchange and outcome, and the token state that follows."""
        with self._database.write(generation) as connection:
            connection.execute(
                update(attempts)
                .where(attempts.c.id == attempt_id)
                .values(
                    started_at=exchange.started_at,
                    url=exchange.url,
                    milliseconds=exchange.milliseconds,
                    http_status=exchange.http_status,
                    reason=exchange.reason,
                    failure=exchange.failure,
                    failure_text=exchange.failure_text,
                    request_headers=json.dumps(exchange.request_headers),
                    request_body=exchange.request_body,
                    response_headers=json.dumps(exchange.response_headers),
                    response_body=exchange.response_body,
                )
            )
            _conclude(connection, attempt_id, verdict)

    def recover(self, is_alive: Callable[[str], bool]) -> int:
        """Settle what stopped processes left: begun attempts are `unknown`, others go back.

        Returns how many replies were settled.
        """
        with self._database.write() as connection:
            left = connection.execute(select(replies).where(replies.c.closed.is_(False))).all()
            dead = [reply for reply in left if not is_alive(reply.owner)]
            for reply in dead:
                _settle(connection, reply)
        return len(dead)

    def settle(self, reply_id: int, generation: int | None = None) -> None:
        """Settle one reply that is no longer being sent, as `recover` does."""
        statement = select(replies).where(replies.c.id == reply_id, replies.c.closed.is_(False))
        with self._database.write(generation) as connection:
            reply = connection.execute(statement).one_or_none()
            if reply is not None:
                _settle(connection, reply)

    def last_reply(self, call_id: int) -> Reply | None:
        """The latest reply to a token, whatever became of it."""
        return self._latest(select(replies).where(replies.c.call_id == call_id))

    def last_reply_to_rule(self, call_id: int) -> Reply | None:
        """The latest answer to another token of the same rule."""
        rule = select(calls.c.rule_id).where(calls.c.id == call_id).scalar_subquery()
        return self._latest(
            select(replies)
            .join(calls, calls.c.id == replies.c.call_id)
            .where(calls.c.rule_id == rule, replies.c.method == EVENT_SEND)
        )

    def history(
        self, *, errors: bool = False, call_id: int | None = None, limit: int | None = None
    ) -> list[AttemptRow]:
        """Attempts, the newest first; `errors` leaves out what was accepted or is under way."""
        statement = _HISTORY.order_by(attempts.c.id.desc()).limit(limit)
        if errors:
            statement = statement.where(attempts.c.outcome != Outcome.ACCEPTED.value)
        if call_id is not None:
            statement = statement.where(attempts.c.call_id == call_id)
        with self._database.read() as connection:
            return [_attempt(row) for row in connection.execute(statement)]

    def attempt(self, attempt_id: int) -> AttemptDetail | None:
        """An attempt with its whole exchange."""
        statement = _HISTORY.add_columns(
            attempts.c.url,
            attempts.c.reason,
            attempts.c.failure,
            attempts.c.failure_text,
            attempts.c.request_headers,
            attempts.c.request_body,
            attempts.c.response_headers,
            attempts.c.response_body,
            replies.c.return_values,
            replies.c.log_message,
        ).where(attempts.c.id == attempt_id)
        with self._database.read() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            return None
        exchange = Exchange(
            method="POST",
            url=row.url,
            started_at=row.started_at,
            milliseconds=row.milliseconds,
            request_headers=tuple((n, v) for n, v in json.loads(row.request_headers)),
            request_body=row.request_body,
            http_status=row.http_status,
            reason=row.reason,
            response_headers=tuple((n, v) for n, v in json.loads(row.response_headers)),
            response_body=row.response_body,
            failure=row.failure,
            failure_text=row.failure_text,
        )
        values = parse_object(row.return_values)
        return AttemptDetail(_attempt(row), exchange, values, row.log_message)

    def _latest(self, statement: Select[Any]) -> Reply | None:
        with self._database.read() as connection:
            row = connection.execute(statement.order_by(replies.c.id.desc()).limit(1)).one_or_none()
        if row is None:
            return None
        return Reply(row.call_id, row.method, parse_object(row.return_values), row.log_message)


_HISTORY: Select[Any] = (
    select(
        attempts.c.id,
        attempts.c.call_id,
        attempts.c.reply_id,
        attempts.c.started_at,
        attempts.c.http_status,
        attempts.c.outcome,
        attempts.c.code,
        attempts.c.description,
        attempts.c.explanation_key,
        attempts.c.milliseconds,
        replies.c.method,
        calls.c.rule,
        calls.c.document,
        calls.c.host,
    )
    .select_from(attempts)
    .join(calls, calls.c.id == attempts.c.call_id)
    .join(replies, replies.c.id == attempts.c.reply_id)
)


def _attempt(row: Row[Any]) -> AttemptRow:
    return AttemptRow(
        id=row.id,
        call_id=row.call_id,
        reply_id=row.reply_id,
        at=row.started_at,
        method=row.method,
        http_status=row.http_status,
        outcome=Outcome(row.outcome) if row.outcome else None,
        code=row.code,
        description=row.description,
        explanation_key=row.explanation_key,
        milliseconds=row.milliseconds,
        rule=row.rule,
        document=row.document,
        portal=row.host,
    )


def _conclude(connection: Connection, attempt_id: int, verdict: Verdict) -> None:
    reply_id = connection.scalar(
        update(attempts)
        .where(attempts.c.id == attempt_id)
        .values(
            outcome=verdict.outcome.value,
            code=verdict.code,
            description=verdict.description,
            explanation_key=verdict.explanation.key,
        )
        .returning(attempts.c.reply_id)
    )
    reply = connection.execute(
        update(replies).where(replies.c.id == reply_id).values(closed=True).returning(replies)
    ).one()
    if reply.method == EVENT_SEND:
        # Another reply may have gone on meanwhile, if this one was taken for interrupted.
        stored = select(calls.c.state).where(calls.c.id == reply.call_id)
        now = TokenState(str(connection.scalar(stored)))
        before = TokenState(reply.state_before) if now is TokenState.SENDING else now
        _set_state(connection, reply.call_id, state_after(verdict.outcome, before))


def _settle(connection: Connection, reply: Row[Any]) -> None:
    begun = connection.scalar(
        select(attempts.c.id).where(attempts.c.reply_id == reply.id, attempts.c.outcome.is_(None))
    )
    if begun is not None:
        failure = Failure.INTERRUPTED.value
        _conclude(connection, begun, Verdict(BY_KEY[failure], failure))
        return
    connection.execute(update(replies).where(replies.c.id == reply.id).values(closed=True))
    if reply.method == EVENT_SEND:
        _set_state(connection, reply.call_id, TokenState(reply.state_before))


def _set_state(connection: Connection, call_id: int, state: TokenState) -> None:
    connection.execute(update(calls).where(calls.c.id == call_id).values(state=state.value))
