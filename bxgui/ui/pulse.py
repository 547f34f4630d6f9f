"""What comes at the listener."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """What came at the listener in the last minute, and when the last call did."""

    calls: int = 0
    rejected: int = 0
    last_call_at: datetime | None = None
