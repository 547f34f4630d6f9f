"""Rejections that wait for the writer: while it is stuck their bodies may not pile up."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace

from bxgui.core.records import Rejection
from bxgui.core.rejections import PREVIEW_BYTES

_MOST_BYTES = 32 * 1024 * 1024


class WaitingRejections:
    """Counts what they hold of their bodies together; from any thread."""

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self._left = most
        self._lock = threading.Lock()

    def enter(self, rejection: Rejection) -> Rejection:
        """What is to wait: only the beginning of the body where others leave no room for it."""
        with self._lock:
            if len(rejection.arrival.body) > self._left:
                arrival = rejection.arrival
                arrival = replace(arrival, body=arrival.body[:PREVIEW_BYTES])
                rejection = replace(rejection, arrival=arrival)
            self._left -= len(rejection.arrival.body)
        return rejection

    def leave(self, rejections: Iterable[Rejection]) -> None:
        """These wait no more."""
        with self._lock:
            self._left += sum(len(one.arrival.body) for one in rejections)
