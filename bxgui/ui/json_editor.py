"""The JSON view of a reply's values."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from bxgui.ui import theme


class JsonEditor(QPlainTextEdit):
    """Edits JSON; `edited` comes only when a person has changed it."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.fixed_font())
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Return values as JSON"))
        self._showing = False
        self.textChanged.connect(self._on_changed)

    def show_text(self, text: str) -> None:
        """Show a text without `edited`; an equal one keeps cursor and undo."""
        if text != self.toPlainText():
            self._showing = True
            self.setPlainText(text)
            self._showing = False

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor at a place, counted from 1."""
        cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        move = QTextCursor.MoveOperation.Right
        length = max(cursor.block().length() - 1, 0)
        cursor.movePosition(move, QTextCursor.MoveMode.MoveAnchor, min(column - 1, length))
        self.setTextCursor(cursor)
        self.setFocus()

    def _on_changed(self) -> None:
        if not self._showing:
            self.edited.emit()
