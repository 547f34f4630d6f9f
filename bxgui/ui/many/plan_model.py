"""The list of exactly what will go out, a line for each token."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPalette

from bxgui.core.findings import Severity, Waiver
from bxgui.core.many import Plan, PlannedReply
from bxgui.ui import marks
from bxgui.ui.columns import column_title
from bxgui.ui.many.many_texts import content_text, remarks
from bxgui.ui.questions import one_line
from bxgui.ui.state_texts import state_text
from bxgui.ui.widgets import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TICK = int(Qt.ItemDataRole.CheckStateRole)
DOCUMENT, STATE, CONTENT, REMARKS = range(4)


class PlanModel(QAbstractTableModel):
    """Shows a plan; those that can go are ticked, or not, by a person.

    What no longer waits is not ticked to begin with.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.plan = Plan(())
        self.ticked: frozenset[int] = frozenset()
        self._waived: frozenset[Waiver] = frozenset()

    def show_plan(
        self, plan: Plan, waived: frozenset[Waiver], unticked: Collection[int] = ()
    ) -> None:
        """Show another plan."""
        self.beginResetModel()
        self.plan, self._waived = plan, waived
        self.ticked = frozenset(
            one.call.row.id
            for one in plan.going
            if not one.is_late and one.call.row.id not in unticked
        )
        self.endResetModel()

    def at(self, row: int) -> PlannedReply | None:
        """The reply in a line."""
        return self.plan.replies[row] if 0 <= row < len(self.plan.replies) else None

    def toggle(self, rows: Sequence[int]) -> None:
        """Tick these lines, or none of them where all are ticked."""
        found = [self.plan.replies[row] for row in rows]
        ids = {one.call.row.id for one in found if one.goes}
        self._tick(self.ticked - ids if ids <= self.ticked else self.ticked | ids)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of tokens."""
        return 0 if parent.isValid() else len(self.plan.replies)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Document, state, what goes out, remarks."""
        return 0 if parent.isValid() else REMARKS + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> str | None:
        """The columns' names."""
        titles = (
            self.tr("Document"),
            self.tr("State"),
            self.tr("What goes out"),
            self.tr("Remarks"),
        )
        return column_title(titles, section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what can go can be ticked."""
        flags = super().flags(index)
        one = self.at(index.row())
        if index.column() == DOCUMENT and one is not None and one.goes:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """What a cell shows."""
        one = self.at(index.row()) if index.isValid() else None
        if one is None:
            return None
        column = index.column()
        if role == _DISPLAY:
            return self._text(one, column)
        if role == _TICK and column == DOCUMENT:
            is_ticked = one.call.row.id in self.ticked
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(one, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == REMARKS:
            return plain_tip("\n".join(remarks(one, self._waived)))
        if role == Qt.ItemDataRole.ForegroundRole and one.call.row.id not in self.ticked:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None

    def setData(self, index: Index, value: object, role: int = _TICK) -> bool:
        """Tick a line, or untick it."""
        one = self.at(index.row())
        if role != _TICK or one is None or not one.goes:
            return False
        is_ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        ids = {one.call.row.id}
        self._tick(self.ticked | ids if is_ticked else self.ticked - ids)
        return True

    def _tick(self, ticked: frozenset[int]) -> None:
        if ticked != self.ticked:
            self.ticked = ticked
            last = self.index(self.rowCount() - 1, REMARKS)
            self.dataChanged.emit(self.index(0, 0), last)

    def _text(self, one: PlannedReply, column: int) -> str:
        row = one.call.row
        if column == DOCUMENT:
            return one_line(row.document)
        if column == STATE:
            return state_text(row.state) if row.state is not None else ""
        if column == CONTENT:
            return content_text(one.reply) if one.reply is not None else ""
        return " ".join(remarks(one, self._waived))

    def _icon(self, one: PlannedReply, column: int) -> object:
        if column == STATE:
            return marks.state_icon(one.call.row.state)
        if column != REMARKS or not remarks(one, self._waived):
            return None
        return marks.severity_icon(Severity.WARNING if one.goes else Severity.ERROR)
