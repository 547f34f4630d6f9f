from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bxgui.core.local_text import LocalText, plain
from bxgui.core.schema import ReturnProperty, ValueType, read_schema, value_type

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

    approved = ReturnProperty("approved", ValueType.BOOL, plain("Approved"), type_name="bool")
    comment = ReturnProperty("comment", ValueType.TEXT, COMMENT, plain("Why"), type_name="TEXT")
    level = ReturnProperty("level", ValueType.SELECT, type_name="select")
    assert schema == (
        replace(approved, required=True),
        replace(comment, multiple=True),
        ReturnProperty("plain"),
        replace(level, options=(("1", plain("High")), ("2", LOW))),
    )


@pytest.mark.parametrize("fields", [None, "string", ["TYPE", "string"], 1])
def test_what_describes_no_property_is_passed_over(fields: Any) -> None:
    assert read_schema({"a": fields, "b": {}}) == (ReturnProperty("b"),)


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


@pytest.mark.parametrize("options", [None, [], ["a"], "a"])
def test_options_that_are_no_map_are_none(options: Any) -> None:
    (entry,) = read_schema({"a": {"OPTIONS": options}})

    assert entry.options == ()
