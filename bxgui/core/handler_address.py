"""The handler's address: where portals, and programs on this computer, reach a secret path."""

from __future__ import annotations

from dataclasses import dataclass

PATH_PREFIX = "/h/"
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


@dataclass(frozen=True, slots=True)
class HandlerAddress:
    """The bases of the handler's address; `public` is empty where nothing stands before it."""

    local: str
    public: str = ""

    def url(self, secret: str) -> str:
        """The address that rules are registered with."""
        return f"{(self.public or self.local).rstrip('/')}{PATH_PREFIX}{secret}"

    def local_url(self, secret: str) -> str:
        """The address as a program on this computer calls it."""
        return f"{self.local}{PATH_PREFIX}{secret}"


def local_base(host: str, port: int, *, tls: bool) -> str:
    """The base of the address of a listening host and port, for programs on this computer."""
    reached = _WILDCARDS.get(host, host)
    shown = f"[{reached}]" if ":" in reached else reached
    return f"{'https' if tls else 'http'}://{shown}:{port}"
