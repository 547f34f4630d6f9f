"""Takes arrivals into the store from one thread; whatever has arrived together is one commit."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from bxgui.core.phpform import BodyRefused
from bxgui.core.records import Arrival, Stored
from bxgui.services.intake import prepare
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import StoreKey

_LOG = logging.getLogger(__name__)
_MOST_IN_ONE_COMMIT = 500

Record = Callable[[Sequence[PreparedCall]], list[Stored]]
_Job = tuple[Arrival, "Future[Stored]"]


class Capture:
    """A writer thread: the future of an arrival is done when its commit is on disk."""

    def __init__(self, record: Record, key: StoreKey) -> None:
        self._record = record
        self._key = key
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._thread.start()

    def submit(self, arrival: Arrival) -> Future[Stored]:
        """Hand over an arrival; its future raises `BodyRefused`, or what the store raises."""
        future: Future[Stored] = Future()
        # From here on it cannot be cancelled: a result for a cancelled future would be an error.
        future.set_running_or_notify_cancel()
        self._jobs.put((arrival, future))
        return future

    def close(self) -> None:
        """Store what has been handed over, then stop."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            jobs, last = self._waiting_jobs()
            self._store(jobs)
            if last:
                return

    def _waiting_jobs(self) -> tuple[list[_Job], bool]:
        job = self._jobs.get()
        jobs: list[_Job] = []
        while job is not None:
            jobs.append(job)
            if self._jobs.empty() or len(jobs) == _MOST_IN_ONE_COMMIT:
                return jobs, False
            job = self._jobs.get()
        return jobs, True

    def _store(self, jobs: list[_Job]) -> None:
        prepared: list[PreparedCall] = []
        futures: list[Future[Stored]] = []
        for arrival, future in jobs:
            try:
                prepared.append(prepare(arrival, self._key))
            except BodyRefused as refusal:
                future.set_exception(refusal)
            except Exception as error:  # noqa: BLE001 - one bad call must not stop the capture
                _LOG.error("a call could not be prepared: %s", type(error).__name__)
                future.set_exception(error)
            else:
                futures.append(future)
        if prepared:
            self._commit(prepared, futures)

    def _commit(self, prepared: list[PreparedCall], futures: list[Future[Stored]]) -> None:
        try:
            stored = self._record(prepared)
        except Exception as error:  # noqa: BLE001 - the callers answer 503 for whatever it is
            for future in futures:
                future.set_exception(error)
            return
        for future, result in zip(futures, stored, strict=True):
            future.set_result(result)
