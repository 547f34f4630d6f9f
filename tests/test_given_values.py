from __future__ import annotations

import pytest

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.dates import SITE_DATES
from bxgui.core.schema import ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.given_values import wire_values


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ValueRow("sum", ValueType.INT, text="many"),
            "“sum” is to be a whole number, and “many” is not. Correct it, or leave it out.",
        ),
        (
            ValueRow("sums", ValueType.INT, multiple=True, items=("1", "many")),
            "“sums” is to be a whole number, and “many” is not. Correct it, or leave it out.",
        ),
        (
            ValueRow("", text="Y"),
            "A value has no name: the portal cannot take it. Give it its name.",
        ),
    ],
)
def test_text_that_is_no_value_is_told_as_it_was_given(row: ValueRow, said: str) -> None:
    with pytest.raises(CommandProblem) as problem:
        wire_values([ValueRow("a", text="b"), row], SITE_DATES)

    assert (str(problem.value), problem.value.status) == (said, USAGE)
