"""The view of a list's items, as high as a few of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from bxgui.ui.editors.editor import Editor
from bxgui.ui.editors.items_model import ItemsModel

Index = QModelIndex | QPersistentModelIndex

_MOST_SEEN = 6
_AIR = 10
_FRAME = 1


class ItemsView(QListView):
    """Edits the item the person is at; the others are only painted, however many there are.

    One editor goes from item to item. (Qt's own way, an editor for each by a delegate, crashes
    when the view goes while one is open.) `typed` carries the item's number and its new text.
    """

    add_asked = Signal()
    height_changed = Signal()
    stops_changed = Signal()
    typed = Signal(int, str)

    def __init__(
        self, model: ItemsModel, make: Callable[[], Editor], name: Callable[[int], str], rows: int
    ) -> None:
        super().__init__()
        self.when_empty = ""
        self._items = model
        self._make = make
        self._name = name
        self._editor: Editor | None = None
        self._rows = rows
        self._height = _item_height(self.fontMetrics(), rows)
        model.set_height(self._height)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._fit)
        model.modelReset.connect(self._show_editor)
        model.dataChanged.connect(self._show_editor)
        self._fit()

    def go_to(self, row: int) -> None:
        """Edit an item; without one the cursor waits in the empty list."""
        self.setCurrentIndex(self.model().index(row, 0))
        self._show_editor()
        self._focus_item()

    def stops(self) -> list[QWidget]:
        """Where the Tab key halts: the list, and the editor once there is one."""
        return [self, *(self._editor.stops() if self._editor is not None else ())]

    def show_when_empty(self, text: str) -> None:
        """What stands in the list while it has no items."""
        if text != self.when_empty:
            self.when_empty = text
            self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Edit the item that has become the current one."""
        super().currentChanged(current, previous)
        self._show_editor()
        if self.hasFocus():
            self._focus_item()

    def updateGeometries(self) -> None:
        """Keep the editor at its item."""
        super().updateGeometries()
        self._place_editor()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll the editor with its item."""
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go on to the item edited; on the way back, stop here, or there were no way out."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.BacktabFocusReason:
            return
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self._focus_item()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds an item; the other keys are a list's own."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell in the empty list what is sent."""
        super().paintEvent(event)
        if not self._items.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            place = QRect(6, 0, self.viewport().width() - 6, self._height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.when_empty)
            painter.end()

    def _show_editor(self) -> None:
        """Let the editor show the current item, as it is now."""
        row = self.currentIndex().row()
        if row < 0:
            if self._editor is not None:
                self._editor.hide()
            return
        editor = self._editor or self._make_editor()
        editor.introduce(self._name(row), "")
        editor.show_text(str(self.currentIndex().data(Qt.ItemDataRole.EditRole)))
        editor.show()
        self._place_editor()

    def _make_editor(self) -> Editor:
        editor = self._editor = self._make()
        editor.setParent(self.viewport())
        editor.setAutoFillBackground(True)
        editor.edited.connect(self._on_edited)
        self.stops_changed.emit()
        return editor

    def _on_edited(self) -> None:
        if self._editor is not None:
            self.typed.emit(self.currentIndex().row(), self._editor.text())

    def _place_editor(self) -> None:
        if self._editor is not None and self.currentIndex().isValid():
            self._editor.setGeometry(self.visualRect(self.currentIndex()))

    def _focus_item(self) -> None:
        is_at_item = self.currentIndex().isValid()
        (self._editor if self._editor is not None and is_at_item else self).setFocus()

    def _fit(self) -> None:
        height = items_height(self.fontMetrics(), self._items.rowCount(), self._rows)
        if height != self.maximumHeight():
            self.setFixedHeight(height)
            self.height_changed.emit()


def items_height(metrics: QFontMetrics, items: int, rows: int) -> int:
    """The height of a list with so many items, of so many rows of text each."""
    return min(max(items, 1), _MOST_SEEN) * _item_height(metrics, rows) + 2 * _FRAME


def _item_height(metrics: QFontMetrics, rows: int) -> int:
    return metrics.lineSpacing() * rows + _AIR
