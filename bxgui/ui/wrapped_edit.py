"""A plain text editor that wraps its lines, however long their words are."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

# Qt looks for the boundaries of a word again in each of its lines: 1 MB would take a minute.
_VERY_LONG_WORD = re.compile(r"\S{10000}")


class WrappedEdit(QPlainTextEdit):
    """Wraps at words, or anywhere as soon as a very long one is shown or pasted."""

    def setPlainText(self, text: str) -> None:
        """Wrap as this text needs it, and at words again only when no long one stands here."""
        is_long = self._make_room_for(text)
        super().setPlainText(text)
        if not is_long:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Wrap as the text needs it with what is pasted or dropped."""
        self._make_room_for(f"{self.toPlainText()}{source.text()}")
        super().insertFromMimeData(source)

    def _make_room_for(self, text: str) -> bool:
        is_long = _VERY_LONG_WORD.search(text) is not None
        if is_long:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        return is_long
