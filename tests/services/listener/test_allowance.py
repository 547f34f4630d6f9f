from __future__ import annotations

from bxgui.services.listener.allowance import Allowance


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_are_allowed_in_a_minute_and_no_more() -> None:
    allowance = Allowance(3, Clock())

    assert [allowance.take() for _ in range(5)] == [True, True, True, False, False]


def test_each_is_allowed_again_a_minute_later() -> None:
    clock = Clock()
    allowance = Allowance(2, clock)
    allowance.take()
    clock.now = 30
    allowance.take()
    clock.now = 59.9
    before = allowance.take()
    clock.now = 60

    assert not before
    assert [allowance.take(), allowance.take()] == [True, False]
