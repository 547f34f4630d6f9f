from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bxgui.core.local_text import LocalText, plain
from bxgui.core.schema import (
    RuleProperty,
    ValueType,
    read_schema,
    settled,
    type_name,
    value_type,
    write_schema,
)

COMMENT = LocalText((("ru", "Комментарий"), ("en", "Comment")))
LOW = LocalText((("ru", "Низкий"),))


@pytest.mark.parametrize("kind", ValueType)
def test_a_type_is_known_by_its_name_in_any_case(kind: ValueType) -> None:
    assert value_type(kind.value.upper()) is kind


@pytest.mark.parametrize("name", ["UF:iblock_element", "", None, 5, "strings"])
def test_a_type_of_the_document_is_typed_as_text(name: object) -> None:
    assert value_type(name) is ValueType.STRING


def test_a_registration_is_read_in_its_order() -> None:
    schema = read_schema(
        {
            "approved": {"NAME": "Approved", "TYPE": "bool", "REQUIRED": "Y", "MULTIPLE": "N"},
            "comment": {"name": {"ru": "Комментарий", "en": "Comment"}, "type": "TEXT",
                        "description": "Why", "multiple": True},
            "plain": {},
            "level": {"Type": "select", "Options": {"1": "High", "2": {"ru": "Низкий"}}},
        }
    )  # fmt: skip

    approved = RuleProperty("approved", ValueType.BOOL, plain("Approved"), type_name="bool")
    comment = RuleProperty("comment", ValueType.TEXT, COMMENT, plain("Why"), type_name="TEXT")
    level = RuleProperty("level", ValueType.SELECT, type_name="select")
    assert schema == (
        replace(approved, required=True),
        replace(comment, multiple=True),
        RuleProperty("plain"),
        replace(level, options=(("1", plain("High")), ("2", LOW))),
    )


@pytest.mark.parametrize("fields", [None, "string", ["TYPE", "string"], 1])
def test_what_describes_no_property_is_passed_over(fields: Any) -> None:
    assert read_schema({"a": fields, "b": {}}) == (RuleProperty("b"),)


@pytest.mark.parametrize(
    ("flag", "is_set"),
    [("Y", True), ("y", True), ("1", True), (1, True), (True, True), ("N", False), ("", False),
     (0, False), (False, False), (None, False), ("yes", False)],
)  # fmt: skip
def test_flags_of_a_registration(flag: Any, is_set: bool) -> None:
    (entry,) = read_schema({"a": {"REQUIRED": flag, "MULTIPLE": flag}})

    assert (entry.required, entry.multiple) == (is_set, is_set)


def test_a_default_is_kept_as_it_was_registered() -> None:
    (entry,) = read_schema({"a": {"Default": ["x", None]}})

    assert entry.default == ["x", None]


@pytest.mark.parametrize("options", [None, [], {}, "a", {"a": {"b": ["c"]}}, {"a": ["c"]}])
def test_options_that_are_no_map_of_texts_are_none(options: Any) -> None:
    (entry,) = read_schema({"a": {"OPTIONS": options}})

    assert entry.options == ()


def test_a_list_of_options_has_its_numbers_for_keys_as_in_php() -> None:
    (entry,) = read_schema({"a": {"OPTIONS": ["High", {"ru": "Низкий"}]}})

    assert entry.options == (("0", plain("High")), ("1", LOW))


def test_what_cannot_be_read_is_kept_and_so_is_what_nobody_knows() -> None:
    (entry,) = read_schema(
        {"a": {"required": "maybe", "multiple": None, "options": "b", "name": [1], "type": 5,
               "Description": True, "settings": {"x": 1}}}
    )  # fmt: skip

    assert entry == RuleProperty(
        "a",
        others=(
            ("REQUIRED", "maybe"),
            ("OPTIONS", "b"),
            ("NAME", [1]),
            ("TYPE", 5),
            ("DESCRIPTION", True),
            ("SETTINGS", {"x": 1}),
        ),
    )


def test_of_two_fields_that_differ_in_case_the_later_counts() -> None:
    assert read_schema({"a": {"Type": "int", "TYPE": "bool"}}) == read_schema(
        {"a": {"type": "bool"}}
    )


def test_a_schema_is_written_as_it_is_registered() -> None:
    schema = (
        RuleProperty(
            "level",
            ValueType.SELECT,
            plain("Level"),
            LOW,
            required=True,
            multiple=True,
            options=(("1", plain("High")), ("2", LOW), ("3", plain(""))),
            default=["1"],
            others=(("NAME", "never"), ("SETTINGS", 1)),
        ),
        RuleProperty("plain"),
        RuleProperty("money", type_name="UF:money"),
    )

    assert write_schema(schema) == {
        "level": {
            "NAME": "Level",
            "DESCRIPTION": {"ru": "Низкий"},
            "TYPE": "select",
            "OPTIONS": {"1": "High", "2": {"ru": "Низкий"}, "3": ""},
            "REQUIRED": "Y",
            "MULTIPLE": "Y",
            "DEFAULT": ["1"],
            "SETTINGS": 1,
        },
        "plain": {},
        "money": {"TYPE": "UF:money"},
    }


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (RuleProperty("a"), ""),
        (RuleProperty("a", type_name="UF:money"), "UF:money"),
        (RuleProperty("a", ValueType.INT, type_name="INT"), "INT"),
        (RuleProperty("a", ValueType.INT), "int"),
        (RuleProperty("a", ValueType.INT, type_name="UF:money"), "int"),
    ],
)
def test_the_type_is_named_as_registered_unless_it_was_changed(
    entry: RuleProperty, name: str
) -> None:
    assert type_name(entry) == name


def test_what_cannot_be_read_in_a_field_goes_once_it_is_decided_about() -> None:
    (entry,) = read_schema({"a": {"REQUIRED": "maybe", "SORT": 5}})

    assert settled(replace(entry, required=True), "REQUIRED").others == (("SORT", 5),)
    assert settled(entry, "MULTIPLE") == entry
