from __future__ import annotations

import pytest

from bxgui.core.explanations import BY_KEY, CATALOGUE, Outcome
from bxgui.core.moves import Move, MoveObstacle
from bxgui.core.next_steps import may_check, may_send_again


@pytest.mark.parametrize(
    ("key", "check", "again"),
    [
        ("accepted", True, False),
        ("logged", False, False),
        ("read_timeout", True, True),
        ("workflow_busy", True, True),
        ("rate_limit", False, True),
        ("workflow_gone", False, False),
        ("moved", False, False),
    ],
)
def test_only_what_may_come_to_more_is_offered(key: str, check: bool, again: bool) -> None:
    assert (may_check(BY_KEY[key]), may_send_again(BY_KEY[key])) == (check, again)


def test_nothing_that_is_refused_for_good_is_sent_again() -> None:
    refused = [entry for entry in CATALOGUE if entry.outcome is Outcome.REFUSED]
    assert not any(map(may_send_again, refused))


def test_a_reply_goes_again_once_its_portal_was_followed() -> None:
    there = Move("new.example.org", "https://new.example.org/rest/", MoveObstacle.ALREADY_THERE)
    elsewhere = Move("portal.example.org", "https://new.example.org/rest/")

    assert may_send_again(BY_KEY["moved"], there)
    assert not may_send_again(BY_KEY["moved"], elsewhere)
