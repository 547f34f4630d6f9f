"""A table of a schema's properties, to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTableView

from bxgui.core.plain_text import brief
from bxgui.core.registration_changes import Change, ChangeKind
from bxgui.core.schema import RuleProperty
from bxgui.ui import language, theme
from bxgui.ui.rules.registration_texts import change_word, options_text, type_text, value_text
from bxgui.ui.widgets import plain_tip, set_up_table

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_AIR = 8
_LONGEST = 120
_TINTS = {
    ChangeKind.ADDED: theme.GOOD,
    ChangeKind.REMOVED: theme.BAD,
    ChangeKind.CHANGED: theme.WARN,
    ChangeKind.MOVED: theme.CALM,
}
_CHANGE = 1
_WIDTHS = {0: 110, 1: 110, 2: 76, 3: 70, 4: 68, 5: 130, 6: 140}


@dataclass(frozen=True, slots=True)
class PropertyLine:
    """A property, and what becomes of it."""

    entry: RuleProperty
    change: Change | None = None


class PropertiesModel(QAbstractTableModel):
    """The properties, a line each; texts are made when they are to be seen."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[PropertyLine] = ()

    def show_lines(self, lines: Sequence[PropertyLine]) -> None:
        """Hold other properties."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many properties there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """How many fields of each are shown."""
        return 0 if parent.isValid() else len(_titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The fields' names."""
        if role == _DISPLAY and orientation is Qt.Orientation.Horizontal:
            return _titles()[section]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A field's text and tooltip; the colour and the line that tell what becomes of it."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == _DISPLAY:
            return _text(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_text(line, index.column()))
        if role == Qt.ItemDataRole.ForegroundRole and line.change and index.column() == _CHANGE:
            return _TINTS[line.change.kind].colour
        if role == Qt.ItemDataRole.FontRole and line.change is not None:
            font = QFont()
            font.setStrikeOut(line.change.kind is ChangeKind.REMOVED)
            return font
        return None


class PropertiesTable(QTableView):
    """Shows the properties of one of a rule's two schemas."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._lines = PropertiesModel()
        self.setModel(self._lines)
        self.setAccessibleName(name)
        set_up_table(self, _WIDTHS, len(_WIDTHS), air=_AIR)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setMinimumSectionSize(60)

    def show_lines(self, lines: Sequence[PropertyLine]) -> None:
        """Show other properties."""
        self._lines.show_lines(lines)
        has_changes = any(line.change is not None for line in lines)
        self.setColumnHidden(_CHANGE, not has_changes)


def _titles() -> tuple[str, ...]:
    return (
        translate("Registrations", "Property"),
        translate("Registrations", "Change"),
        translate("Registrations", "Type"),
        translate("Registrations", "Required"),
        translate("Registrations", "Multiple"),
        translate("Registrations", "Title"),
        translate("Registrations", "Options"),
        translate("Registrations", "Default"),
    )


def _text(line: PropertyLine, column: int) -> str:
    entry, yes = line.entry, translate("Registrations", "yes")
    texts = (
        lambda: brief(entry.name, _LONGEST),
        lambda: change_word(line.change) if line.change else "",
        lambda: type_text(entry),
        lambda: yes if entry.required else "",
        lambda: yes if entry.multiple else "",
        lambda: brief(entry.title.read(language.current()), _LONGEST),
        lambda: options_text(entry),
        lambda: value_text(entry.default),
    )
    return texts[column]()
