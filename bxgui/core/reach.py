"""How a portal may be reached: over which connections secrets go to it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from bxgui.core.endpoint import endpoint_host, portal_endpoint


@dataclass(frozen=True, slots=True)
class Reach:
    """An own CA file, besides the system's, and the host that plain http is allowed to."""

    ca_file: str = ""
    plain_http_host: str = ""

    def allows(self, endpoint: str) -> bool:
        """Whether secrets may go to an address: by https, or where plain http is allowed."""
        if endpoint.startswith("https:") or is_loopback(endpoint):
            return True
        return bool(self.plain_http_host) and self.plain_http_host == endpoint_host(endpoint)


USUAL_REACH = Reach()


def is_loopback(url: str) -> bool:
    """Whether an address is on this computer."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def moved_endpoint(endpoint: str, location: str) -> str:
    """Where a redirect of a method says that the portal is now; empty where it says no such thing.

    A portal that has moved has the same paths elsewhere; anything else is not a portal's redirect.
    """
    path = urlsplit(endpoint).path
    try:
        there = urlsplit(location)
    except ValueError:
        return ""
    if not there.netloc or not there.path.startswith(path):
        return ""
    moved = portal_endpoint(f"{there.scheme}://{there.netloc}{path}")
    return "" if moved == endpoint else moved
