"""What can be done with a row of the reply form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from bxgui.core.schema import ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui import texts
from bxgui.ui.row_texts import default_text, kind_text

KINDS = (
    *((kind, False) for kind in ValueType),
    *((kind, True) for kind in ValueType if kind is not ValueType.JSON),
)
_DATES = frozenset({ValueType.DATE, ValueType.DATETIME})


class RowMenu(QMenu):
    """Offers what fits the row; it is gone once it is closed."""

    unset_asked = Signal()
    empty_asked = Signal()
    default_asked = Signal()
    kind_asked = Signal(int)
    remove_asked = Signal()
    dates_asked = Signal()

    def __init__(self, row: ValueRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)
        self.addAction(self.tr("Leave unset"), self.unset_asked.emit).setEnabled(row.sent)
        empty = self.tr("Send an empty list") if row.multiple else self.tr("Send empty")
        self.addAction(empty, self.empty_asked.emit)
        if default := default_text(row):
            take = self.tr("Take the %1").replace("%1", default.replace("&", "&&"))
            self.addAction(take, self.default_asked.emit)
        if row.type in _DATES:
            self.addAction(self.tr("How this portal is sent dates…"), self.dates_asked.emit)
        if row.entry is None:
            self.addAction(self.tr("Remove this value"), self.remove_asked.emit)
        else:
            self._offer_kinds(row)

    def _offer_kinds(self, row: ValueRow) -> None:
        kinds = self.addMenu(self.tr("Change type"))
        for number, (kind, multiple) in enumerate(KINDS):
            action = kinds.addAction(kind_text(texts.type_text(kind), multiple))
            action.setCheckable(True)
            action.setChecked((kind, multiple) == (row.type, row.multiple))
            action.triggered.connect(lambda _on, n=number: self.kind_asked.emit(n))
