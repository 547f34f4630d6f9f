"""The way of replies to one portal: in order, at its rate, one exchange at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from bxgui.core import batch
from bxgui.core.queued import Hold
from bxgui.services.pace import Pace
from bxgui.services.portal_pauses import PortalPauses
from bxgui.services.queue_item import QueueItem
from bxgui.services.sending import Sending
from bxgui.services.store import StoreProblem

# Another program may end a pause.
_LOOK_SECONDS = 1.0


class Lane:
    """Sends what is put into it with a thread of its own, until it is closed."""

    def __init__(
        self,
        name: str,
        sending: Sending,
        pauses: PortalPauses,
        is_paused: Callable[[], bool],
        pace: Pace,
        tell_change: Callable[[], None],
    ) -> None:
        self._sending = sending
        self._pauses = pauses
        self._is_paused = is_paused
        self._pace = pace
        self._tell_change = tell_change
        self._items: list[QueueItem] = []
        self._closing = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def hold(self) -> Hold | None:
        """Until when the portal takes nothing, as far as that is known."""
        return self._pauses.hold

    def put(self, items: Sequence[QueueItem]) -> None:
        """Send these too, in the order of their ids."""
        with self._changed:
            self._items = sorted([*self._items, *items], key=lambda item: item.reply_id)
            self._changed.notify()

    def waiting(self, generation: int) -> frozenset[int]:
        """The replies of a generation of the store that wait here."""
        with self._changed:
            return frozenset(one.reply_id for one in self._items if one.generation == generation)

    def remove(self, reply_ids: frozenset[int], generation: int) -> list[QueueItem]:
        """Those of these replies that wait here, and are to be sent no more."""
        with self._changed:
            found = [
                item
                for item in self._items
                if item.reply_id in reply_ids and item.generation == generation
            ]
            self._take_out(found)
            self._changed.notify()
        return found

    def look(self) -> None:
        """Look into the store before the next exchange: sending may have been paused or resumed."""
        with self._changed:
            self._pauses.is_paused = True
            self._changed.notify()

    def stop(self) -> list[QueueItem]:
        """Begin nothing more; what is still waiting."""
        with self._changed:
            self._closing = True
            self._changed.notify()
            left, self._items = self._items, []
        return left

    def close(self) -> list[QueueItem]:
        """Finish what is being sent; what of it would be tried again."""
        self._thread.join()
        return self._items

    def _work(self) -> None:
        while items := self._next():
            self._tell_change()
            done = self._sending.send(items, self._pauses)
            self.put([item for item, conclusion in done.items() if conclusion is None])
            for item, conclusion in done.items():
                if conclusion is not None:
                    item.tell(conclusion)
            self._give_up()
            self._tell_change()

    def _give_up(self) -> None:
        """End those that the portal's present refusal outlasts."""
        with self._changed:
            items = [item for item in self._items if self._pauses.outlast(item)]
            self._take_out(items)
        for item, conclusion in zip(items, self._sending.give_up(items), strict=True):
            item.tell(conclusion)

    def _next(self) -> list[QueueItem]:
        """What goes out in the next exchange, once it is time; nothing when all is over."""
        with self._changed:
            while not self._closing:
                seconds = self._seconds()
                if seconds is not None and seconds <= 0:
                    return self._taken()
                self._pace.wait(self._changed, seconds)
            return []

    def _seconds(self) -> float | None:
        if not self._items:
            return None
        if self._pauses.is_paused:
            if self._still_paused():
                return _LOOK_SECONDS
            self._pauses.is_paused = False
        due = min(item.due for item in self._items)
        return max(due - self._pace.now(), self._pauses.seconds())

    def _still_paused(self) -> bool:
        try:
            return self._is_paused()
        except StoreProblem:
            return True

    def _taken(self) -> list[QueueItem]:
        now = self._pace.now()
        ready = [item for item in self._items if item.due <= now]
        first = ready[0]
        chosen = [first]
        if first.command is not None:
            alike = [
                item for item in ready if item.command is not None and _kind(item) == _kind(first)
            ]
            commands = [item.command or "" for item in alike[: batch.MOST_COMMANDS]]
            chosen = alike[: batch.parts(commands)[0]]
        self._take_out(chosen)
        return chosen

    def _take_out(self, items: Sequence[QueueItem]) -> None:
        taken = frozenset(items)
        self._items = [item for item in self._items if item not in taken]


def _kind(item: QueueItem) -> tuple[str, int]:
    """What goes in one exchange is of one method, and of one store."""
    return item.reply.method, item.generation
