from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field

import pytest
from posts import NOW

from bxgui.core.phpform import BodyRefused
from bxgui.core.records import Rejection
from bxgui.services.listener.connections import ConnectionLimits, Connections, Wait


@dataclass(eq=False)
class WrittenConnection:
    """A connection whose state a test writes down."""

    since: float
    waits_for: Wait | None = None
    is_known: bool = False
    gave_way: bool = False
    refusals: list[str] = field(default_factory=list)
    looked_at: list[float] = field(default_factory=list)

    def look(self, now: float) -> None:
        self.looked_at.append(now)

    def break_off(self, refusal: BodyRefused) -> None:
        self.refusals.append(refusal.code)
        self.waits_for = None

    def give_way(self) -> None:
        self.gave_way = True


def connections_with(*open_ones: WrittenConnection, **limits: int) -> Connections:
    connections = Connections(ConnectionLimits(**limits), lambda _: None, lambda: NOW)
    for one in open_ones:
        connections.enter(one)
    return connections


def test_below_the_limit_nobody_gives_way() -> None:
    old = WrittenConnection(1, Wait.IDLE)
    connections = connections_with(old, most=2)

    assert connections.enter(WrittenConnection(2))
    assert not old.gave_way


@pytest.mark.parametrize("wait", [Wait.HEAD, Wait.BODY, Wait.IDLE, Wait.END])
def test_who_has_waited_longest_gives_way(wait: Wait) -> None:
    busy, old, young = (
        WrittenConnection(1),
        WrittenConnection(2, wait),
        WrittenConnection(3, Wait.HEAD),
    )
    connections = connections_with(young, busy, old, most=3)

    assert connections.enter(WrittenConnection(4, Wait.HEAD))
    assert [one.gave_way for one in (busy, old, young)] == [False, True, False]


def test_who_knows_the_secret_path_gives_way_after_all_strangers() -> None:
    oldest, old = (WrittenConnection(number, Wait.BODY, is_known=True) for number in (1, 2))
    young = WrittenConnection(3, Wait.HEAD)
    connections = connections_with(old, young, oldest, most=3)

    assert connections.enter(WrittenConnection(4))
    assert [one.gave_way for one in (oldest, old, young)] == [False, False, True]
    assert connections.enter(WrittenConnection(5))
    assert [one.gave_way for one in (oldest, old)] == [True, False]


def test_who_no_longer_waits_when_its_turn_comes_is_spared() -> None:
    first, busy, again, gone, last = (
        WrittenConnection(number, Wait.HEAD) for number in range(1, 6)
    )
    connections = connections_with(first, busy, again, gone, last, most=5)
    assert connections.enter(WrittenConnection(6, Wait.HEAD))
    busy.waits_for = None
    again.since = 10
    connections.leave(gone)

    assert connections.enter(WrittenConnection(11))
    assert connections.enter(WrittenConnection(12))

    assert [one.gave_way for one in (first, busy, again, gone, last)] == [
        *(True, False, False, False, True)
    ]


def test_the_newest_is_refused_when_nobody_can_give_way() -> None:
    busy = [WrittenConnection(number) for number in range(3)]
    connections = connections_with(*busy, most=3)
    refused = WrittenConnection(4)

    assert not connections.enter(refused)
    refused.waits_for = Wait.END
    assert not connections.enter(WrittenConnection(5))
    assert refused.gave_way
    assert not any(one.gave_way for one in busy)


def test_who_has_left_leaves_room() -> None:
    first, second = WrittenConnection(1), WrittenConnection(2)
    connections = connections_with(first, second, most=2)

    connections.leave(first)

    assert connections.enter(WrittenConnection(3))


def test_all_are_looked_at() -> None:
    both = WrittenConnection(1), WrittenConnection(2)

    connections_with(*both).look(7)

    assert [one.looked_at for one in both] == [[7], [7]]


def test_the_body_that_has_come_longest_gives_way_alone() -> None:
    head, stranger, old, young = (
        WrittenConnection(1, Wait.HEAD, is_known=True),
        WrittenConnection(2, Wait.BODY),
        WrittenConnection(3, Wait.BODY, is_known=True),
        WrittenConnection(4, Wait.BODY, is_known=True),
    )
    everybody = (head, stranger, old, young)
    room = connections_with(*reversed(everybody), bodies_bytes=10).room

    assert room.take(10)
    assert room.take(1)
    assert room.take(1)
    assert [one.refusals for one in everybody] == [[], [], ["no_room"], []]
    room.give_back(1)
    assert room.take(1)
    assert [one.refusals for one in everybody] == [[], [], ["no_room"], ["no_room"]]
    room.give_back(1)
    assert not room.take(1)
    room.give_back(11)
    assert room.take(10)


def test_what_is_refused_is_told_with_its_first_bytes() -> None:
    told: list[Rejection] = []
    connections = Connections(ConnectionLimits(), told.append, lambda: NOW)

    connections.reject(BodyRefused("head_too_large", "too much"), b"POST /", "192.0.2.1:9")

    (rejection,) = told
    assert (rejection.status, rejection.code, rejection.reason) == (
        431,
        "head_too_large",
        "too much",
    )
    assert (rejection.arrival.body, rejection.arrival.peer) == (b"POST /", "192.0.2.1:9")
    assert rejection.arrival.arrived_at == NOW
    assert not rejection.at_handler


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize(
    ("files", "highest", "most", "backlog", "raised"),
    [(256, 4000, 1000, 2048, 3148), (256, 1024, 462, 462, 1024), (64, 64, 1, 1, 64)],
)
def test_there_are_no_more_connections_than_the_system_lets_us_have(
    files: int, highest: int, most: int, backlog: int, raised: int
) -> None:
    script = (
        "import resource as r\n"
        f"r.setrlimit(r.RLIMIT_NOFILE, ({files}, {highest}))\n"
        "from bxgui.services.listener.connections import limits_here\n"
        "limits = limits_here()\n"
        "print(limits.most, limits.backlog, r.getrlimit(r.RLIMIT_NOFILE)[0])\n"
    )

    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert run.stdout.split() == [str(most), str(backlog), str(raised)], run.stderr
