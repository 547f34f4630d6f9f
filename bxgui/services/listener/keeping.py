"""Calls are kept in the store; while that cannot be written, in the emergency file beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bxgui.core.records import Stored
from bxgui.services.listener.emergency import EmergencyFile, leftovers, read_calls, write_calls
from bxgui.services.store import Store, StoreProblem
from bxgui.services.store.recording import PreparedCall

_LOG = logging.getLogger(__name__)
_PATIENCE_SECONDS = 5.0
# Once the store has failed, a waiting portal is not kept waiting for it again and again.
_FAILING_PATIENCE_SECONDS = 0.2
# Calls that may be in a damaged file are kept in memory until a look has found the newest of them.
_MOST_UNSEEN = 200
_LOOK_AFTER = timedelta(seconds=5)
_BEGUN_ANEW = {"corrupt", "gone"}


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
        self._unseen: list[PreparedCall] = []
        self._looked_at = clock()
        store.database.patience = _PATIENCE_SECONDS

    @property
    def wants_tending(self) -> bool:
        """Whether the store could not be written, or what was written has not been seen there."""
        return self._failing or bool(self._unseen)

    def record(self, calls: Sequence[PreparedCall]) -> list[Stored]:
        """Put calls into the store for good; raises `NotStored`."""
        try:
            stored = self._record_or_begin_anew(calls)
        except StoreProblem as problem:
            raise self._keep_in_emergency(calls, str(problem)) from problem
        except Exception as error:
            # A bug, or a disk that fails in a way nobody foresaw: the calls matter all the same.
            _LOG.error("calls could not be stored: %s", type(error).__name__)
            raise self._keep_in_emergency(calls, type(error).__name__) from error
        if self._failing:
            with suppress(StoreProblem):
                self._recover()
        self._unseen += calls
        if len(self._unseen) >= _MOST_UNSEEN or self._clock() - self._looked_at >= _LOOK_AFTER:
            self._look_afresh()
        return stored

    def tend(self) -> None:
        """See whether a failing store works again, and whether a good one holds what it should."""
        if self._unseen:
            self._look_afresh()
        if self._failing:
            with suppress(StoreProblem):
                self._store.database.check_writable()
                self._recover()

    def take_in_leftovers(self) -> None:
        """Take in what earlier listeners could not put into the store."""
        for path in leftovers(self._store.database.path.parent):
            self._take_in_file(path)

    def close(self) -> None:
        """Take the emergency file away, unless calls wait in it."""
        self._emergency.remove()

    def _look_afresh(self) -> None:
        """See the store as the next start would: damage hides behind what is in our memory."""
        unseen, self._unseen = self._unseen, []
        self._looked_at = self._clock()
        try:
            self._store.database.look_afresh()
        except StoreProblem as problem:
            if problem.code not in _BEGUN_ANEW:
                return
            with suppress(StoreProblem):
                self._begin_anew()
                self._take_in(unseen)

    def _begin_anew(self) -> None:
        self._store.begin_anew(self._clock())
        self._tell.set_aside(self._store.set_aside)

    def _record_or_begin_anew(self, calls: Sequence[PreparedCall]) -> list[Stored]:
        try:
            return self._store.calls.record(calls)
        except StoreProblem as problem:
            if problem.code not in _BEGUN_ANEW:
                raise
        self._begin_anew()
        self._take_in(self._unseen)
        return self._store.calls.record(calls)

    def _keep_in_emergency(self, calls: Sequence[PreparedCall], reason: str) -> NotStored:
        self._set_failing(True)
        try:
            self._emergency.write(calls)
        except OSError:
            kept = False
        else:
            kept = True
        self._tell.not_stored(len(calls), reason, kept=kept)
        return NotStored(reason, in_emergency=kept)

    def _recover(self) -> None:
        waiting = self._emergency.read()
        left = self._take_in(waiting)
        with suppress(OSError):
            self._emergency.clear()
            if left:
                self._emergency.write(left)
        self._set_failing(False)
        self._tell.recovered(len(waiting) - len(left))

    def _take_in_file(self, path: Path) -> None:
        waiting = read_calls(path)
        left = self._take_in(waiting)
        with suppress(OSError):
            path.unlink()
            if left:
                write_calls(path, left)
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
