"""Replies in the store: created, attempted, concluded; and the history of their attempts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from bxgui.core.deadlines import TokenState, state_after
from bxgui.core.explanations import BY_KEY, Outcome
from bxgui.core.json_values import dump_object, parse_object
from bxgui.core.outcome import Failure, Verdict
from bxgui.core.queued import Terms
from bxgui.core.records import EVENT_SEND, AttemptDetail, AttemptRow, Exchange, Reply
from bxgui.services.store.attempt_rows import DETAIL, HISTORY, attempt_detail, attempt_row
from bxgui.services.store.database import Database, StoreProblem
from bxgui.services.store.tables import attempts, batches, calls, portals, replies


@dataclass(frozen=True, slots=True)
class Concluded:
    """What became of an attempt, and when it is repeated by itself; None for never."""

    verdict: Verdict
    again_at: datetime | None = None


class Replies:
    """The replies and attempts of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, reply: Reply, owner: str, now: datetime, terms: Terms | None = None) -> int:
        """Store a reply before anything is sent; its token is `sending` from here on.

        Raises `StoreProblem` `already_sending` while another reply to the token is under way.
        """
        (reply_id,) = self.create_all([reply], owner, now, terms)
        if reply_id is None:
            message = "A reply to this token is being sent. Wait for its outcome."
            raise StoreProblem("already_sending", message)
        return reply_id

    def create_all(
        self, new: Sequence[Reply], owner: str, now: datetime, terms: Terms | None = None
    ) -> list[int | None]:
        """Store replies in one step; None in the place of one whose token is being sent to."""
        with self._database.write() as connection:
            return [_create(connection, reply, owner, now, terms or Terms()) for reply in new]

    def begin_attempt(self, reply_id: int, owner: str, now: datetime) -> int:
        """Store that an attempt begins, before the first byte goes out.

        Raises `StoreProblem`: `settled` for a reply that was taken back or over, `paused`.
        """
        with self._database.write() as connection:
            found = connection.execute(_TO_BEGIN.where(replies.c.id == reply_id)).one_or_none()
            if found is None or found.closed or found.owner != owner:
                raise StoreProblem("settled", "The reply was given up before it was sent.")
            if found.paused_at is not None:
                raise StoreProblem("paused", "Sending to this portal is paused.")
            return _begin(connection, found, now)

    def begin_batch(self, reply_ids: Sequence[int], owner: str, now: datetime) -> dict[int, int]:
        """Store that attempts begin in one exchange: their ids by that of the reply.

        Those that were taken back or over are left out. Raises `StoreProblem` `paused`.
        """
        with self._database.write() as connection:
            wanted = _TO_BEGIN.where(
                replies.c.id.in_(list(reply_ids)),
                replies.c.closed.is_(False),
                replies.c.owner == owner,
            )
            found = connection.execute(wanted.order_by(replies.c.id)).all()
            if any(reply.paused_at is not None for reply in found):
                raise StoreProblem("paused", "Sending to this portal is paused.")
            if not found:
                return {}
            batch_id = connection.scalar(insert(batches).returning(batches.c.id))
            return {reply.id: _begin(connection, reply, now, batch_id) for reply in found}

    def finish_attempt(
        self,
        attempt_id: int,
        exchange: Exchange,
        verdict: Verdict,
        again_at: datetime | None = None,
    ) -> None:
        """Store an attempt's exchange and outcome, and the token state that follows.

        A reply that is tried again by itself, at the moment given, stays open.
        """
        with self._database.write() as connection:
            connection.execute(
                update(attempts)
                .where(attempts.c.id == attempt_id)
                .values(**_summary(exchange), **_bodies(exchange))
            )
            _conclude(connection, attempt_id, Concluded(verdict, again_at))

    def finish_batch(self, exchange: Exchange, concluded: Mapping[int, Concluded]) -> None:
        """As `finish_attempt`, for the attempts of one exchange, by their ids."""
        some = attempts.c.id.in_(list(concluded))
        with self._database.write() as connection:
            batch_id = connection.scalar(select(attempts.c.batch_id).where(some).limit(1))
            connection.execute(
                update(batches).where(batches.c.id == batch_id).values(**_bodies(exchange))
            )
            connection.execute(update(attempts).where(some).values(**_summary(exchange)))
            for attempt_id, one in concluded.items():
                _conclude(connection, attempt_id, one)

    def recover(self, is_alive: Callable[[str], bool]) -> int:
        """Settle what stopped processes had begun to send: nobody knows whether it arrived.

        What they had only queued stays so, until somebody takes it over. Returns how many replies
        were settled.
        """
        begun = select(replies).where(replies.c.closed.is_(False), _IS_BEGUN)
        with self._database.write() as connection:
            left = connection.execute(begun).all()
            dead = [reply for reply in left if not is_alive(reply.owner)]
            for reply in dead:
                _settle(connection, reply)
        return len(dead)

    def settle(self, reply_id: int) -> None:
        """Close one reply: `unknown` if an attempt was begun, else as its last one left it."""
        statement = select(replies).where(replies.c.id == reply_id, replies.c.closed.is_(False))
        with self._database.write() as connection:
            reply = connection.execute(statement).one_or_none()
            if reply is not None:
                _settle(connection, reply)

    def withdraw(self, reply_id: int) -> bool:
        """Close a reply of which nothing is on its way; whether there was such a one."""
        waiting = select(replies).where(
            replies.c.id == reply_id, replies.c.closed.is_(False), ~_IS_BEGUN
        )
        with self._database.write() as connection:
            reply = connection.execute(waiting).one_or_none()
            if reply is not None:
                _settle(connection, reply)
        return reply is not None

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
        statement = HISTORY.order_by(attempts.c.id.desc()).limit(limit)
        if errors:
            statement = statement.where(attempts.c.outcome != Outcome.ACCEPTED.value)
        if call_id is not None:
            statement = statement.where(attempts.c.call_id == call_id)
        with self._database.read() as connection:
            return [attempt_row(row) for row in connection.execute(statement)]

    def attempt(self, attempt_id: int) -> AttemptDetail | None:
        """An attempt with its whole exchange."""
        with self._database.read() as connection:
            row = connection.execute(DETAIL.where(attempts.c.id == attempt_id)).one_or_none()
        return None if row is None else attempt_detail(row)

    def _latest(self, statement: Select[Any]) -> Reply | None:
        with self._database.read() as connection:
            row = connection.execute(statement.order_by(replies.c.id.desc()).limit(1)).one_or_none()
        if row is None:
            return None
        return Reply(row.call_id, row.method, parse_object(row.return_values), row.log_message)


