from __future__ import annotations

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass

import pytest
from posts import FORM, NOW, Post

from bxgui.core.listing import Group, TokenQuery
from bxgui.core.phpform import BodyRefused
from bxgui.core.records import Arrival, Rejection, Stored
from bxgui.services.intake import prepare, reopen
from bxgui.services.listener import capture as capture_module
from bxgui.services.listener.capture import Capture
from bxgui.services.listener.keeping import NotStored
from bxgui.services.store import Store
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import StoreKey

WAIT = 20


class GuardedStore:
    """A real store behind a gate: a test decides when a commit goes on and which one fails."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.entered = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)
        self.failure: Exception | None = None
        self.batches: list[int] = []
        self.wants_tending = False
        self.tended = threading.Event()
        self.tending_failure: Exception | None = None
        self.is_closed = False

    def tend(self) -> None:
        self.wants_tending = False
        self.tended.set()
        if self.tending_failure is not None:
            raise self.tending_failure

    def close(self) -> None:
        self.is_closed = True

    def record(self, calls: Sequence[PreparedCall]) -> list[Stored]:
        self.batches.append(len(calls))
        self.entered.release()
        if not self.gate.acquire(timeout=WAIT):
            raise TimeoutError
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        return self._store.calls.record(calls)


@dataclass
class Loop:
    """An event loop in a thread, on which calls are taken as the server takes them."""

    loop: asyncio.AbstractEventLoop

    def take(self, capture: Capture, arrival: Arrival) -> Future[Stored]:
        """The future of an arrival that has been handed over."""
        handed_over = threading.Event()

        async def take() -> Stored:
            task = asyncio.ensure_future(capture.take(arrival))
            # In the first round of the loop a small call is gathered, in the second it is taken
            # apart and handed over with the others of the first.
            self.loop.call_soon(self.loop.call_soon, handed_over.set)
            return await task

        future = asyncio.run_coroutine_threadsafe(take(), self.loop)
        assert handed_over.wait(WAIT)
        return future


@pytest.fixture
def loop() -> Iterator[Loop]:
    running = asyncio.new_event_loop()
    thread = threading.Thread(target=running.run_forever)
    thread.start()
    yield Loop(running)
    asyncio.run_coroutine_threadsafe(running.shutdown_default_executor(), running).result(WAIT)
    running.call_soon_threadsafe(running.stop)
    thread.join()
    running.close()


@pytest.fixture
def guarded(store: Store) -> GuardedStore:
    return GuardedStore(store)


@pytest.fixture
def capture(guarded: GuardedStore, store: Store, key: StoreKey, loop: Loop) -> Iterator[Capture]:
    with closing(Capture(guarded, store.calls.reject, key)) as running:
        yield running
        guarded.gate.release(1000)


def stored_ids(store: Store) -> list[int]:
    return list(store.calls.ids(TokenQuery(), NOW))


def rejected_ids(store: Store) -> list[int]:
    return list(store.calls.ids(TokenQuery(group=Group.REJECTED), NOW))


def test_call_is_answered_only_after_the_commit(
    capture: Capture, guarded: GuardedStore, store: Store, loop: Loop
) -> None:
    future = loop.take(capture, Post().arrival())
    assert guarded.entered.acquire(timeout=WAIT)
    before = future.done()
    guarded.gate.release()

    stored = future.result(WAIT)

    assert not before
    assert stored_ids(store) == [stored.call_id]


def test_what_arrives_during_a_commit_shares_the_next_one(
    capture: Capture, guarded: GuardedStore, loop: Loop
) -> None:
    first = loop.take(capture, Post(number=0).arrival())
    assert guarded.entered.acquire(timeout=WAIT)
    others = [loop.take(capture, Post(number=n).arrival()) for n in range(1, 21)]
    guarded.gate.release(2)

    results = [future.result(WAIT).call_id for future in (first, *others)]

    assert guarded.batches == [1, 20]
    assert len(set(results)) == 21


def test_one_commit_takes_no_more_than_its_limit(
    guarded: GuardedStore, store: Store, key: StoreKey, loop: Loop
) -> None:
    with closing(Capture(guarded, store.calls.reject, key, most_in_one_commit=10)) as capture:
        first = loop.take(capture, Post(number=0).arrival())
        assert guarded.entered.acquire(timeout=WAIT)
        others = [loop.take(capture, Post(number=n).arrival()) for n in range(1, 26)]
        guarded.gate.release(4)
        for future in (first, *others):
            future.result(WAIT)

    assert guarded.batches == [1, 10, 10, 5]


def test_bad_body_among_good_ones_is_refused_alone_and_kept(
    guarded: GuardedStore, store: Store, key: StoreKey, loop: Loop
) -> None:
    guarded.gate.release(1000)
    arrivals = [
        Post(number=1).arrival(),
        Arrival(NOW, b"{", "application/json"),
        Arrival(NOW, b"<a/>", "text/xml"),
        Post(number=2).arrival(),
    ]

    with closing(Capture(guarded, store.calls.reject, key)) as capture:
        futures = [loop.take(capture, arrival) for arrival in arrivals]
        errors = [future.exception(WAIT) for future in futures]

    assert [getattr(error, "code", None) for error in errors] == [None, "json", "media_type", None]
    assert all(error is None or isinstance(error, BodyRefused) for error in errors)
    assert len(stored_ids(store)) == 2
    assert len(rejected_ids(store)) == 2


def test_failed_commit_fails_all_its_calls_and_the_next_one_works(
    capture: Capture, guarded: GuardedStore, store: Store, loop: Loop
) -> None:
    blocking = loop.take(capture, Post(number=0).arrival())
    assert guarded.entered.acquire(timeout=WAIT)
    failing = [loop.take(capture, Post(number=n).arrival()) for n in (1, 2, 3)]
    guarded.gate.release()
    blocking.result(WAIT)
    assert guarded.entered.acquire(timeout=WAIT)
    guarded.failure = NotStored("The disk is full.", in_emergency=True)
    guarded.gate.release()

    errors = [future.exception(WAIT) for future in failing]
    guarded.gate.release()
    after = loop.take(capture, Post(number=4).arrival()).result(WAIT)

    assert [getattr(error, "code", "") for error in errors] == ["not_stored"] * 3
    assert stored_ids(store) == [after.call_id, blocking.result().call_id]


def test_call_that_nobody_can_prepare_stops_nothing_is_kept_and_its_content_is_not_logged(
    guarded: GuardedStore,
    store: Store,
    key: StoreKey,
    loop: Loop,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    guarded.gate.release(1000)

    def prepare_or_stumble(arrival: Arrival, key: StoreKey) -> PreparedCall:
        if b"stumble" in arrival.body:
            raise ZeroDivisionError(arrival.body)
        return prepare(arrival, key)

    monkeypatch.setattr(capture_module, "prepare", prepare_or_stumble)

    with closing(Capture(guarded, store.calls.reject, key)) as capture:
        bad = loop.take(capture, Arrival(NOW, b"stumble=1", FORM))
        good = loop.take(capture, Post().arrival())
        assert isinstance(bad.exception(WAIT), ZeroDivisionError)
        assert good.result(WAIT).deliveries == 1

    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "stumble" not in caplog.text
    (kept,) = rejected_ids(store)
    sealed = store.calls.sealed(kept)
    assert sealed is not None
    assert reopen(sealed, key).body == b"stumble=1"
    caplog.clear()


def test_call_that_is_no_longer_waited_for_is_stored_and_stops_nothing(
    capture: Capture, guarded: GuardedStore, store: Store, loop: Loop
) -> None:
    futures: list[Future[Stored]] = [loop.take(capture, Post(number=1).arrival())]
    assert guarded.entered.acquire(timeout=WAIT)
    futures[0].cancel()
    futures.append(loop.take(capture, Post(number=2).arrival()))
    guarded.gate.release(1000)

    assert futures[1].result(WAIT).deliveries == 1
    assert len(stored_ids(store)) == 2


def test_large_body_is_stored_like_a_small_one(
    capture: Capture, guarded: GuardedStore, store: Store, loop: Loop
) -> None:
    guarded.gate.release(1000)
    post = Post(properties={"text": "x" * 200_000})

    stored = loop.take(capture, post.arrival()).result(WAIT)

    assert stored_ids(store) == [stored.call_id]


def test_closing_stores_what_was_handed_over(
    guarded: GuardedStore, store: Store, key: StoreKey, loop: Loop
) -> None:
    guarded.gate.release(1000)
    running = Capture(guarded, store.calls.reject, key)
    futures = [loop.take(running, Post(number=n).arrival()) for n in range(30)]

    running.close()

    assert all(future.result(WAIT) for future in futures)
    assert len(stored_ids(store)) == 30
    assert guarded.is_closed


def test_store_that_wants_tending_is_tended_though_no_call_comes(
    guarded: GuardedStore, store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture_module, "_IDLE_SECONDS", 0.001)
    guarded.wants_tending = True

    with closing(Capture(guarded, store.calls.reject, key)):
        assert guarded.tended.wait(WAIT)


def test_store_that_wants_tending_while_no_call_comes_is_tended(
    guarded: GuardedStore, store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture_module, "_IDLE_SECONDS", 0.001)

    with closing(Capture(guarded, store.calls.reject, key)):
        guarded.wants_tending = True
        assert guarded.tended.wait(WAIT)


def test_tending_that_fails_does_not_keep_later_calls_waiting(
    guarded: GuardedStore,
    store: Store,
    key: StoreKey,
    loop: Loop,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(capture_module, "_IDLE_SECONDS", 0.001)
    guarded.wants_tending = True
    guarded.tending_failure = PermissionError("a secret")
    guarded.gate.release(1000)

    with closing(Capture(guarded, store.calls.reject, key)) as capture:
        assert guarded.tended.wait(WAIT)
        assert loop.take(capture, Post().arrival()).result(WAIT).deliveries == 1

    assert [record.getMessage() for record in caplog.records] == [
        "the store could not be looked after: PermissionError"
    ]
    caplog.clear()


def test_calls_whose_loop_has_ended_are_stored_all_the_same(
    guarded: GuardedStore, store: Store, key: StoreKey
) -> None:
    running = Capture(guarded, store.calls.reject, key, most_in_one_commit=1)

    async def hand_over_and_leave() -> None:
        tasks = [asyncio.create_task(running.take(Post(n).arrival())) for n in range(3)]
        assert await asyncio.to_thread(guarded.entered.acquire, timeout=WAIT)
        assert not [task for task in tasks if task.done()]

    asyncio.run(hand_over_and_leave())
    guarded.gate.release(1000)
    running.close()

    assert len(stored_ids(store)) == 3


def test_flood_of_rejections_is_kept_only_so_far_and_keeps_out_none_at_the_handler(
    guarded: GuardedStore, store: Store, key: StoreKey
) -> None:
    arrival = Arrival(NOW, b"<a/>", "text/xml")

    with closing(Capture(guarded, store.calls.reject, key)) as capture:
        for _ in range(1000):
            capture.reject(Rejection(arrival, 400, "bad_head", "because", at_handler=False))
        capture.reject(Rejection(arrival, 415, "media_type", "because", at_handler=True))

    kept = [store.calls.detail(call_id, NOW) for call_id in rejected_ids(store)]
    assert Counter(one.status for one in kept if one) == {400: 60, 415: 1}


def test_rejections_that_cannot_be_kept_stop_nothing(
    guarded: GuardedStore, store: Store, key: StoreKey, loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    guarded.gate.release(1000)

    def fail(rejections: Sequence[PreparedCall]) -> None:
        raise ZeroDivisionError

    with closing(Capture(guarded, fail, key)) as capture:
        assert loop.take(capture, Arrival(NOW, b"{", "application/json")).exception(WAIT)
        assert loop.take(capture, Post().arrival()).result(WAIT).deliveries == 1

    assert [record.getMessage() for record in caplog.records] == [
        "rejected posts could not be kept: ZeroDivisionError"
    ]
    caplog.clear()
