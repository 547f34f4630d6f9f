"""Edits one of a rule's two schemas: its properties in their order, and the one selected."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.plain_text import brief
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.ui import language, theme
from bxgui.ui.row_texts import kind_text
from bxgui.ui.rules.property_form import PropertyForm
from bxgui.ui.rules.registration_texts import type_text
from bxgui.ui.widgets import plain_label, plain_tip, tint, tool_button

Schema = tuple[RuleProperty, ...]
_LONGEST = 80


class PropertiesEdit(QSplitter):
    """`edited` carries the schema after a change, and where it was made; '' for a step alone."""

    edited = Signal(object, str)

    def __init__(self, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._schema: Schema = ()
        self._bad: Collection[str] = ()
        self._showing = False
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setIconSize(QSize(14, 14))
        self.list.setSpacing(2)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = PropertyForm()
        nothing = plain_label(self.tr("No property yet. Add one, or import the registration."))
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setWordWrap(True)
        tint(nothing, theme.QUIET)
        self._pages = QStackedWidget()
        self._pages.addWidget(nothing)
        self._pages.addWidget(self.form)
        self.add = self._button(self.tr("+ Add"), self._on_add, "Alt+Ins", self.tr("Add property"))
        self._remove = self._button("✕", self._on_remove, "Alt+Del", self.tr("Remove property"))
        self._up = self._button("↑", lambda: self._move(-1), "Alt+Up", self.tr("Move property up"))
        self._down = self._button(
            "↓", lambda: self._move(1), "Alt+Down", self.tr("Move property down")
        )
        self._lay_out()
        self.list.currentRowChanged.connect(self._on_row)
        self.list.model().rowsMoved.connect(self._on_moved)
        self.form.edited.connect(self._on_edited)
        self._update()

    @property
    def schema(self) -> Schema:
        """The properties as they stand."""
        return self._schema

    def show_schema(self, schema: Schema) -> None:
        """Show other properties, without `edited`."""
        row = self.list.currentRow()
        if schema != self._schema:
            self._schema = schema
            self._fill(row)

    def show_bad(self, names: Collection[str]) -> None:
        """Mark the properties that errors are about."""
        if set(names) != set(self._bad):
            self._bad = set(names)
            self._show_marks()

    def go_to(self, name: str, field: str) -> None:
        """Put the cursor into a field of a property."""
        row = next((n for n, entry in enumerate(self._schema) if entry.name == name), -1)
        if row >= 0:
            self.list.setCurrentRow(row)
            self.form.go_to(field)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.add, self._remove, self._up, self._down):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            buttons.addWidget(button)
        buttons.addStretch()
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self.addWidget(left)
        self.addWidget(self._pages)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(9)
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 3)
        self.setSizes([300, 580])

    def _button(self, text: str, act: Callable[[], None], keys: str, name: str) -> QToolButton:
        # The form has lists of its own that take the same keys.
        shortcut = QShortcut(QKeySequence(keys), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        return tool_button(text, act, f"{name} ({shown})")

    def _fill(self, row: int) -> None:
        self._showing = True
        self.list.clear()
        for number, entry in enumerate(self._schema):
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, number)
            self._show_item(item, entry)
            self.list.addItem(item)
        self._showing = False
        self.list.setCurrentRow(min(max(row, 0), len(self._schema) - 1))
        self._on_row(self.list.currentRow())

    def _show_item(self, item: QListWidgetItem, entry: RuleProperty) -> None:
        title = entry.title.read(language.current())
        name = brief(entry.name, _LONGEST) or self.tr("without a name")
        star = " *" if entry.required else ""
        kind = kind_text(type_text(entry), entry.multiple)
        item.setText(f"{name}{star}   {kind}")
        item.setToolTip(plain_tip(f"{name}\n{title}" if title else name))
        is_bad = entry.name in self._bad
        # The others keep room for the mark, or names would not stand below each other.
        item.setIcon(theme.mark("cross", theme.BAD.colour) if is_bad else _blank())
        said = self.tr("%1, has errors").replace("%1", item.text()) if is_bad else item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def _show_marks(self) -> None:
        for row, entry in enumerate(self._schema):
            item = self.list.item(row)
            if item is not None:
                self._show_item(item, entry)

    def _update(self) -> None:
        row, last = self.list.currentRow(), len(self._schema) - 1
        self._remove.setEnabled(row >= 0)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < last)
        self._pages.setCurrentIndex(1 if row >= 0 else 0)

    def _on_row(self, row: int) -> None:
        if not self._showing:
            if 0 <= row < len(self._schema):
                self.form.show_entry(self._schema[row])
            self._update()

    def _on_edited(self, entry: RuleProperty, field: str) -> None:
        row = self.list.currentRow()
        self._schema = (*self._schema[:row], entry, *self._schema[row + 1 :])
        item = self.list.item(row)
        if item is not None:
            self._show_item(item, entry)
        self.edited.emit(self._schema, f"{row} {field or 'KEY'}")

    def _on_add(self) -> None:
        row = self.list.currentRow() + 1
        entry = RuleProperty(_free_name(self._schema), type_name=ValueType.STRING.value)
        self._change((*self._schema[:row], entry, *self._schema[row:]), row)
        self.form.go_to("")

    def _on_remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self._change((*self._schema[:row], *self._schema[row + 1 :]), row)
            self.list.setFocus()

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        other = row + step
        if row >= 0 and 0 <= other < len(self._schema):
            schema = list(self._schema)
            schema[row], schema[other] = schema[other], schema[row]
            self._change(tuple(schema), other)

    def _on_moved(self) -> None:
        """A property was dragged to another place."""
        items = [self.list.item(row) for row in range(self.list.count())]
        self._schema = tuple(self._schema[item.data(Qt.ItemDataRole.UserRole)] for item in items)
        for row, item in enumerate(items):
            item.setData(Qt.ItemDataRole.UserRole, row)
        self._update()
        self.edited.emit(self._schema, "")

    def _change(self, schema: Schema, row: int) -> None:
        self._schema = schema
        self._fill(row)
        self.edited.emit(schema, "")


def _blank() -> QIcon:
    pixmap = QPixmap(14, 14)
    pixmap.fill(Qt.GlobalColor.transparent)
    return QIcon(pixmap)


def _free_name(schema: Schema) -> str:
    """A name that no property has."""
    known = {entry.name.lower() for entry in schema}
    numbers = range(1, len(schema) + 2)
    return next(name for name in (f"Property{n}" for n in numbers) if name.lower() not in known)
