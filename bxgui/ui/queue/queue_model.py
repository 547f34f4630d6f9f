"""The queue as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bxgui.core.queued import QueuedReply
from bxgui.ui import texts, theme
from bxgui.ui.columns import column_title
from bxgui.ui.queue.queue_texts import mark_of, waits_text
from bxgui.ui.widgets import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
POSITION, PORTAL, RULE, DOCUMENT, WAITS, WHY = range(6)


class QueueModel(QAbstractTableModel):
    """Replies in the order in which they go, portal by portal."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._rows: Sequence[QueuedReply] = ()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of replies."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Place, portal, rule, document, what it waits for, why."""
        return 0 if parent.isValid() else WHY + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> str | None:
        """The columns' names."""
        titles = (
            self.tr("Place"),
            self.tr("Portal"),
            self.tr("Rule"),
            self.tr("Document"),
            self.tr("Waits for"),
            self.tr("Last try"),
        )
        return column_title(titles, section, orientation, role)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == _DISPLAY:
            return self._text(row, column)
        if role == _DECORATION and column == WAITS:
            tint, shape = mark_of(row.waits)
            return theme.mark(shape, tint.colour)
        if role == _TOOLTIP:
            return self._tip(row, column)
        return _RIGHT if role == _ALIGNMENT and column == POSITION else None

    def show(self, rows: Sequence[QueuedReply]) -> None:
        """Take the queue as it is now; what stays keeps its place, so the selection does too."""
        old = [row.reply_id for row in self._rows]
        new = [row.reply_id for row in rows]
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        kept = self._rows[:head], self._rows[len(old) - tail :]
        if removed := len(old) - head - tail:
            self.beginRemoveRows(_ROOT, head, head + removed - 1)
            self._rows = (*kept[0], *kept[1])
            self.endRemoveRows()
        if added := len(new) - head - tail:
            self.beginInsertRows(_ROOT, head, head + added - 1)
            self._rows = rows
            self.endInsertRows()
        self._rows = rows
        self.refresh()

    def refresh(self) -> None:
        """Paint every line again; only those in sight are."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, WHY))

    def reply_at(self, row: int) -> QueuedReply | None:
        """The reply in a line."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _text(self, row: QueuedReply, column: int) -> str:
        if column == WAITS:
            return waits_text(row, self._now())
        if column == WHY:
            return texts.explained(row.explanation.title) if row.explanation else ""
        return {
            POSITION: str(row.position),
            PORTAL: row.portal,
            RULE: row.rule,
            DOCUMENT: row.document,
        }[column]

    def _tip(self, row: QueuedReply, column: int) -> str:
        explanation = row.explanation
        if column == WHY and explanation is not None:
            lines = (explanation.title, explanation.cause, explanation.action)
            return plain_tip("\n".join(texts.explained(line) for line in lines if line))
        return plain_tip(self._text(row, column))


def _common(one: list[int], other: list[int]) -> int:
    """How many items two lists have in common at their beginning."""
    most = min(len(one), len(other))
    return next((i for i in range(most) if one[i] != other[i]), most)
