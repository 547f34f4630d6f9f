from __future__ import annotations

import pytest

from bxgui.core import handler_rules
from bxgui.core.findings import Severity
from bxgui.core.registration_rules import SEVERITIES, RegistrationFinding
from bxgui.core.registration_sentences import (
    EVERY_TEXT,
    FINDINGS,
    FORMATS,
    PROBLEMS,
    REMARKS,
    finding_text,
    problem_text,
    remark_text,
)
from bxgui.core.registration_text import Format, Remark, TextProblem


def told(code: str, value: str = "", nearest: str = "") -> str:
    where = ("RETURN_PROPERTIES", "level", "TYPE")
    return finding_text(RegistrationFinding(code, Severity.WARNING, where, value, nearest))


def test_every_finding_has_its_sentence() -> None:
    of_handlers = {
        f"handler_{found.code}"
        for found in vars(handler_rules).values()
        if isinstance(found, handler_rules.HandlerFinding)
        and found is not handler_rules.NO_SECRET_PATH
    }

    assert set(FINDINGS) == {*SEVERITIES, *of_handlers}
    assert set(FORMATS) == set(Format)


def test_a_finding_says_where_and_what_and_what_is_meant() -> None:
    assert told("unknown_type", "list", "select") == (
        "RETURN_PROPERTIES → level → TYPE: “list” is no type that Bitrix24 documents. "
        "Did you mean “select”?"
    )
    assert told("unknown_type", "%1%3").startswith("RETURN_PROPERTIES → level → TYPE: “%1%3” is")
    assert told("code_missing") == "RETURN_PROPERTIES → level → TYPE is missing."


def test_a_problem_says_where_it_is_if_that_helps() -> None:
    assert problem_text(TextProblem("comma_missing", 3, 14)) == (
        "Line 3, column 14: A comma is missing."
    )
    assert problem_text(TextProblem("nothing_found")) == "No registration is found in it."


@pytest.mark.parametrize(
    ("remark", "text"),
    [
        (
            Remark("unknown_value", ("PROPERTIES", "a"), "$handler"),
            "PROPERTIES → a was left out: only the running program knows $handler.",
        ),
        (
            Remark("unknown_value", ("",)),
            "A value was left out: only the running program knows it.",
        ),
        (Remark("auth_left_out", (), "auth"), "“auth” was left out: it is a secret."),
        (
            Remark("rest_not_read", (), "comma_missing"),
            "What begins here was not read. A comma is missing.",
        ),
    ],
)
def test_a_remark_says_what_was_left_out(remark: Remark, text: str) -> None:
    assert remark_text(remark) == text


def test_every_text_can_be_said_in_another_language() -> None:
    asked: list[str] = []

    def said(text: str) -> str:
        asked.append(text)
        return text

    for code in PROBLEMS:
        problem_text(TextProblem(code), said)
    for code in REMARKS:
        remark_text(Remark(code, (), "empty"), said)
    remark_text(Remark("unknown_value"), said)
    for code in FINDINGS:
        finding_text(RegistrationFinding(code, Severity.NOTE, ("A",), "b", "c"), said)
    assert set(asked) == set(EVERY_TEXT)
