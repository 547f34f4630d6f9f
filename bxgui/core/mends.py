"""The one-click mends of findings, in the rows of a form and in plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bxgui.core.dates import SITE_DATES, DateFormat
from bxgui.core.findings import Drop, Finding, Give, Rename, Replace
from bxgui.core.json_values import Pairs
from bxgui.core.value_rows import ValueRow, replaced, value_of


def mended_values(values: Pairs, finding: Finding) -> Pairs:
    """The values after the mend of a finding made in them; the same when it has none."""
    row, mend = finding.row, finding.mend
    if isinstance(mend, Give):
        return [*values, (finding.name, mend.value)]
    if row is None or mend is None:
        return values
    name, value = values[row]
    changed: Pairs = []
    if isinstance(mend, Rename):
        changed = [(mend.to, value)]
    elif isinstance(mend, Replace):
        changed = [(name, mend.value)]
    return [*values[:row], *changed, *values[row + 1 :]]


def mended(
    rows: Sequence[ValueRow], finding: Finding, dates: DateFormat = SITE_DATES
) -> list[ValueRow]:
    """The rows after the mend of a finding made in them; the same when it has none.

    A value whose name is corrected goes into the row that waits for it.
    """
    row, mend = finding.row, finding.mend
    if isinstance(mend, Give) and row is None:
        return [*rows, replaced(ValueRow(finding.name), mend.value, dates)]
    if row is None or mend is None:
        return list(rows)
    if isinstance(mend, Rename):
        return _renamed(rows, row, mend.to, dates)
    if isinstance(mend, Drop):
        changed = replace(rows[row], sent=False)
    else:
        changed = replaced(rows[row], mend.value, dates)
    return [*rows[:row], changed, *rows[row + 1 :]]


def _renamed(rows: Sequence[ValueRow], number: int, name: str, dates: DateFormat) -> list[ValueRow]:
    row = rows[number]
    waiting = next((i for i, one in enumerate(rows) if _waits_for(name, one)), None)
    if waiting is None:
        changed = replace(row, name=name, entry=None)
        return [*rows[:number], changed, *rows[number + 1 :]]
    filled = replaced(replace(rows[waiting], name=name), value_of(row, dates), dates)
    return [filled if i == waiting else one for i, one in enumerate(rows) if i != number]


def _waits_for(name: str, row: ValueRow) -> bool:
    return row.name.lower() == name.lower() and not row.sent
