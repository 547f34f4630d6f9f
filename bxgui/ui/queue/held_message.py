"""Tells of replies that were queued when bxgui ended, and leads to them: none goes by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from bxgui.ui.message_bar import MessageBar
from bxgui.ui.queue.queue_watch import QueueWatch

_SUBJECT = "queue"


class HeldMessage(QObject):
    """A message while replies are held, until it is closed or none is any more."""

    def __init__(
        self, watch: QueueWatch, message: MessageBar, show_queue: Callable[[], None]
    ) -> None:
        super().__init__(message)
        self._watch = watch
        self._message = message
        self._show_queue = show_queue
        self._told = 0
        watch.changed.connect(self._look)

    def _look(self) -> None:
        held = len(self._watch.queue.held)
        if held > self._told:
            self._tell(held)
        elif not held and self._told:
            self._message.clear(_SUBJECT)
        self._told = held

    def _tell(self, held: int) -> None:
        text = self.tr(
            "Replies that waited to be sent when bxgui ended, and were not sent: %1. Nothing goes "
            "by itself: send them from the queue, or take them back."
        )
        self._message.show_message(
            text.replace("%1", str(held)),
            subject=_SUBJECT,
            button=self.tr("Show the queue"),
            action=self._show_queue,
        )
