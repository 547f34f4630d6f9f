"""Replies that are no longer being sent, though the store does not say so yet."""

from __future__ import annotations

import threading
from contextlib import suppress

from bxgui.services.store import Store, StoreProblem


class GivenBack:
    """Settles such replies; what fails now, as on a full disk, is tried again the next time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._left: set[int] = set()
        self._lock = threading.Lock()

    def settle(self, *reply_ids: int) -> None:
        """Settle these, and what is left from before."""
        with self._lock:
            self._left.update(reply_ids)
            for reply_id in sorted(self._left):
                with suppress(StoreProblem):
                    self._store.replies.settle(reply_id)
                    self._left.discard(reply_id)
