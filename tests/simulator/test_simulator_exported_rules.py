from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import given
from registrations import REGISTRATIONS

from bxgui.core.findings import Severity
from bxgui.core.local_text import plain
from bxgui.core.registration import Registration
from bxgui.core.registration_export import export_call
from bxgui.core.registration_rules import registration_findings
from bxgui.core.schema import RuleProperty
from bxgui.simulator.refusals import Refused
from bxgui.simulator.rules import RuleBook, RuleKind

GOOD = Registration(
    code="approve_invoice",
    name=plain("Approve"),
    handler="https://app.example.org/handler",
    return_properties=(RuleProperty("ok", title=plain("OK")),),
)


def register(registration: Registration) -> RuleBook:
    book = RuleBook(threading.RLock())
    book.add(RuleKind.ROBOT, export_call(registration).body)
    return book


def is_bad(registration: Registration) -> bool:
    found = registration_findings(registration)
    return any(one.severity is Severity.ERROR for one in found)


@given(REGISTRATIONS)
def test_what_has_no_problem_the_portal_takes(drawn: Registration) -> None:
    registration = replace(drawn, code="a", name=plain("b"), handler="https://app.example.org/")

    assert not is_bad(registration)
    assert register(registration)["a"].waits is (
        export_call(registration).body["USE_SUBSCRIPTION"] == "Y"
    )


@pytest.mark.parametrize(
    "registration",
    [
        replace(GOOD, code=""),
        replace(GOOD, code="a b"),
        replace(GOOD, code="правило"),
        replace(GOOD, name=plain("")),
        replace(GOOD, handler="ftp://app.example.org/"),
        replace(GOOD, handler="https://localhost/"),
        replace(GOOD, properties=(RuleProperty("1a"),)),
        replace(GOOD, return_properties=(RuleProperty("a.b"),)),
    ],
)
def test_what_the_portal_refuses_is_a_problem(registration: Registration) -> None:
    assert is_bad(registration)
    with pytest.raises(Refused):
        register(registration)
