"""Texts that take the room they need where there is room, and scroll where there is not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

_LEAST_LINES = 4


class FittingScroll(QScrollArea):
    """As high as its content, or lower where the window is low, yet never below four lines."""

    def __init__(self, content: QLayout) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        page = QWidget()
        page.setLayout(content)
        self._content = content
        self.setWidget(page)
        for one in (self.viewport(), page):
            one.setAutoFillBackground(False)
        self._first: QWidget | None = None
        self.verticalScrollBar().rangeChanged.connect(self._scroll_on)

    def fit(self, first: QWidget | None = None) -> None:
        """Take the height of what the content is now; begin with what is new in it."""
        self._first = first
        self.updateGeometry()
        self._scroll_on()

    def sizeHint(self) -> QSize:
        """The height of the whole content at this width."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Room for four lines, or for all where there are fewer."""
        least = self.fontMetrics().lineSpacing() * _LEAST_LINES
        return QSize(super().minimumSizeHint().width(), min(least, self._height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _scroll_on(self) -> None:
        """The height of what is new is not known before it is laid out."""
        if self._first is not None:
            self.verticalScrollBar().setValue(self._first.y())

    def _height(self) -> int:
        return self._content.heightForWidth(self.viewport().width())
