"""Where the parts of a row stand: all rows alike, so that their editors are in line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from bxgui.ui.row_parts import RowParts

_GAP = 6
_MENU = 26
_LEAST, _MOST = 110, 260
_SHARE = 0.36
SPACE_BELOW = 6
_INDENT = 20


@dataclass(frozen=True, slots=True)
class QuietTexts:
    """What a row tells quietly: its name, its type, and its description."""

    name: str = ""
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """The height of a row, and where its quiet texts stand."""

    height: int
    name: QRect
    kind: QRect
    note: QRect


_NOWHERE = QRect()


def place(
    parts: RowParts, quiet: QuietTexts, width: int, line: int, metrics: QFontMetrics
) -> Places:
    """Put the widgets into a row of this width; `line` is the height of a line that is edited."""
    left = left_width(width)
    if parts.name is not None:
        name = kind = _NOWHERE
        bottom = _place_outside(parts, left, line)
    else:
        name, kind = _place_titled(parts, quiet, left, line, metrics)
        bottom = max(line, name.bottom() + 1, kind.bottom() + 1)
    start = left + _GAP
    note, editor_bottom = _place_editor(parts, quiet, start, width, line, metrics)
    bottom = max(bottom, editor_bottom)
    if parts.problem is not None:
        height = parts.problem.heightForWidth(width - start)
        parts.problem.setGeometry(start, bottom, width - start, height)
        bottom += height
    return Places(bottom + SPACE_BELOW, name, kind, note)


def left_width(width: int) -> int:
    """How much of a row's width its names have."""
    return min(max(int(width * _SHARE), _LEAST), _MOST)


def is_beside(tick: int, kind: int, left: int) -> bool:
    """Whether the type has room beside the title."""
    return tick + _GAP + kind + 2 <= left


def _place_outside(parts: RowParts, left: int, line: int) -> int:
    box = parts.tick.sizeHint().width()
    parts.tick.setGeometry(0, 0, box, line)
    if parts.name is not None:
        parts.name.setGeometry(box, 0, left - box, line)
    if parts.kind is not None:
        parts.kind.setGeometry(box, line + 2, left - box, line)
    return 2 * line + 2


def _place_titled(
    parts: RowParts, quiet: QuietTexts, left: int, line: int, metrics: QFontMetrics
) -> tuple[QRect, QRect]:
    """The tick with its title; the type stands beside it where there is room, or below."""
    below, kind_width = metrics.height(), metrics.horizontalAdvance(quiet.kind) + 2
    beside = is_beside(parts.tick.sizeHint().width(), kind_width - 2, left)
    if beside:
        parts.tick.setGeometry(0, 0, left - kind_width - _GAP, line)
        kind = QRect(left - kind_width, 0, kind_width, line)
        name = QRect(_INDENT, line, left - _INDENT, below) if quiet.name else _NOWHERE
        return name, kind
    parts.tick.setGeometry(0, 0, left, line)
    kind_width = min(kind_width, left - _INDENT if not quiet.name else left // 2)
    kind = QRect(left - kind_width, line, kind_width, below)
    room = left - _INDENT - kind_width - _GAP
    return (QRect(_INDENT, line, room, below) if quiet.name else _NOWHERE), kind


def _place_editor(
    parts: RowParts, quiet: QuietTexts, start: int, width: int, line: int, metrics: QFontMetrics
) -> tuple[QRect, int]:
    """The editor with the menu at its side, description and default below it."""
    room, height = width - start - _MENU, max(parts.editor.sizeHint().height(), line)
    parts.editor.setGeometry(start, 0, room, height)
    parts.menu.setGeometry(width - _MENU, 0, _MENU, line)
    below = metrics.height()
    taken = 0
    if parts.default is not None:
        hint = parts.default.sizeHint().width()
        taken = min(hint, room // 2 if quiet.note else room)
        parts.default.setGeometry(start + room - taken, height, taken, below + 2)
    if not quiet.note:
        return _NOWHERE, height + (below + 2 if taken else 0)
    note = QRect(start + 2, height, room - taken - (_GAP if taken else 0), below)
    return note, height + below + (2 if taken else 0)
