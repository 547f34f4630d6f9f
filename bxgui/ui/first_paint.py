"""Tells when a window has been painted for the first time: what it shows may be loaded now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

# A window that starts minimized is not painted, and its work begins all the same.
_PATIENCE_MILLISECONDS = 1000


class FirstPaint(QObject):
    """`happened` comes once, after the window was painted or could have been."""

    happened = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._over = QTimer(self, singleShot=True, interval=_PATIENCE_MILLISECONDS)
        self._over.timeout.connect(self._conclude)
        self._over.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The event comes before the painting: what follows it in the event loop, after."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._over.start(0)
        return super().eventFilter(watched, event)

    def _conclude(self) -> None:
        self._window.removeEventFilter(self)
        self.happened.emit()
