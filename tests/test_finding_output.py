from __future__ import annotations

import pytest

from bxgui.core.findings import Drop, Finding, FindingCode, Give, Mend, Rename, Replace
from bxgui.finding_output import finding_json, finding_lines


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
def test_a_mend_is_told_to_programs(mend: Mend | None, document: object) -> None:
    finding = Finding(FindingCode.WRONG_TYPE, "a", 0, mend=mend)

    assert finding_json(finding, frozenset())["mend"] == document
