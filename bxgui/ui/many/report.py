"""Results of many replies as text or CSV, for a ticket: the portal's own words are left out."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from bxgui.core.many import ManyResult
from bxgui.core.plain_text import brief
from bxgui.core.records import CallDetail
from bxgui.core.rule import Rule
from bxgui.ui.many.many_texts import counts_text, explained_text, outcome_text, rule_text
from bxgui.ui.questions import one_line

translate = QCoreApplication.translate
_LONGEST_CODE = 60
# A table calculation would take these for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@")


def as_text(rule: Rule, calls: Sequence[CallDetail], results: Sequence[ManyResult]) -> str:
    """A line for the rule, one for the counts, and one for each token."""
    lines = ["  ".join(filter(None, line)) for line in _lines(calls, results)]
    return "\n".join([rule_text(rule), counts_text(results), "", *lines])


def as_csv(calls: Sequence[CallDetail], results: Sequence[ManyResult]) -> str:
    """A table with a title for each column."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(
        (
            translate("Many", "Call"),
            translate("Many", "Document"),
            translate("Many", "Outcome"),
            translate("Many", "Code"),
            translate("Many", "What it means"),
        )
    )
    for line in _lines(calls, results):
        table.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in line)
    return written.getvalue()


def _lines(
    calls: Sequence[CallDetail], results: Sequence[ManyResult]
) -> list[tuple[str, str, str, str, str]]:
    found = {one.call_id: one for one in results}
    return [
        (
            str(call.row.id),
            one_line(call.row.document),
            outcome_text(result.came_to if result else ""),
            brief(result.verdict.code, _LONGEST_CODE) if result and result.verdict else "",
            explained_text(result) if result else "",
        )
        for call in calls
        for result in [found.get(call.row.id)]
    ]
