"""A list of values: each edited by its type's editor, added, removed, put in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from bxgui.core.value_rows import ValueRow
from bxgui.ui.editors.checks import Check
from bxgui.ui.editors.editor import Editor, RowEditor
from bxgui.ui.editors.items_model import ItemsModel
from bxgui.ui.editors.items_view import ItemsView
from bxgui.ui.widgets import tool_button


@dataclass(frozen=True, slots=True)
class ItemKind:
    """How one item is edited, shown and checked; one with `lines` may hold line breaks."""

    make: Callable[[], Editor]
    shown: Callable[[str], str]
    check: Check
    lines: bool = False


class ItemsEditor(RowEditor):
    """Edits the items of a Multiple value; several lines pasted into one become an item each."""

    def __init__(self, kind: ItemKind) -> None:
        super().__init__()
        self._lines = kind.lines
        self._model = ItemsModel(kind.shown, kind.check, self)
        rows = 2 if kind.lines else 1
        self.view = ItemsView(self._model, kind.make, self._item_name, rows)
        self.view.typed.connect(self._on_typed)
        self.view.add_asked.connect(self._add)
        self.view.height_changed.connect(self.height_changed)
        self.view.stops_changed.connect(self.stops_changed)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._update())
        self._add_button = self._button(self.tr("+ Add"), self._add, "Alt+Ins", self.tr("Add item"))
        self._add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._remove_button = self._button("✕", self._remove, "Alt+Del", self.tr("Remove item"))
        self._up_button = self._button("↑", self._up, "Alt+Up", self.tr("Move item up"))
        self._down_button = self._button("↓", self._down, "Alt+Down", self.tr("Move item down"))
        self._lay_out()
        self.setFocusProxy(self.view)
        self._update()

    def show_row(self, row: ValueRow) -> None:
        """Show the row's items."""
        if row.items != self._model.items():
            self._model.show_items(row.items)
            self._update()
        words = self._when_empty
        self.view.show_when_empty(words.empty_list if row.sent else words.unset)

    def carried(self, row: ValueRow) -> ValueRow:
        """The row with the items."""
        return replace(row, items=self._model.items())

    def stops(self) -> list[QWidget]:
        """The list, the item edited in it, and the button that adds one."""
        return [*self.view.stops(), self._add_button]

    def introduce(self, name: str, explained: str) -> None:
        """Tell with the rest which keys there are."""
        keys = self.tr(
            "Enter adds an item, Alt+Del removes it, Alt+Up and Alt+Down move it, "
            "Ctrl+Shift+V pastes lines."
        )
        super().introduce(name, "\n".join(filter(None, (explained, keys))))

    def _button(self, text: str, act: Callable[[], None], keys: str, name: str) -> QToolButton:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button = tool_button(text, act, f"{name} ({shown})")
        # The keys do the same from within an item; the way by Tab stays short.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _lay_out(self) -> None:
        paste = self._button(
            self.tr("Paste lines"),
            self._paste,
            "Ctrl+Shift+V",
            self.tr("Paste each line of the clipboard as an item"),
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (
            self._add_button,
            self._remove_button,
            self._up_button,
            self._down_button,
            paste,
        ):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.view)
        layout.addLayout(buttons)

    def _item_name(self, number: int) -> str:
        text = self.tr("Item %1 of %2").replace("%1", str(number + 1))
        return text.replace("%2", self.accessibleName())

    def _update(self) -> None:
        row, last = self.view.currentIndex().row(), self._model.rowCount() - 1
        self._remove_button.setEnabled(row >= 0)
        self._up_button.setEnabled(row > 0)
        self._down_button.setEnabled(0 <= row < last)

    def _changed(self, current: int) -> None:
        self.view.go_to(min(current, self._model.rowCount() - 1))
        self._update()
        self.edited.emit()

    def _on_typed(self, row: int, text: str) -> None:
        lines = [] if self._lines else _lines(text)
        self._model.put(row, lines[0] if lines else text)
        if len(lines) > 1:
            self._model.insert(row + 1, lines[1:])
            self._changed(row + len(lines) - 1)
        else:
            self.edited.emit()

    def _add(self) -> None:
        row = self.view.currentIndex().row() + 1 or self._model.rowCount()
        self._model.insert(row, [""])
        self._changed(row)

    def _paste(self) -> None:
        lines = _lines(QGuiApplication.clipboard().text())
        row = self.view.currentIndex().row() + 1 or self._model.rowCount()
        if row and not self._model.items()[row - 1]:
            row -= 1
            self._model.remove(row)
        if lines:
            self._model.insert(row, lines)
            self._changed(row + len(lines) - 1)

    def _remove(self) -> None:
        row = self.view.currentIndex().row()
        if row >= 0:
            self._model.remove(row)
            self._changed(row)

    def _up(self) -> None:
        row = self.view.currentIndex().row()
        if row > 0:
            self._model.swap(row - 1)
            self._changed(row - 1)

    def _down(self) -> None:
        row = self.view.currentIndex().row()
        if 0 <= row < self._model.rowCount() - 1:
            self._model.swap(row)
            self._changed(row + 1)


def _lines(text: str) -> list[str]:
    """The lines of a pasted text; one that the last line break begins is none."""
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines
