from __future__ import annotations

import pytest
from factories import MEMBER_ID, NOW

from bxgui.core.moves import Move, MoveObstacle, move_of
from bxgui.core.records import Portal

HERE = "https://portal.example.org/rest/"
OLD = "portal.example.org"
PORTAL = Portal(1, MEMBER_ID, MEMBER_ID, HERE, OLD, "", NOW, NOW, NOW)


@pytest.mark.parametrize(
    ("location", "move"),
    [
        ("https://new.example.org/rest/m", Move(OLD, "https://new.example.org/rest/")),
        (
            "http://new.example.org/rest/m",
            Move(OLD, "http://new.example.org/rest/", MoveObstacle.PLAIN_HTTP),
        ),
        ("https://portal.example.org/rest/m", Move(OLD, HERE, MoveObstacle.ALREADY_THERE)),
        ("https://login.example.org/", Move(OLD, "", MoveObstacle.NO_ADDRESS)),
        ("", Move(OLD, "", MoveObstacle.NO_ADDRESS)),
    ],
)
def test_a_redirect_is_followed_only_to_where_the_same_portal_can_be(
    location: str, move: Move
) -> None:
    assert move_of(PORTAL, location) == move


def test_hosts_are_told_as_they_are_trusted() -> None:
    move = move_of(PORTAL, "https://new.example.org:8443/rest/m")

    assert (move.old_host, move.new_host) == (OLD, "new.example.org:8443")
    assert move_of(PORTAL, "nowhere").new_host == ""
