"""The rate at which a portal takes requests: a bucket that each fills and time drains."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests a second go on for good, and how many may come at once (contract §8)."""

    per_second: float = 2.0
    burst: int = 50


USUAL_RATE = Rate()


@dataclass(frozen=True, slots=True)
class Bucket:
    """How full a bucket was at a moment, in seconds of a clock that only goes forward."""

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
    return Bucket(max(bucket.level - (now - bucket.at) * rate.per_second, 0.0), now)


def full(rate: Rate, now: float) -> Bucket:
    """The bucket of a portal that has just said that it is full: others fill it too."""
    return Bucket(float(rate.burst), now)
