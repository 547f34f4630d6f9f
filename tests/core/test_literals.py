from __future__ import annotations

from decimal import Decimal

import copied
import pytest
from hypothesis import given

from bxgui.core.json_values import JsonValue, dump
from bxgui.core.literals import Dialect, Number, exact_float, holds, json_dialect, literal, quoted

JSON = json_dialect(dump)


def even_only(number: Number) -> str | None:
    return str(number) if number % 2 == 0 else None


LISP = Dialect(
    text=lambda text: f"'{text}'",
    number=even_only,
    braces=lambda members: ("(map", ")") if members else ("nil", ""),
    entry=lambda name, value: f"{name} {value}",
    null="nil",
    false="f",
    true="t",
    indent=2,
)


@given(copied.json_values)
def test_json_is_written_as_it_is_sent(value: JsonValue) -> None:
    assert literal(value, JSON) == dump(value)


def test_entries_stand_on_lines_of_their_own() -> None:
    value: JsonValue = {"a": [None, True, False, "x"], "b": {}, "c": [], "d": {"e": 2}}

    assert literal(value, LISP, 1) == (
        "(map\n"
        "    a [\n      nil,\n      t,\n      f,\n      'x',\n    ],\n"
        "    b nil,\n"
        "    c [],\n"
        "    d (map\n      e 2,\n    ),\n"
        "  )"
    )


def test_number_that_a_language_does_not_hold_is_written_as_a_text() -> None:
    assert literal([1, 2], LISP, 0) == "[\n  '1',\n  2,\n]"


@pytest.mark.parametrize(
    ("value", "held"),
    [(2, True), (1, False), ([2, [1]], False), ({"a": {"b": 1}}, False), ([True, None, "1"], True)],
)
def test_every_number_inside_a_value_counts(value: JsonValue, held: bool) -> None:
    assert holds(value, LISP) is held


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("0.10"), "0.1"),
        (Decimal("-0"), "-0.0"),
        (2**60, None),
        (10**20, "1e+20"),
        (10**400, None),
        (Decimal("1E+400"), None),
        (Decimal("1E-400"), None),
        (Decimal("0.12345678901234567890"), None),
    ],
)
def test_double_is_written_where_it_equals_the_number(number: Number, text: str | None) -> None:
    assert exact_float(number) == text


def test_quoted_text_has_its_escapes() -> None:
    assert (
        quoted('a"б\n\x00', {'"': "\\q", "\n": "\\l"}, lambda code: f"<{code}>") == '"a\\qб\\l<0>"'
    )
