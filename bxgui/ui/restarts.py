"""Whether a listener that died is started again by itself, and after which pause."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)
_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which nobody listened, and why it began."""

    begun: datetime
    reason: str
    over: datetime


class Restarts:
    """Grants a longer pause after each death within two minutes, and then no restart any more."""

    def __init__(self, now: Callable[[], datetime], pauses: Sequence[float] = PAUSES) -> None:
        self._now = now
        self._pauses = tuple(pauses)
        self._deaths: deque[datetime] = deque()

    def after_death(self) -> float | None:
        """The seconds to wait before it is started again; None when that has not helped."""
        now = self._now()
        self._deaths.append(now)
        while now - self._deaths[0] >= _WITHIN:
            self._deaths.popleft()
        number = len(self._deaths)
        return self._pauses[number - 1] if number <= len(self._pauses) else None

    def begin_anew(self) -> None:
        """Forget the deaths: a person has looked after it."""
        self._deaths.clear()
