"""A call's fields as a tree of names and values that can be copied."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from bxgui.ui.widgets import plain_tip

# Properties first: they are what the rule was called with.
_FIRST = ("properties", "document_id", "document_type", "data")
_OPEN = frozenset({"properties", "document_id", "data"})


class FieldsTree(QTreeWidget):
    """Names and values of decoded fields; Ctrl+C copies the value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Fields of the call"))
        self.setHeaderLabels([self.tr("Name"), self.tr("Value")])
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(False)
        self.setWordWrap(True)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(0, 190)
        self.header().setStretchLastSection(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        copy = QAction(self.tr("Copy value"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(lambda: self._copy(1))
        self.addAction(copy)

    def show_fields(self, fields: object) -> None:
        """Show a decoded body; None when it could not be decoded."""
        self.clear()
        members = fields if isinstance(fields, dict) else {}
        first = [name for name in _FIRST if name in members]
        for name in [*first, *(n for n in members if n not in _FIRST)]:
            item = self._item(str(name), members[name])
            self.addTopLevelItem(item)
            item.setExpanded(name in _OPEN)
            if name == "properties":
                self.expandRecursively(self.indexFromItem(item))

    def _item(self, name: str, value: object) -> QTreeWidgetItem:
        if isinstance(value, dict):
            inner = list(value.items())
        elif isinstance(value, list):
            inner = [(str(number), one) for number, one in enumerate(value)]
        else:
            item = QTreeWidgetItem([_shown(name), _shown(str(value))])
            item.setToolTip(1, plain_tip(_shown(str(value))))
            return item
        item = QTreeWidgetItem([_shown(name), "" if inner else self.tr("empty")])
        item.setForeground(1, self.palette().placeholderText())
        item.addChildren([self._item(str(key), one) for key, one in inner])
        return item

    def _show_menu(self, position: QPoint) -> None:
        if self.itemAt(position) is None:
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Copy name"), lambda: self._copy(0))
        menu.addAction(self.tr("Copy value"), lambda: self._copy(1))
        menu.exec(self.viewport().mapToGlobal(position))

    def _copy(self, column: int) -> None:
        item = self.currentItem()
        if item is not None:
            QGuiApplication.clipboard().setText(item.text(column))


def _shown(text: str) -> str:
    """Text for the screen: bytes that are not UTF-8 are replaced."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
