"""Where a redirect of a portal says that it is now, and what keeps bxgui from following it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bxgui.core.endpoint import endpoint_host
from bxgui.core.reach import moved_endpoint
from bxgui.core.records import Portal


class MoveObstacle(StrEnum):
    """Why a redirect is not followed, whatever the user says."""

    NO_ADDRESS = "no_address"
    PLAIN_HTTP = "plain_http"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True, slots=True)
class Move:
    """The portal's host and the one that a redirect names; it can be followed without an obstacle.

    `endpoint` and `new_host` are empty where the redirect names no address of a portal.
    """

    old_host: str
    endpoint: str = ""
    obstacle: MoveObstacle | None = None

    @property
    def new_host(self) -> str:
        """The host that the redirect names."""
        return endpoint_host(self.endpoint)


def move_of(portal: Portal, location: str) -> Move:
    """What the redirect of a method to this location means for the portal as it is known now."""
    endpoint = moved_endpoint(portal.endpoint, location)
    if endpoint:
        is_safe = portal.reach.allows(endpoint)
        return Move(portal.host, endpoint, None if is_safe else MoveObstacle.PLAIN_HTTP)
    if portal.endpoint and location.startswith(portal.endpoint):
        return Move(portal.host, portal.endpoint, MoveObstacle.ALREADY_THERE)
    return Move(portal.host, obstacle=MoveObstacle.NO_ADDRESS)
