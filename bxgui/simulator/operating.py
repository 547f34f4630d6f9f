"""The limit on the time that a method may take in all (contract §8 row 36)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bxgui.simulator.locking import Lock, Locked, locked

WINDOW = 600


@dataclass(slots=True)
class _Spent:
    """What one method took: seconds by the second they were spent in, and their sum."""

    charges: deque[list[float]] = field(default_factory=deque)
    total: float = 0


class OperatingTime(Locked):
    """Seconds that each method took in the last ten minutes; None as `limit` counts nothing."""

    def __init__(self, lock: Lock, clock: Callable[[], float], limit: float | None) -> None:
        super().__init__(lock)
        self.limit = limit
        self._clock = clock
        self._methods: dict[str, _Spent] = {}

    @locked
    def charge(self, method: str, seconds: float) -> None:
        """Count the time that a call of a method took."""
        now = float(int(self._clock()))
        spent = self._recent(method)
        if spent.charges and spent.charges[-1][0] == now:
            spent.charges[-1][1] += seconds
        else:
            spent.charges.append([now, seconds])
        spent.total += seconds

    @locked
    def spent(self, method: str) -> float:
        """Seconds of the last ten minutes."""
        return self._recent(method).total

    @locked
    def reset_at(self, method: str) -> int | None:
        """The unix time at which the oldest part of it is forgotten; None if nothing is counted."""
        charges = self._recent(method).charges
        return int(charges[0][0]) + WINDOW if charges else None

    @locked
    def blocked(self, method: str) -> bool:
        """Whether the method has taken more than it may."""
        return self.limit is not None and self.spent(method) > self.limit

    def _recent(self, method: str) -> _Spent:
        spent = self._methods.setdefault(method, _Spent())
        oldest = self._clock() - WINDOW
        while spent.charges and spent.charges[0][0] <= oldest:
            spent.total -= spent.charges.popleft()[1]
        if not spent.charges:
            spent.total = 0
        return spent
