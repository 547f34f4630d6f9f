from __future__ import annotations

import pytest
from factories import NOW

from bxgui.core.registration import Registration
from bxgui.core.rule import Rule, RuleProblem
from bxgui.core.schema import RuleProperty


@pytest.mark.parametrize(
    ("registration", "has_schema"),
    [
        (None, False),
        (Registration(code="a"), False),
        (Registration(return_properties=(RuleProperty("ok"),)), True),
    ],
)
def test_a_schema_is_the_return_properties(
    registration: Registration | None, has_schema: bool
) -> None:
    rule = Rule(1, "a", 1, "member", "portal.example.org", 0, NOW, registration)

    assert rule.has_schema is has_schema


def test_a_problem_has_a_code_and_a_text() -> None:
    problem = RuleProblem("no_rule", "No rule a is known.")

    assert (problem.code, str(problem)) == ("no_rule", "No rule a is known.")
