"""Which attempts are repeated by themselves, and after which pause."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bxgui.core.outcome import Verdict

# Not executed, and over by itself. The others want a person, or another token.
_HEALS = frozenset(
    {
        "authorization_server",
        "connect_timeout",
        "connection_refused",
        "dns",
        "operation_limit",
        "proxy",
        "rate_limit",
        "tls",
        "workflow_busy",
    }
)
# Of a pause, so much is left to chance: many programs must not come back in the same moment.
_JITTER = 0.25


@dataclass(frozen=True, slots=True)
class Patience:
    """Pauses in seconds that double up to the longest, and how many attempts there are in all."""

    first: float = 2.0
    longest: float = 120.0
    attempts: int = 8


def heals(verdict: Verdict) -> bool:
    """Whether the same request may well succeed later, and surely was not executed now."""
    return verdict.explanation.key in _HEALS


def pause(patience: Patience, made: int, chance: float) -> float | None:
    """Seconds until the next attempt when `made` have been; None when it was the last.

    `chance` is a number from 0 to 1.
    """
    if made >= patience.attempts:
        return None
    growing = patience.first * 2.0 ** min(made - 1, 30)
    return min(growing, patience.longest) * (1 + _JITTER * (2 * chance - 1))


def free_at(answer: bytes) -> float | None:
    """When the portal frees the method again, in unix seconds, where its answer tells."""
    try:
        document = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    time = document.get("time") if isinstance(document, dict) else None
    moment = time.get("operating_reset_at") if isinstance(time, dict) else None
    return float(moment) if isinstance(moment, int | float) else None
