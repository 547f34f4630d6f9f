"""Tells of replies that were queued when bxgui ended, and takes them back: none goes by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bxgui.core.queued import Waits
from bxgui.ui.desk import Desk
from bxgui.ui.message_bar import MessageBar

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

_SUBJECT = "queue"


class LeftReplies(QObject):
    """Looks once, when the store has been opened."""

    def __init__(self, desk: Desk, message: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._message = message
        desk.opened.connect(self._look)

    def _look(self) -> None:
        self._desk.ask(_held, self._show)

    def _show(self, reply_ids: Sequence[int]) -> None:
        if not reply_ids:
            return
        text = self.tr(
            "Replies that waited to be sent when bxgui ended, and were not sent: %1. "
            "Take them back to look at them and to send them again."
        )
        self._message.show_message(
            text.replace("%1", str(len(reply_ids))),
            subject=_SUBJECT,
            button=self.tr("Take back"),
            action=lambda: self._take_back(reply_ids),
        )

    def _take_back(self, reply_ids: Sequence[int]) -> None:
        def take_back(workspace: Workspace) -> None:
            for reply_id in reply_ids:
                workspace.outbox.cancel(reply_id)

        def done(_: None) -> None:
            self._message.clear(_SUBJECT)
            self._desk.note_change()

        self._desk.ask(take_back, done)


def _held(workspace: Workspace) -> list[int]:
    """Replies whose program has ended."""
    return [one.reply_id for one in workspace.outbox.queue() if one.waits is Waits.HELD]
