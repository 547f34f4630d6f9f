"""The token list's model: ids in an array, rows fetched by id when they are needed."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import compress, count
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from bxgui.core.deadlines import TokenState
from bxgui.core.listing import Group
from bxgui.ui.columns import column_title
from bxgui.ui.token_columns import ARRIVED, DEADLINE, DOCUMENT, RULE, SORT_KEYS, STATE

if TYPE_CHECKING:
    from bxgui.core.queued import Waits
    from bxgui.core.records import TokenRow
    from bxgui.ui.token_cells import TokenCells

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_PAGE = 100


class Listing(NamedTuple):
    """What a query found: all ids in order, and the rows around the part that is seen."""

    ids: array[int]
    rows: Sequence[TokenRow]
    group: Group = Group.TOKENS


class TokenModel(QAbstractTableModel):
    """Shows a listing; `rows_wanted` asks for rows that are needed and not yet here."""

    rows_wanted = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._ids: array[int] = array("q")
        self._rows: dict[int, TokenRow] = {}
        self._wanted: set[int] = set()
        self._group = Group.TOKENS

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of calls."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """State, rule, document, arrived, deadline."""
        return 0 if parent.isValid() else len(SORT_KEYS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> str | None:
        """The columns' names; rejected posts have a reason and an answer instead of names."""
        if role != _DISPLAY:
            return None
        rejected = self._group is Group.REJECTED
        titles = (
            self.tr("State"),
            self.tr("Reason") if rejected else self.tr("Rule"),
            self.tr("Answer") if rejected else self.tr("Document"),
            self.tr("Arrived"),
            self.tr("Deadline"),
        )
        return column_title(titles, section, orientation, role)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """What a cell shows; nothing until its row has been fetched."""
        if role not in {_DISPLAY, _DECORATION, _TOOLTIP, _FOREGROUND, _ACCESSIBLE}:
            return None
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        row = self._rows.get(self._ids[index.row()])
        if row is None:
            self._want(index.row())
            return None
        column = index.column()
        if role in {_DISPLAY, _ACCESSIBLE}:
            return self._cells.text(row, column)
        if role == _DECORATION:
            return self._cells.icon(row) if column == STATE else None
        if role == _FOREGROUND:
            return self._cells.colour(row, column)
        return self._cells.tooltip(row, column)

    def id_at(self, row: int) -> int | None:
        """The call in a line."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def state_at(self, row: int) -> TokenState | None:
        """The state of a line, once it is known."""
        found = self._rows.get(self._ids[row]) if 0 <= row < len(self._ids) else None
        return found.state if found is not None else None

    def row_of(self, call_id: int) -> int | None:
        """The line of a call."""
        try:
            return self._ids.index(call_id)
        except ValueError:
            return None

    @property
    def ids(self) -> array[int]:
        """All calls, in order; a new listing has an array of its own."""
        return self._ids

    def ids_between(self, first: int, last: int) -> array[int]:
        """The calls in these lines and those between them."""
        return self._ids[first : last + 1]

    def first_ids(self, most: int) -> array[int]:
        """So many calls from the beginning of the list."""
        return self._ids[:most]

    def rows_of(self, call_ids: Collection[int]) -> list[int]:
        """The lines of those of these calls that are listed, from the top."""
        return list(compress(count(), map(call_ids.__contains__, self._ids)))

    def newest(self) -> int | None:
        """The call that came last of those listed."""
        return max(self._ids, default=None)

    def show(self, listing: Listing) -> None:
        """Take a new listing; what stays keeps its place, so selection and scrolling do too."""
        self._rows = {row.id: row for row in listing.rows}
        self._wanted.clear()
        if listing.group is not self._group:
            self._group = listing.group
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, RULE, DOCUMENT)
        old, new = self._ids, listing.ids
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        if removed := len(old) - head - tail:
            self.beginRemoveRows(_ROOT, head, head + removed - 1)
            self._ids = old[:head] + old[len(old) - tail :]
            self.endRemoveRows()
        if added := len(new) - head - tail:
            self.beginInsertRows(_ROOT, head, head + added - 1)
            self._ids = new
            self.endInsertRows()
        self.refresh(0, len(new) - 1)

    def show_queued(self, queued: Mapping[int, Waits]) -> None:
        """Take what answers wait for that are stored and not on their way, by their calls."""
        if queued != self._cells.queued:
            self._cells.queued = queued
            self.refresh(0, len(self._ids) - 1)

    def take_rows(self, rows: Sequence[TokenRow]) -> None:
        """Take rows that were wanted."""
        for row in rows:
            self._rows[row.id] = row
            self._wanted.discard(row.id)
        if rows and self._ids:
            self.refresh(0, len(self._ids) - 1)

    def tick(self, first: int, last: int) -> None:
        """Repaint ages and countdowns of the lines seen."""
        if 0 <= first <= last < len(self._ids):
            self.dataChanged.emit(self.index(first, ARRIVED), self.index(last, DEADLINE))

    def any_deadline_passed(self, now: datetime) -> bool:
        """Whether a row still shown as waiting has run out."""
        return any(
            row.state is TokenState.WAITING and row.deadline is not None and row.deadline <= now
            for row in self._rows.values()
        )

    def refresh(self, first: int, last: int) -> None:
        """Repaint these lines, in the colours of the palette of now."""
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, DEADLINE))

    def forget_colours(self) -> None:
        """Draw the marks anew, after the palette changed."""
        self._cells.forget_colours()

    @cached_property
    def _cells(self) -> TokenCells:
        from bxgui.ui.token_cells import TokenCells  # noqa: PLC0415 - a list is painted empty first

        return TokenCells(self._now)

    def _want(self, row: int) -> None:
        page = row // _PAGE * _PAGE
        wanted = [
            call_id
            for call_id in self._ids[page : page + _PAGE]
            if call_id not in self._rows and call_id not in self._wanted
        ]
        if wanted:
            self._wanted.update(wanted)
            self.rows_wanted.emit(wanted)


def _common(one: array[int], other: array[int]) -> int:
    """How many items two arrays have in common at their beginning."""
    most = min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    return next(i for i in range(most) if one[i] != other[i])
