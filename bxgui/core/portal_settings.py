"""How the user has set a portal up."""

from __future__ import annotations

from dataclasses import dataclass

from bxgui.core.authorization import DEFAULT_ORDER, Source
from bxgui.core.rate import USUAL_RATE, Rate
from bxgui.core.reach import USUAL_REACH, Reach

LEAST_PER_SECOND = 0.1
MOST_PER_SECOND = 1_000_000
MOST_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """A name for it, in which order sources are tried, its rate, and how it is reached."""

    name: str = ""
    order: tuple[Source, ...] = DEFAULT_ORDER
    rate: Rate = USUAL_RATE
    reach: Reach = USUAL_REACH


def is_rate(rate: Rate) -> bool:
    """Whether a portal can be sent to at a rate."""
    # What is not a number is in no range.
    fits = LEAST_PER_SECOND <= rate.per_second <= MOST_PER_SECOND
    return fits and 1 <= rate.burst <= MOST_AT_ONCE
