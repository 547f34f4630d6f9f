"""The queue of replies in the store: what is open, who sends it, which portals are paused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, select, update

from bxgui.core.json_values import parse_object
from bxgui.core.queued import OpenReply, TakenOver, Terms
from bxgui.core.records import Reply
from bxgui.services.store.database import Database
from bxgui.services.store.pause_of_all import note_pause_of_all
from bxgui.services.store.tables import attempts, calls, portals, replies


class ReplyQueue:
    """Replies that are not closed. Each belongs to the program that sends it, its owner."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self) -> list[OpenReply]:
        """Every open reply, in the order in which they are sent, portal by portal."""
        with self._database.read() as connection:
            found = connection.execute(_OPEN.order_by(portals.c.id, replies.c.id)).all()
        return [_open_reply(row) for row in found]

    def take_over(
        self,
        owner: str,
        is_alive: Callable[[str], bool],
        portal_id: int | None = None,
        reply_ids: Sequence[int] | None = None,
        generation: int | None = None,
    ) -> list[TakenOver]:
        """Make queued replies of stopped programs those of `owner`, in the order of the queue.

        All of them, or those to one portal, or some. They are tried as often as at first again.
        Raises `StoreProblem` `replaced` unless the store is of the generation named.
        """
        statement = _QUEUED.where(replies.c.closed.is_(False), ~_is_begun())
        if portal_id is not None:
            statement = statement.where(calls.c.portal_id == portal_id)
        wanted = None if reply_ids is None else frozenset(reply_ids)
        with self._database.write(generation) as connection:
            found = connection.execute(statement.order_by(replies.c.id)).all()
            dead = {name for name in {row.owner for row in found} if not is_alive(name)}
            taken = [
                row for row in found if row.owner in dead and (wanted is None or row.id in wanted)
            ]
            if taken:
                changes = [{"reply": row.id, "tries": _most_tries(row)} for row in taken]
                connection.execute(_TAKE_OVER.values(owner=owner), changes)
        return [_taken_over(row) for row in taken]

    def pause(self, portal_id: int | None, now: datetime | None) -> None:
        """Pause sending to a portal, or to every one, known or not; None as `now` ends that.

        Who goes on with one portal has ended the pause of all: the others stay paused as they are.
        """
        statement = update(portals).values(paused_at=now)
        if portal_id is not None:
            statement = statement.where(portals.c.id == portal_id)
        with self._database.write() as connection:
            connection.execute(statement)
            if portal_id is None or now is None:
                note_pause_of_all(connection, now)

    def is_paused(self, portal_id: int) -> bool:
        """Whether sending to a portal is paused, by whichever program."""
        statement = select(portals.c.paused_at).where(portals.c.id == portal_id)
        with self._database.read() as connection:
            return connection.scalar(statement) is not None

    def paused(self) -> Sequence[int]:
        """The portals that are paused."""
        statement = select(portals.c.id).where(portals.c.paused_at.is_not(None))
        with self._database.read() as connection:
            return list(connection.scalars(statement.order_by(portals.c.id)))


def _is_begun() -> ColumnElement[bool]:
    return (
        select(attempts.c.id)
        .where(attempts.c.reply_id == replies.c.id, attempts.c.outcome.is_(None))
        .exists()
    )


_TRIES = (
    select(func.count())
    .select_from(attempts)
    .where(attempts.c.reply_id == replies.c.id)
    .scalar_subquery()
    .label("tries")
)
_LAST_EXPLANATION = (
    select(attempts.c.explanation_key)
    .where(attempts.c.reply_id == replies.c.id)
    .order_by(attempts.c.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("explanation_key")
)
_OPEN: Select[Any] = (
    select(
        replies.c.id,
        replies.c.call_id,
        replies.c.method,
        replies.c.created_at,
        replies.c.owner,
        replies.c.most_tries,
        replies.c.next_try_at,
        calls.c.rule,
        calls.c.document,
        portals.c.id.label("portal_id"),
        portals.c.key,
        portals.c.host,
        portals.c.paused_at,
        _TRIES,
        _LAST_EXPLANATION,
        _is_begun().label("begun"),
    )
    .select_from(replies)
    .join(calls, calls.c.id == replies.c.call_id)
    .join(portals, portals.c.id == calls.c.portal_id)
    .where(replies.c.closed.is_(False))
)
_QUEUED: Select[Any] = (
    select(replies, calls.c.portal_id, _TRIES)
    .select_from(replies)
    .join(calls, calls.c.id == replies.c.call_id)
)


_TAKE_OVER = (
    update(replies)
    .where(replies.c.id == bindparam("reply"))
    .values(most_tries=bindparam("tries"), next_try_at=None)
)


def _open_reply(row: Row[Any]) -> OpenReply:
    return OpenReply(
        reply_id=row.id,
        call_id=row.call_id,
        portal_id=row.portal_id,
        portal=row.host or row.key,
        rule=row.rule,
        document=row.document,
        method=row.method,
        created_at=row.created_at,
        owner=row.owner,
        begun=bool(row.begun),
        paused=row.paused_at is not None,
        tries=row.tries,
        may_try=row.most_tries,
        next_try_at=row.next_try_at,
        explanation_key=row.explanation_key or "",
    )


def _most_tries(row: Row[Any]) -> int:
    """As many as at first, after those that were made."""
    return int(row.most_tries) + int(row.tries)


def _taken_over(row: Row[Any]) -> TakenOver:
    return TakenOver(
        reply_id=row.id,
        portal_id=row.portal_id,
        reply=Reply(row.call_id, row.method, parse_object(row.return_values), row.log_message),
        terms=Terms(row.suspicious_too, row.together, _most_tries(row), row.most_seconds),
        tries=row.tries,
    )
