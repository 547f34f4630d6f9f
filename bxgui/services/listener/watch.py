"""A thread that looks after what may change while the listener runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

_SECONDS = 1.0
_CLOSE_SECONDS = 5
_LOG = logging.getLogger(__name__)


class Watch:
    """Takes each look in turn, every second, until it is closed; looks may block."""

    def __init__(self, looks: Sequence[Callable[[], None]], seconds: float = _SECONDS) -> None:
        self._looks = tuple(looks)
        self._seconds = seconds
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more; a look that hangs on a dead disk is left to itself."""
        self._closed.set()
        self._thread.join(_CLOSE_SECONDS)

    def _run(self) -> None:
        while not self._closed.wait(self._seconds):
            for look in self._looks:
                try:
                    look()
                except Exception as error:  # noqa: BLE001 - the next look may find it mended
                    _LOG.error("a look failed: %s", type(error).__name__)
