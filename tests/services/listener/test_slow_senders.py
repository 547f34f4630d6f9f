"""Senders that take their time or too much room, and what they cost the others."""

from __future__ import annotations

import json
import select
import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest
from certificates import files_in, issued, put, tls_of_a_server, trusting
from listening import (
    WAIT,
    Answer,
    answers_to,
    ask,
    connect,
    head,
    is_cut_off,
    listening,
    next_answer,
)
from posts import NOW, Post
from serving import HeldIntake, serving

from bxgui.core.listing import Group, TokenQuery
from bxgui.services.listener.capture import Intake
from bxgui.services.listener.connections import ConnectionLimits
from bxgui.services.listener.descriptors import open_files
from bxgui.services.listener.process import open_capture
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey

HASTY = 0.2
CALL = Post(number=7).body


class NothingToTell:
    """The store is well in all these tests."""

    def not_stored(self, calls: int, reason: str, *, kept: bool) -> None:
        raise AssertionError(reason)

    def recovered(self, calls: int) -> None:
        raise AssertionError

    def cannot_store(self, reason: str) -> None:
        raise AssertionError(reason)

    def brought_over(self, calls: int, reason: str, *, kept: bool) -> None:
        raise AssertionError(reason)

    def set_aside(self, name: str) -> None:
        raise AssertionError(name)


@pytest.fixture
def capture(store: Store, key: StoreKey) -> Iterator[Intake]:
    with closing(open_capture(store, key, NothingToTell())) as running:
        yield running


def connected(url: str, count: int, ending: ExitStack) -> list[socket.socket]:
    return [ending.enter_context(connect(url)) for _ in range(count)]


def drip(connections: Iterable[socket.socket]) -> None:
    """One byte more from each that is still there."""
    for connection in connections:
        with suppress(ConnectionError):
            connection.sendall(b"a")


def answer_of(connection: socket.socket) -> Answer:
    with connection.makefile("rb") as stream:
        return next_answer(stream)


def is_closed(connection: socket.socket) -> bool:
    """Whether the listener closes the connection without a word."""
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def answer_to_dripping(connection: socket.socket, drop: bytes = b"a") -> Answer:
    """What a sender hears that goes on byte by byte until it hears something."""
    while not select.select([connection], [], [], 0.02)[0]:
        connection.sendall(drop)
    return answer_of(connection)


def rejections_in(store: Store) -> list[tuple[int | None, str]]:
    ids = store.calls.ids(TokenQuery(group=Group.REJECTED), NOW)
    details = [store.calls.detail(one, NOW) for one in ids]
    return [(one.status, one.reason) for one in details if one is not None]


@pytest.mark.parametrize("count", [500, 1100])
def test_slow_connections_leave_normal_calls_unharmed(tmp_path: Path, count: int) -> None:
    if open_files(count + 100) < count + 100:
        pytest.skip("this computer lets a program have fewer connections")
    with listening(tmp_path) as running, ExitStack() as ending:
        whole = head(running.url, Content_Length=100_000) + b"a="
        slow = connected(running.url, count, ending)
        for number, connection in enumerate(slow):
            connection.sendall((whole, whole[:9], b"")[number % 3])
        statuses = []
        for number in range(20):
            drip(slow)
            statuses.append(ask(running.url, Post(number=number).body)[0])
        for connection in slow:
            connection.close()

        statuses.append(ask(running.url, CALL)[0])

    assert statuses == [200] * 21
    assert running.complaints == ""


