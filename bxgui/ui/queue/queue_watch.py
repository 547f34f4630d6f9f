"""Keeps up with the queue of replies, whichever program puts into it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from bxgui.core.queued import QueuedReply, Waits
from bxgui.core.records import EVENT_SEND
from bxgui.ui.desk import Desk

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

_BATCH_MILLISECONDS = 100
# For so many times as long as the last look took, there is none.
_REST = 3


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue at a moment, and the names of the portals that are paused, by their ids.

    Ids of its replies mean something in this generation of the store.
    """

    replies: tuple[QueuedReply, ...] = ()
    paused: Mapping[int, str] = field(default_factory=dict)
    generation: int = 0

    @property
    def held(self) -> list[int]:
        """The replies whose program has ended."""
        return [one.reply_id for one in self.replies if one.waits is Waits.HELD]

    @property
    def stays(self) -> int:
        """How many replies nobody would send any more if this program ended."""
        return sum(one.ours and one.waits is not Waits.SENDING for one in self.replies)

    @property
    def on_their_way(self) -> list[QueuedReply]:
        """The replies whose outcome this program waits for before it ends."""
        return [one for one in self.replies if one.ours and one.waits is Waits.SENDING]

    @property
    def answers(self) -> dict[int, Waits]:
        """What the answers wait for that are not on their way, by the ids of their calls."""
        return {
            one.call_id: one.waits
            for one in self.replies
            if one.method == EVENT_SEND and one.waits is not Waits.SENDING
        }


class QueueWatch(QObject):
    """Holds the queue as it was last seen; `changed` comes at most every 100 ms."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asking = False
        self._again = False
        self.queue = Queue()
        self._by_call: dict[int, QueuedReply] = {}
        self._batch = QTimer(self, singleShot=True, interval=_BATCH_MILLISECONDS)
        self._batch.timeout.connect(self._ask)
        desk.opened.connect(self._begin)
        desk.changed.connect(self.refresh)
        desk.bridge.noted.connect(self.refresh)

    def of_call(self, call_id: int) -> QueuedReply | None:
        """The reply to a call that waits; of several the one that goes first."""
        return self._by_call.get(call_id)

    def refresh(self) -> None:
        """Look at the queue again, soon."""
        if self._asking:
            self._again = True
        elif not self._batch.isActive():
            self._batch.start()

    def look(self, then: Callable[[], None]) -> None:
        """Look at the queue now, and go on with what is known of it then."""

        def show(queue: Queue) -> None:
            self._take(queue)
            then()

        def failed(error: Exception) -> None:
            self._desk.tell(error)
            then()

        self._desk.ask(_seen, show, failed)

    def _begin(self) -> None:
        note = self._desk.bridge.note
        self._desk.ask(lambda w: w.outbox.on_change(note), lambda _none: self.refresh())

    def _ask(self) -> None:
        known = self.queue

        def look(workspace: Workspace) -> tuple[Queue, float]:
            begun = time.monotonic()
            found = _seen(workspace)
            queue = known if found == known else found
            return queue, time.monotonic() - begun

        self._asking = True
        self._desk.ask(look, self._show, self._on_failed)

    def _show(self, seen: tuple[Queue, float]) -> None:
        queue, seconds = seen
        # A long queue that is sent out must not be read all the time.
        self._batch.setInterval(max(_BATCH_MILLISECONDS, int(seconds * _REST * 1000)))
        self._go_on()
        self._take(queue)

    def _take(self, queue: Queue) -> None:
        if queue is not self.queue:
            self.queue = queue
            self._by_call = {one.call_id: one for one in reversed(queue.replies)}
            self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._go_on()
        self._desk.tell(error)

    def _go_on(self) -> None:
        self._asking = False
        if self._again:
            self._again = False
            self.refresh()


def _seen(workspace: Workspace) -> Queue:
    generation = workspace.store.database.generation
    paused = frozenset(workspace.store.queue.paused())
    names = {one.id: one.title for one in workspace.portals() if one.id in paused} if paused else {}
    return Queue(tuple(workspace.outbox.queue()), names, generation)
