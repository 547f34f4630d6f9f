"""Several tokens selected in the list, known by their ids: what arrives does not change them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, Signal
from PySide6.QtWidgets import QTableView

from bxgui.ui.token_model import TokenModel

# More than this nobody looks through before they go.
MOST_AT_ONCE = 1000


class Marking(QObject):
    """Follows a table's selection; `changed` comes when other tokens are selected.

    `ids` is empty while one token or none is selected: that is the one shown beside the list.
    """

    changed = Signal()

    def __init__(self, table: QTableView, model: TokenModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._holds = False
        self.ids: frozenset[int] = frozenset()
        table.selectionModel().selectionChanged.connect(self._on_selected)

    @property
    def first(self) -> int | None:
        """The one that is listed first."""
        return next(iter(self.in_order()), None)

    def in_order(self) -> list[int]:
        """The tokens as they are listed."""
        rows = self._model.rows_of(self.ids) if self.ids else []
        return [call_id for row in rows if (call_id := self._model.id_at(row)) is not None]

    def mark(self, call_ids: Collection[int]) -> int:
        """Select those of these that are listed, the first ones if they are too many.

        Returns how many are selected then.
        """
        rows = self._model.rows_of(frozenset(call_ids))[:MOST_AT_ONCE]
        # Where none is listed, what was selected stays.
        if rows:
            self._table.selectionModel().select(
                self._selection(rows), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        return len(rows)

    def clear(self) -> None:
        """Select several no longer."""
        self._take(frozenset())

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Select the same tokens again after the list has been shown anew."""
        before = self._model.ids
        self._holds = True
        try:
            yield
            if self.ids and self._model.ids != before:
                self._select_again()
        finally:
            self._holds = False

    def _select_again(self) -> None:
        rows = self._model.rows_of(self.ids)
        if len(rows) < 2:
            self._take(frozenset())
            return
        self._table.selectionModel().select(
            self._selection(rows), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self._take(self._selected())

    def _on_selected(self) -> None:
        if not self._holds:
            self._take(self._selected())

    def _selected(self) -> frozenset[int]:
        found: set[int] = set()
        selection = self._table.selectionModel().selection()
        for part in map(selection.at, range(selection.count())):
            found.update(self._model.ids_between(part.top(), part.bottom()))
        return frozenset(found) if len(found) > 1 else frozenset()

    def _take(self, ids: frozenset[int]) -> None:
        if ids != self.ids:
            self.ids = ids
            self.changed.emit()

    def _selection(self, rows: Sequence[int]) -> QItemSelection:
        """These lines, those that follow each other as one range."""
        selection = QItemSelection()
        last = self._model.columnCount() - 1
        for first, end in _stretches(rows):
            top, bottom = self._model.index(first, 0), self._model.index(end, last)
            selection.append(QItemSelectionRange(top, bottom))
        return selection


def _stretches(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of the numbers that follow each other."""
    start = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place] != rows[place - 1] + 1:
            yield rows[start], rows[place - 1]
            start = place
