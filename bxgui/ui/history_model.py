"""Attempts as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bxgui.core.records import AttemptRow
from bxgui.ui import marks, texts, time_texts
from bxgui.ui.columns import column_title

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
AT, WHAT, RULE, DOCUMENT, STATUS, OUTCOME, MILLISECONDS = range(7)


class HistoryModel(QAbstractTableModel):
    """The newest attempts first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[AttemptRow] = []

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of attempts."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Time, what, rule, document, status, outcome, duration."""
        return 0 if parent.isValid() else MILLISECONDS + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> str | None:
        """The columns' names."""
        if role != _DISPLAY:
            return None
        titles = (
            self.tr("Time"),
            self.tr("What"),
            self.tr("Rule"),
            self.tr("Document"),
            self.tr("HTTP"),
            self.tr("Outcome"),
            self.tr("ms"),
        )
        return column_title(titles, section, orientation, role)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == _DISPLAY:
            return _text(row, column)
        if role == _DECORATION and column == OUTCOME:
            return marks.outcome_icon(row.outcome)
        if role == _TOOLTIP:
            if column == AT:
                return time_texts.moment_text(row.at)
            return texts.explained(row.explanation.title) if row.explanation else None
        if role == _ALIGNMENT and column in {STATUS, MILLISECONDS}:
            return _RIGHT
        return None

    def show(self, rows: Sequence[AttemptRow]) -> None:
        """Take the attempts; those that are here already keep their places."""
        old = {row.id for row in self._rows}
        fresh = [row for row in rows if row.id not in old]
        stay = len(rows) - len(fresh)
        if [row.id for row in rows] == [row.id for row in (*fresh, *self._rows[:stay])]:
            if stay < len(self._rows):
                self.beginRemoveRows(_ROOT, stay, len(self._rows) - 1)
                self._rows = self._rows[:stay]
                self.endRemoveRows()
            if fresh:
                self.beginInsertRows(_ROOT, 0, len(fresh) - 1)
                self._rows = list(rows)
                self.endInsertRows()
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, MILLISECONDS))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def attempt_at(self, row: int) -> AttemptRow | None:
        """The attempt in a line."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, attempt_id: int) -> int | None:
        """The line of an attempt."""
        return next((n for n, row in enumerate(self._rows) if row.id == attempt_id), None)


def _text(row: AttemptRow, column: int) -> str:
    if column == AT:
        return f"{row.at.astimezone():%H:%M:%S}"
    if column == WHAT:
        return texts.method_text(row.method)
    if column == RULE:
        return row.rule
    if column == DOCUMENT:
        return row.document
    if column == STATUS:
        return str(row.http_status) if row.http_status else "–"
    if column == OUTCOME:
        return texts.outcome_text(row.outcome)
    return str(row.milliseconds) if row.outcome is not None else ""
