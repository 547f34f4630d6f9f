"""How time passes for what waits to be sent."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition


@dataclass(frozen=True, slots=True)
class Pace:
    """A clock of seconds that only goes forward, waiting on it, and a chance from 0 to 1.

    `wait` ends when the condition is notified, or after some seconds if they are given.
    """

    now: Callable[[], float] = time.monotonic
    wait: Callable[[Condition, float | None], object] = Condition.wait
    chance: Callable[[], float] = random.random
