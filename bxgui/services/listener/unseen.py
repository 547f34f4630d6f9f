"""Calls stored a moment ago: the file may be damaged behind what is in our memory."""

from __future__ import annotations

from collections.abc import Sequence

from bxgui.services.store.recording import PreparedCall

_MOST = 200
_MOST_BYTES = 16 * 1024 * 1024


class Unseen:
    """Calls that are remembered until a look at the file has found the newest of them."""

    def __init__(self) -> None:
        self.calls: list[PreparedCall] = []
        self.newest = 0
        self._bytes = 0

    @property
    def are_many(self) -> bool:
        """Whether it is time for a look."""
        return len(self.calls) >= _MOST or self._bytes >= _MOST_BYTES

    def add(self, calls: Sequence[PreparedCall], newest: int) -> None:
        """Remember calls; `newest` is the greatest of their ids."""
        self.calls += calls
        self.newest = max(self.newest, newest)
        self._bytes += sum(len(call.body) for call in calls)

    def forget(self) -> None:
        """They have been seen."""
        self._keep(0)

    def forget_oldest(self) -> None:
        """They have not been seen, and memory has an end."""
        self._keep(_MOST // 2)

    def _keep(self, most: int) -> None:
        del self.calls[: len(self.calls) - most]
        self._bytes = sum(len(call.body) for call in self.calls)
