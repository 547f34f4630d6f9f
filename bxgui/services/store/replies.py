"""Replies in the store: created, attempted, concluded; and the history of their attempts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.json_values import dump_object, parse_object
from bxgui.core.outcome import Verdict
from bxgui.core.queued import Terms
from bxgui.core.records import EVENT_SEND, AttemptDetail, AttemptRow, Exchange, Reply
from bxgui.services.store.attempt_rows import DETAIL, HISTORY, attempt_detail, attempt_row
from bxgui.services.store.conclusions import (
    Concluded,
    conclude,
    set_states,
    settle,
    settle_waiting,
    states_of,
)
from bxgui.services.store.database import Database
from bxgui.services.store.problems import StoreProblem
from bxgui.services.store.tables import (
    attempts,
    batches,
    calls,
    portals,
    replies,
)
from bxgui.services.store.turns import TURN_COLUMNS, take_turn


class Replies:
    """The replies and attempts of a store.

    Ids mean nothing in another store. Whoever has kept one says of which generation it is, and
    gets a `StoreProblem` `replaced` where another has begun.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        reply: Reply,
        owner: str,
        now: datetime,
        terms: Terms | None = None,
        generation: int | None = None,
    ) -> int:
        """Store a reply before anything is sent; its token is `sending` from here on.

        Raises `StoreProblem` `already_sending` while another reply to the token is under way.
        """
        (reply_id,) = self.create_all([reply], owner, now, terms, generation)
        if reply_id is None:
            message = "A reply to this token is being sent. Wait for its outcome."
            raise StoreProblem("already_sending", message)
        return reply_id

    def create_all(
        self,
        new: Sequence[Reply],
        owner: str,
        now: datetime,
        terms: Terms | None = None,
        generation: int | None = None,
    ) -> list[int | None]:
        """Store replies in one step; None in the place of one whose token is being sent to."""
        with self._database.write(generation) as connection:
            return _create(connection, new, owner, now, terms or Terms())

    def begin_attempt(
        self, reply_id: int, owner: str, now: datetime, generation: int | None = None
    ) -> int:
        """Store that an attempt begins, before the first byte goes out.

        Raises `StoreProblem`: `settled` for a reply that was taken back or over, `paused`,
        `NotYet` while the portal takes no more.
        """
        with self._database.write(generation) as connection:
            found = connection.execute(_TO_BEGIN.where(replies.c.id == reply_id)).one_or_none()
            if found is None or found.closed or found.owner != owner:
                raise StoreProblem("settled", "The reply was given up before it was sent.")
            if found.paused_at is not None:
                raise StoreProblem("paused", "Sending to this portal is paused.")
            take_turn(connection, found.portal_id, found, now)
            return _begin(connection, [found], now)[reply_id]

    def begin_batch(
        self,
        reply_ids: Sequence[int],
        owner: str,
        now: datetime,
        generation: int | None = None,
    ) -> dict[int, int]:
        """Store that attempts begin in one exchange: their ids by that of the reply.

        Those that were taken back or over are left out. Raises `StoreProblem`: `paused`, `NotYet`.
        """
        with self._database.write(generation) as connection:
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
            take_turn(connection, found[0].portal_id, found[0], now)
            batch_id = connection.scalar(insert(batches).returning(batches.c.id))
            return _begin(connection, found, now, batch_id)

    def finish_attempt(
        self,
        attempt_id: int,
        exchange: Exchange,
        verdict: Verdict,
        again_at: datetime | None = None,
        generation: int | None = None,
    ) -> None:
        """Store an attempt's exchange and outcome, and the token state that follows.

        A reply that is tried again by itself, at the moment given, stays open.
        """
        with self._database.write(generation) as connection:
            connection.execute(
                update(attempts)
                .where(attempts.c.id == attempt_id)
                .values(**_summary(exchange), **_bodies(exchange))
            )
            conclude(connection, {attempt_id: Concluded(verdict, again_at)})

    def finish_batch(
        self,
        exchange: Exchange,
        concluded: Mapping[int, Concluded],
        generation: int | None = None,
    ) -> None:
        """As `finish_attempt`, for the attempts of one exchange, by their ids."""
        some = attempts.c.id.in_(list(concluded))
        with self._database.write(generation) as connection:
            batch_id = connection.scalar(select(attempts.c.batch_id).where(some).limit(1))
            connection.execute(
                update(batches).where(batches.c.id == batch_id).values(**_bodies(exchange))
            )
            connection.execute(update(attempts).where(some).values(**_summary(exchange)))
            conclude(connection, concluded)

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
                settle(connection, reply)
        return len(dead)

    def settle(self, reply_id: int, generation: int | None = None) -> None:
        """Close one reply: `unknown` if an attempt was begun, else as its last one left it."""
        statement = select(replies).where(replies.c.id == reply_id, replies.c.closed.is_(False))
        with self._database.write(generation) as connection:
            reply = connection.execute(statement).one_or_none()
            if reply is not None:
                settle(connection, reply)

    def withdraw(self, reply_ids: Sequence[int], generation: int | None = None) -> list[int]:
        """Close those of these replies of which nothing is on its way; returns which."""
        waiting = select(replies).where(replies.c.closed.is_(False), ~_IS_BEGUN)
        wanted = frozenset(reply_ids)
        with self._database.write(generation) as connection:
            found = [row for row in connection.execute(waiting) if row.id in wanted]
            settle_waiting(connection, found)
        return [row.id for row in found]

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
    select(
        replies.c.id,
        replies.c.call_id,
        replies.c.closed,
        replies.c.owner,
        calls.c.portal_id,
        portals.c.paused_at,
        *TURN_COLUMNS,
    )
    .select_from(replies)
    .join(calls, calls.c.id == replies.c.call_id)
    .join(portals, portals.c.id == calls.c.portal_id)
)
_IS_BEGUN = (
    select(attempts.c.id)
    .where(attempts.c.reply_id == replies.c.id, attempts.c.outcome.is_(None))
    .exists()
)


