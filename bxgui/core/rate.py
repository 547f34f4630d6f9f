"""The rate at which a portal takes requests: a bucket that each fills and time drains."""

from __future__ import annotations

from dataclasses import dataclass

# A moment that far ahead is one of a clock that was set back since: nobody knows how long ago.
_SET_BACK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests a second go on for good, and how many may come at once (contract §8)."""

    per_second: float = 2.0
    burst: int = 50


USUAL_RATE = Rate()


@dataclass(frozen=True, slots=True)
class Bucket:
    """How full a bucket was at a moment, in seconds of the clock of all who fill it."""

    level: float = 0.0
    at: float = 0.0


def wait(bucket: Bucket, rate: Rate, now: float) -> float:
    """Seconds until there is room for a request."""
    over = drained(bucket, rate, now).level + 1 - rate.burst
    return max(over / rate.per_second, 0.0)


def filled(bucket: Bucket, rate: Rate, now: float) -> Bucket:
    """The bucket after a request."""
    rest = drained(bucket, rate, now)
    return Bucket(rest.level + 1, rest.at)


def drained(bucket: Bucket, rate: Rate, now: float) -> Bucket:
    """The bucket after the time that has passed."""
    passed = now - bucket.at
    if passed < -_SET_BACK_SECONDS:
        return Bucket(0.0, now)
    # Who came first may have been given the later moment.
    return Bucket(max(bucket.level - max(passed, 0.0) * rate.per_second, 0.0), max(now, bucket.at))


def full(rate: Rate, now: float) -> Bucket:
    """The bucket of a portal that has just said that it is full: others fill it too."""
    return Bucket(float(rate.burst), now)
