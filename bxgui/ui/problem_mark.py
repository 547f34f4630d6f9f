"""How a place is marked in a text that cannot be read."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from bxgui.ui import theme

_BEHIND = 60


def problem_mark(cursor: QTextCursor, *, tinted: bool = False) -> QTextEdit.ExtraSelection:
    """The letter at the cursor underlined, or the one before it at a line's end."""
    if cursor.atBlockEnd():
        cursor.movePosition(QTextCursor.MoveOperation.Left)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
    marked = QTextEdit.ExtraSelection()
    marked.cursor = cursor
    form = QTextCharFormat()
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    form.setUnderlineColor(theme.BAD.colour)
    if tinted:
        behind = theme.BAD.colour
        behind.setAlpha(_BEHIND)
        form.setBackground(behind)
    marked.format = form
    return marked
