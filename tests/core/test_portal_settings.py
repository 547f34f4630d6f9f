"""Which rates a portal can be sent to at."""

from __future__ import annotations

import math

import pytest

from bxgui.core.portal_settings import is_rate
from bxgui.core.rate import USUAL_RATE, Rate


@pytest.mark.parametrize("rate", [USUAL_RATE, Rate(0.1, 1), Rate(1e6, 10**6)])
def test_rate_within_its_limits_is_one(rate: Rate) -> None:
    assert is_rate(rate)


@pytest.mark.parametrize("per_second", [0.0, -1.0, 0.05, 1e7, math.inf, math.nan])
def test_rate_that_never_or_always_sends_is_none(per_second: float) -> None:
    assert not is_rate(Rate(per_second, 50))


@pytest.mark.parametrize("burst", [-1, 0, 10**7])
def test_number_at_once_is_limited(burst: int) -> None:
    assert not is_rate(Rate(2.0, burst))
