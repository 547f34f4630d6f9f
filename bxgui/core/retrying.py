"""Which attempts are repeated by themselves, and after which pause."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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
# Of one workflow; whatever else heals befalls every request to the portal.
_OF_ONE_REPLY = frozenset({"workflow_busy"})
# Of a pause, so much is left to chance: many programs must not come back in the same moment.
_JITTER = 0.25
# A portal forgets what a method took after ten minutes (contract §8 row 36).
_BLOCKED_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Pauses in seconds that double up to the longest, and when they end.

    There are so many attempts in all, the last of them not later than `seconds` after the first.
    """

    first_pause: float = 2.0
    longest_pause: float = 120.0
    attempts: int = 8
    seconds: float = 1800.0


def heals(verdict: Verdict) -> bool:
    """Whether the same request may well succeed later, and surely was not executed now."""
    return verdict.explanation.key in _HEALS


def holds_others(verdict: Verdict) -> bool:
    """Whether what heals would befall the portal's other replies too."""
    return heals(verdict) and verdict.explanation.key not in _OF_ONE_REPLY


def is_blocked(verdict: Verdict) -> bool:
    """Whether the portal has blocked the method for minutes."""
    return verdict.explanation.key == "operation_limit"


def pause(
    patience: Patience, made: int, waited: float, chance: float, at_least: float = 0.0
) -> float | None:
    """Seconds until the next attempt when `made` have been; None when it was the last.

    `waited` are the seconds since the first, `chance` is a number from 0 to 1. There is none where
    the pause that is needed at least is longer than the time that is left.
    """
    left = patience.seconds - waited
    if made >= patience.attempts or left <= 0 or at_least > left:
        return None
    return min(max(growing(patience, made, chance), at_least), left)


def growing(patience: Patience, made: int, chance: float) -> float:
    """The pause after so many tries, if there is to be one."""
    seconds = min(patience.first_pause * 2.0 ** min(made - 1, 30), patience.longest_pause)
    return seconds * (1 + _JITTER * (2 * chance - 1))


def blocked_seconds(free_at: float | None, now: float) -> float:
    """How long a blocked method stays so: until the moment that the portal last named for it.

    Both are unix seconds. A refusal names none, only a success does.
    """
    left = 0.0 if free_at is None else free_at - now
    return left if 0 < left <= _BLOCKED_SECONDS else _BLOCKED_SECONDS


def free_at(answer: bytes) -> float | None:
    """When the portal forgets what its methods took, in unix seconds, where a success tells it."""
    try:
        document = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    moments = [
        moment
        for block in _time_blocks(document)
        if isinstance(moment := block.get("operating_reset_at"), int | float)
    ]
    try:
        return max(map(float, moments), default=None)
    except OverflowError:
        return None


def _time_blocks(document: object) -> Iterator[Mapping[str, object]]:
    """The block of an answer, or those of a batch's commands."""
    if not isinstance(document, dict):
        return
    result = document.get("result")
    times = result.get("result_time") if isinstance(result, dict) else None
    of_commands = times.values() if isinstance(times, dict) else ()
    for block in (document.get("time"), *of_commands):
        if isinstance(block, dict):
            yield block
