"""How many times something may be done in a minute, so that a flood costs nothing."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

_MINUTE = 60.0


class Allowance:
    """Allows so many times in any minute, from any thread."""

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._most = most
        self._clock = clock
        self._used: deque[float] = deque()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Whether it may be done once more now."""
        with self._lock:
            now = self._clock()
            while self._used and now - self._used[0] >= _MINUTE:
                self._used.popleft()
            if len(self._used) >= self._most:
                return False
            self._used.append(now)
            return True
