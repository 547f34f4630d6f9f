from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from registrations import REGISTRATIONS

from bxgui.core.findings import Severity
from bxgui.core.json_values import JsonValue
from bxgui.core.local_text import LocalText, plain
from bxgui.core.registration import Registration, read_registration
from bxgui.core.registration_rules import (
    SEVERITIES,
    RegistrationFinding,
    registration_findings,
    schema_findings,
)
from bxgui.core.schema import RuleProperty, ValueType, read_schema

GOOD = Registration(
    code="approve.invoice-1_A",
    name=plain("Approve"),
    handler="https://app.example.org/handler",
    use_subscription=True,
    return_properties=(RuleProperty("ok", ValueType.BOOL, plain("OK"), default="Y"),),
)


def told(findings: object) -> list[tuple[str, tuple[str, ...]]]:
    assert isinstance(findings, tuple)
    return [(finding.code, finding.where) for finding in findings]


def of_property(fields: dict[str, JsonValue]) -> list[tuple[str, str, str, str]]:
    """Code, field, value and what is meant, of each finding on a property that has a name."""
    schema = read_schema({"a": {"NAME": "A", **fields}})
    found = list(schema_findings("RETURN_PROPERTIES", schema))
    assert {finding.where[:2] for finding in found} <= {("RETURN_PROPERTIES", "a")}
    return [(one.code, one.where[2], one.value, one.nearest) for one in found]


def test_a_good_registration_has_no_findings() -> None:
    assert registration_findings(GOOD) == ()


def test_what_is_missing_from_a_whole_registration() -> None:
    assert told(registration_findings(Registration())) == [
        ("code_missing", ("CODE",)),
        ("name_missing", ("NAME",)),
        ("handler_missing", ("HANDLER",)),
        ("subscription_missing", ("USE_SUBSCRIPTION",)),
    ]


def test_nothing_is_missing_from_what_is_not_whole() -> None:
    assert registration_findings(Registration(), whole=False) == ()


@pytest.mark.parametrize("code", ["a b", "правило", "a/b", "a\n"])
def test_a_code_has_few_characters(code: str) -> None:
    (finding,) = registration_findings(replace(GOOD, code=code))

    assert finding == RegistrationFinding("bad_code", Severity.ERROR, ("CODE",), code)


@pytest.mark.parametrize("value", [True, "y", "yes", 1, None])
def test_any_subscription_but_yes_and_no_is_unclear(value: JsonValue) -> None:
    document: dict[str, JsonValue] = {
        "CODE": "a", "NAME": "b", "HANDLER": GOOD.handler, "USE_SUBSCRIPTION": value
    }  # fmt: skip

    (finding,) = registration_findings(read_registration(document))

    expected = "subscription_missing" if value is None else "subscription_unclear"
    assert (finding.code, finding.where) == (expected, ("USE_SUBSCRIPTION",))


def test_a_rule_that_does_not_wait_returns_nothing() -> None:
    assert told(registration_findings(replace(GOOD, use_subscription=False))) == [
        ("does_not_wait", ("USE_SUBSCRIPTION",))
    ]
    nothing = replace(GOOD, use_subscription=False, return_properties=())
    assert registration_findings(nothing) == ()


@pytest.mark.parametrize(
    ("address", "code", "severity"),
    [
        ("ftp://app.example.org/", "handler_other_scheme", Severity.ERROR),
        ("https://intranet/", "handler_host_without_dot", Severity.ERROR),
        ("https://app .example.org/", "handler_not_an_address", Severity.ERROR),
        ("https://192.168.1.5/", "handler_local_host", Severity.WARNING),
        ("http://app.example.org/", "handler_plain_http", Severity.WARNING),
        ("https://u@app.example.org/", "handler_user_name", Severity.WARNING),
        ("https://app.example.org/#x", "handler_fragment", Severity.WARNING),
    ],
)
def test_an_address_follows_the_rules_of_handlers(
    address: str, code: str, severity: Severity
) -> None:
    found = registration_findings(replace(GOOD, handler=address, placement_handler=address))

    assert found == (
        RegistrationFinding(code, severity, ("HANDLER",)),
        RegistrationFinding(code, severity, ("PLACEMENT_HANDLER",)),
    )


def test_a_placement_needs_its_handler() -> None:
    found = registration_findings(replace(GOOD, use_placement=True))

    assert told(found) == [("placement_handler_missing", ("PLACEMENT_HANDLER",))]


def test_fields_that_cannot_be_read() -> None:
    others = (
        ("DOCUMENT_TYPE", "DEAL"),
        ("FILTER", "b24"),
        ("AUTH_USER_ID", "admin"),
        ("DESCRIPTION", True),
        ("SOMETHING", 1),
    )

    assert told(registration_findings(replace(GOOD, others=others))) == [
        ("bad_document_type", ("DOCUMENT_TYPE",)),
        ("bad_filter", ("FILTER",)),
        ("unreadable", ("AUTH_USER_ID",)),
        ("unreadable", ("DESCRIPTION",)),
    ]


@pytest.mark.parametrize("name", ["", "1a", "a b", "a.b", "имя", "a\n", "_a", "a[b]"])
def test_the_name_of_a_property_is_a_word_that_begins_with_a_letter(name: str) -> None:
    found = schema_findings("PROPERTIES", (RuleProperty(name, title=plain("A")),))

    assert [(one.code, one.severity, one.where) for one in found] == [
        ("bad_key", Severity.ERROR, ("PROPERTIES", name))
    ]


