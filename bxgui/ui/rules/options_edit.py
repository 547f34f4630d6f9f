"""Edits the options of a property: keys, and a title for each in every language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.local_text import NO_TEXT, LocalText, with_text
from bxgui.ui.rules.languages import AddLanguage, language_text
from bxgui.ui.widgets import has_cursor, tool_button

Options = tuple[tuple[str, LocalText], ...]
_KEY = 0
_ROWS = 5


class OptionsEdit(QWidget):
    """A table with a line for each option; `edited` comes when a person has changed it."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._options: Options = ()
        self._languages: list[str] = [""]
        self._showing = False
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(self.tr("Options"))
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        line = self.table.fontMetrics().height() + 8
        self.table.verticalHeader().setDefaultSectionSize(line)
        self.table.setFixedHeight(line * _ROWS + header.sizeHint().height() + 4)
        self.table.itemChanged.connect(self._on_item)
        self.table.currentCellChanged.connect(lambda *_: self._update())
        self._add_language = AddLanguage(self.tr("titles of options"), self._on_language)
        self._add = self._button(self.tr("+ Add"), self._on_add, "Alt+Ins", self.tr("Add option"))
        self._remove = self._button("✕", self._on_remove, "Alt+Del", self.tr("Remove option"))
        self._up = self._button("↑", lambda: self._move(-1), "Alt+Up", self.tr("Move option up"))
        self._down = self._button(
            "↓", lambda: self._move(1), "Alt+Down", self.tr("Move option down")
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        self._buttons = (self._add, self._remove, self._up, self._down, self._add_language)
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.table)
        layout.addLayout(buttons)
        self._update()

    def options(self) -> Options:
        """The options as they stand."""
        return self._options

    def show_options(self, options: Options) -> None:
        """Show options, without `edited`."""
        if options != self._options:
            self._options = options
            self._languages = _languages(options)
            self._fill()

    def stops(self) -> list[QWidget]:
        """Where the Tab key halts, in order."""
        return [self.table, *self._buttons]

    def _fill(self) -> None:
        row, column = self.table.currentRow(), self.table.currentColumn()
        self._showing = True
        self.table.setRowCount(len(self._options))
        self.table.setColumnCount(1 + len(self._languages))
        titles = [self.tr("Title")] if self._languages == [""] else self._languages
        shown = [language_text(one) for one in titles]
        self.table.setHorizontalHeaderLabels([self.tr("Key"), *shown])
        for number, (key, title) in enumerate(self._options):
            said = dict(title.texts)
            for place, text in enumerate((key, *(said.get(one, "") for one in self._languages))):
                self.table.setItem(number, place, QTableWidgetItem(text))
        self._showing = False
        last = len(self._options) - 1
        self.table.setCurrentCell(min(max(row, 0), last), max(column, 0))
        self._add_language.offer_without(self._languages)
        self._update()

    def _button(self, text: str, act: Callable[[], None], keys: str, name: str) -> QToolButton:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        return tool_button(text, act, f"{name} ({shown})")

    def _update(self) -> None:
        row, last = self.table.currentRow(), len(self._options) - 1
        self._remove.setEnabled(row >= 0)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < last)

    def _on_item(self, item: QTableWidgetItem) -> None:
        if self._showing:
            return
        row, column = item.row(), item.column()
        key, title = self._options[row]
        if column == _KEY:
            key = item.text().strip()
        else:
            title = with_text(title, self._languages[column - 1], item.text())
        self._put(row, (key, title))

    def _put(self, row: int, option: tuple[str, LocalText]) -> None:
        self._options = (*self._options[:row], option, *self._options[row + 1 :])
        self.edited.emit()

    def _end_editing(self) -> None:
        """Take what stands in a cell that is being edited, before lines go elsewhere."""
        if has_cursor(self.table):
            self.table.setFocus()

    def _on_add(self) -> None:
        self._end_editing()
        row = self.table.currentRow() + 1 or len(self._options)
        self._change((*self._options[:row], ("", NO_TEXT), *self._options[row:]), row)
        self.table.setCurrentCell(row, _KEY)
        self.table.edit(self.table.currentIndex())

    def _on_remove(self) -> None:
        self._end_editing()
        row = self.table.currentRow()
        if row >= 0:
            self._change((*self._options[:row], *self._options[row + 1 :]), row)

    def _move(self, step: int) -> None:
        self._end_editing()
        row = self.table.currentRow()
        other = row + step
        if row >= 0 and 0 <= other < len(self._options):
            options = list(self._options)
            options[row], options[other] = options[other], options[row]
            self._change(tuple(options), other)

    def _on_language(self, language: str) -> None:
        if self._languages == [""]:
            self._languages = [] if not any(title.texts for _, title in self._options) else [""]
        self._languages = [*self._languages, language]
        self._fill()
        self.table.setFocus()
        self.table.setCurrentCell(self.table.currentRow(), len(self._languages))

    def _change(self, options: Options, row: int) -> None:
        self._options = options
        self._fill()
        self.table.setCurrentCell(min(row, len(options) - 1), max(self.table.currentColumn(), 0))
        self.edited.emit()


def _languages(options: Options) -> list[str]:
    """The languages of all titles in their order; none in particular where there is no title."""
    found = dict.fromkeys(language for _, title in options for language, _ in title.texts)
    return list(found) or [""]
