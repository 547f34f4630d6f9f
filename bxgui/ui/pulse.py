"""What comes at the listener."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Pulse(NamedTuple):
    """What came at the listener in the last minute, and when the last call did."""

    calls: int = 0
    rejected: int = 0
    last_call_at: datetime | None = None
