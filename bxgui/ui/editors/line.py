"""A line that becomes an editor of several lines when a line break is pasted into it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from bxgui.ui import theme
from bxgui.ui.editors.checks import Check, no_check
from bxgui.ui.editors.editor import NO_LIMIT, Editor, empty_text
from bxgui.ui.editors.text import TextEditor
from bxgui.ui.widgets import plain_tip


class LineEditor(Editor):
    """One line, kept as it is typed; what is not a value is marked, with the reason."""

    def __init__(self, hint: str = "", check: Check = no_check) -> None:
        super().__init__()
        self._hint = hint
        self._check = check
        self._mark: QAction | None = None
        self._grown: TextEditor | None = None
        self.line = self._make_line()
        self.line.setMaxLength(NO_LIMIT)
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self._on_edited)
        self._take(self.line)

    def text(self) -> str:
        """The text, of one line or several."""
        return self.line.text() if self._grown is None else self._grown.text()

    def show_text(self, text: str) -> None:
        """Show a text; one of several lines has room for them."""
        if "\n" in text:
            self._grow().show_text(text)
        elif self._grown is not None:
            self._shrink()
        if self._grown is None and text != self.line.text():
            self.line.setText(text)
        self._judge()

    def show_sent(self, sent: bool) -> None:
        """Tell in the empty line what is sent."""
        self.line.setPlaceholderText(empty_text(self._when_empty, sent, self._hint))
        if self._grown is not None:
            self._grown.show_sent(sent)

    def _make_line(self) -> QLineEdit:
        return QLineEdit(self)

    def _put(self, text: str) -> None:
        """Take a text that a person has chosen elsewhere."""
        self.show_text(text)
        self.edited.emit()

    def _on_edited(self, text: str) -> None:
        if "\n" in text:
            focused = self.line.hasFocus()
            grown = self._grow()
            grown.show_text(text.replace("\r\n", "\n"))
            grown.go_to_end()
            if focused:
                self.setFocus()
        self._judge()
        self.edited.emit()

    def _judge(self) -> None:
        self._complain(self._check(self.text()))
        if self._mark is not None:
            self.line.removeAction(self._mark)
            self._mark.deleteLater()
            self._mark = None
        if self._complaint:
            self._mark = QAction(theme.mark("warning", theme.WARN.colour), "", self)
            self._mark.setToolTip(self._complaint)
            self.line.addAction(self._mark, QLineEdit.ActionPosition.TrailingPosition)
        self.line.setToolTip(plain_tip(self._complaint))

    def _grow(self) -> TextEditor:
        if self._grown is None:
            self._grown = TextEditor(self._hint)
            self._grown.say_when_empty(self._when_empty)
            self._grown.edited.connect(self._on_grown_edited)
            self.line.hide()
            self._take(self._grown)
            self.setFocusProxy(self._grown.stops()[0])
            self._grown.height_changed.connect(self._change_height)
            self._grown.show()
            self._tell_changed()
        return self._grown

    def _on_grown_edited(self) -> None:
        self._judge()
        self.edited.emit()

    def _shrink(self) -> None:
        if self._grown is not None:
            self._grown.hide()
            self._grown.deleteLater()
            self._grown = None
            self.line.show()
            self._take(self.line)
            self._tell_changed()

    def _tell_changed(self) -> None:
        self.stops_changed.emit()
        self._change_height()

    def _name_inner(self) -> None:
        super()._name_inner()
        if self._grown is not None:
            self._grown.introduce(self.accessibleName(), self._explained)


class OpeningLine(QLineEdit):
    """A line that something opens from, by F4 or Alt+Down."""

    opening_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for what opens."""
        alt_down = event.key() == Qt.Key.Key_Down and (
            event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if event.key() == Qt.Key.Key_F4 or alt_down:
            self.opening_asked.emit()
        else:
            super().keyPressEvent(event)


class OpeningEditor(LineEditor):
    """A line with a button at its end that opens something."""

    def __init__(self, hint: str, mark: str, tip: str, check: Check = no_check) -> None:
        super().__init__(hint, check)
        button = QAction(theme.mark(mark, theme.QUIET.colour), tip, self)
        button.setToolTip(tip)
        button.triggered.connect(self._open)
        self.line.addAction(button, QLineEdit.ActionPosition.TrailingPosition)

    def _make_line(self) -> QLineEdit:
        line = OpeningLine(self)
        line.opening_asked.connect(self._open)
        return line

    def _open(self) -> None:
        raise NotImplementedError
