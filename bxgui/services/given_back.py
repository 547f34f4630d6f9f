"""Replies that are no longer being sent, though the store does not say so yet."""

from __future__ import annotations

import threading

from bxgui.services.queue_item import QueueItem
from bxgui.services.store import Store, StoreProblem


class GivenBack:
    """Settles such replies; what fails now, as on a full disk, is tried again the next time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # With the generation of the store in which the ids mean something.
        self._left: set[tuple[int, int]] = set()
        self._lock = threading.Lock()

    def settle(self, *items: QueueItem) -> None:
        """Settle these, and what is left from before."""
        with self._lock:
            self._left.update((item.reply_id, item.generation) for item in items)
            for reply_id, generation in sorted(self._left):
                try:
                    self._store.replies.settle(reply_id, generation)
                except StoreProblem as problem:
                    if problem.code != "replaced":
                        continue
                self._left.discard((reply_id, generation))
