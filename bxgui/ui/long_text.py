"""A text in the font for code that may be huge: its first part is shown, and all when asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bxgui.ui.widgets import code_view, push_button

MOST_SHOWN = 256 * 1024


class LongText(QWidget):
    """Shows parts of a text, each up to 262,144 characters until "Show all" is clicked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._parts: tuple[str, ...] = ()
        self.code = code_view(name)
        self.button = push_button(self.tr("Show all"), self._show_all)
        self.button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.code, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_parts(self, parts: Sequence[str]) -> None:
        """Show the parts one below the other."""
        self._parts = tuple(parts)
        is_long = any(len(part) > MOST_SHOWN for part in parts)
        self.button.setVisible(is_long)
        self.code.setPlainText("\n".join(map(_beginning, parts)))

    def clear(self) -> None:
        """Show nothing."""
        self.show_parts(())

    def find_next(self, text: str) -> None:
        """Select the next place of a text behind the cursor, or the first one after the last."""
        if self.code.find(text):
            return
        if not self.button.isHidden():
            self._show_all()
        self.code.moveCursor(QTextCursor.MoveOperation.Start)
        self.code.find(text)

    def _show_all(self) -> None:
        self.button.hide()
        self.code.setPlainText("\n".join(self._parts))


def _beginning(part: str) -> str:
    return part if len(part) <= MOST_SHOWN else f"{part[:MOST_SHOWN]}…"
