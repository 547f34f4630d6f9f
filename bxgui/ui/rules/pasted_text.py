"""The text that a registration is read from: typed, pasted, or dropped."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from bxgui.ui import theme
from bxgui.ui.problem_mark import problem_mark
from bxgui.ui.widgets import exact_text, plain_tip


class PastedText(QPlainTextEdit):
    """Edits code; `file_dropped` carries the path of a file that was dropped or pasted."""

    file_dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.fixed_font())
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Text of the registration"))

    def text(self) -> str:
        """The text as it stands."""
        return exact_text(self)

    def put_text(self, text: str) -> None:
        """Put another text in the place of the whole, which can be undone."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take a file too."""
        return bool(_file(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Hand a file on; insert what is no file."""
        path = _file(source)
        if path:
            self.file_dropped.emit(path)
        else:
            super().insertFromMimeData(source)

    def mark_problem(self, problem: str, line: int = 0, column: int = 0) -> None:
        """Underline where a text cannot be read, and tell why; an empty text takes it back."""
        self.setAccessibleDescription(problem)
        self.setToolTip(plain_tip(problem))
        mark = [problem_mark(self._cursor(line, column), tinted=True)] if line else []
        self.setExtraSelections(mark)

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the cursor at a place."""
        self.setTextCursor(self._cursor(line, column))
        self.setFocus()

    def _cursor(self, line: int, column: int) -> QTextCursor:
        """A cursor at a place, both counted from 1; Qt counts letters beyond U+FFFF twice."""
        lines = self.text().split("\n")
        before = "\n".join((*lines[: line - 1], lines[min(line, len(lines)) - 1][: column - 1]))
        cursor = QTextCursor(self.document())
        cursor.setPosition(len(before.encode("utf-16-le", "surrogatepass")) // 2)
        return cursor


def _file(source: QMimeData) -> str:
    """The path of the one file that it names."""
    urls = source.urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""
