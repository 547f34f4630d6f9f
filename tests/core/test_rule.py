from __future__ import annotations

import pytest
from factories import NOW

from bxgui.core.registration import Registration
from bxgui.core.rule import Rule, RuleProblem, the_only
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


def a_rule(portal: str, host: str = "") -> Rule:
    return Rule(1, "a", 1, portal, host, 0, NOW)


def test_the_only_rule_is_the_one_that_was_found() -> None:
    rule = a_rule("member")

    assert the_only([rule], "a") is rule


@pytest.mark.parametrize(
    ("found", "portal", "code", "text"),
    [
        ([], "", "no_rule", "No rule a is known."),
        ([], "office", "no_rule", "No rule a is known in the portal office."),
        (
            [a_rule("one", "one.example.org"), a_rule("two")],
            "",
            "several_rules",
            "Several portals have a rule a: one.example.org, two.",
        ),
    ],
)
def test_rules_that_are_not_the_only_one_are_told(
    found: list[Rule], portal: str, code: str, text: str
) -> None:
    with pytest.raises(RuleProblem) as told:
        the_only(found, "a", portal)

    assert (told.value.code, str(told.value)) == (code, text)
