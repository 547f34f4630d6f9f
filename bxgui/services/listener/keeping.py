"""Calls are kept in the store; while that cannot be written, in the emergency file beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from bxgui.core.records import Stored
from bxgui.services.listener.emergency import EmergencyFile, read_lines, write_calls
from bxgui.services.store import Store, StoreProblem
from bxgui.services.store.recording import PreparedCall

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_PATIENCE_SECONDS = 5.0
# Once the store has failed, a waiting portal is not kept waiting for it again and again.
_FAILING_PATIENCE_SECONDS = 0.2
# Calls that may be in a damaged file are kept in memory until a look has found the newest of them.
_MOST_UNSEEN = 200
_MOST_UNSEEN_BYTES = 16 * 1024 * 1024
_LOOK_AFTER = timedelta(seconds=5)
_BEGUN_ANEW = frozenset({"corrupt", "gone"})


class NotStored(Exception):
    """Calls that are not in the store; `in_emergency` tells whether they are kept all the same."""

    code = "not_stored"

    def __init__(self, reason: str, *, in_emergency: bool) -> None:
        super().__init__(reason)
        self.in_emergency = in_emergency


class Tell(Protocol):
    """What is told loudly."""

    def not_stored(self, calls: int, reason: str, *, kept: bool) -> None:
        """Calls could not be stored."""

    def recovered(self, calls: int) -> None:
        """The store works again; so many calls were taken in from the emergency file."""

    def set_aside(self, name: str) -> None:
        """The store was damaged or gone, and a fresh one has begun."""


class Keeper:
    """Keeps prepared calls; only the capture's thread uses it."""

    def __init__(
        self, store: Store, emergency: EmergencyFile, tell: Tell, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._emergency = emergency
        self._tell = tell
        self._clock = clock
        self._failing = False
        # Stored a moment ago in the store's file of this generation.
        self._unseen: list[PreparedCall] = []
        self._unseen_bytes = 0
        self._generation = store.database.generation
        self._looked_at = clock()
        store.database.patience = _PATIENCE_SECONDS

    @property
    def wants_tending(self) -> bool:
        """Whether the store could not be written, or what was written has not been seen there."""
        return self._failing or bool(self._unseen)

    def record(self, calls: Sequence[PreparedCall]) -> list[Stored]:
        """Put calls into the store for good; raises `NotStored`."""
        try:
            stored = self._or_begin_anew(lambda: self._store.calls.record(calls))
        except StoreProblem as problem:
            raise self._keep_in_emergency(calls, str(problem)) from problem
        except Exception as error:
            # A bug, or a disk that fails in a way nobody foresaw: the calls matter all the same.
            _LOG.error("calls could not be stored: %s", type(error).__name__)
            raise self._keep_in_emergency(calls, type(error).__name__) from error
        try:
            self._look_after(calls)
        except Exception as error:  # noqa: BLE001 - these calls are stored, whatever comes now
            _LOG.error("the store could not be looked after: %s", type(error).__name__)
        return stored

    def tend(self) -> None:
        """See whether a failing store works again, and whether a good one holds what it should."""
        if self._unseen:
            self._look_afresh()
        if self._failing:
            with suppress(StoreProblem):
                self._or_begin_anew(self._store.database.check_writable)
                self._recover()

    def take_in_leftovers(self) -> None:
        """Take in what earlier listeners could not put into the store, now or when it works."""
        try:
            self._take_in_files()
        except StoreProblem:
            self._set_failing(True)

    def close(self) -> None:
        """Take the emergency file away, unless calls wait in it."""
        self._emergency.remove()

    def _look_after(self, calls: Sequence[PreparedCall]) -> None:
        """What is to be done when calls could be stored."""
        self._bring_over()
        if self._failing:
            with suppress(StoreProblem):
                self._recover()
        self._unseen += calls
        self._unseen_bytes += sum(len(call.body) for call in calls)
        if (
            len(self._unseen) >= _MOST_UNSEEN
            or self._unseen_bytes >= _MOST_UNSEEN_BYTES
            or self._clock() - self._looked_at >= _LOOK_AFTER
        ):
            self._look_afresh()

    def _look_afresh(self) -> None:
        """See the store as the next start would: damage hides behind what is in our memory."""
        self._looked_at = self._clock()
        try:
            self._or_begin_anew(self._store.database.look_afresh)
        except StoreProblem:
            return  # they may be seen yet
        else:
            self._bring_over()
            self._unseen.clear()
        finally:
            del self._unseen[: -_MOST_UNSEEN // 2]
            self._unseen_bytes = sum(len(call.body) for call in self._unseen)

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
        self._store.begin_anew(self._clock())
        self._tell.set_aside(self._store.set_aside)
        self._bring_over()
        return work()

    def _bring_over(self) -> None:
        """Put what may be in a former file only into the one that took its place."""
        generation = self._store.database.generation
        if generation == self._generation:
            return
        self._generation = generation
        try:
            self._take_in(self._unseen)
        except StoreProblem as problem:
            self._keep_in_emergency(self._unseen, str(problem))

    def _keep_in_emergency(self, calls: Sequence[PreparedCall], reason: str) -> NotStored:
        self._set_failing(True)
        kept = self._emergency.write(calls)
        for number, is_kept in ((kept, True), (len(calls) - kept, False)):
            if number:
                self._tell.not_stored(number, reason, kept=is_kept)
        return NotStored(reason, in_emergency=kept == len(calls))

    def _recover(self) -> None:
        self._take_in_files()
        waiting = self._emergency.read()
        left = self._take_in(waiting)
        with suppress(OSError):
            self._emergency.clear()
            self._emergency.write(left)
        self._set_failing(False)
        self._tell.recovered(len(waiting) - len(left))

    def _take_in_files(self) -> None:
        for path in self._emergency.take_over():
            try:
                self._take_in_file(path)
            except OSError as error:
                _LOG.error("an emergency file could not be taken in: %s", type(error).__name__)

    def _take_in_file(self, path: Path) -> None:
        waiting, unknown = read_lines(path)
        left = self._take_in(waiting)
        if left or unknown:
            write_calls(path, left, unknown)
        else:
            path.unlink()
        if waiting:
            self._tell.recovered(len(waiting) - len(left))

    def _take_in(self, calls: Sequence[PreparedCall]) -> list[PreparedCall]:
        """Put calls into the store that are not there yet; those that it cannot take, for a bug."""
        left = []
        for call in calls:
            try:
                if not self._store.calls.holds(call):
                    self._store.calls.record([call])
            except StoreProblem:
                raise
            except Exception as error:  # noqa: BLE001 - it must not keep the others out
                _LOG.error("a call could not be taken in: %s", type(error).__name__)
                left.append(call)
        return left

    def _set_failing(self, failing: bool) -> None:
        self._failing = failing
        patience = _FAILING_PATIENCE_SECONDS if failing else _PATIENCE_SECONDS
        self._store.database.patience = patience
