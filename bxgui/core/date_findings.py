"""What becomes of dates that are typed for a portal whose clock is not known."""

from __future__ import annotations

from bxgui.core.coercion import from_text
from bxgui.core.dates import DateFormat, drops_offset, is_taken_as_utc
from bxgui.core.findings import Finding, FindingCode, shown
from bxgui.core.schema import ValueType
from bxgui.core.value_rows import ValueRow, writing_of

_DATES = frozenset({ValueType.DATE, ValueType.DATETIME})


def of_typed_date(number: int, row: ValueRow, dates: DateFormat) -> Finding | None:
    """What a row that can be sent does not say of the first of its dates."""
    if row.type not in _DATES:
        return None
    for text in row.items if row.multiple else (row.text,):
        code = _code(text, dates)
        if code is not None:
            sent = from_text(row.type, text, writing_of(row, dates))
            return Finding(code, row.name, number, given=shown(text), wanted=shown(sent))
    return None


def _code(text: str, dates: DateFormat) -> FindingCode | None:
    if drops_offset(text, dates):
        return FindingCode.DROPPED_OFFSET
    return FindingCode.TAKEN_AS_UTC if is_taken_as_utc(text, dates) else None
