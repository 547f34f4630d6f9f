from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from registrations import REGISTRATIONS

from bxgui.core.json_values import JsonValue, dump, parse
from bxgui.core.local_text import NO_TEXT, LocalText, plain
from bxgui.core.registration import (
    Registration,
    RuleKind,
    read_registration,
    to_document,
    with_field,
)
from bxgui.core.schema import RuleProperty, ValueType

DOCUMENT: dict[str, Any] = {
    "KIND": "robot",
    "CODE": "approve_invoice",
    "HANDLER": "https://app.example.org/handler",
    "AUTH_USER_ID": 1,
    "USE_SUBSCRIPTION": "Y",
    "NAME": {"ru": "Согласовать", "en": "Approve"},
    "DESCRIPTION": "Asks",
    "PROPERTIES": {"sum": {"NAME": "Sum", "TYPE": "double"}},
    "RETURN_PROPERTIES": {"approved": {"NAME": "Approved", "TYPE": "bool"}},
    "DOCUMENT_TYPE": ["crm", "CCrmDocumentDeal", "DEAL"],
    "FILTER": {"INCLUDE": [["crm", "CCrmDocumentDeal"]]},
    "USE_PLACEMENT": "N",
    "PLACEMENT_HANDLER": "https://app.example.org/settings",
    "SOMETHING": [Decimal("1.50"), None],
}
REGISTRATION = Registration(
    code="approve_invoice",
    kind=RuleKind.ROBOT,
    name=LocalText((("ru", "Согласовать"), ("en", "Approve"))),
    description=plain("Asks"),
    properties=(RuleProperty("sum", ValueType.DOUBLE, plain("Sum"), type_name="double"),),
    return_properties=(
        RuleProperty("approved", ValueType.BOOL, plain("Approved"), type_name="bool"),
    ),
    document_type=("crm", "CCrmDocumentDeal", "DEAL"),
    use_subscription=True,
    handler="https://app.example.org/handler",
    auth_user_id=1,
    filter={"INCLUDE": [["crm", "CCrmDocumentDeal"]]},
    use_placement=False,
    placement_handler="https://app.example.org/settings",
    others=(("SOMETHING", [Decimal("1.50"), None]),),
)


def in_lower_case(value: Any) -> Any:
    """The document with the names of its fields, not of its properties, in small letters."""
    properties = {"PROPERTIES", "RETURN_PROPERTIES"}
    return {
        name.lower(): {
            key: {field.lower(): inner for field, inner in fields.items()}
            for key, fields in content.items()
        }
        if name in properties
        else content
        for name, content in value.items()
    }


def test_every_field_has_its_place() -> None:
    assert read_registration(DOCUMENT) == REGISTRATION


def test_a_registration_is_written_in_one_order_and_spelling() -> None:
    assert list(to_document(REGISTRATION).items()) == list(DOCUMENT.items())


def test_the_case_of_the_names_of_fields_does_not_matter() -> None:
    assert read_registration(in_lower_case(DOCUMENT)) == REGISTRATION


def test_properties_keep_the_case_of_their_names_and_their_order() -> None:
    fields: dict[str, Any] = {"return_properties": {"Zeta": {}, "alpha": {}, "Alpha": {}}}

    names = [entry.name for entry in read_registration(fields).return_properties]

    assert names == ["Zeta", "alpha", "Alpha"]


def test_nothing_is_read_from_nothing() -> None:
    assert read_registration({}) == Registration()
    assert to_document(Registration()) == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"USE_SUBSCRIPTION": True},
        {"USE_SUBSCRIPTION": "y"},
        {"USE_PLACEMENT": 1},
        {"NAME": ["a"]},
        {"DESCRIPTION": {"ru": []}},
        {"CODE": ["a"]},
        {"CODE": True},
        {"KIND": "trigger"},
        {"KIND": []},
        {"AUTH_USER_ID": "admin"},
        {"AUTH_USER_ID": "9" * 19},
        {"AUTH_USER_ID": True},
        {"PROPERTIES": "none"},
        {"FILTER": "b24"},
        {"DOCUMENT_TYPE": "DEAL"},
        {"DOCUMENT_TYPE": ["crm", "CCrmDocumentDeal"]},
        {"DOCUMENT_TYPE": ["crm", "CCrmDocumentDeal", 5]},
        {"HANDLER": {"url": "x"}},
    ],
    ids=str,
)
def test_what_cannot_be_read_is_kept_as_it_came(fields: dict[str, Any]) -> None:
    registration = read_registration(fields)

    assert registration == Registration(others=tuple(fields.items()))
    assert to_document(registration) == fields