def test_names_are_there_once_and_differ_in_more_than_case() -> None:
    schema = [RuleProperty(name, title=plain("A")) for name in ("a", "A", "b", "a")]

    found = [(one.code, one.where[1]) for one in schema_findings("PROPERTIES", schema)]

    assert found == [("key_differs_in_case", "A"), ("repeated_key", "a")]


def test_a_property_needs_a_name_for_people() -> None:
    schema = (RuleProperty("a"), RuleProperty("b", title=LocalText((("ru", "Б"),))))

    (finding,) = schema_findings("PROPERTIES", schema)

    assert (finding.code, finding.where) == (
        "property_name_missing",
        ("PROPERTIES", "a", "NAME"),
    )


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("boolean", "bool"), ("Integer", "int"), ("list", "select"), ("strin", "string"),
     ("json", ""), ("zzzz", "")],
)  # fmt: skip
def test_a_type_that_nobody_documents(name: str, nearest: str) -> None:
    assert of_property({"TYPE": name}) == [("unknown_type", "TYPE", name, nearest)]


@pytest.mark.parametrize("name", ["", "string", "BOOL", "time", "file", "UF:money", "E:x"])
def test_types_that_are_known_or_the_document_s(name: str) -> None:
    assert of_property({"TYPE": name}) == []


OPTIONS: JsonValue = {"low": "Low", "high": "High"}


@pytest.mark.parametrize(
    ("fields", "findings"),
    [
        ({"TYPE": "select", "OPTIONS": OPTIONS, "DEFAULT": "low"}, []),
        ({"TYPE": "select", "OPTIONS": OPTIONS, "DEFAULT": ["low", "high"], "MULTIPLE": "Y"}, []),
        ({"TYPE": "select"}, [("options_missing", "OPTIONS", "", "")]),
        ({"TYPE": "select", "DEFAULT": "x"}, [("options_missing", "OPTIONS", "", "")]),
        ({"TYPE": "int", "OPTIONS": OPTIONS}, [("options_unused", "OPTIONS", "", "")]),
        ({"TYPE": "select", "OPTIONS": OPTIONS, "DEFAULT": "LOW"},
         [("default_not_an_option", "DEFAULT", "LOW", "low")]),
        ({"TYPE": "select", "OPTIONS": OPTIONS, "DEFAULT": ["low", "x"], "MULTIPLE": "Y"},
         [("default_not_an_option", "DEFAULT", "x", "")]),
        ({"TYPE": "string", "DEFAULT": ["low"]}, [("default_of_another_type", "DEFAULT", "", "")]),
        ({"TYPE": "bool", "DEFAULT": "Y"}, []),
        ({"TYPE": "bool", "DEFAULT": True}, [("default_of_another_type", "DEFAULT", "true", "")]),
        ({"TYPE": "bool", "DEFAULT": False}, [("default_of_another_type", "DEFAULT", "false", "")]),
        ({"TYPE": "bool", "DEFAULT": {}}, [("default_of_another_type", "DEFAULT", "{}", "")]),
        ({"TYPE": "int", "DEFAULT": -5}, []),
        ({"TYPE": "int", "DEFAULT": "1.5"}, [("default_of_another_type", "DEFAULT", "1.5", "")]),
        ({"TYPE": "double", "DEFAULT": "1.5"}, []),
        ({"TYPE": "double", "DEFAULT": "1,5"}, [("default_of_another_type", "DEFAULT", "1,5", "")]),
        ({"TYPE": "int", "DEFAULT": "{=Document:ID}"}, []),
        ({"TYPE": "int", "DEFAULT": ""}, []),
        ({"TYPE": "int", "DEFAULT": [None, [1]], "MULTIPLE": "Y"},
         [("default_of_another_type", "DEFAULT", "[]", "")]),
        ({"TYPE": "user", "DEFAULT": "Author;"}, []),
        ({"REQUIRED": "maybe"}, [("unreadable", "REQUIRED", "maybe", "")]),
        ({"OPTIONS": "a"}, [("unreadable", "OPTIONS", "a", "")]),
        ({"SETTINGS": "a"}, []),
    ],
)  # fmt: skip
def test_options_and_defaults(
    fields: dict[str, JsonValue], findings: list[tuple[str, str, str, str]]
) -> None:
    assert of_property(fields) == findings


def test_an_option_is_there_once() -> None:
    twice = (("a", plain("A")), ("b", plain("B")), ("a", plain("C")), ("a", plain("D")))
    entry = RuleProperty("x", ValueType.SELECT, plain("X"), options=twice)

    (finding,) = schema_findings("PROPERTIES", (entry,))

    assert (finding.code, finding.value) == ("repeated_option", "a")


def test_both_schemas_are_looked_at() -> None:
    schema = (RuleProperty("1", title=plain("A")),)

    found = registration_findings(replace(GOOD, properties=schema, return_properties=schema))

    assert [finding.where[0] for finding in found] == ["PROPERTIES", "RETURN_PROPERTIES"]


@given(REGISTRATIONS)
def test_every_finding_is_known_and_has_its_severity(registration: Registration) -> None:
    for finding in registration_findings(registration):
        assert finding.severity is SEVERITIES[finding.code]
        assert finding.where


def test_a_list_of_properties_lacks_their_names() -> None:
    schema = read_schema({"0": {"NAME": "A"}, "1": {"NAME": "B"}})

    (found,) = schema_findings("RETURN_PROPERTIES", schema)

    assert (found.code, found.where) == ("properties_without_names", ("RETURN_PROPERTIES",))
