"""The list of tokens: state tabs, table, and what is said when there is nothing to list."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QTableView, QVBoxLayout, QWidget

from bxgui.core.deadlines import TokenState
from bxgui.core.listing import Group, TokenQuery
from bxgui.ui.desk import Desk
from bxgui.ui.empty_state import EmptyState
from bxgui.ui.many.marking import MOST_AT_ONCE, Marking
from bxgui.ui.many.marking_bar import MarkingBar
from bxgui.ui.token_columns import ARRIVED, DEADLINE, DOCUMENT, RULE, SORT_KEYS, STATE
from bxgui.ui.token_model import Listing, TokenModel
from bxgui.ui.widgets import set_up_table

if TYPE_CHECKING:
    from bxgui.core.records import Counts
    from bxgui.services.workspace import Workspace

_TICK_MILLISECONDS = 1000
_ROWS_BEYOND_SIGHT = 60
_WIDTHS = {STATE: 106, DOCUMENT: 112, ARRIVED: 94, DEADLINE: 70}
_WIDTH_WITH_ARRIVAL = 440
_MODIFIERS = {
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Control,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Shift,
}


class TokenTable(QTableView):
    """A table that tells when a person, not the program, has moved in it."""

    navigated = Signal()
    all_asked = Signal()

    def selectAll(self) -> None:
        """Leave it to the list, which knows how many are too many."""
        self.all_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key moves the selection; the one that is held for Ctrl+F does not."""
        if event.key() not in _MODIFIERS:
            self.navigated.emit()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click moves the selection."""
        self.navigated.emit()
        super().mousePressEvent(event)


class TokenList(QWidget):
    """Lists what a query finds, keeps it up to date, and follows the newest call until told not to.

    `selected` carries the id of the call to show, or None; `listed` the counts after a refresh.
    Several tokens can be selected too: `many_asked` carries them, and the one that is shown.
    """

    selected = Signal(object)
    listed = Signal(object, int)
    navigated = Signal()
    dismiss_asked = Signal(int, bool)
    many_asked = Signal(object, int)
    rule_asked = Signal(int)

    def __init__(self, desk: Desk, now: Callable[[], datetime], empty: EmptyState) -> None:
        super().__init__()
        self._desk = desk
        self._now = now
        self._query = TokenQuery()
        self._asked = self._answered = 0
        self._follow = True
        self._current: int | None = None
        self._showing = False
        self.model = TokenModel(now, self)
        self.model.rows_wanted.connect(self._fetch_rows)
        self.table = self._make_table()
        self.marking = Marking(self.table, self.model)
        self.bar = MarkingBar(self.marking)
        self.bar.reply_asked.connect(self.ask_many)
        self.bar.rule_asked.connect(self.ask_rule)
        self.bar.one_asked.connect(self._mark_one)
        self.table.all_asked.connect(self._mark_all)
        self._empty = empty
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(4)
        page.addWidget(self.table, 1)
        page.addWidget(self.bar)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._page)
        self._stack.addWidget(empty)
        desk.changed.connect(self.refresh)
        self._ticker = QTimer(self, interval=_TICK_MILLISECONDS)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start()

    @property
    def query(self) -> TokenQuery:
        """What is listed."""
        return self._query

    def set_query(self, query: TokenQuery) -> None:
        """List something else."""
        if query != self._query:
            self._query = query
            self.refresh()

    def show_empty(self) -> None:
        """Show why nothing can be listed, in the place of the table."""
        self._stack.setCurrentWidget(self._empty)

    def set_follow(self, follow: bool) -> None:
        """Select each new call as it arrives, or leave the selection alone."""
        self._follow = follow
        if follow:
            self._select_newest()

    def refresh(self) -> None:
        """Ask for the listing again; a newer question makes older answers void."""
        self._asked += 1
        number, query = self._asked, self._query
        first, last = self._seen()

        def ask(workspace: Workspace) -> tuple[Listing, Counts]:
            ids = workspace.token_ids(query)
            near = ids[max(first - _ROWS_BEYOND_SIGHT, 0) : last + _ROWS_BEYOND_SIGHT]
            counts = workspace.counts(query.portal_id, query.text)
            return Listing(ids, workspace.rows(near), query.group), counts

        self._desk.ask(ask, lambda found: self._show(number, *found))

    def select(self, call_id: int) -> bool:
        """Select a call; where the list does not show it, select nothing and return False."""
        if self.model.row_of(call_id) is None:
            self._select_nothing(call_id)
            return False
        self._go_to(
            call_id,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        return True

    def mark(self, call_ids: Collection[int]) -> int:
        """Select these, as far as they are listed and not too many; returns how many they are."""
        self._on_navigated()
        count = self.marking.mark(call_ids)
        first = self.marking.first
        if first is not None and self._current not in self.marking.ids:
            self._go_to(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        return count

    def ask_many(self) -> None:
        """Ask to reply to all that are selected."""
        ids = self.marking.in_order()
        if 0 < len(ids) <= MOST_AT_ONCE:
            self.many_asked.emit(ids, self._current if self._current in ids else ids[0])

    def forget(self) -> None:
        """Select nothing: what was listed is no more."""
        self.marking.clear()
        self._current, self._showing = None, True
        self.table.selectionModel().clear()
        self._showing = False
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the marks anew in a changed palette."""
        if event.type() == QEvent.Type.PaletteChange:
            self.model.forget_colours()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the columns that a narrow list has no room for."""
        super().resizeEvent(event)
        self._arrange_columns()

    def _make_table(self) -> TokenTable:
        table = TokenTable(self)
        table.setAccessibleName(self.tr("Tokens"))
        table.setModel(self.model)
        set_up_table(table, _WIDTHS, stretched=RULE, air=10)
        table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        table.setSortingEnabled(True)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._show_menu)
        header = table.horizontalHeader()
        header.setSortIndicator(ARRIVED, Qt.SortOrder.DescendingOrder)
        header.sortIndicatorChanged.connect(self._sort)
        table.selectionModel().currentRowChanged.connect(self._on_current)
        table.navigated.connect(self._on_navigated)
        return table

    def _arrange_columns(self) -> None:
        """Rejected posts have neither state nor deadline; their reason gets the room."""
        rejected = self._query.group is Group.REJECTED
        self.table.setColumnHidden(STATE, rejected)
        self.table.setColumnHidden(DEADLINE, rejected)
        self.table.setColumnHidden(ARRIVED, not rejected and self.width() < _WIDTH_WITH_ARRIVAL)

    def _show(self, number: int, listing: Listing, counts: Counts) -> None:
        if number < self._answered:
            return
        self._answered = number
        newest_before = self.model.newest()
        self._showing = True
        self._arrange_columns()
        with self.marking.kept():
            self.model.show(listing)
        self._showing = False
        self.bar.set_offered(listing.group is Group.TOKENS)
        self._stack.setCurrentWidget(self._page if listing.ids else self._empty)
        self.listed.emit(counts, len(listing.ids))
        if self._follow and (self.model.newest() != newest_before or self._current is None):
            self._select_newest()
        self._show_current()

    def _show_current(self) -> None:
        """Be at the call that is shown beside; where several are selected, they stay so."""
        current = self._current
        if current is None:
            return
        if not self.marking.ids:
            self.select(current)
        elif self.model.row_of(current) is not None:
            self._go_to(current, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _go_to(self, call_id: int, how: QItemSelectionModel.SelectionFlag) -> None:
        row = self.model.row_of(call_id)
        if row is not None:
            self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), how)

    def _mark_one(self) -> None:
        """Select only the call that is shown beside."""
        current = self._current or self.marking.first
        self.marking.clear()
        if current is not None:
            self.select(current)

    def _mark_all(self) -> None:
        self._on_navigated()
        self.mark(self.model.first_ids(MOST_AT_ONCE))

    def ask_rule(self) -> None:
        """Ask to select what waits of the rule of the call that is shown."""
        current = self._current or self.marking.first
        if current is not None:
            self.rule_asked.emit(current)

    def _select_newest(self) -> None:
        newest = self.model.newest()
        if newest is not None and newest != self._current:
            self.select(newest)

    def _select_nothing(self, call_id: int) -> None:
        """The call shown beside the list stays, so that a filter cannot take it from a person."""
        self._current, self._showing = call_id, True
        self.table.selectionModel().clear()
        self._showing = False

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._showing:
            return
        call_id = self.model.id_at(current.row()) if current.isValid() else None
        if call_id != self._current:
            self._current = call_id
            self.selected.emit(call_id)

    def _on_navigated(self) -> None:
        self._follow = False
        self.navigated.emit()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        query = self._query
        descending = order is Qt.SortOrder.DescendingOrder
        self.set_query(
            TokenQuery(
                query.state,
                query.group,
                query.portal_id,
                query.text,
                SORT_KEYS[column],
                descending,
            )
        )

    def _fetch_rows(self, ids: list[int]) -> None:
        self._desk.ask(lambda w: w.rows(ids), self.model.take_rows)

    def _seen(self) -> tuple[int, int]:
        first = max(self.table.rowAt(0), 0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        return first, last if last >= 0 else self.model.rowCount()

    def _tick(self) -> None:
        first, last = self._seen()
        self.model.tick(first, min(last, self.model.rowCount() - 1))
        if self.model.any_deadline_passed(self._now()):
            self._desk.note_change()

    def _show_menu(self, position: QPoint) -> None:
        row = self.table.rowAt(position.y())
        call_id = self.model.id_at(row)
        if call_id is not None:
            menu = self.make_menu(call_id, self.model.state_at(row))
            menu.exec(self.table.viewport().mapToGlobal(position))

    def make_menu(self, call_id: int, state: TokenState | None) -> QMenu:
        """What can be done with a token in this state."""
        menu = QMenu(self)
        if state is TokenState.DISMISSED:
            menu.addAction(self.tr("Take back"), lambda: self.dismiss_asked.emit(call_id, False))
        else:
            dismiss = menu.addAction(
                self.tr("Put aside"), lambda: self.dismiss_asked.emit(call_id, True)
            )
            dismiss.setEnabled(state in {TokenState.WAITING, TokenState.EXPIRED})
        if state is not None:
            self._offer_many(menu, call_id)
        return menu

    def _offer_many(self, menu: QMenu, call_id: int) -> None:
        menu.addSeparator()
        count = len(self.marking.ids)
        if count > 1:
            text = self.tr("Reply to %1 tokens…").replace("%1", str(count))
            menu.addAction(text, self.ask_many).setEnabled(count <= MOST_AT_ONCE)
        menu.addAction(
            self.tr("Select all waiting of this rule"), lambda: self.rule_asked.emit(call_id)
        )
