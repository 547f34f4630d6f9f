"""How the user has set a portal up."""

from __future__ import annotations

from dataclasses import dataclass

from bxgui.core.authorization import DEFAULT_ORDER, Source
from bxgui.core.rate import USUAL_RATE, Rate
from bxgui.core.reach import USUAL_REACH, Reach


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """A name for it, in which order sources are tried, its rate, and how it is reached."""

    name: str = ""
    order: tuple[Source, ...] = DEFAULT_ORDER
    rate: Rate = USUAL_RATE
    reach: Reach = USUAL_REACH
