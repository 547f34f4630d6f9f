"""Who may speak: the secret paths at which calls are taken."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

PATH_PREFIX = "/h/"


class Gate:
    """Tells the handler's own paths from all others."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._paths = [f"{PATH_PREFIX}{secret}".encode() for secret in secrets]

    def is_ours(self, path: str) -> bool:
        """Whether a path is one of ours; compared in constant time."""
        given = path.rstrip("/").encode("utf-8", "replace")
        return sum(hmac.compare_digest(given, ours) for ours in self._paths) > 0
