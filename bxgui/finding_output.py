"""Findings as the commands print them: lines for people, JSON documents for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bxgui.core.finding_texts import finding_text, mend_text
from bxgui.core.findings import (
    Drop,
    Finding,
    FindingCode,
    Give,
    Mend,
    Rename,
    Replace,
    Severity,
    Waiver,
)
from bxgui.core.json_layout import laid_out
from bxgui.core.json_values import JsonValue, editable

_WIDTH = max(map(len, Severity))
# Their sentences tell what the mend does.
_SAID = frozenset({FindingCode.UNKNOWN_NAME, FindingCode.UNKNOWN_OPTION, FindingCode.REPEATED_NAME})


def advised_text(finding: Finding) -> str:
    """A finding with what its mend would do."""
    mend = "" if finding.code in _SAID else mend_text(finding)
    return f"{finding_text(finding)} {mend}.".removesuffix(" .")


def finding_lines(found: Sequence[Finding], waived: Collection[Waiver]) -> Iterable[str]:
    """A finding a line, with how much it matters."""
    if not found:
        yield "Nothing speaks against this reply."
    for finding in found:
        note = "  (waived for this rule)" if finding.waiver in waived else ""
        yield f"{finding.severity:<{_WIDTH}}  {advised_text(finding)}{note}"


def findings_text(found: Sequence[Finding], waived: Collection[Waiver]) -> str:
    """The findings as `bxgui check --json` prints them."""
    return laid_out(editable([_finding_json(finding, waived) for finding in found]))


def _finding_json(finding: Finding, waived: Collection[Waiver]) -> dict[str, JsonValue]:
    return {
        "severity": finding.severity.value,
        "code": finding.code.value,
        "name": finding.name or None,
        "position": finding.row,
        "text": finding_text(finding),
        "mend": _mend_json(finding.mend),
        "waived": finding.waiver in waived,
    }


def _mend_json(mend: Mend | None) -> dict[str, JsonValue] | None:
    match mend:
        case Rename(to):
            return {"action": "rename", "name": to}
        case Replace(value):
            return {"action": "replace", "value": value}
        case Give(value):
            return {"action": "give", "value": value}
        case Drop():
            return {"action": "drop"}
        case None:
            return None
