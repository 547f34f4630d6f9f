"""Calls are kept in the store; while that cannot be written, in the emergency file beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from bxgui.core.records import Stored
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.listener.recovery import Recovery, TellRecovery
from bxgui.services.listener.unseen import Unseen
from bxgui.services.store import Store, StoreProblem
from bxgui.services.store.recording import PreparedCall

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_PATIENCE_SECONDS = 5.0
# Once the store has failed, a waiting portal is not kept waiting for it again and again.
_FAILING_PATIENCE_SECONDS = 0.2
_LOOK_AFTER = timedelta(seconds=5)
# How long new calls wait, at most, for those in emergency files: with others, or when none come.
_BESIDE_CALLS, _BETWEEN_CALLS = timedelta(seconds=0.05), timedelta(seconds=0.5)
_BEGUN_ANEW = frozenset({"corrupt", "gone"})
_A_BUG = "bxgui has a bug: the store did not take them"


class NotStored(Exception):
    """Calls that are not in the store; `in_emergency` tells whether they are kept all the same."""

    code = "not_stored"

    def __init__(self, reason: str, *, in_emergency: bool) -> None:
        super().__init__(reason)
        self.in_emergency = in_emergency


class Tell(TellRecovery, Protocol):
    """What is told loudly."""

    def cannot_store(self, reason: str) -> None:
        """The store cannot be used from the start on."""

    def set_aside(self, name: str) -> None:
        """The store was damaged or gone, and a fresh one has begun."""

    def brought_over(self, calls: int, reason: str, *, kept: bool) -> None:
        """Acknowledged calls were missing in the store; with a reason why they still are."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """Calls put into the store, the greatest of their ids, and those it did not take, for a bug."""

    calls: list[PreparedCall]
    newest: int
    left: list[PreparedCall]


class _TellKept(Protocol):
    def __call__(self, calls: int, *, kept: bool) -> None: ...


class Keeper:
    """Keeps prepared calls; only the capture's thread uses it."""

    def __init__(
        self, store: Store, emergency: EmergencyFile, tell: Tell, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._emergency = emergency
        self._tell = tell
        self._clock = clock
        self._recovery = Recovery(emergency, self._take_in, tell)
        # Stored in the store's file of this generation.
        self._unseen = Unseen()
        self._generation = store.database.generation
        self._looked_at = clock()
        self._set_failing(not store.database.is_ready)

    @property
    def wants_tending(self) -> bool:
        """Whether calls wait, or may be missing where they were stored."""
        return self._failing or bool(self._unseen.calls) or self._recovery.is_under_way

    def begin(self) -> None:
        """Take in what earlier listeners could not put into the store, now or when it works."""
        try:
            self._or_begin_anew(self._store.database.check_writable)
        except StoreProblem as problem:
            self._set_failing(True)
            self._tell.cannot_store(str(problem))
        else:
            self._set_failing(False)
        self._recovery.begin()
        self._recover(_BETWEEN_CALLS)

    def record(self, calls: Sequence[PreparedCall]) -> list[Stored]:
        """Put calls into the store for good; raises `NotStored`."""
        try:
            stored = self._or_begin_anew(partial(self._store.calls.record, calls))
        except StoreProblem as problem:
            raise self._keep_in_emergency(calls, str(problem)) from problem
        except Exception as error:
            # A bug, or a disk that fails in a way nobody foresaw: the calls matter all the same.
            _LOG.error("calls could not be stored: %s", type(error).__name__)
            raise self._keep_in_emergency(calls, type(error).__name__) from error
        try:
            self._look_after(calls, stored)
        except Exception as error:  # noqa: BLE001 - these calls are stored, whatever comes now
            _LOG.error("the store could not be looked after: %s", type(error).__name__)
        return stored

    def tend(self) -> None:
        """See whether a failing store works again, and whether a good one holds what it should."""
        if self._unseen.calls:
            self._look_afresh()
        if self._failing:
            try:
                self._or_begin_anew(self._store.database.check_writable)
            except StoreProblem:
                return
            self._set_working()
        # Another listener may have died meanwhile.
        self._recovery.begin()
        self._recover(_BETWEEN_CALLS)
        if not self._emergency.waiting:
            self._emergency.keep_room()

    def close(self) -> None:
        """Take the emergency file away, unless calls wait in it."""
        self._emergency.remove()

    def _look_after(self, calls: Sequence[PreparedCall], stored: Sequence[Stored]) -> None:
        """What is to be done when calls could be stored."""
        self._bring_over()
        if self._failing:
            self._set_working()
        self._unseen.add(calls, max(one.call_id for one in stored))
        self._recover(_BESIDE_CALLS)
        if self._unseen.are_many:
            self._look_afresh()
        if self._clock() - self._looked_at >= _LOOK_AFTER:
            self._look_afresh()
            self._recovery.begin()

    def _look_afresh(self) -> None:
        """See the store as the next start would: damage hides behind what is in our memory."""
        self._looked_at = self._clock()
        try:
            newest = self._or_begin_anew(self._store.database.look_afresh)
        except StoreProblem:
            return  # they may be seen yet
        else:
            self._bring_over(is_missing=newest < self._unseen.newest)
            self._unseen.forget()
        finally:
            self._unseen.forget_oldest()

    def _or_begin_anew(self, work: Callable[[], T]) -> T:
        """The work's result, if need be in a fresh store; raises `StoreProblem`."""
        for _ in range(2):
            try:
                return work()
            except StoreProblem as problem:
                if problem.code not in _BEGUN_ANEW:
                    raise
            # A good file is set aside for nothing that only a connection remembers wrongly.
            self._store.database.reconnect()
        if self._store.begin_anew(self._clock()):
            self._tell.set_aside(self._store.set_aside)
        self._bring_over()
        return work()

    def _bring_over(self, *, is_missing: bool = False) -> None:
        """Put what may be in a former file only into the one that took its place."""
        generation = self._store.database.generation
        if generation == self._generation and not is_missing:
            return
        self._generation = generation
        self._recovery.begin_again()
        calls, self._unseen.newest = self._unseen.calls, 0
        try:
            taken = self._take_in_missing(calls)
        except StoreProblem as problem:
            self._set_failing(True)
            self._write_emergency(calls, partial(self._tell.brought_over, reason=str(problem)))
            return
        self._unseen.newest = taken.newest
        if taken.calls:
            self._tell.brought_over(len(taken.calls), "", kept=True)
        self._write_emergency(taken.left, partial(self._tell.brought_over, reason=_A_BUG))

    def _keep_in_emergency(self, calls: Sequence[PreparedCall], reason: str) -> NotStored:
        self._set_failing(True)
        is_kept = self._write_emergency(calls, partial(self._tell.not_stored, reason=reason))
        return NotStored(reason, in_emergency=is_kept)

    def _write_emergency(self, calls: Sequence[PreparedCall], tell: _TellKept) -> bool:
        """Whether all are kept in the emergency file; how many are, and are not, is told."""
        kept = self._emergency.write(calls) if calls else 0
        for number, is_kept in ((kept, True), (len(calls) - kept, False)):
            if number:
                tell(number, kept=is_kept)
        return kept == len(calls)

    def _recover(self, span: timedelta) -> None:
        """Take in what waits in emergency files, for so long."""
        if self._failing or not self._recovery.is_under_way:
            return
        until = self._clock() + span
        try:
            while self._or_begin_anew(self._recovery.step):
                if self._unseen.are_many:
                    self._look_afresh()
                if self._clock() >= until:
                    break
        except StoreProblem:
            self._set_failing(True)

    def _take_in(self, calls: Sequence[PreparedCall]) -> list[PreparedCall]:
        taken = self._take_in_missing(calls)
        self._unseen.add(taken.calls, taken.newest)
        return taken.left

    def _take_in_missing(self, calls: Sequence[PreparedCall]) -> _Taken:
        """Put calls into the store that are not there yet; raises `StoreProblem`."""
        try:
            missing = self._store.calls.missing(calls)
            stored = self._store.calls.record(missing) if missing else []
        except StoreProblem:
            raise
        except Exception as error:  # noqa: BLE001 - it must not keep the others out
            if len(calls) > 1:
                return _all_of([self._take_in_missing([call]) for call in calls])
            _LOG.error("a call could not be taken in: %s", type(error).__name__)
            return _Taken([], 0, list(calls))
        return _Taken(missing, max((one.call_id for one in stored), default=0), [])

    def _set_working(self) -> None:
        self._set_failing(False)
        self._recovery.begin(is_owed=True)

    def _set_failing(self, failing: bool) -> None:
        self._failing = failing
        patience = _FAILING_PATIENCE_SECONDS if failing else _PATIENCE_SECONDS
        self._store.database.patience = patience


def _all_of(each: Sequence[_Taken]) -> _Taken:
    return _Taken(
        [call for taken in each for call in taken.calls],
        max(taken.newest for taken in each),
        [call for taken in each for call in taken.left],
    )
