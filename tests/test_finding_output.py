from __future__ import annotations

from decimal import Decimal

import pytest

from bxgui.core.findings import Drop, Finding, FindingCode, Give, Mend, Rename, Replace
from bxgui.core.json_values import JsonValue, parse
from bxgui.finding_output import finding_lines, findings_text


def test_that_nothing_was_found_is_said() -> None:
    assert list(finding_lines([], frozenset())) == ["Nothing speaks against this reply."]


@pytest.mark.parametrize(
    ("mend", "document"),
    [
        (None, None),
        (Rename("Approved"), {"action": "rename", "name": "Approved"}),
        (Replace(["\ud83d", 2**64]), {"action": "replace", "value": ["\ud83d", 2**64]}),
        (Give("x"), {"action": "give", "value": "x"}),
        (Drop(), {"action": "drop"}),
    ],
)
def test_a_mend_is_told_to_programs(mend: Mend | None, document: JsonValue) -> None:
    finding = Finding(FindingCode.WRONG_TYPE, "a", 0, mend=mend)

    told = parse(findings_text([finding], frozenset()))

    assert isinstance(told, list)
    (one,) = told
    assert isinstance(one, dict)
    assert one["mend"] == document


def test_a_mend_loses_no_digit() -> None:
    value: JsonValue = [Decimal("1.10"), Decimal("0.1234567890123456789")]
    finding = Finding(FindingCode.SINGLE_FOR_LIST, "a", 0, mend=Replace(value))

    text = findings_text([finding], frozenset())

    assert " 1.10,\n" in text
    assert " 0.1234567890123456789\n" in text
