"""The items of a Multiple value, as a list view shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)

from bxgui.ui import theme
from bxgui.ui.editors.checks import Check

_NO_PARENT = QModelIndex()
_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_TIP, _MARK = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.DecorationRole)
_SIZE, _DESCRIPTION = (
    int(Qt.ItemDataRole.SizeHintRole),
    int(Qt.ItemDataRole.AccessibleDescriptionRole),
)


class ItemsModel(QAbstractListModel):
    """Texts in their order; what is not a value of the type is marked, with the reason."""

    def __init__(self, titled: Callable[[str], str], check: Check, parent: QObject) -> None:
        super().__init__(parent)
        self._items: list[str] = []
        self._titled = titled
        self._check = check
        self._size = QSize()

    def items(self) -> tuple[str, ...]:
        """The items as they stand."""
        return tuple(self._items)

    def set_height(self, height: int) -> None:
        """How high each item is shown."""
        self._size = QSize(0, height)

    def show_items(self, items: Sequence[str]) -> None:
        """Hold other items."""
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()

    def put(self, row: int, text: str) -> None:
        """Change an item."""
        self._items[row] = text
        self.dataChanged.emit(self.index(row), self.index(row))

    def insert(self, row: int, texts: Sequence[str]) -> None:
        """Add items before a row."""
        if texts:
            self.beginInsertRows(_NO_PARENT, row, row + len(texts) - 1)
            self._items[row:row] = texts
            self.endInsertRows()

    def remove(self, row: int) -> None:
        """Take an item out."""
        self.beginRemoveRows(_NO_PARENT, row, row)
        del self._items[row]
        self.endRemoveRows()

    def swap(self, row: int) -> None:
        """Change places of an item and the one after it."""
        self.beginMoveRows(_NO_PARENT, row + 1, row + 1, _NO_PARENT, row)
        self._items[row : row + 2] = self._items[row + 1], self._items[row]
        self.endMoveRows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """How many items there are."""
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Every item can be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        """An item's title, text, size and mark."""
        if not index.isValid():
            return None
        if role == _SIZE:
            return self._size
        text = self._items[index.row()]
        if role == _DISPLAY:
            return self._titled(text)
        if role == _EDIT:
            return text
        if role in {_TIP, _DESCRIPTION}:
            return self._check(text)
        if role == _MARK and self._check(text):
            return theme.mark("warning", theme.WARN.colour)
        return None
