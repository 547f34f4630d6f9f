"""Opens the queue, and tells of it: there only while something waits, or is paused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QToolButton

from bxgui.ui import theme
from bxgui.ui.queue.queue_texts import is_brief, loudest, mark_of, summary_text
from bxgui.ui.queue.queue_watch import QueueWatch

_TICK_MILLISECONDS = 1000


class QueueButton(QToolButton):
    """How many replies wait, and for what; `emptied` comes when what it opened is empty."""

    emptied = Signal()

    def __init__(self, watch: QueueWatch, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._watch = watch
        self._now = now
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(14, 14))
        self.setToolTip(self.tr("Replies that have not gone out yet"))
        self.setFont(theme.bold(self.font()))
        self.hide()
        watch.changed.connect(self._show)
        ticker = QTimer(self, interval=_TICK_MILLISECONDS)
        ticker.timeout.connect(self._show)
        ticker.start()

    def _show(self) -> None:
        queue, now = self._watch.queue, self._now()
        paused, opened = bool(queue.paused), self.isChecked() and bool(queue.replies)
        if not paused and not opened and all(is_brief(one, now) for one in queue.replies):
            if self.isChecked():
                self.emptied.emit()
            self.hide()
            return
        tint, shape = mark_of(loudest(queue.replies, paused=paused))
        self.setIcon(theme.mark(shape, tint.colour))
        text = summary_text(queue.replies, paused=paused, now=now)
        self.setText(text)
        self.setAccessibleName(text)
        self.show()
