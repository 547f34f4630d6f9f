"""How replies end in the store: what attempts came to, and the token states that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import BY_KEY, Outcome
from bxgui.core.outcome import Failure, Verdict, state_after
from bxgui.core.records import EVENT_SEND
from bxgui.services.store.tables import MOST_IN_ONE_QUERY, attempts, calls, replies


@dataclass(frozen=True, slots=True)
class Concluded:
    """What became of an attempt, and when it is repeated by itself; None for never."""

    verdict: Verdict
    again_at: datetime | None = None


def conclude(connection: Connection, concluded: Mapping[int, Concluded]) -> None:
    """Store what attempts came to; their replies are closed, but for those tried again."""
    rows = [
        {
            "attempt": attempt_id,
            "outcome": one.verdict.outcome.value,
            "code": one.verdict.code,
            "description": one.verdict.description,
            "explanation_key": one.verdict.explanation.key,
        }
        for attempt_id, one in concluded.items()
    ]
    connection.execute(_CONCLUDE, rows)
    by_reply = {
        row.reply_id: concluded[row.id]
        for row in connection.execute(
            select(attempts.c.id, attempts.c.reply_id).where(attempts.c.id.in_(list(concluded)))
        )
    }
    found = connection.execute(select(replies).where(replies.c.id.in_(list(by_reply)))).all()
    over = []
    for reply in found:
        again_at = by_reply[reply.id].again_at
        if again_at is None or reply.closed:
            over.append((reply, by_reply[reply.id].verdict.outcome))
        else:
            is_it = replies.c.id == reply.id
            connection.execute(update(replies).where(is_it).values(next_try_at=again_at))
    _close(connection, over)


_CONCLUDE = (
    update(attempts)
    .where(attempts.c.id == bindparam("attempt"))
    .values(
        {name: bindparam(name) for name in ("outcome", "code", "description", "explanation_key")}
    )
)


def settle(connection: Connection, reply: Row[Any]) -> None:
    """Close a reply: `unknown` if an attempt was begun, else as its last one left it."""
    last = connection.execute(
        select(attempts.c.id, attempts.c.outcome)
        .where(attempts.c.reply_id == reply.id)
        .order_by(attempts.c.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        _close(connection, [(reply, Outcome.RETRY_LATER)])
    elif last.outcome is None:
        failure = Failure.INTERRUPTED.value
        conclude(connection, {last.id: Concluded(Verdict(BY_KEY[failure], failure))})
    else:
        _close(connection, [(reply, Outcome(last.outcome))])


def settle_waiting(connection: Connection, waiting: Sequence[Row[Any]]) -> None:
    """Close replies of which nothing is on its way, each as its last attempt has left it."""
    last: dict[int, str] = {}
    for some in _parts([reply.id for reply in waiting]):
        made = select(attempts.c.reply_id, attempts.c.outcome).where(attempts.c.reply_id.in_(some))
        rows = connection.execute(made.order_by(attempts.c.id))
        last |= {row.reply_id: row.outcome for row in rows}
    untried = Outcome.RETRY_LATER.value
    over = [(reply, Outcome(last.get(reply.id, untried))) for reply in waiting]
    _close(connection, over)


def _close(connection: Connection, over: Sequence[tuple[Row[Any], Outcome]]) -> None:
    if not over:
        return
    for some in _parts([reply.id for reply, _ in over]):
        connection.execute(
            update(replies).where(replies.c.id.in_(some)).values(closed=True, next_try_at=None)
        )
    answers = [(reply, outcome) for reply, outcome in over if reply.method == EVENT_SEND]
    states = states_of(connection, [reply.call_id for reply, _ in answers])
    for reply, outcome in answers:
        # Another reply may have gone on meanwhile, if this one was taken for interrupted.
        now = states[reply.call_id]
        before = TokenState(reply.state_before) if now is TokenState.SENDING else now
        states[reply.call_id] = state_after(outcome, before)
    set_states(connection, states)


def states_of(connection: Connection, call_ids: Sequence[int]) -> dict[int, TokenState]:
    """The states of tokens."""
    found: dict[int, TokenState] = {}
    for some in _parts(call_ids):
        rows = connection.execute(select(calls.c.id, calls.c.state).where(calls.c.id.in_(some)))
        found |= {row.id: TokenState(row.state) for row in rows}
    return found


def set_states(connection: Connection, states: Mapping[int, TokenState]) -> None:
    """Change the states of tokens."""
    by_state: dict[TokenState, list[int]] = {}
    for call_id, state in states.items():
        by_state.setdefault(state, []).append(call_id)
    for state, ids in by_state.items():
        for some in _parts(ids):
            changing = update(calls).where(calls.c.id.in_(some))
            connection.execute(changing.values(state=state.value))


def _parts(ids: Sequence[int]) -> Iterator[list[int]]:
    """Ids in as many parts as there are queries for them."""
    for start in range(0, len(ids), MOST_IN_ONE_QUERY):
        yield list(ids[start : start + MOST_IN_ONE_QUERY])
