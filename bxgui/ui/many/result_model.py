"""What became of each of many replies, a line for each token."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bxgui.core.many import ManyResult
from bxgui.core.records import CallDetail
from bxgui.ui import marks
from bxgui.ui.columns import column_title
from bxgui.ui.many.many_texts import explained_text, outcome_text
from bxgui.ui.questions import one_line
from bxgui.ui.widgets import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
DOCUMENT, OUTCOME, MEANING = range(3)


class ResultModel(QAbstractTableModel):
    """Tokens in the order in which they were sent to; one that is sent to again keeps its line."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.calls: list[CallDetail] = []
        self._results: dict[int, ManyResult] = {}

    @property
    def results(self) -> list[ManyResult]:
        """What is over, in the order of the lines."""
        ids = (call.row.id for call in self.calls)
        return [self._results[one] for one in ids if one in self._results]

    def begin(self, calls: Sequence[CallDetail]) -> None:
        """Replies to these calls are on their way."""
        self.beginResetModel()
        known = {call.row.id for call in self.calls}
        self.calls += [call for call in calls if call.row.id not in known]
        for call in calls:
            self._results.pop(call.row.id, None)
        self.endResetModel()

    def take(self, results: Sequence[ManyResult]) -> None:
        """Take what is over."""
        self._results.update((one.call_id, one) for one in results)
        if self.calls:
            last = self.index(len(self.calls) - 1, MEANING)
            self.dataChanged.emit(self.index(0, 0), last)

    def put_first(self, order: Sequence[str]) -> None:
        """Have the lines in the order of what they came to, which is given by name."""
        places = {name: place for place, name in enumerate(order)}
        self.beginResetModel()
        self.calls.sort(key=lambda call: places[self._results[call.row.id].came_to])
        self.endResetModel()

    def result_at(self, row: int) -> ManyResult | None:
        """The result in a line, once there is one."""
        if not 0 <= row < len(self.calls):
            return None
        return self._results.get(self.calls[row].row.id)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of tokens."""
        return 0 if parent.isValid() else len(self.calls)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Document, outcome, what it means."""
        return 0 if parent.isValid() else MEANING + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> str | None:
        """The columns' names."""
        titles = (self.tr("Document"), self.tr("Outcome"), self.tr("What it means"))
        return column_title(titles, section, orientation, role)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self.calls):
            return None
        result, column = self.result_at(index.row()), index.column()
        if role == _DISPLAY:
            return self._text(index.row(), result, column)
        if role == Qt.ItemDataRole.DecorationRole and column == OUTCOME:
            return marks.outcome_icon(None if result is None else result.outcome)
        if role == Qt.ItemDataRole.ToolTipRole and column == MEANING and result is not None:
            return plain_tip(explained_text(result))
        return None

    def _text(self, row: int, result: ManyResult | None, column: int) -> str:
        if column == DOCUMENT:
            return one_line(self.calls[row].row.document)
        if column == OUTCOME:
            return outcome_text("" if result is None else result.came_to)
        return "" if result is None else explained_text(result)
