"""Event tokens: `workflow_id|activity|32 letters or digits.64 hex`, signed by the portal."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """What an event token denotes: one wait of one step of one workflow."""

    workflow_id: str
    activity: str
    event_id: str


class TokenSigner:
    """Signs event tokens with the portal's key, and opens those it signed."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, event: Event) -> str:
        """The token of an event."""
        payload = f"{event.workflow_id}|{event.activity}|{event.event_id}"
        return f"{payload}.{self._signature(payload)}"

    def open(self, token: object) -> Event | None:
        """The event of a token; None for anything that this portal did not sign."""
        if not isinstance(token, str):
            return None
        payload, dot, signature = token.rpartition(".")
        expected = self._signature(payload).encode("ascii")
        given = signature.encode("utf-8", "surrogatepass")
        parts = payload.split("|")
        if not dot or not hmac.compare_digest(expected, given) or len(parts) != 3:
            return None
        return Event(*parts)

    def _signature(self, payload: str) -> str:
        raw = payload.encode("utf-8", "surrogatepass")
        return hmac.new(self._key, raw, hashlib.sha256).hexdigest()
