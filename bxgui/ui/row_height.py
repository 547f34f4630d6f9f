"""How high a row will be, told before its widgets are made, so that the form need not move then."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton

from bxgui.core.schema import ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui import row_texts
from bxgui.ui.editors.factory import choices_of
from bxgui.ui.editors.items_view import items_height
from bxgui.ui.editors.text import text_height
from bxgui.ui.row_layout import SPACE_BELOW, QuietTexts, is_beside, left_width

_TICK = 20


@dataclass(frozen=True, slots=True)
class Heights:
    """The heights of a line, a box and a flat button in the window's style and font."""

    line: int
    box: int
    button: int


def measured_heights() -> Heights:
    """The heights as they are now."""
    box, button = QComboBox(), QToolButton()
    box.addItem("x")
    button.setText("x")
    button.setAutoRaise(True)
    return Heights(
        QLineEdit().sizeHint().height(),
        box.sizeHint().height(),
        button.sizeHint().height(),
    )


def expected_height(
    row: ValueRow, quiet: QuietTexts, width: int, heights: Heights, metrics: QFontMetrics
) -> int:
    """The height of a row of this width."""
    below = metrics.height()
    right = _editor_height(row, heights, metrics)
    if row_texts.default_text(row):
        right += below + 2
    elif quiet.note:
        right += below
    if row.entry is None:
        left = 2 * heights.line + 2
    else:
        title = _TICK + metrics.horizontalAdvance(row_texts.title_text(row))
        beside = is_beside(title, metrics.horizontalAdvance(quiet.kind), left_width(width))
        left = heights.line + (below if quiet.name or not beside else 0)
    return max(left, right) + SPACE_BELOW


def _editor_height(row: ValueRow, heights: Heights, metrics: QFontMetrics) -> int:
    if row.multiple:
        lines = 2 if row.type is ValueType.TEXT else 1
        return items_height(metrics, len(row.items), lines) + heights.button + 2
    if choices_of(row.type, row.entry):
        return max(heights.box, heights.line)
    if row.type in {ValueType.TEXT, ValueType.JSON} or "\n" in row.text:
        return text_height(metrics, row.text.count("\n") + 1)
    return heights.line
