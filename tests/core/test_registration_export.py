from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from registrations import REGISTRATIONS

from bxgui.core.json_values import parse
from bxgui.core.local_text import plain
from bxgui.core.registration import Registration, RuleKind, merged, read_registration
from bxgui.core.registration_export import (
    AUTH_PLACEHOLDER,
    HANDLER_PLACEHOLDER,
    export_call,
    export_json,
)
from bxgui.core.registration_text import read_text
from bxgui.core.schema import RuleProperty

OK = RuleProperty("ok")
RULE = Registration(code="a", name=plain("b"), return_properties=(OK,))
ADDRESS = "https://hook.example.org/h/secret"


@given(REGISTRATIONS)
def test_an_exported_document_is_the_registration(registration: Registration) -> None:
    document = parse(export_json(registration))

    assert isinstance(document, dict)
    assert read_registration(document) == registration


@given(REGISTRATIONS)
def test_an_exported_call_is_understood_again(drawn: Registration) -> None:
    call = export_call(replace(drawn, code="a"))

    (read,) = read_text(call.text).registrations

    waits = drawn.use_subscription is not False and call.body["USE_SUBSCRIPTION"] == "Y"
    assert read.registration == replace(
        drawn, code="a", kind=RuleKind.UNKNOWN, use_subscription=waits
    )


def test_what_nobody_told_is_a_placeholder() -> None:
    call = export_call(RULE)

    assert call.method == "bizproc.robot.add"
    assert list(call.body.items()) == [
        ("CODE", "a"),
        ("HANDLER", HANDLER_PLACEHOLDER),
        ("USE_SUBSCRIPTION", "Y"),
        ("NAME", "b"),
        ("RETURN_PROPERTIES", {"ok": {}}),
        ("auth", AUTH_PLACEHOLDER),
    ]


@pytest.mark.parametrize(
    ("registered", "given_", "exported"),
    [
        ("https://app.example.org/", "", "https://app.example.org/"),
        ("https://app.example.org/", ADDRESS, ADDRESS),
        ("https://hook.example.org/h/***", "", HANDLER_PLACEHOLDER),
        ("", "", HANDLER_PLACEHOLDER),
    ],
)
def test_the_handler_of_a_call(registered: str, given_: str, exported: str) -> None:
    call = export_call(replace(RULE, handler=registered), given_)

    assert call.body["HANDLER"] == exported


def test_an_address_with_a_mask_is_registered_nowhere() -> None:
    rule = replace(RULE, use_placement=True, placement_handler="https://app.example.org/h/***")

    call = export_call(rule)

    assert call.body["PLACEMENT_HANDLER"] == HANDLER_PLACEHOLDER
    (read,) = read_text(call.text).registrations
    assert read.registration.placement_handler == ""


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        (RuleKind.ROBOT, "bizproc.robot.add"),
        (RuleKind.ACTIVITY, "bizproc.activity.add"),
        (RuleKind.UNKNOWN, "bizproc.robot.add"),
    ],
)
def test_the_method_of_a_call(kind: RuleKind, method: str) -> None:
    call = export_call(replace(RULE, kind=kind))

    assert call.method == method
    assert "KIND" not in call.body


@pytest.mark.parametrize(
    ("waits", "schema", "flag"),
    [(True, (), "Y"), (False, (OK,), "N"), (None, (OK,), "Y"), (None, (), "N")],
)
def test_a_call_always_says_whether_the_step_waits(
    waits: bool | None, schema: tuple[RuleProperty, ...], flag: str
) -> None:
    call = export_call(replace(RULE, use_subscription=waits, return_properties=schema))

    assert call.body["USE_SUBSCRIPTION"] == flag


def test_changes_leave_what_they_do_not_name() -> None:
    kept = replace(RULE, kind=RuleKind.ROBOT, handler=ADDRESS)
    changes = Registration(name=plain("c"), return_properties=(RuleProperty("no"),))

    assert merged(kept, changes) == replace(
        kept, name=plain("c"), return_properties=(RuleProperty("no"),)
    )
    assert merged(None, changes) == changes
