from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.json_values import (
    JsonProblem,
    JsonValue,
    Pairs,
    dump,
    dump_object,
    editable,
    editable_object,
    is_whole,
    parse,
    parse_object,
)

decimals = st.decimals(allow_nan=False, allow_infinity=False) | st.from_regex(
    r"\A-?(0|[1-9][0-9]{0,30})\.[0-9]{1,40}\Z"
).map(Decimal)
values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(-(10**60), 10**60) | decimals
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip
members = st.lists(st.tuples(st.sampled_from(["a", "A", "", "Ж"]) | st.text(), values), max_size=6)
indents = st.none() | st.integers(0, 4)


def exactly(value: object) -> object:
    """A value in which 1 is not true, 1.0 is not 1, 1.0 is not 1.00, and order counts."""
    if isinstance(value, dict):
        return [(name, exactly(inner)) for name, inner in value.items()]
    if isinstance(value, (list, tuple)):
        return [exactly(inner) for inner in value]
    return (type(value).__name__, str(value))


LINE_END = "A line end or the like stands in a string: write it as \\n"


def problem_of(text: str) -> JsonProblem:
    with pytest.raises(JsonProblem) as raised:
        parse(text)
    return raised.value


@given(values, indents)
def test_a_value_written_and_read_is_the_same_value(value: JsonValue, indent: int | None) -> None:
    assert parse(dump(value, indent)) == value


@given(values, indents)
def test_a_text_written_again_is_the_same_text(value: JsonValue, indent: int | None) -> None:
    text = dump(value, indent)

    assert dump(parse(text), indent) == text


@given(members, indents)
def test_members_written_and_read_are_the_same_members(pairs: Pairs, indent: int | None) -> None:
    assert parse_object(dump_object(pairs, indent)) == pairs


@given(values)
def test_what_is_written_is_json_for_others(value: JsonValue) -> None:
    others = json.loads(dump(value), parse_float=Decimal)

    assert others == value


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = parse(text)
    except JsonProblem as problem:
        assert problem.line >= 1  # noqa: PT017 - either is right
    else:
        assert parse(dump(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("1", 1),
        ("1.0", Decimal("1.0")),
        ("1.00", Decimal("1.00")),
        ("0.1", Decimal("0.1")),
        ("12345678901234567890123", 12345678901234567890123),
        ("1e3", Decimal("1e3")),
        ("-0", Decimal("-0")),
        ("-0.0", Decimal("-0.0")),
        ('{"b": 1, "a": [null, {"c": "x"}]}', {"b": 1, "a": [None, {"c": "x"}]}),
    ],
)
def test_a_value_keeps_its_kind_and_its_digits(text: str, value: JsonValue) -> None:
    assert exactly(parse(text)) == exactly(value)


def test_the_last_of_a_repeated_name_wins_in_a_value() -> None:
    assert parse('{"a": 1, "b": 2, "a": 3}') == {"a": 3, "b": 2}


def test_repeated_names_of_an_object_are_kept_in_order() -> None:
    pairs = parse_object('{"a": 1, "b": {"c": 2, "c": 3}, "a": [4]}')

    assert pairs == [("a", 1), ("b", {"c": 3}), ("a", [4])]
    assert dump_object(pairs) == '{"a": 1, "b": {"c": 3}, "a": [4]}'


@pytest.mark.parametrize("text", ["[]", '"a"', "1", "null", '[["a", 1]]'])
def test_only_an_object_has_members(text: str) -> None:
    with pytest.raises(JsonProblem) as raised:
        parse_object(text)
    assert raised.value.message == "A JSON object in braces is wanted"


def test_an_indented_text_has_one_member_a_line() -> None:
    value: JsonValue = {"a": [1, {"b": None}], "c": [], "d": {}}

    assert dump(value, indent=2) == (
        '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": [],\n  "d": {}\n}'
    )


@given(st.text(st.sampled_from("ab\n\r\v\f\x1c\x1d\x1e\u2028\u2029\\")))
def test_an_editor_finds_no_line_end_in_a_text(text: str) -> None:
    assert not {"\n", "\r", "\u2028", "\u2029"} & set(dump([text]))
    assert parse(dump(text)) == text


