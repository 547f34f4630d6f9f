"""Takes arrivals into the store from one thread; whatever has arrived together is one commit."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol

from bxgui.core.phpform import BodyRefused
from bxgui.core.records import Arrival, Rejection, Stored
from bxgui.core.rejections import status_of
from bxgui.services.intake import prepare, prepare_rejection
from bxgui.services.listener.allowance import Allowance
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import StoreKey

_LOG = logging.getLogger(__name__)
MOST_IN_ONE_COMMIT = 500
_REJECTIONS_A_MINUTE = 60
_A_BUG = "bxgui has a bug: it could not take this call apart"

_RETRY_SECONDS = 2.0
Keep = Callable[[Sequence[PreparedCall]], None]
_Job = tuple[Arrival, "Future[Stored]"]


class Intake(Protocol):
    """What the handler hands POSTs to."""

    def submit(self, arrival: Arrival) -> Future[Stored]:
        """Take a POST; the future is done when it is kept for good."""

    def reject(self, rejection: Rejection) -> None:
        """Keep what is to be seen of a POST that was not taken; never waits, never raises."""

    def close(self) -> None:
        """Finish what has been handed over."""


class Keeping(Protocol):
    """What keeps calls for good, and knows when it cannot."""

    @property
    def is_failing(self) -> bool:
        """Whether what was kept last is not where it belongs."""

    def record(self, calls: Sequence[PreparedCall]) -> list[Stored]:
        """Keep calls, all in one commit."""

    def retry(self) -> None:
        """See whether it works again."""

    def close(self) -> None:
        """Nothing more is to be kept."""


class Capture:
    """A writer thread: the future of an arrival is done when its commit is on disk."""

    def __init__(
        self,
        keeping: Keeping,
        keep_rejections: Keep,
        key: StoreKey,
        most_in_one_commit: int = MOST_IN_ONE_COMMIT,
    ) -> None:
        self._keeping = keeping
        self._keep = keep_rejections
        self._key = key
        self._most = most_in_one_commit
        self._rejections = Allowance(_REJECTIONS_A_MINUTE, time.monotonic)
        self._jobs: queue.SimpleQueue[_Job | Rejection | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._thread.start()

    def submit(self, arrival: Arrival) -> Future[Stored]:
        """Hand over an arrival; its future raises `BodyRefused`, or what the store raises."""
        future: Future[Stored] = Future()
        # From here on it cannot be cancelled: a result for a cancelled future would be an error.
        future.set_running_or_notify_cancel()
        self._jobs.put((arrival, future))
        return future

    def reject(self, rejection: Rejection) -> None:
        """Keep what is to be seen of a POST that was not taken, unless they come in floods."""
        if self._rejections.take():
            self._jobs.put(rejection)

    def close(self) -> None:
        """Store what has been handed over, then stop."""
        self._jobs.put(None)
        self._thread.join()
        self._keeping.close()

    def _run(self) -> None:
        last = False
        while not last:
            jobs, rejections, last = self._waiting()
            self._store(jobs, rejections)
            self._keep_rejections(rejections)

    def _waiting(self) -> tuple[list[_Job], list[Rejection], bool]:
        """What has been handed over since, and whether it is the last."""
        jobs: list[_Job] = []
        rejections: list[Rejection] = []
        job = self._next()
        while job is not None:
            if isinstance(job, Rejection):
                rejections.append(job)
            else:
                jobs.append(job)
            if self._jobs.empty() or len(jobs) == self._most:
                return jobs, rejections, False
            job = self._jobs.get()
        return jobs, rejections, True

    def _next(self) -> _Job | Rejection | None:
        while self._keeping.is_failing:
            try:
                return self._jobs.get(timeout=_RETRY_SECONDS)
            except queue.Empty:
                self._keeping.retry()
        return self._jobs.get()

    def _store(self, jobs: list[_Job], rejections: list[Rejection]) -> None:
        prepared: list[PreparedCall] = []
        futures: list[Future[Stored]] = []
        for arrival, future in jobs:
            try:
                prepared.append(prepare(arrival, self._key))
            except BodyRefused as refusal:
                if self._rejections.take():
                    rejections.append(_rejection(arrival, refusal))
                future.set_exception(refusal)
            except Exception as error:  # noqa: BLE001 - one bad call must not stop the capture
                _LOG.error("a call could not be prepared: %s", type(error).__name__)
                rejections.append(Rejection(arrival, 503, "a_bug", _A_BUG, at_handler=True))
                future.set_exception(error)
            else:
                futures.append(future)
        if prepared:
            self._commit(prepared, futures)

    def _commit(self, prepared: list[PreparedCall], futures: list[Future[Stored]]) -> None:
        try:
            stored = self._keeping.record(prepared)
        except Exception as error:  # noqa: BLE001 - the callers answer 503 for whatever it is
            for future in futures:
                future.set_exception(error)
            return
        for future, result in zip(futures, stored, strict=True):
            future.set_result(result)

    def _keep_rejections(self, rejections: list[Rejection]) -> None:
        """A transaction of their own, after the calls: they must cost no call anything."""
        if not rejections:
            return
        try:
            self._keep([prepare_rejection(one, self._key) for one in rejections])
        except Exception as error:  # noqa: BLE001 - what is lost is no call
            _LOG.error("rejected posts could not be kept: %s", type(error).__name__)


def _rejection(arrival: Arrival, refusal: BodyRefused) -> Rejection:
    status = status_of(refusal.code)
    return Rejection(arrival, status, refusal.code, str(refusal), at_handler=True)
