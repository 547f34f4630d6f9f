"""One editor per type of return value; each edits the text of a row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QTextOption
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from bxgui.core.schema import ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui import language, theme
from bxgui.ui.widgets import exact_text

_HINTS = {
    ValueType.DATE: "31.12.2026",
    ValueType.DATETIME: "31.12.2026 18:30:00",
    ValueType.TIME: "18:30",
    ValueType.USER: "user_1",
    ValueType.FILE: "123",
    ValueType.INT: "0",
    ValueType.DOUBLE: "0.0",
    ValueType.JSON: '{"key": "value"}',
}
_ROWS_OF_TEXT = 2
_MOST_ROWS_OF_TEXT = 9
# A line editor cuts what is longer than 32,767 characters, unless told otherwise.
NO_LIMIT = 2**31 - 1


class Editor(QWidget):
    """Edits a text; `edited` comes when a person, not the program, has changed it."""

    edited = Signal()

    def text(self) -> str:
        """The text as it is typed."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Show a text without `edited`."""
        raise NotImplementedError

    def fits(self, _text: str) -> bool:
        """Whether the text can be seen as it is."""
        return True


class LineEditor(Editor):
    """One line."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._line = QLineEdit()
        self._line.setMaxLength(NO_LIMIT)
        self._line.setPlaceholderText(hint)
        self._line.textEdited.connect(self.edited)
        _fill(self, self._line)

    def text(self) -> str:
        """The line."""
        return self._line.text()

    def show_text(self, text: str) -> None:
        """Show a line."""
        if text != self._line.text():
            self._line.setText(text)

    def fits(self, text: str) -> bool:
        """One line only."""
        return "\n" not in text


class TextEditor(Editor):
    """Several lines, with room for more the more there are."""

    def __init__(self, hint: str, *, code: bool = False) -> None:
        super().__init__()
        self._edit = QPlainTextEdit()
        self._edit.setPlaceholderText(hint)
        self._edit.setTabChangesFocus(True)
        if code:
            self._edit.setFont(theme.fixed_font())
            self._edit.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._showing = False
        self._given = self._given_shown = ""
        self._edit.textChanged.connect(self._on_changed)
        _fill(self, self._edit)
        self._fit()

    def text(self) -> str:
        """The text, lines parted by a line feed; one that nobody edited is as it was given."""
        text = exact_text(self._edit)
        return self._given if text == self._given_shown else text

    def show_text(self, text: str) -> None:
        """Show a text."""
        if text != self.text():
            self._showing = True
            self._edit.setPlainText(text)
            self._showing = False
            self._given, self._given_shown = text, exact_text(self._edit)

    def _on_changed(self) -> None:
        self._fit()
        if not self._showing:
            self.edited.emit()

    def _fit(self) -> None:
        lines = min(max(self._edit.blockCount(), _ROWS_OF_TEXT), _MOST_ROWS_OF_TEXT)
        height = QFontMetrics(self._edit.font()).lineSpacing() * lines + 14
        self._edit.setFixedHeight(height)


class ChoiceEditor(Editor):
    """A choice among texts, each shown by its title."""

    def __init__(self, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._box = QComboBox()
        self._box.addItem("", "")
        for key, title in choices:
            self._box.addItem(f"{title}  ({key})" if title and title != key else key, key)
        self._box.activated.connect(lambda _index: self.edited.emit())
        # A wheel turned over a long form must not change what will be sent.
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        _fill(self, self._box)

    def text(self) -> str:
        """The key chosen."""
        return str(self._box.currentData())

    def show_text(self, text: str) -> None:
        """Choose a key; one that is not offered is added as it is."""
        index = self._box.findData(text)
        if index < 0:
            self._box.addItem(text, text)
            index = self._box.count() - 1
        self._box.setCurrentIndex(index)


def make_editor(row: ValueRow, yes: str, no: str, line_hint: str) -> Editor:
    """The editor for a row's type; `line_hint` tells that a list has one value a line."""
    if row.multiple:
        return TextEditor(line_hint)
    if row.type is ValueType.BOOL:
        return ChoiceEditor((("Y", yes), ("N", no)))
    if row.type is ValueType.SELECT and row.entry is not None and row.entry.options:
        spoken = language.current()
        return ChoiceEditor(tuple((key, title.read(spoken)) for key, title in row.entry.options))
    if row.type in {ValueType.TEXT, ValueType.JSON} or "\n" in row.text:
        return TextEditor(_HINTS.get(row.type, ""), code=row.type is ValueType.JSON)
    return LineEditor(_HINTS.get(row.type, ""))


def _fill(outer: QWidget, inner: QWidget) -> None:
    layout = QHBoxLayout(outer)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inner)
    outer.setFocusProxy(inner)
    outer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
