from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.rate import Bucket, Rate, drained, filled, full, wait

RATE = Rate(per_second=2, burst=50)


def sent(count: int, rate: Rate, now: float = 0.0) -> Bucket:
    bucket = Bucket(at=now)
    for _ in range(count):
        bucket = filled(bucket, rate, now)
    return bucket


def test_a_burst_goes_at_once_and_what_follows_waits_for_the_drain() -> None:
    assert wait(sent(49, RATE), RATE, 0) == 0
    assert wait(sent(50, RATE), RATE, 0) == 0.5
    assert wait(sent(50, RATE), RATE, 0.5) == 0


def test_time_empties_the_bucket_and_no_more() -> None:
    assert drained(sent(50, RATE), RATE, 10).level == 30
    assert drained(sent(50, RATE), RATE, 1000).level == 0


def test_a_moment_shortly_before_the_last_one_changes_nothing() -> None:
    # Two programs take their moments in another order than their turns.
    assert drained(sent(50, RATE, now=100), RATE, 99.9) == Bucket(50, 100)
    assert wait(sent(50, RATE, now=100), RATE, 99.9) == 0.5


def test_a_clock_that_was_set_back_empties_the_bucket() -> None:
    assert drained(sent(50, RATE, now=10_000), RATE, 5_000) == Bucket(0, 5_000)


def test_a_portal_that_says_it_is_full_is_believed() -> None:
    assert wait(full(RATE, 7), RATE, 7) == 0.5


@given(
    st.floats(0.1, 100),
    st.integers(1, 500),
    st.lists(st.floats(0, 30), min_size=1, max_size=300),
)
def test_who_waits_as_told_never_sends_more_than_the_portal_takes(
    per_second: float, burst: int, pauses: list[float]
) -> None:
    rate, bucket, now = Rate(per_second, burst), Bucket(), 0.0
    for pause in pauses:
        now += pause
        now += wait(bucket, rate, now)
        bucket = filled(bucket, rate, now)
        assert bucket.level <= burst * (1 + 1e-9) + 1e-6


@pytest.mark.parametrize("rate", [Rate(5, 250), Rate(1, 1)])
def test_a_rate_is_settable(rate: Rate) -> None:
    assert wait(sent(rate.burst, rate), rate, 0) == 1 / rate.per_second
