"""The JSON view of a reply's values."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from bxgui.ui import theme
from bxgui.ui.widgets import exact_text

# An editor takes these for its own structure; JSON can write them in another way.
_ESCAPED = {code: f"\\u{code:04x}" for code in (0x2028, 0x2029, 0xFDD0, 0xFDD1)}


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

    def text(self) -> str:
        """The JSON as it is typed."""
        return exact_text(self)

    def show_text(self, text: str) -> None:
        """Show a text without `edited`; an equal one keeps cursor and undo."""
        shown = text.translate(_ESCAPED)
        if shown != self.text():
            self._showing = True
            self.setPlainText(shown)
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
