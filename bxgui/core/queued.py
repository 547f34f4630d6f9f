"""What waits to be sent, as a person sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bxgui.core.explanations import BY_KEY, Explanation
from bxgui.core.records import Method, Reply


class Waits(StrEnum):
    """Why a reply in the queue has not gone out yet.

    `held`: the program that queued it has ended, and a person decides; `repeat`: it was tried and
    not executed; `portal`: the portal takes no requests now; `turn`: others go before it.
    """

    SENDING = "sending"
    HELD = "held"
    PAUSED = "paused"
    REPEAT = "repeat"
    PORTAL = "portal"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a user has agreed to for one reply, besides what it says.

    That the call's other application token does not matter, that it may share a request with other
    replies, and how often and for how many seconds it is tried.
    """

    suspicious_too: bool = False
    together: bool = False
    most_tries: int = 1
    most_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A reply that another program had queued, and how often it was tried."""

    reply_id: int
    portal_id: int
    reply: Reply
    terms: Terms
    tries: int


@dataclass(frozen=True, slots=True)
class QueuedReply:
    """One reply of a queue; `position` counts from 1 among those of its portal.

    `explanation` is that on its last try, or on what holds the portal; `may_try` is the number of
    tries in all. It is `ours` where the program that asks sends it.
    """

    position: int
    reply_id: int
    call_id: int
    portal_id: int
    portal: str
    rule: str
    document: str
    method: Method
    created_at: datetime
    waits: Waits
    tries: int = 0
    may_try: int = 0
    next_try_at: datetime | None = None
    explanation: Explanation | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class OpenReply:
    """A reply that the store holds open: `begun` while an attempt for it is under way."""

    reply_id: int
    call_id: int
    portal_id: int
    portal: str
    rule: str
    document: str
    method: Method
    created_at: datetime
    owner: str
    begun: bool
    paused: bool
    tries: int
    may_try: int
    next_try_at: datetime | None
    explanation_key: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Until when a portal takes no requests, and why."""

    until: datetime
    explanation_key: str


def shown_queue(
    found: Iterable[OpenReply],
    alive: frozenset[str],
    holds: dict[int, Hold],
    now: datetime,
    asking: str,
) -> list[QueuedReply]:
    """The queue of every portal, in the order in which replies go out.

    `alive` are the owners that still run, `holds` the portals that the owner who is asking knows
    to wait.
    """
    positions: dict[int, int] = {}
    shown = []
    for one in found:
        positions[one.portal_id] = positions.get(one.portal_id, 0) + 1
        hold = holds.get(one.portal_id)
        if hold is not None and hold.until <= now:
            hold = None
        waits = _waits(one, alive, hold, now)
        shown.append(
            QueuedReply(
                position=positions[one.portal_id],
                reply_id=one.reply_id,
                call_id=one.call_id,
                portal_id=one.portal_id,
                portal=one.portal,
                rule=one.rule,
                document=one.document,
                method=one.method,
                created_at=one.created_at,
                waits=waits,
                tries=one.tries,
                may_try=one.may_try,
                next_try_at=_next_try_at(one, waits, hold),
                explanation=_explanation(one, waits, hold),
                ours=one.owner == asking,
            )
        )
    return shown


def _waits(one: OpenReply, alive: frozenset[str], hold: Hold | None, now: datetime) -> Waits:
    if one.owner not in alive:
        return Waits.HELD
    if one.begun:
        return Waits.SENDING
    if one.paused:
        return Waits.PAUSED
    if one.next_try_at is not None and one.next_try_at > now:
        return Waits.REPEAT
    return Waits.TURN if hold is None else Waits.PORTAL


def _next_try_at(one: OpenReply, waits: Waits, hold: Hold | None) -> datetime | None:
    if waits is Waits.REPEAT:
        return one.next_try_at
    return hold.until if waits is Waits.PORTAL and hold is not None else None


def _explanation(one: OpenReply, waits: Waits, hold: Hold | None) -> Explanation | None:
    key = hold.explanation_key if waits is Waits.PORTAL and hold is not None else None
    return BY_KEY.get(one.explanation_key if key is None else key)