def _create(
    connection: Connection, new: Sequence[Reply], owner: str, now: datetime, terms: Terms
) -> list[int | None]:
    states = states_of(connection, [reply.call_id for reply in new])
    agreed = {
        "created_at": now,
        "owner": owner,
        "suspicious_too": terms.suspicious_too,
        "together": terms.together,
        "most_tries": terms.most_tries,
        "most_seconds": terms.most_seconds,
    }
    rows: list[dict[str, object]] = []
    ids: list[int | None] = []
    for reply in new:
        state = states.get(reply.call_id)
        if state is TokenState.SENDING:
            ids.append(None)
            continue
        if reply.method == EVENT_SEND:
            states[reply.call_id] = TokenState.SENDING  # of two answers to it, one goes
        ids.append(len(rows))
        rows.append(agreed | _content(reply) | {"state_before": state})
    if not rows:
        return ids
    begun = [reply.call_id for reply in new if states.get(reply.call_id) is TokenState.SENDING]
    set_states(connection, dict.fromkeys(begun, TokenState.SENDING))
    inserting = insert(replies).returning(replies.c.id, sort_by_parameter_order=True)
    made = [int(row.id) for row in connection.execute(inserting, rows)]
    return [None if place is None else made[place] for place in ids]


def _content(reply: Reply) -> dict[str, object]:
    return {
        "call_id": reply.call_id,
        "method": reply.method,
        "return_values": dump_object(reply.values),
        "log_message": reply.log_message,
    }


def _begin(
    connection: Connection, found: Sequence[Row[Any]], now: datetime, batch_id: int | None = None
) -> dict[int, int]:
    """Attempts for these replies: their ids by that of the reply."""
    rows = [
        {
            "reply_id": reply.id,
            "call_id": reply.call_id,
            "started_at": now,
            "batch_id": batch_id,
            "command": "" if batch_id is None else command_name(reply.id),
        }
        for reply in found
    ]
    begun = connection.execute(insert(attempts).returning(attempts.c.id, attempts.c.reply_id), rows)
    return {int(row.reply_id): int(row.id) for row in begun}


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
