"""The splitter between the call and the history below it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

# What a form with a card below it wants, and what a history of three lines needs.
_UPPER = 440
_LEAST = 130
_USUAL_SHARE = 0.28


class LowerPane(QSplitter):
    """Gives a low window's height to what is above, until a person has moved the handle."""

    def __init__(self, upper: QWidget, lower: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.addWidget(upper)
        self.addWidget(lower)
        self._is_chosen = False
        self.splitterMoved.connect(self._on_moved)

    def choice(self) -> QByteArray | None:
        """The sizes as a person has chosen them, or None."""
        return self.saveState() if self._is_chosen else None

    def restore(self, choice: QByteArray) -> None:
        """Take sizes chosen before."""
        self._is_chosen = self.restoreState(choice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out a new height."""
        super().resizeEvent(event)
        if not self._is_chosen:
            height = event.size().height() - self.handleWidth()
            lower = lower_height(height)
            self.setSizes([height - lower, lower])

    def _on_moved(self, _place: int, _handle: int) -> None:
        self._is_chosen = True


def lower_height(height: int) -> int:
    """The height of the lower part: its share, or less where the upper one needs it."""
    return max(_LEAST, min(round(height * _USUAL_SHARE), height - _UPPER))
