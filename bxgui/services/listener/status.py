"""How the listener is doing: what came in the last minute, and the room its store has left."""

from __future__ import annotations

import shutil
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

# With less than this on its disk a store is about to fail; with as much again it is well.
LOW_DISK_BYTES = 500_000_000
WELL_DISK_BYTES = 600_000_000
_MINUTE = 60
_LOOKS_FOR_A_REPORT = 2
_LOOKS_FOR_THE_DISK = 5
# Free space moves all the time; what it does within this is no news.
_NOTABLE_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Report:
    """The listener's state at a moment; `disk_free` is None as long as nobody can tell."""

    calls_per_minute: int
    rejected_per_minute: int
    last_call_at: datetime | None
    disk_free: int | None
    disk_low: bool


class Tally:
    """Counts what happened within the last minute, to the second; takes 61 numbers at most."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seconds: deque[list[int]] = deque()
        self._lock = threading.Lock()

    def add(self) -> None:
        """Count one more."""
        second = int(self._clock())
        with self._lock:
            if not self._seconds or self._seconds[-1][0] != second:
                self._drop_old(second)
                self._seconds.append([second, 0])
            self._seconds[-1][1] += 1

    def count(self) -> int:
        """How many there were."""
        with self._lock:
            self._drop_old(int(self._clock()))
            return sum(number for _, number in self._seconds)

    def _drop_old(self, second: int) -> None:
        while self._seconds and second - self._seconds[0][0] >= _MINUTE:
            self._seconds.popleft()


class Status:
    """Counts from the event loop; what looks every second, from a thread, announces what is new."""

    def __init__(
        self,
        announce: Callable[[Report], None],
        clock: Callable[[], float],
        now: Callable[[], datetime],
        free_space: Callable[[], int],
        last_call_at: datetime | None = None,
    ) -> None:
        self._announce = announce
        self._now = now
        self._free_space = free_space
        self._calls = Tally(clock)
        self._rejected = Tally(clock)
        self._last_call_at = last_call_at
        self._free: int | None = None
        self._low = False
        self._looks = 0
        self._told: Report | None = None

    def count_call(self) -> None:
        """A call is in the store."""
        self._calls.add()
        self._last_call_at = self._now()

    def count_rejected(self) -> None:
        """A post was not taken."""
        self._rejected.add()

    def look(self) -> None:
        """Announce how things are, if that is news, every second time; the disk every fifth."""
        number, self._looks = self._looks, self._looks + 1
        if number % _LOOKS_FOR_THE_DISK == 0:
            self._look_at_disk()
        if number % _LOOKS_FOR_A_REPORT == 0:
            self._report()

    def _report(self) -> None:
        report = Report(
            self._calls.count(), self._rejected.count(), self._last_call_at, self._free, self._low
        )
        if self._told is None or _news(report) != _news(self._told):
            self._told = report
            self._announce(report)

    def _look_at_disk(self) -> None:
        try:
            self._free = self._free_space()
        except OSError:
            # The folder is gone or not reachable now: whoever writes to it will say so.
            return
        self._low = self._free < (WELL_DISK_BYTES if self._low else LOW_DISK_BYTES)


def free_space_of(folder: Path) -> Callable[[], int]:
    """What tells how many bytes this user may still write to a folder's disk."""
    return lambda: shutil.disk_usage(folder).free


def _news(report: Report) -> tuple[object, ...]:
    """What of a report is worth another line."""
    free = None if report.disk_free is None else report.disk_free // _NOTABLE_BYTES
    return (
        report.calls_per_minute,
        report.rejected_per_minute,
        report.last_call_at,
        free,
        report.disk_low,
    )