def test_connections_that_never_speak_tls_leave_normal_calls_unharmed(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    put(files, *issued())
    tls = ("--tls-certificate", str(files.certificate), "--tls-key", str(files.key))
    with listening(tmp_path / "data", *tls) as running, ExitStack() as ending:
        silent = connected(running.url, 500, ending)
        for connection in silent[::2]:
            connection.sendall(b"\x16\x03\x01")
        statuses = [
            ask(running.url, Post(number=number).body, tls=trusting())[0] for number in range(10)
        ]

    assert statuses == [200] * 10
    assert running.complaints == ""


def test_strangers_who_have_waited_longest_make_room(capture: Intake) -> None:
    with serving(capture, ConnectionLimits(most=20)) as url, ExitStack() as ending:
        strange = head(url.replace("abc", "x"), Content_Length=100_000) + b"a="
        under_way = ending.enter_context(connect(url))
        under_way.sendall(head(url, Content_Length=len(CALL), Expect="100-continue"))
        assert answer_of(under_way).status == 100
        statuses = []
        slow = connected(url, 60, ending)
        for number, connection in enumerate(slow):
            connection.sendall((strange, strange[:9], b"")[number % 3])
            statuses.append(ask(url, Post(number=number).body)[0])
        for connection in slow[:42]:
            assert select.select([connection], [], [], WAIT)[0]
        under_way.sendall(CALL)
        statuses.append(answer_of(under_way).status)

    assert statuses == [200] * 61


def test_strangers_that_never_speak_tls_make_room_too(capture: Intake) -> None:
    limits = ConnectionLimits(most=20, head_seconds=1000)
    with (
        serving(capture, limits, ssl=tls_of_a_server()) as url,
        ExitStack() as ending,
    ):
        silent = connected(url, 60, ending)
        for connection in silent[::2]:
            connection.sendall(b"\x16\x03\x01")
        statuses = [ask(url, Post(number=number).body, tls=trusting())[0] for number in range(20)]
        closed = [is_closed(connection) for connection in silent[:41]]

    assert statuses == [200] * 20
    assert closed == [True] * 41


def test_a_handshake_has_its_time(capture: Intake) -> None:
    limits = ConnectionLimits(head_seconds=HASTY)
    with serving(capture, limits, ssl=tls_of_a_server()) as url, connect(url) as connection:
        assert is_closed(connection)


def test_a_handshake_under_way_keeps_no_listener_from_its_end(capture: Intake) -> None:
    limits = ConnectionLimits(head_seconds=1000)
    with ExitStack() as ending:
        with serving(capture, limits, ssl=tls_of_a_server()) as url:
            (silent,) = connected(url, 1, ending)
            silent.sendall(b"\x16")
            assert ask(url, CALL, tls=trusting())[0] == 200

        assert is_closed(silent)


def test_a_connection_over_tls_is_refused_when_nobody_can_make_room() -> None:
    intake = HeldIntake()
    limits = ConnectionLimits(most=2, head_seconds=1000)
    with (
        serving(intake, limits, ssl=tls_of_a_server()) as url,
        ExitStack() as ending,
        ThreadPoolExecutor(2) as pool,
    ):
        calls = [pool.submit(ask, url, CALL, tls=trusting()) for _ in range(2)]
        for _ in calls:
            assert intake.came.acquire(timeout=WAIT)
        closed = [is_closed(connection) for connection in connected(url, 3, ending)]
        intake.close()
        statuses = [call.result(WAIT)[0] for call in calls]

    assert closed == [True] * 3
    assert statuses == [200] * 2


def test_a_stranger_that_makes_room_hears_why(store: Store, capture: Intake) -> None:
    with serving(capture, ConnectionLimits(most=3)) as url, ExitStack() as ending:
        stranger = ending.enter_context(connect(url))
        stranger.sendall(b"POST /")
        statuses = [ask(url, CALL)[0]]
        connected(url, 3, ending)
        statuses.append(answer_of(stranger).status)
        statuses.append(ask(url, CALL)[0])

    assert statuses == [200, 503, 200]
    assert rejections_in(store) == [(503, "too many connections are open")]


def test_a_call_makes_room_only_for_want_of_strangers_and_is_kept(
    store: Store, capture: Intake
) -> None:
    with serving(capture, ConnectionLimits(most=3)) as url, ExitStack() as ending:
        calls = connected(url, 3, ending)
        for connection in calls:
            connection.sendall(head(url, Content_Length=1000, Expect="100-continue"))
            assert answer_of(connection).status == 100
            connection.sendall(b"a=1")
        statuses = [ask(url, CALL)[0], answer_of(calls[0]).status]

    assert statuses == [200, 503]
    assert (503, "too many connections are open") in rejections_in(store)


def test_a_connection_is_refused_only_when_all_others_wait_for_their_answers() -> None:
    intake = HeldIntake()
    with (
        serving(intake, ConnectionLimits(most=3)) as url,
        ExitStack() as ending,
        ThreadPoolExecutor(3) as pool,
    ):
        calls = [pool.submit(ask, url, CALL) for _ in range(3)]
        for _ in calls:
            assert intake.came.acquire(timeout=WAIT)
        refused = [answer_of(connection) for connection in connected(url, 3, ending)]
        intake.close()
        statuses = [call.result(WAIT)[0] for call in calls]
        after = pool.submit(ask, url, CALL)
        assert intake.came.acquire(timeout=WAIT)
        intake.close()
        statuses.append(after.result(WAIT)[0])

    assert [answer.status for answer in refused] == [503] * 3
    assert {json.loads(answer.body)["error"] for answer in refused} == {"too_many_connections"}
    assert statuses == [200] * 4
    assert [one.code for one in intake.rejected] == ["too_many_connections"] * 3


@pytest.mark.parametrize(
    ("beginning", "drop"),
    [(b"POST /", b"a"), (b"POST /h/abc HTTP/1.1\r\nHost: ", b"a"), (b"", b"\r\n")],
)
def test_a_head_has_its_time(store: Store, capture: Intake, beginning: bytes, drop: bytes) -> None:
    with serving(capture, ConnectionLimits(head_seconds=HASTY)) as url, connect(url) as connection:
        connection.sendall(beginning)
        answer = answer_to_dripping(connection, drop)
    capture.close()

    assert (answer.status, answer.closes) == (408, True)
    assert json.loads(answer.body) == {
        "error": "too_slow",
        "message": "the head did not come in time",
    }
    assert rejections_in(store) == [(408, "the head did not come in time")]


@pytest.mark.parametrize("framing", [{"Content_Length": 10**6}, {"Transfer_Encoding": "chunked"}])
def test_a_body_has_its_time(store: Store, capture: Intake, framing: dict[str, object]) -> None:
    with serving(capture, ConnectionLimits(body_seconds=HASTY)) as url, connect(url) as connection:
        connection.sendall(head(url, **framing) + b"7fff\r\na=")
        answer = answer_to_dripping(connection)
    capture.close()

    assert (answer.status, answer.closes) == (408, True)
    assert json.loads(answer.body)["error"] == "too_slow"
    assert rejections_in(store) == [(408, "the body did not come in time")]


def test_the_second_request_of_a_connection_has_its_time_too(capture: Intake) -> None:
    with (
        serving(capture, ConnectionLimits(head_seconds=HASTY)) as url,
        connect(url) as connection,
    ):
        whole = head(url, Content_Length=3)
        connection.sendall(whole + b"a=1" + whole[:9])
        first = answer_of(connection)
        second = answer_to_dripping(connection)

    assert (first.status, second.status) == (200, 408)


def test_a_connection_that_says_nothing_is_closed(capture: Intake) -> None:
    with serving(capture, ConnectionLimits(head_seconds=HASTY)) as url, connect(url) as connection:
        assert answer_of(connection) == Answer()


@pytest.mark.parametrize("drop", [b"\r\n", b""], ids=["empty lines", "nothing"])
def test_a_connection_that_asks_no_more_is_closed(capture: Intake, drop: bytes) -> None:
    with serving(capture, ConnectionLimits(idle_seconds=HASTY)) as url, connect(url) as connection:
        connection.sendall(head(url, Content_Length=3) + b"a=1")
        answers = [answer_of(connection)]
        answers.append(answer_to_dripping(connection, drop))

    assert [answer.status for answer in answers] == [200, 0]


def test_who_is_refused_and_goes_on_is_cut_off(capture: Intake) -> None:
    with serving(capture, ConnectionLimits(end_seconds=HASTY)) as url, connect(url) as connection:
        connection.sendall(b"nonsense\r\n")
        assert answer_of(connection).status == 400
        assert is_cut_off(connection)


def test_a_body_that_comes_slowly_makes_room_for_quick_ones(store: Store, capture: Intake) -> None:
    limits = ConnectionLimits(bodies_bytes=1_000_000)
    with serving(capture, limits) as url, ExitStack() as ending:
        first, second = connected(url, 2, ending)
        for connection in (first, second):
            connection.sendall(head(url, Content_Length=500_000) + b"a=" + b"b" * 400_000)
        statuses = [ask(url, b"a=" + b"b" * 500_000)[0] for _ in range(5)]
        given_way = answer_of(first)
        second.sendall(b"b" * (500_000 - 400_002))
        statuses.append(answer_of(second).status)
    capture.close()

    assert statuses == [200] * 6
    assert (given_way.status, json.loads(given_way.body)["error"]) == (503, "no_room")
    assert rejections_in(store) == [(503, "too many bodies are under way")]


def test_who_had_to_make_room_and_sends_on_hears_why(capture: Intake) -> None:
    limits = ConnectionLimits(bodies_bytes=1_000_000)
    with serving(capture, limits) as url, connect(url) as slow:
        slow.sendall(head(url, Content_Length=6_000_000) + b"a=" + b"b" * 800_000)
        status, _ = ask(url, b"a=" + b"b" * 500_000)
        slow.sendall(b"b" * 5_000_000)
        answer = answer_of(slow)

    assert status == 200
    assert (answer.status, json.loads(answer.body)["error"]) == (503, "no_room")


def test_a_small_call_is_taken_when_great_ones_leave_no_room() -> None:
    intake = HeldIntake()
    with (
        serving(intake, ConnectionLimits(bodies_bytes=1_000_000)) as url,
        ThreadPoolExecutor(2) as pool,
    ):
        calls = [pool.submit(ask, url, b"a" * 1_000_000)]
        assert intake.came.acquire(timeout=WAIT)
        refused, _ = ask(url, b"a" * 100_000)
        calls.append(pool.submit(ask, url, CALL))
        assert intake.came.acquire(timeout=WAIT)
        intake.close()
        statuses = [call.result(WAIT)[0] for call in calls]

    assert (refused, statuses) == (503, [200, 200])


def test_a_body_is_refused_when_those_that_are_being_stored_leave_no_room() -> None:
    intake = HeldIntake()
    with (
        serving(intake, ConnectionLimits(bodies_bytes=1_000_000)) as url,
        ThreadPoolExecutor(1) as pool,
    ):
        call = pool.submit(ask, url, b"a" * 900_000)
        assert intake.came.acquire(timeout=WAIT)
        status, text = ask(url, b"a" * 200_000)
        intake.close()
        statuses = [call.result(WAIT)[0]]
        after = pool.submit(ask, url, b"a" * 900_000)
        assert intake.came.acquire(timeout=WAIT)
        intake.close()
        statuses.append(after.result(WAIT)[0])

    assert (status, json.loads(text)["error"]) == (503, "no_room")
    assert statuses == [200, 200]
    assert [one.code for one in intake.rejected] == ["no_room"]


def test_a_body_greater_than_all_room_is_refused(capture: Intake) -> None:
    with serving(capture, ConnectionLimits(bodies_bytes=100_000)) as url:
        (answer,) = answers_to(url, head(url, Content_Length=300_000) + b"a" * 300_000)
        assert ask(url, CALL)[0] == 200

    assert (answer.status, json.loads(answer.body)["error"]) == (503, "no_room")
