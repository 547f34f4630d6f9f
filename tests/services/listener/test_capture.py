from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing

import pytest
from posts import FORM, NOW, Post

from bxgui.core.phpform import BodyRefused
from bxgui.core.records import Arrival, Stored, TokenQuery
from bxgui.services.intake import prepare
from bxgui.services.listener import capture as capture_module
from bxgui.services.listener.capture import Capture
from bxgui.services.store import Store, StoreProblem
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
        self.is_failing = False
        self.retries = threading.Semaphore(0)
        self.is_closed = False

    def retry(self) -> None:
        self.retries.release()

    def close(self) -> None:
        self.is_closed = True

    def record(self, arrivals: Sequence[PreparedCall]) -> list[Stored]:
        self.batches.append(len(arrivals))
        self.entered.release()
        if not self.gate.acquire(timeout=WAIT):
            raise TimeoutError
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        return self._store.calls.record(arrivals)


@pytest.fixture
def guarded(store: Store) -> GuardedStore:
    return GuardedStore(store)


@pytest.fixture
def capture(guarded: GuardedStore, store: Store, key: StoreKey) -> Iterator[Capture]:
    with closing(Capture(guarded, store.calls.reject, key)) as running:
        yield running
        guarded.gate.release(1000)


def stored_ids(store: Store) -> list[int]:
    return list(store.calls.ids(TokenQuery(), NOW))


def test_future_is_done_only_after_the_commit(
    capture: Capture, guarded: GuardedStore, store: Store
) -> None:
    future = capture.submit(Post().arrival())
    assert guarded.entered.acquire(timeout=WAIT)
    before = future.done()
    guarded.gate.release()

    stored = future.result(WAIT)

    assert not before
    assert stored_ids(store) == [stored.call_id]


def test_what_arrives_during_a_commit_shares_the_next_one(
    capture: Capture, guarded: GuardedStore
) -> None:
    first = capture.submit(Post(number=0).arrival())
    assert guarded.entered.acquire(timeout=WAIT)
    others = [capture.submit(Post(number=n).arrival()) for n in range(1, 21)]
    guarded.gate.release(2)

    results = [future.result(WAIT).call_id for future in (first, *others)]

    assert guarded.batches == [1, 20]
    assert len(set(results)) == 21


def test_one_commit_takes_no_more_than_its_limit(
    guarded: GuardedStore, store: Store, key: StoreKey
) -> None:
    with closing(Capture(guarded, store.calls.reject, key, most_in_one_commit=10)) as capture:
        first = capture.submit(Post(number=0).arrival())
        assert guarded.entered.acquire(timeout=WAIT)
        others = [capture.submit(Post(number=n).arrival()) for n in range(1, 26)]
        guarded.gate.release(4)
        for future in (first, *others):
            future.result(WAIT)

    assert guarded.batches == [1, 10, 10, 5]


def test_bad_body_among_good_ones_is_refused_alone(
    capture: Capture, guarded: GuardedStore, store: Store
) -> None:
    guarded.gate.release(1000)
    arrivals = [
        Post(number=1).arrival(),
        Arrival(NOW, b"{", "application/json"),
        Arrival(NOW, b"<a/>", "text/xml"),
        Post(number=2).arrival(),
    ]

    futures = [capture.submit(arrival) for arrival in arrivals]

    errors = [future.exception(WAIT) for future in futures]
    assert [getattr(error, "code", None) for error in errors] == [None, "json", "media_type", None]
    assert all(error is None or isinstance(error, BodyRefused) for error in errors)
    assert len(stored_ids(store)) == 2


def test_failed_commit_fails_all_its_arrivals_and_the_next_one_works(
    capture: Capture, guarded: GuardedStore, store: Store
) -> None:
    blocking = capture.submit(Post(number=0).arrival())
    assert guarded.entered.acquire(timeout=WAIT)
    failing = [capture.submit(Post(number=n).arrival()) for n in (1, 2, 3)]
    guarded.gate.release()
    blocking.result(WAIT)
    assert guarded.entered.acquire(timeout=WAIT)
    guarded.failure = StoreProblem("disk_full", "The disk is full.")
    guarded.gate.release()

    errors = [future.exception(WAIT) for future in failing]
    guarded.gate.release()
    after = capture.submit(Post(number=4).arrival()).result(WAIT)

    assert [getattr(error, "code", "") for error in errors] == ["disk_full"] * 3
    assert stored_ids(store) == [after.call_id, blocking.result().call_id]


def test_call_that_nobody_can_prepare_stops_nothing_and_is_logged_without_its_content(
    capture: Capture,
    guarded: GuardedStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    guarded.gate.release(1000)

    def prepare_or_stumble(arrival: Arrival, key: StoreKey) -> PreparedCall:
        if b"stumble" in arrival.body:
            raise ZeroDivisionError(arrival.body)
        return prepare(arrival, key)

    monkeypatch.setattr(capture_module, "prepare", prepare_or_stumble)

    bad = capture.submit(Arrival(NOW, b"stumble=1", FORM))
    good = capture.submit(Post().arrival())

    assert isinstance(bad.exception(WAIT), ZeroDivisionError)
    assert good.result(WAIT).deliveries == 1
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "stumble" not in caplog.text
    caplog.clear()


def test_arrival_that_is_no_longer_waited_for_is_stored_and_stops_nothing(
    capture: Capture, guarded: GuardedStore, store: Store
) -> None:
    futures: list[Future[Stored]] = [capture.submit(Post(number=1).arrival())]
    assert guarded.entered.acquire(timeout=WAIT)
    futures[0].cancel()
    futures.append(capture.submit(Post(number=2).arrival()))
    guarded.gate.release(1000)

    assert futures[1].result(WAIT).deliveries == 1
    assert len(stored_ids(store)) == 2


def test_closing_stores_what_was_handed_over(
    guarded: GuardedStore, store: Store, key: StoreKey
) -> None:
    guarded.gate.release(1000)
    running = Capture(guarded, store.calls.reject, key)
    futures = [running.submit(Post(number=n).arrival()) for n in range(30)]

    running.close()

    assert all(future.done() for future in futures)
    assert len(stored_ids(store)) == 30