_TO_BEGIN: Select[Any] = (
    select(replies.c.id, replies.c.call_id, replies.c.closed, replies.c.owner, portals.c.paused_at)
    .select_from(replies)
    .join(calls, calls.c.id == replies.c.call_id)
    .outerjoin(portals, portals.c.id == calls.c.portal_id)
)
_IS_BEGUN = (
    select(attempts.c.id)
    .where(attempts.c.reply_id == replies.c.id, attempts.c.outcome.is_(None))
    .exists()
)


def _create(
    connection: Connection, reply: Reply, owner: str, now: datetime, terms: Terms
) -> int | None:
    state = connection.scalar(select(calls.c.state).where(calls.c.id == reply.call_id))
    if state == TokenState.SENDING.value:
        return None
    if reply.method == EVENT_SEND:
        _set_state(connection, reply.call_id, TokenState.SENDING)
    values = {
        "call_id": reply.call_id,
        "created_at": now,
        "method": reply.method,
        "return_values": dump_object(reply.values),
        "log_message": reply.log_message,
        "state_before": state,
        "owner": owner,
        "suspicious_too": terms.suspicious_too,
        "together": terms.together,
        "most_tries": terms.most_tries,
        "most_seconds": terms.most_seconds,
    }
    row = connection.execute(insert(replies).values(values).returning(replies.c.id)).one()
    return int(row.id)


def _begin(
    connection: Connection, reply: Row[Any], now: datetime, batch_id: int | None = None
) -> int:
    command = "" if batch_id is None else command_name(reply.id)
    row = connection.execute(
        insert(attempts)
        .values(
            reply_id=reply.id,
            call_id=reply.call_id,
            started_at=now,
            batch_id=batch_id,
            command=command,
        )
        .returning(attempts.c.id)
    ).one()
    return int(row.id)


def command_name(reply_id: int) -> str:
    """What a reply is called among the commands of a batch."""
    return f"reply_{reply_id}"


def _summary(exchange: Exchange) -> dict[str, object]:
    return {
        "started_at": exchange.started_at,
        "url": exchange.url,
        "milliseconds": exchange.milliseconds,
        "http_status": exchange.http_status,
        "reason": exchange.reason,
        "failure": exchange.failure,
        "failure_text": exchange.failure_text,
    }


def _bodies(exchange: Exchange) -> dict[str, object]:
    return {
        "request_headers": json.dumps(exchange.request_headers),
        "request_body": exchange.request_body,
        "response_headers": json.dumps(exchange.response_headers),
        "response_body": exchange.response_body,
    }


def _conclude(connection: Connection, attempt_id: int, concluded: Concluded) -> None:
    verdict = concluded.verdict
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
    reply = connection.execute(select(replies).where(replies.c.id == reply_id)).one()
    if concluded.again_at is None or reply.closed:
        _close(connection, reply, verdict.outcome)
        return
    connection.execute(
        update(replies).where(replies.c.id == reply_id).values(next_try_at=concluded.again_at)
    )


def _settle(connection: Connection, reply: Row[Any]) -> None:
    last = connection.execute(
        select(attempts.c.id, attempts.c.outcome)
        .where(attempts.c.reply_id == reply.id)
        .order_by(attempts.c.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        _close(connection, reply, Outcome.RETRY_LATER)
    elif last.outcome is None:
        failure = Failure.INTERRUPTED.value
        _conclude(connection, last.id, Concluded(Verdict(BY_KEY[failure], failure)))
    else:
        _close(connection, reply, Outcome(last.outcome))


def _close(connection: Connection, reply: Row[Any], outcome: Outcome) -> None:
    connection.execute(
        update(replies).where(replies.c.id == reply.id).values(closed=True, next_try_at=None)
    )
    if reply.method == EVENT_SEND:
        # Another reply may have gone on meanwhile, if this one was taken for interrupted.
        stored = select(calls.c.state).where(calls.c.id == reply.call_id)
        now = TokenState(str(connection.scalar(stored)))
        before = TokenState(reply.state_before) if now is TokenState.SENDING else now
        _set_state(connection, reply.call_id, state_after(outcome, before))


def _set_state(connection: Connection, call_id: int, state: TokenState) -> None:
    connection.execute(update(calls).where(calls.c.id == call_id).values(state=state.value))