def test_text_is_written_as_it_is_read() -> None:
    assert dump('Ж/<😀>&\n"\\\x00') == '"Ж/<😀>&\\n\\"\\\\\\u0000"'


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        pytest.param('{\n  "a": x\n}', "A value is wanted here", 2, 8, id="a_bare_word"),
        pytest.param("", "A value is wanted here", 1, 1, id="nothing"),
        pytest.param("1 2", "Something follows the end of the JSON", 1, 3, id="two_values"),
        pytest.param('"a\nb"', LINE_END, 1, 3, id="a_bare_line_break"),
        pytest.param("[NaN]", "NaN is not JSON", 1, 2, id="not_a_number"),
        pytest.param("-Infinity", "-Infinity is not JSON", 1, 1, id="infinity"),
    ],
)
def test_a_problem_says_what_and_where(text: str, message: str, line: int, column: int) -> None:
    problem = problem_of(text)

    assert (problem.message, problem.line, problem.column) == (message, line, column)
    assert str(problem) == f"{message} (line {line}, column {column})"


@pytest.mark.parametrize(
    "text",
    ["1e9999999999999999999", "[-1e-9999999999999999999]", '{"a": 1.5E9999999999999999999}'],
)
def test_an_exponent_that_no_decimal_holds_is_a_problem(text: str) -> None:
    assert problem_of(text).message == "A number has too great an exponent"


def test_more_digits_than_python_reads_are_a_problem() -> None:
    digits = "9" * 5000

    problem = problem_of(f'["{digits} NaN",\n  {digits}]')

    assert problem.message == "A number has too many digits"
    assert (problem.line, problem.column) == (2, 3)


@pytest.mark.parametrize("levels", [101, 5_000, 200_000])
def test_a_value_nested_too_deeply_is_a_problem(levels: int) -> None:
    assert problem_of("[" * levels + "1" + "]" * levels).message == "Nested too deeply"
    with pytest.raises(JsonProblem, match="Nested too deeply"):
        parse_object('{"a": ' * levels + "1" + "}" * levels)


def test_a_value_nested_as_deeply_as_allowed_is_read_and_written() -> None:
    text = "[" * 100 + "1" + "]" * 100

    assert dump(parse(text)) == text


def test_members_nested_as_deeply_as_allowed_are_read_and_written() -> None:
    text = '{"a": ' * 100 + "1" + "}" * 100

    assert dump_object(parse_object(text)) == dump(parse(text)) == text


@pytest.mark.parametrize("value", ["\ud800", ["\udfff"], {"a": "x\ud83d"}, {"\ud83d": "a"}])
def test_half_a_character_cannot_be_written(value: JsonValue) -> None:
    with pytest.raises(JsonProblem, match="lone surrogate"):
        dump(value)


def test_half_a_character_cannot_be_written_in_a_name() -> None:
    with pytest.raises(JsonProblem, match="lone surrogate"):
        dump_object([("\ud83d", 1)])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x\ud800y", '"x\\ud800y"'),
        (["\udfff", 1], '["\\udfff", 1]'),
        ({"\ud83d": "👍"}, '{"\\ud83d": "👍"}'),
        ({"a": Decimal("1.50")}, '{"a": 1.50}'),
    ],
)
def test_half_a_character_can_be_edited(value: JsonValue, text: str) -> None:
    assert editable(value) == text
    assert parse(text) == value


def test_members_are_edited_one_a_line() -> None:
    assert editable_object([("a", "\ud83d"), ("a", 1)]) == ('{\n  "a": "\\ud83d",\n  "a": 1\n}')


@pytest.mark.parametrize(("text", "whole"), [("", True), ("👍", True), ("x\udead", False)])
def test_half_a_character_is_seen(text: str, whole: bool) -> None:
    assert is_whole(text) is whole


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_cannot_be_written(number: str) -> None:
    with pytest.raises(JsonProblem, match=f"{number} is not JSON"):
        dump(Decimal(number))
