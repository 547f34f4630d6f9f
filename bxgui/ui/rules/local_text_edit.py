"""Edits a text in all its languages."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from bxgui.core.local_text import NO_TEXT, LocalText, spoken, without_language
from bxgui.ui import language as languages
from bxgui.ui import theme
from bxgui.ui.editors.editor import Editor
from bxgui.ui.editors.line import LineEditor
from bxgui.ui.editors.text import TextEditor
from bxgui.ui.rules.languages import AddLanguage, language_text
from bxgui.ui.widgets import plain_label, tint, tool_button


@dataclass(frozen=True, slots=True)
class _Line:
    """The widgets of one language."""

    language: str
    label: QLabel
    editor: Editor
    remove: QToolButton


class LocalTextEdit(QWidget):
    """A line for each language.

    `edited` comes when a person has changed it, `stops_changed` when the Tab key is to halt
    elsewhere.
    """

    edited = Signal()
    stops_changed = Signal()

    def __init__(self, name: str, *, lines: bool = False) -> None:
        super().__init__()
        self._name = name
        self._has_lines = lines
        self._text = NO_TEXT
        self._lines: list[_Line] = []
        self._add = AddLanguage(name, self._on_language)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._rebuild()

    def text(self) -> LocalText:
        """The text as it stands."""
        return self._text

    def show_text(self, text: LocalText) -> None:
        """Show a text, without `edited`."""
        self._text = text
        if [line.language for line in self._lines] != _shown_languages(text):
            self._rebuild()
        said = dict(text.texts)
        for line in self._lines:
            line.editor.show_text(said.get(line.language, ""))

    def stops(self) -> list[QWidget]:
        """Where the Tab key halts, in order."""
        of_lines = ([line.editor, line.remove] for line in self._lines)
        return [*(stop for stops in of_lines for stop in stops), self._add]

    def _rebuild(self) -> None:
        for line in self._lines:
            for widget in (line.label, line.editor, line.remove):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        shown = _shown_languages(self._text)
        self._lines = [self._make_line(language) for language in shown]
        for row, line in enumerate(self._lines):
            self._grid.addWidget(line.label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(line.editor, row, 1)
            self._grid.addWidget(line.remove, row, 2, Qt.AlignmentFlag.AlignTop)
            # Only now that they are in a window: by themselves they would open one each.
            for widget in (line.label, line.remove):
                widget.setVisible(shown != [""])
        self._grid.addWidget(self._add, len(shown), 1, Qt.AlignmentFlag.AlignLeft)
        self._add.offer_without(shown)
        self.stops_changed.emit()

    def _make_line(self, language: str) -> _Line:
        shown = language_text(language)
        label = plain_label(shown)
        label.setContentsMargins(0, 4, 0, 0)
        tint(label, theme.QUIET)
        editor: Editor = TextEditor() if self._has_lines else LineEditor()
        # Without one, Qt does not move it, and what is in it, in the way of the Tab key.
        editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        editor.introduce(f"{self._name} ({shown})", "")
        editor.stops_changed.connect(self.stops_changed)
        editor.edited.connect(lambda: self._on_edited(language, editor.text()))
        text = self.tr("Remove the language %1: %2").replace("%1", shown)
        remove = tool_button("✕", lambda: self._on_remove(language), text.replace("%2", self._name))
        remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return _Line(language, label, editor, remove)

    def _on_edited(self, language: str, said: str) -> None:
        texts = {**dict(self._text.texts), language: said}
        # A plain text that is empty is no text; an empty one in a language may be meant.
        self._text = LocalText(tuple((one, text) for one, text in texts.items() if one or text))
        self.edited.emit()

    def _on_language(self, language: str) -> None:
        plain = spoken(self._text, _own_language(language))
        self._change(LocalText((*plain.texts, (language, ""))))
        self._lines[-1].editor.setFocus()

    def _on_remove(self, language: str) -> None:
        self._change(without_language(self._text, language))
        self._lines[-1].editor.setFocus()

    def _change(self, text: LocalText) -> None:
        self.show_text(text)
        self.edited.emit()


def _shown_languages(text: LocalText) -> list[str]:
    """The languages that have a line: all the text has, or none in particular."""
    return [language for language, _ in text.texts] or [""]


def _own_language(other: str) -> str:
    """The language that a plain text is taken to be in when another one is added."""
    own = languages.current()
    if own != other:
        return own
    return "ru" if other == "en" else "en"
