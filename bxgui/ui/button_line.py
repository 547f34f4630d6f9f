"""Buttons side by side, or one below the other where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

_GAP = 6


class ButtonLine(QWidget):
    """Takes the direction that its width allows."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._buttons = buttons
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 4, 0, 0)
        self._line.setSpacing(_GAP)
        for button in buttons:
            self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._line.addStretch()

    def arrange(self) -> None:
        """Fit the buttons that are not hidden into the width."""
        shown = [one for one in self._buttons if not one.isHidden()]
        self.setVisible(bool(shown))
        wanted = sum(one.sizeHint().width() + _GAP for one in shown)
        way = QBoxLayout.Direction
        fits = not self.width() or wanted <= self.width() + _GAP
        self._line.setDirection(way.LeftToRight if fits else way.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        """Room for the widest button: the others go below it."""
        hint = super().minimumSizeHint()
        shown = [one.sizeHint().width() for one in self._buttons if not one.isHidden()]
        return QSize(max(shown, default=0), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the direction that fits the new width."""
        super().resizeEvent(event)
        self.arrange()
