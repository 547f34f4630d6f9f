"""Step two: the list of exactly what will go out, and the request behind each of its lines."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QTableView, QVBoxLayout, QWidget

from bxgui.core import batch
from bxgui.core.findings import Waiver
from bxgui.core.many import Plan, PlannedReply
from bxgui.ui import theme
from bxgui.ui.desk import is_known
from bxgui.ui.long_text import LongText
from bxgui.ui.many.many_texts import plan_text, remarks
from bxgui.ui.many.plan_model import CONTENT, DOCUMENT, REMARKS, STATE, PlanModel
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.rules.asking import Asking
from bxgui.ui.widgets import plain_label, set_up_table, tint

if TYPE_CHECKING:
    from bxgui.services.previews import Preview

_AIR = 8
_WIDTHS = {DOCUMENT: 150, STATE: 100, CONTENT: 280}


class ListPage(QWidget):
    """`changed` comes when other lines are ticked, `token_wanted` with a call to be shown."""

    changed = Signal()
    token_wanted = Signal(int)

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self._asking = asking
        self.waived: frozenset[Waiver] = frozenset()
        self.model = PlanModel(self)
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("What will go out"))
        self.table.setModel(self.model)
        set_up_table(self.table, _WIDTHS, stretched=REMARKS, air=_AIR)
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self._summary = plain_label(wrap=True)
        self._summary.setFont(theme.bold(self.font()))
        self._request = LongText(self.tr("Request of the selected line"))
        self._request.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._request.code.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._lay_out()
        self._connect()

    @property
    def chosen(self) -> Plan:
        """What is ticked."""
        return self.model.plan.only(self.model.ticked)

    def show_plan(
        self, plan: Plan, waived: frozenset[Waiver], unticked: Collection[int] = ()
    ) -> None:
        """List another plan; what a person has unticked stays so."""
        self.waived = waived
        self.model.show_plan(plan, waived, unticked)
        self._request.clear()
        if plan.replies:
            self.table.setCurrentIndex(self.model.index(0, DOCUMENT))
        self._show_summary()

    def _lay_out(self) -> None:
        hint = plain_label(
            self.tr("Space ticks the selected lines; a double click goes to the token."), wrap=True
        )
        tint(hint, theme.QUIET)
        down = QSplitter(Qt.Orientation.Vertical)
        down.setChildrenCollapsible(False)
        down.setHandleWidth(7)
        down.addWidget(self.table)
        down.addWidget(self._request)
        down.setSizes([330, 150])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._summary)
        layout.addWidget(down, 1)
        layout.addWidget(hint)

    def _connect(self) -> None:
        self.model.dataChanged.connect(lambda *_places: self._show_summary())
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.doubleClicked.connect(self._on_double_click)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._toggle)

    def _toggle(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        self.model.toggle([index.row() for index in rows])

    def _show_summary(self) -> None:
        self._summary.setText(plan_text(self.model.plan, self.model.ticked))
        self.changed.emit()

    def _on_double_click(self, index: QModelIndex) -> None:
        one = self.model.at(index.row())
        if one is not None:
            self.token_wanted.emit(one.call.row.id)

    def _on_current(self, current: QModelIndex) -> None:
        one = self.model.at(current.row())
        self._request.clear()
        if one is None:
            return
        if one.reply is None:
            self._request.show_parts(remarks(one, self.waived))
            return
        reply = one.reply
        self._asking.ask(
            lambda w: w.preview(reply),
            lambda preview: self._show_request(one, preview),
            lambda error: self._show_none(one, error),
        )

    def _show_request(self, one: PlannedReply, preview: Preview) -> None:
        parts = remarks(one, self.waived)
        if one.goes and one.command is not None:
            together = self.tr("In a batch, this is its command (the token is masked):")
            alone = self.tr("The same reply in a request of its own:")
            parts += [together, batch.masked(one.command), "", alone]
        self._request.show_parts([*parts, preview.text])

    def _show_none(self, one: PlannedReply, error: Exception) -> None:
        if not is_known(error):
            raise error
        told = problem_text(error)
        self._request.show_parts(list(dict.fromkeys([*remarks(one, self.waived), told])))
