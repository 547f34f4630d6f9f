from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from registrations import REGISTRATIONS

from bxgui.core.local_text import plain
from bxgui.core.registration import Registration
from bxgui.core.registration_changes import Change, ChangeKind, changes
from bxgui.core.schema import RuleProperty, ValueType

OK = RuleProperty("ok", ValueType.BOOL, plain("OK"), type_name="bool")
NOTE = RuleProperty("note")
SUM = RuleProperty("sum")
KEPT = Registration(code="a", name=plain("A"), return_properties=(OK, NOTE, SUM))


def found(proposed: Registration, kept: Registration | None = KEPT) -> list[tuple[str, ...]]:
    return [
        (change.kind.value, change.field, *filter(None, (change.name, *change.parts)))
        for change in changes(kept, proposed)
    ]


@given(REGISTRATIONS)
def test_a_registration_does_not_differ_from_itself(registration: Registration) -> None:
    assert changes(registration, registration) == ()


@given(REGISTRATIONS)
def test_all_of_a_first_registration_is_added(registration: Registration) -> None:
    assert {change.kind for change in changes(None, registration)} <= {ChangeKind.ADDED}


def test_fields_of_the_rule_are_told_with_what_stands_in_them() -> None:
    proposed = replace(KEPT, name=plain("B"), handler="https://h.example.org/", code="")

    assert changes(KEPT, proposed) == (
        Change(ChangeKind.ADDED, "HANDLER", after="https://h.example.org/"),
        Change(ChangeKind.CHANGED, "NAME", before="A", after="B"),
        Change(ChangeKind.REMOVED, "CODE", before="a"),
    )


def test_properties_are_added_changed_and_removed() -> None:
    required = replace(OK, required=True, title=plain("Fine"), default="Y")
    proposed = replace(KEPT, return_properties=(required, NOTE, RuleProperty("new")))

    assert found(proposed) == [
        ("changed", "RETURN_PROPERTIES", "ok", "NAME", "REQUIRED", "DEFAULT"),
        ("added", "RETURN_PROPERTIES", "new"),
        ("removed", "RETURN_PROPERTIES", "sum"),
    ]


def test_what_a_property_no_longer_tells_is_a_change() -> None:
    proposed = replace(KEPT, return_properties=(RuleProperty("ok"), NOTE, SUM))

    assert found(proposed) == [("changed", "RETURN_PROPERTIES", "ok", "NAME", "TYPE")]


def test_both_schemas_are_compared() -> None:
    proposed = replace(KEPT, properties=(NOTE,), return_properties=(OK, NOTE, SUM))

    assert found(proposed) == [("added", "PROPERTIES", "note")]


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        ((OK, NOTE, SUM), []),
        ((NOTE, SUM, OK), ["ok"]),
        ((SUM, OK, NOTE), ["sum"]),
        ((RuleProperty("new"), OK, NOTE, SUM), []),
        ((NOTE, SUM), []),
    ],
)
def test_only_what_stands_elsewhere_is_moved(
    order: tuple[RuleProperty, ...], moved: list[str]
) -> None:
    told = changes(KEPT, replace(KEPT, return_properties=order))

    assert [one.name for one in told if one.kind is ChangeKind.MOVED] == moved


def test_values_are_compared_as_they_are_written() -> None:
    one = replace(KEPT, return_properties=(replace(OK, default=Decimal("1.0")),))
    other = replace(KEPT, return_properties=(replace(OK, default=Decimal("1.00")),))

    assert found(other, one) == [("changed", "RETURN_PROPERTIES", "ok", "DEFAULT")]
