"""What the reply of a form waits for, once it does not go out at once, and how to stop it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from bxgui.core.queued import QueuedReply, Waits
from bxgui.core.records import CallDetail
from bxgui.ui import texts, theme
from bxgui.ui.queue.queue_actions import QueueActions
from bxgui.ui.queue.queue_texts import is_brief, mark_of, progress_text
from bxgui.ui.queue.queue_watch import QueueWatch
from bxgui.ui.widgets import plain_label, push_button, selectable_label

_TICK_MILLISECONDS = 1000


class ReplyProgress(QFrame):
    """Follows the reply to the call shown; `waits` tells whether there is one to tell of."""

    waits = Signal(bool)
    queue_asked = Signal()

    def __init__(
        self, watch: QueueWatch, actions: QueueActions, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.setObjectName("replyProgress")
        self.setAccessibleName(self.tr("What the reply waits for"))
        self._watch = watch
        self._actions = actions
        self._now = now
        self._call_id: int | None = None
        self._shown: QueuedReply | None = None
        self._icon = QLabel()
        self._title = plain_label(wrap=True)
        self._title.setFont(theme.bold(self.font()))
        self._why = selectable_label(wrap=True)
        self._stop = push_button("", self._take_back)
        self._go_on = push_button(self.tr("Send it now"), self._send)
        self._lay_out()
        self.hide()
        watch.changed.connect(self._update)
        ticker = QTimer(self, interval=_TICK_MILLISECONDS)
        ticker.timeout.connect(self._update)
        ticker.start()

    def show_call(self, call: CallDetail | None) -> None:
        """Follow the reply to this call from now on."""
        self._call_id = None if call is None else call.row.id
        self._update()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        buttons = QHBoxLayout()
        for button in (self._go_on, self._stop):
            buttons.addWidget(button)
        buttons.addWidget(push_button(self.tr("Show the queue"), self.queue_asked.emit))
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._why)
        layout.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _update(self) -> None:
        one, now = self._reply(), self._now()
        self._shown = one
        if one is not None:
            self._show(one, now)
        self.setVisible(one is not None)
        self.waits.emit(one is not None)

    def _reply(self) -> QueuedReply | None:
        one = None if self._call_id is None else self._watch.of_call(self._call_id)
        return None if one is None or is_brief(one, self._now()) else one

    def _show(self, one: QueuedReply, now: datetime) -> None:
        tint, shape = mark_of(one.waits)
        self._icon.setPixmap(theme.mark(shape, tint.colour, 16).pixmap(16, 16))
        self._title.setText(progress_text(one, now))
        only_then = self.tr("It goes only when you say so.")
        self._why.setText(only_then if one.waits is Waits.HELD else _why(one))
        self._why.setVisible(bool(self._why.text()))
        repeats = one.tries > 0 and one.waits is not Waits.HELD
        self._stop.setText(self.tr("Stop repeating") if repeats else self.tr("Take back"))
        self._stop.setEnabled(one.waits is not Waits.SENDING)
        self._go_on.setVisible(one.waits is Waits.HELD)
        self.setStyleSheet(theme.tinted_frame("replyProgress", tint.colour))

    def _take_back(self) -> None:
        if self._shown is not None:
            self._actions.take_back([self._shown])

    def _send(self) -> None:
        if self._shown is not None:
            self._actions.go_on_with([self._shown])


def _why(one: QueuedReply) -> str:
    """What the last try came to."""
    explanation = one.explanation
    if explanation is None:
        return ""
    return f"{texts.explained(explanation.title)} {texts.executed_text(explanation)}"
