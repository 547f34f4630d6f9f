"""What stands in the list's place when there is nothing to list: why, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from bxgui.ui import theme
from bxgui.ui.widgets import plain_label, push_button


class Emptiness(NamedTuple):
    """A title, sentences, and a button."""

    title: str
    text: str
    button: str = ""
    action: Callable[[], None] | None = None


class EmptyState(QScrollArea):
    """A calm page with one thing to do."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._action: Callable[[], None] | None = None
        self._title = plain_label(wrap=True)
        self._title.setFont(theme.bold(self.font(), 1.25))
        self._text = plain_label(wrap=True)
        self._button = push_button("", self._on_click)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(28, 28, 28, 28)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        self.setWidget(page)

    @property
    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def show_emptiness(self, emptiness: Emptiness) -> None:
        """Say why there is nothing."""
        self._title.setText(emptiness.title)
        self._text.setText(emptiness.text)
        self._button.setText(emptiness.button)
        self._button.setVisible(bool(emptiness.button))
        self._action = emptiness.action

    def _on_click(self) -> None:
        if self._action is not None:
            self._action()
