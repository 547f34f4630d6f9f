"""What authorizes a request to a portal, and in which order the sources are tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bxgui.core.json_values import Pairs


class Source(StrEnum):
    """A call's own access token, an application's OAuth pair, or an incoming webhook."""

    CALL = "call"
    APPLICATION = "application"
    WEBHOOK = "webhook"


DEFAULT_ORDER = (Source.CALL, Source.APPLICATION, Source.WEBHOOK)

# Refusals of who asks, not of what is asked: the same request by another source may succeed.
_REFUSES_SOURCE = frozenset(
    {
        "access_expired",
        "application_removed",
        "credentials",
        "insufficient_scope",
        "invalid_token",
        "no_auth",
        "user_dismissed",
        "user_without_access",
    }
)


@dataclass(frozen=True, slots=True)
class Access:
    """By what requests are made, until `expires_at`.

    `endpoint` is what methods are called under; a webhook's holds its secret. `token` is the
    member `auth` of a request, and empty for a webhook. `secrets` are in neither log nor record.
    `renewed` is an access that was granted just now: if it is too old, no other is asked for.
    """

    source: Source
    endpoint: str = field(repr=False)
    token: str = field(default="", repr=False)
    expires_at: datetime | None = None
    user_id: str = ""
    secrets: tuple[bytes, ...] = field(default=(), repr=False)
    renewed: bool = False

    @property
    def members(self) -> Pairs:
        """What of it stands among the members of a request."""
        return [("auth", self.token)] if self.token else []


def read_order(text: str) -> tuple[Source, ...]:
    """Sources divided by commas, each once; raises ValueError. None at all is the usual order.

    A source that is left out is not used.
    """
    names = [name for part in text.split(",") if (name := part.strip().lower())]
    order = tuple(Source(name) for name in names)
    if len(set(order)) < len(order):
        message = "a source is named twice"
        raise ValueError(message)
    return order or DEFAULT_ORDER


def sources_to_try(
    order: Sequence[Source], offered: Mapping[Source, datetime | None], now: datetime
) -> tuple[Source, ...]:
    """The sources at hand as they are tried, those that are surely too old behind all others.

    `offered` tells when each expires, None for what does not or can be renewed. Clocks differ, so
    the portal itself has the last word on what is too old.
    """
    at_hand = [source for source in order if source in offered]
    expiries = {source: offered[source] for source in at_hand}
    old = [one for one in at_hand if (moment := expiries[one]) is not None and moment <= now]
    return (*(one for one in at_hand if one not in old), *old)


def refuses_source(explanation_key: str) -> bool:
    """Whether another source is worth trying after this outcome; nothing was executed then."""
    return explanation_key in _REFUSES_SOURCE
