"""The open connections: what each may take, and which makes room when there are too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from operator import attrgetter, itemgetter
from typing import Protocol

from bxgui.core import rejections
from bxgui.core.phpform import BodyRefused
from bxgui.core.records import Arrival, Rejection
from bxgui.services.listener.body_room import MANY_BODIES, BodyRoom, no_room_for_bodies
from bxgui.services.listener.descriptors import open_files

_MOST = 1000
_BACKLOG = 2048
# The store, the log, the standard streams, and some to spare.
_OTHER_FILES = 100


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What strangers may take of this process, in connections, bytes and seconds.

    `backlog` is how many connections are accepted at once, before any of them can be refused.
    """

    most: int = _MOST
    backlog: int = _BACKLOG
    head_bytes: int = 32 * 1024
    bodies_bytes: int = MANY_BODIES
    head_seconds: float = 10.0
    body_seconds: float = 60.0
    idle_seconds: float = 5.0
    answer_seconds: float = 10.0
    end_seconds: float = 2.0


class Wait(Enum):
    """What a connection waits for from its sender."""

    HEAD = "head"
    BODY = "body"
    IDLE = "idle"
    END = "end"


class Connection(Protocol):
    """What is known here of an open connection."""

    since: float

    @property
    def waits_for(self) -> Wait | None:
        """What it waits for, since `since`; None while its sender waits for an answer."""

    @property
    def is_known(self) -> bool:
        """Whether its sender knows the secret path, and is no stranger."""

    def look(self, now: float) -> None:
        """End it when it has waited too long."""

    def break_off(self, refusal: BodyRefused) -> None:
        """End the body that is under way; the application learns why."""

    def give_way(self) -> None:
        """Make room for another connection at once."""


class Connections:
    """All open connections; the stranger that has waited longest makes room for another.

    Whoever knows the secret path gives way last: strangers must not cost a call its connection.
    """

    def __init__(
        self,
        limits: ConnectionLimits,
        on_rejected: Callable[[Rejection], None],
        clock: Callable[[], datetime],
    ) -> None:
        self.limits = limits
        self._on_rejected = on_rejected
        self._clock = clock
        self.room = BodyRoom(limits.bodies_bytes, self._give_up_a_body)
        self._open: set[Connection] = set()
        self._strangers: Iterator[Connection] = iter(())

    def enter(self, connection: Connection) -> bool:
        """Take a new connection in; False when none could make room and it must be refused."""
        while len(self._open) >= self.limits.most and self._make_room():
            pass
        self._open.add(connection)
        return len(self._open) <= self.limits.most

    def leave(self, connection: Connection) -> None:
        """A connection is closed."""
        self._open.discard(connection)

    def look(self, now: float) -> None:
        """End what has waited too long; called once a second, so that no request sets a timer."""
        for connection in tuple(self._open):
            connection.look(now)

    def reject(self, refusal: BodyRefused, first: bytes, peer: str) -> None:
        """Keep the first bytes of what was refused before it could be told what it is."""
        arrival = Arrival(self._clock(), first, peer=peer)
        status = rejections.status_of(refusal.code)
        self._on_rejected(Rejection(arrival, status, refusal.code, str(refusal), at_handler=False))

    def _make_room(self) -> bool:
        given_up = next(self._strangers, None)
        if given_up is None:
            self._strangers = self._line_up()
            given_up = next(self._strangers, None) or self._longest()
        if given_up is None:
            return False
        self._open.discard(given_up)
        given_up.give_way()
        return True

    def _line_up(self) -> Iterator[Connection]:
        """Strangers that wait, the longest first, if they still do when their turn comes.

        Sorted once for many: who begins to wait after that comes behind all of them.
        """
        waiting = [(one.since, one) for one in self._open if _is_waiting_stranger(one)]
        for since, one in sorted(waiting, key=itemgetter(0)):
            if one in self._open and one.since == since and _is_waiting_stranger(one):
                yield one

    def _give_up_a_body(self) -> bool:
        # Of strangers no body is kept.
        known = (one for one in self._open if one.is_known and one.waits_for is Wait.BODY)
        given_up = min(known, key=attrgetter("since"), default=None)
        if given_up is None:
            return False
        given_up.break_off(no_room_for_bodies())
        return True

    def _longest(self) -> Connection | None:
        waiting = (one for one in self._open if one.waits_for is not None)
        return min(waiting, key=attrgetter("since"), default=None)


def _is_waiting_stranger(one: Connection) -> bool:
    return one.waits_for is not None and not one.is_known


def limits_here() -> ConnectionLimits:
    """The limits, with no more connections than this process may have files open."""
    files = max(open_files(_MOST + _BACKLOG + _OTHER_FILES) - _OTHER_FILES, 2)
    most = min(_MOST, files // 2)
    return ConnectionLimits(most=most, backlog=min(_BACKLOG, files - most))
