"""The history of attempts, over all tokens or of one, with the exchange of the selected attempt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSplitter,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.records import AttemptDetail, AttemptRow
from bxgui.ui import theme
from bxgui.ui.desk import Desk
from bxgui.ui.exchange_view import ExchangeView
from bxgui.ui.history_model import (
    AT,
    DOCUMENT,
    MILLISECONDS,
    OUTCOME,
    RULE,
    STATUS,
    WHAT,
    HistoryModel,
)
from bxgui.ui.widgets import plain_label, set_up_table, tint

_MOST_SHOWN = 500
_WIDTHS = {AT: 70, WHAT: 72, DOCUMENT: 104, STATUS: 48, OUTCOME: 104, MILLISECONDS: 52}


class AttemptTable(QTableView):
    """A table of attempts."""

    def __init__(self, model: HistoryModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        set_up_table(self, _WIDTHS, stretched=RULE, air=8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what a narrow table has no room for: the exchange shows it all."""
        super().resizeEvent(event)
        width = event.size().width()
        self.setColumnHidden(MILLISECONDS, width < 520)
        self.setColumnHidden(WHAT, width < 440)
        self.setColumnHidden(DOCUMENT, width < 370)


class HistoryPanel(QWidget):
    """Attempts on one side, the exchange of the selected one on the other."""

    token_wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._errors = False
        self._call_id: int | None = None
        self._shown: int | None = None
        self._asked = 0
        self._wanted: int | None = None
        self.model = HistoryModel(self)
        self.table = AttemptTable(self.model, self.tr("History of attempts"))
        self.exchange = ExchangeView()
        limit = self.tr("the newest %1; `bxgui history` lists all")
        self._limit = plain_label(limit.replace("%1", str(_MOST_SHOWN)))
        self._limit.hide()
        tint(self._limit, theme.QUIET)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.exchange)
        self.splitter.setSizes([480, 520])
        self.splitter.setChildrenCollapsible(False)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.splitter, 1)
        self._head = QHBoxLayout()
        self._choice = QButtonGroup(self)
        self._buttons: dict[bool, QToolButton] = {}
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.doubleClicked.connect(self._on_double_click)
        desk.changed.connect(self.refresh)

    def add_filter(self) -> None:
        """Put a title and the choice between all attempts and errors above the table."""
        title = plain_label(self.tr("History"))
        title.setFont(theme.bold(self.font()))
        self._head.addWidget(title)
        self._head.addSpacing(8)
        for errors, text in ((False, self.tr("All")), (True, self.tr("Errors"))):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setChecked(not errors)
            button.clicked.connect(self._setter(errors))
            self._buttons[errors] = button
            self._choice.addButton(button)
            self._head.addWidget(button)
        self._head.addWidget(self._limit)
        self._head.addStretch()
        self._layout.insertLayout(0, self._head)

    def add_page(self, button: QToolButton, page: QWidget, tools: QWidget) -> None:
        """Offer something else in the place of the attempts; its tools stand beside the choice."""

        def show(chosen: bool) -> None:
            self.splitter.setVisible(not chosen)
            for widget in (page, tools):
                widget.setVisible(chosen)

        self._choice.addButton(button)
        self._head.insertWidget(self._head.indexOf(self._limit), button)
        self._head.addWidget(tools)
        self._layout.addWidget(page, 1)
        button.toggled.connect(show)
        show(False)

    def show_attempts(self) -> None:
        """Turn back to the attempts."""
        self._buttons[self._errors].setChecked(True)

    def set_errors_only(self, errors: bool) -> None:
        """Show only what was not accepted, or everything."""
        self._errors = errors
        self.refresh()

    def set_call(self, call_id: int | None) -> None:
        """Show only the attempts of one call."""
        if call_id != self._call_id:
            self._call_id = call_id
            self._shown = None
            self.exchange.show_attempt(None)
            self.model.show([])
            self.refresh()

    def refresh(self) -> None:
        """Ask for the attempts again."""
        self._asked += 1
        number, errors, call_id = self._asked, self._errors, self._call_id

        def show(rows: list[AttemptRow]) -> None:
            if number == self._asked:
                self._show(rows)

        self._desk.ask(lambda w: w.history(errors=errors, call_id=call_id, limit=_MOST_SHOWN), show)

    def select(self, attempt_id: int) -> None:
        """Select an attempt."""
        row = self.model.row_of(attempt_id)
        if row is not None:
            self.table.selectRow(row)

    def go_on_to(self, attempt: AttemptDetail) -> None:
        """Show what came of the call shown, whose card has sent a reply again."""
        shown = self.model.row_of(self._shown) if self._shown is not None else None
        before = None if shown is None else self.model.attempt_at(shown)
        if before is not None and before.call_id == attempt.row.call_id:
            self._wanted = attempt.row.id
            self.refresh()

    def _setter(self, errors: bool) -> Callable[[], None]:
        return lambda: self.set_errors_only(errors)

    def _show(self, rows: list[AttemptRow]) -> None:
        self._limit.setVisible(self._limit.parent() is not None and len(rows) >= _MOST_SHOWN)
        newest_before = self.model.attempt_at(0)
        self.model.show(rows)
        newest = self.model.attempt_at(0)
        wanted = self._wanted
        if wanted is not None and self.model.row_of(wanted) is not None:
            self._wanted = None
            self.select(wanted)
        current = self.table.currentIndex()
        follows = not current.isValid() or (
            newest_before is not None and self._shown == newest_before.id
        )
        if newest is not None and follows and newest != newest_before:
            self.table.selectRow(0)
            self._load(newest.id)
        elif self._shown is not None and self.model.row_of(self._shown) is not None:
            self._load(self._shown)
        elif newest is None:
            self._shown = None
            self.exchange.show_attempt(None)

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        attempt = self.model.attempt_at(current.row()) if current.isValid() else None
        if attempt is not None:
            self._load(attempt.id)

    def _load(self, attempt_id: int) -> None:
        self._shown = attempt_id
        self._desk.ask(lambda w: w.attempt(attempt_id), self._show_attempt)

    def _show_attempt(self, attempt: AttemptDetail | None) -> None:
        if attempt is not None and attempt.row.id == self._shown:
            self.exchange.show_attempt(attempt)

    def _on_double_click(self, index: QModelIndex) -> None:
        attempt = self.model.attempt_at(index.row())
        if attempt is not None:
            self.token_wanted.emit(attempt.call_id)
