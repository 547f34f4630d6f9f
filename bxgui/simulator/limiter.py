"""The limit on the number of requests (contract §8 row 35)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock


@dataclass(slots=True)
class _Level:
    requests: float
    measured_at: float


class LeakyBucket:
    """Admits `capacity` requests of a peer at once, and `drain` more each second."""

    def __init__(
        self, clock: Callable[[], float], *, capacity: float = 50, drain: float = 2
    ) -> None:
        self._clock = clock
        self._capacity = capacity
        self._drain = drain
        self._lock = Lock()
        self._levels: dict[str, _Level] = {}

    def admits(self, peer: str) -> bool:
        """Count a request, unless it is one too many."""
        with self._lock:
            now = self._clock()
            level = self._levels.setdefault(peer, _Level(0, now))
            drained = (now - level.measured_at) * self._drain
            level.requests = max(0.0, level.requests - drained)
            level.measured_at = now
            if level.requests + 1 > self._capacity:
                return False
            level.requests += 1
            return True
