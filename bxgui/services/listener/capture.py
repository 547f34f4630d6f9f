"""Takes arrivals into the store; whatever has arrived together is one commit.

Calls are taken apart on the event loop, while the writer's thread waits for the disk: between them
they keep processor and disk busy at the same time.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Protocol

from bxgui.core.phpform import BodyRefused
from bxgui.core.records import Arrival, Rejection, Stored
from bxgui.core.rejections import status_of
from bxgui.services.intake import prepare, prepare_rejection
from bxgui.services.listener.allowance import Allowance
from bxgui.services.listener.bare_errors import bare
from bxgui.services.listener.waiting_rejections import WaitingRejections
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import StoreKey

_LOG = logging.getLogger(__name__)
MOST_IN_ONE_COMMIT = 500
_REJECTIONS_A_MINUTE = 60
_A_BUG = "bxgui has a bug: it could not take this call apart"
_IDLE_SECONDS = 2.0
# So many are worth a commit, which the disk is busy with while the others are taken apart.
_ENOUGH_TO_BEGIN = 32
# Taking a greater body apart would hold up the other connections.
_LARGE_BYTES = 128 * 1024

Keep = Callable[[Sequence[PreparedCall]], None]
Answer = asyncio.Future[Stored]
_Job = tuple[PreparedCall, Answer]


class Intake(Protocol):
    """What the handler hands POSTs to."""

    async def take(self, arrival: Arrival) -> Stored:
        """Keep a POST for good; raises `BodyRefused`, or `NotStored`."""

    def reject(self, rejection: Rejection) -> None:
        """Keep what is to be seen of a POST that was not taken; never waits, never raises."""

    def close(self) -> None:
        """Finish what has been handed over."""


class Keeping(Protocol):
    """What keeps calls for good, and looks after them when it has the time."""

    @property
    def wants_tending(self) -> bool:
        """Whether `tend` has something to do."""

    def record(self, calls: Sequence[PreparedCall]) -> list[Stored]:
        """Keep calls, all in one commit."""

    def tend(self) -> None:
        """Look after what was kept."""

    def close(self) -> None:
        """Nothing more is to be kept."""


class Capture:
    """Prepares calls, and hands them to a writer's thread that commits them together."""

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
        # Apart: strangers must not keep out what reached the handler.
        self._at_handler = Allowance(_REJECTIONS_A_MINUTE, time.monotonic)
        self._elsewhere = Allowance(_REJECTIONS_A_MINUTE, time.monotonic)
        self._rejections = WaitingRejections()
        self._gathered: list[tuple[Arrival, Answer]] = []
        self._jobs: queue.SimpleQueue[list[_Job] | Rejection | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._thread.start()

    async def take(self, arrival: Arrival) -> Stored:
        """Keep a call; done when its commit is on disk."""
        loop = asyncio.get_running_loop()
        answer: Answer = loop.create_future()
        if len(arrival.body) > _LARGE_BYTES:
            prepared = await asyncio.to_thread(self._prepared, arrival)
            self._hand_over([(arrival, prepared, answer)])
        else:
            if not self._gathered:
                loop.call_soon(self._prepare_gathered)
            self._gathered.append((arrival, answer))
            if len(self._gathered) == _ENOUGH_TO_BEGIN:
                self._prepare_gathered()
        try:
            return await answer
        finally:
            # An error has this frame in its traceback, and the answer has the error: in a ring they
            # would keep the call in memory.
            del answer

    def _prepare_gathered(self) -> None:
        """Prepare what came in one round of the loop: a fuller commit, and one waking.

        One behind the other: between the calls of a server each would take a quarter longer.
        """
        gathered, self._gathered = self._gathered, []
        self._hand_over(
            [(arrival, self._prepared(arrival), answer) for arrival, answer in gathered]
        )

    def _prepared(self, arrival: Arrival) -> PreparedCall | Exception:
        try:
            return prepare(arrival, self._key)
        except Exception as error:  # noqa: BLE001 - the caller of `take` gets it
            return bare(error)

    def _hand_over(self, prepared: list[tuple[Arrival, PreparedCall | Exception, Answer]]) -> None:
        jobs: list[_Job] = []
        for arrival, call, answer in prepared:
            if isinstance(call, PreparedCall):
                jobs.append((call, answer))
            else:
                self._refuse(arrival, call, answer)
        if jobs:
            self._jobs.put(jobs)

    def _refuse(self, arrival: Arrival, error: Exception, answer: Answer) -> None:
        if isinstance(error, BodyRefused):
            self.reject(_rejection(arrival, error))
        else:
            _LOG.error("a call could not be prepared: %s", type(error).__name__)
            # A call all the same, so no flood of others may keep it out.
            rejection = Rejection(arrival, 503, "a_bug", _A_BUG, at_handler=True)
            self._jobs.put(self._rejections.enter(rejection))
        _settle_badly([answer], error)

    def reject(self, rejection: Rejection) -> None:
        """Keep what is to be seen of a POST that was not taken, unless they come in floods."""
        if (self._at_handler if rejection.at_handler else self._elsewhere).take():
            self._jobs.put(self._rejections.enter(rejection))

    def close(self) -> None:
        """Store what has been handed over, then stop."""
        self._jobs.put(None)
        self._thread.join()
        self._keeping.close()

    def _run(self) -> None:
        last = False
        while not last:
            jobs, rejections, last = self._waiting()
            for start in range(0, len(jobs), self._most):
                self._commit(jobs[start : start + self._most])
            if rejections:
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
                jobs += job
            if self._jobs.empty() or len(jobs) >= self._most:
                return jobs, rejections, False
            job = self._jobs.get()
        return jobs, rejections, True

    def _next(self) -> list[_Job] | Rejection | None:
        while True:
            try:
                return self._jobs.get(timeout=_IDLE_SECONDS)
            except queue.Empty:
                # Another file may have taken the store's place though no call came.
                if self._keeping.wants_tending:
                    self._tend()

    def _tend(self) -> None:
        try:
            self._keeping.tend()
        except Exception as error:  # noqa: BLE001 - with this thread all later calls would hang
            _LOG.error("the store could not be looked after: %s", type(error).__name__)

    def _commit(self, jobs: list[_Job]) -> None:
        answers = [answer for _, answer in jobs]
        try:
            stored = self._keeping.record([prepared for prepared, _ in jobs])
        except Exception as error:  # noqa: BLE001 - the callers answer 503 for whatever it is
            settle = partial(_settle_badly, answers, bare(error))
        else:
            settle = partial(_settle, answers, stored)
        # Once for all of them: each crossing of threads costs as much as a small call.
        with suppress(RuntimeError):  # the loop has ended, and with it whoever waits
            answers[0].get_loop().call_soon_threadsafe(settle)

    def _keep_rejections(self, rejections: list[Rejection]) -> None:
        """A transaction of their own, after the calls: they must cost no call anything."""
        try:
            self._keep([prepare_rejection(one, self._key) for one in rejections])
        except Exception as error:  # noqa: BLE001 - what is lost is no call
            _LOG.error("rejected posts could not be kept: %s", type(error).__name__)
        finally:
            self._rejections.leave(rejections)


def _settle(answers: Sequence[Answer], stored: Sequence[Stored]) -> None:
    for answer, result in zip(answers, stored, strict=True):
        if not answer.done():
            answer.set_result(result)


def _settle_badly(answers: Sequence[Answer], error: Exception) -> None:
    for answer in answers:
        if not answer.done():
            answer.set_exception(error)


def _rejection(arrival: Arrival, refusal: BodyRefused) -> Rejection:
    status = status_of(refusal.code)
    return Rejection(arrival, status, refusal.code, str(refusal), at_handler=True)