@pytest.mark.parametrize(
    "fields",
    [{"PROPERTIES": []}, {"DOCUMENT_TYPE": []}, {"FILTER": []}, {"NAME": []}, {"NAME": None},
     {"SOMETHING": None}, {"KIND": ""}],
    ids=str,
)  # fmt: skip
def test_what_is_empty_is_as_good_as_absent(fields: dict[str, Any]) -> None:
    assert read_registration(fields) == Registration()


def test_a_document_type_may_come_as_a_map_of_numbers() -> None:
    fields: dict[str, Any] = {"DOCUMENT_TYPE": {"0": "crm", "1": "CCrmDocumentDeal", "2": "DEAL"}}

    assert read_registration(fields).document_type == ("crm", "CCrmDocumentDeal", "DEAL")


def test_a_list_of_properties_has_numbers_for_names_as_in_the_portal() -> None:
    registration = read_registration({"PROPERTIES": [{"TYPE": "int"}]})

    assert registration.properties == (RuleProperty("0", ValueType.INT, type_name="int"),)


def test_numbers_may_be_given_as_text_and_texts_as_numbers() -> None:
    registration = read_registration({"CODE": 17, "AUTH_USER_ID": "1"})

    assert (registration.code, registration.auth_user_id) == ("17", 1)


def test_what_was_mended_takes_the_place_of_what_could_not_be_read() -> None:
    registration = Registration(code="a", others=(("CODE", ["a"]),))

    assert to_document(registration) == {"CODE": "a"}


@given(REGISTRATIONS)
def test_a_written_registration_is_read_back(registration: Registration) -> None:
    written = dump(to_document(registration))

    read = parse(written)

    assert isinstance(read, dict)
    assert read_registration(read) == registration


@pytest.mark.parametrize(
    ("field", "value", "after"),
    [
        ("NAME", {"en": "New"}, {"name": LocalText((("en", "New"),))}),
        ("NAME", None, {"name": NO_TEXT}),
        ("USE_SUBSCRIPTION", "N", {"use_subscription": False, "others": (("ELSE", 1),)}),
        ("USE_SUBSCRIPTION", None, {"others": (("ELSE", 1),)}),
        ("AUTH_USER_ID", "12", {"auth_user_id": 12}),
        ("FILTER", {"INCLUDE": []}, {"filter": {"INCLUDE": []}}),
        ("KIND", "activity", {"kind": RuleKind.ACTIVITY}),
    ],
)
def test_a_field_is_given_as_it_would_be_read(
    field: str, value: JsonValue, after: dict[str, Any]
) -> None:
    rule = Registration("a", name=plain("Old"), others=(("USE_SUBSCRIPTION", True), ("ELSE", 1)))

    assert with_field(rule, field, value) == replace(rule, **after)


def test_what_cannot_be_read_is_kept_as_it_is_given() -> None:
    rule = Registration("a", auth_user_id=1)

    changed = with_field(rule, "AUTH_USER_ID", "one")

    assert changed == Registration("a", others=(("AUTH_USER_ID", "one"),))
    assert with_field(changed, "AUTH_USER_ID", "1") == rule


def test_a_field_is_given_beside_properties_of_one_name() -> None:
    twice = (RuleProperty("ok"), RuleProperty("ok", required=True))
    rule = Registration("a", return_properties=twice, properties=twice)

    assert with_field(rule, "HANDLER", "x") == replace(rule, handler="x")
