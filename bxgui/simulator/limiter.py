"""The limit on the number of requests (contract §8 row 35)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class Plan:
    """How many requests a tariff admits at once, and how many more each second."""

    capacity: float
    drain: float


STANDARD = Plan(50, 2)
ENTERPRISE = Plan(250, 5)


@dataclass(slots=True)
class _Level:
    requests: float
    measured_at: float


class LeakyBucket:
    """Admits the requests of a peer as far as a plan allows; safe for threads."""

    def __init__(self, clock: Callable[[], float], plan: Plan) -> None:
        self._clock = clock
        self._plan = plan
        self._lock = Lock()
        self._levels: dict[str, _Level] = {}

    def admits(self, peer: str) -> bool:
        """Count a request, unless it is one too many."""
        with self._lock:
            now = self._clock()
            level = self._levels.setdefault(peer, _Level(0, now))
            drained = (now - level.measured_at) * self._plan.drain
            level.requests = max(0.0, level.requests - drained)
            level.measured_at = now
            if level.requests + 1 > self._plan.capacity:
                return False
            level.requests += 1
            return True
