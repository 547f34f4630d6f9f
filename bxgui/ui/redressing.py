"""Has every widget follow the system from light to dark and back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Redressing(QObject):
    """Watches a window: with a style sheet of the application, Qt tells windows alone."""

    def __init__(self, dressed: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._dressed = dressed
        self._palette = QApplication.palette()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._dress_again)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the palette when the window's has changed."""
        if event.type() == QEvent.Type.PaletteChange:
            self._later.start()
        return super().eventFilter(watched, event)

    def _dress_again(self) -> None:
        if QApplication.palette() != self._palette:
            self._palette = QApplication.palette()
            self._dressed.setStyleSheet(self._dressed.styleSheet())
