"""The queue: what waits to be sent, for what, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QTableView, QVBoxLayout, QWidget

from bxgui.core.queued import QueuedReply, Waits
from bxgui.ui.menu_button import literal
from bxgui.ui.queue.queue_actions import QueueActions
from bxgui.ui.queue.queue_model import DOCUMENT, PORTAL, POSITION, RULE, WAITS, WHY, QueueModel
from bxgui.ui.queue.queue_tools import QueueTools
from bxgui.ui.queue.queue_watch import QueueWatch
from bxgui.ui.widgets import set_up_table

_TICK_MILLISECONDS = 1000
_WIDTHS = {POSITION: 52, PORTAL: 150, RULE: 130, DOCUMENT: 104, WAITS: 230}


class QueueTable(QTableView):
    """Lines of the queue, of which several can be selected."""

    delete_pressed = Signal()
    enter_pressed = Signal()

    def __init__(self, model: QueueModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(self.tr("Queue of replies"))
        set_up_table(self, _WIDTHS, stretched=WHY, air=8)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes back, Enter goes to the token."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter_pressed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what a narrow table has no room for."""
        super().resizeEvent(event)
        width = event.size().width()
        self.setColumnHidden(WHY, width < 720)
        self.setColumnHidden(PORTAL, width < 560)


class QueuePanel(QWidget):
    """The queue as a table; `tools` belong above it."""

    token_wanted = Signal(int)

    def __init__(
        self, watch: QueueWatch, actions: QueueActions, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._watch = watch
        self._actions = actions
        self.model = QueueModel(now, self)
        self.table = QueueTable(self.model)
        self.tools = QueueTools(watch, actions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self.table.doubleClicked.connect(lambda _index: self._go_to_token())
        self.table.enter_pressed.connect(self._go_to_token)
        self.table.delete_pressed.connect(self._take_back)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.tools.take_back_asked.connect(self._take_back)
        watch.changed.connect(self._show)
        ticker = QTimer(self, interval=_TICK_MILLISECONDS)
        ticker.timeout.connect(self._tick)
        ticker.start()

    def selected(self) -> list[QueuedReply]:
        """The replies in the selected lines."""
        lines = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [one for line in lines if (one := self.model.reply_at(line)) is not None]

    def _show(self) -> None:
        self.model.show(self._watch.queue.replies)
        self._offer()

    def _offer(self) -> None:
        selected = self.table.selectionModel().hasSelection()
        self.tools.show_queue(self._watch.queue, selected=selected)

    def _tick(self) -> None:
        if self.isVisible():
            self.model.refresh()

    def _take_back(self) -> None:
        if selected := self.selected():
            self._actions.take_back(selected)

    def _go_to_token(self) -> None:
        current = self.model.reply_at(self.table.currentIndex().row())
        if current is not None:
            self.token_wanted.emit(current.call_id)

    def _show_menu(self, place: QPoint) -> None:
        current = self.model.reply_at(self.table.indexAt(place).row())
        if current is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        selected = self.selected()
        menu.addAction(self.tr("Go to the token"), self._go_to_token)
        menu.addAction(self.tr("Take back"), self._take_back)
        held = [one for one in selected if one.waits is Waits.HELD]
        if held:
            menu.addAction(self.tr("Send what is held"), lambda: self._actions.go_on_with(held))
        portal_id, paused = current.portal_id, self._watch.queue.paused
        if portal_id not in paused:
            text = self.tr("Pause %1").replace("%1", literal(current.portal))
            menu.addAction(text, lambda: self._actions.pause(portal_id))
        menu.popup(self.table.viewport().mapToGlobal(place))
