from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.coercion import (
    ValueProblem,
    from_text,
    infer_type,
    keeps,
    list_from_items,
    to_text,
)
from bxgui.core.json_values import JsonValue, dump
from bxgui.core.schema import ValueType

TEXT_TYPES = [
    ValueType.STRING,
    ValueType.TEXT,
    ValueType.DATE,
    ValueType.DATETIME,
    ValueType.TIME,
    ValueType.SELECT,
    ValueType.USER,
    ValueType.FILE,
]

values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "Y", "5", " 5", "a\nb", "1,5"])
    | st.decimals(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def problem_of(kind: ValueType, text: str) -> str:
    with pytest.raises(ValueProblem) as raised:
        from_text(kind, text)
    return raised.value.code


@pytest.mark.parametrize("kind", TEXT_TYPES)
@pytest.mark.parametrize("text", ["", " x ", "12", "Y", "04.05.2025 16:15:04", "a\nb", "user_1"])
def test_a_text_goes_as_it_is(kind: ValueType, text: str) -> None:
    assert from_text(kind, text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", "5"),
        (" -12 ", "-12"),
        ("+7", "+7"),
        ("1 000 000", "1000000"),
        ("1\u00a0000", "1000"),
        ("007", "007"),
        ("9" * 50, "9" * 50),
    ],
)
def test_an_integer_goes_as_digits(text: str, value: str) -> None:
    assert from_text(ValueType.INT, text) == value


@pytest.mark.parametrize(
    "text", [" ", "1.5", "1,5", "1e3", "x", "--1", "1_000", "٣", "5\n6", "0x10", "+"]
)
def test_what_is_no_integer_is_a_problem(text: str) -> None:
    assert problem_of(ValueType.INT, text) == "int"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        (" -1 000,50 ", "-1000.50"),
        ("1\u00a0000", "1000"),
        (".5", ".5"),
        ("5.", "5."),
        ("+1e-3", "+1e-3"),
        ("0.10000000000000000000001", "0.10000000000000000000001"),
    ],
)
def test_a_fraction_goes_as_digits_with_a_dot(text: str, value: str) -> None:
    assert from_text(ValueType.DOUBLE, text) == value


@pytest.mark.parametrize(
    "text",
    [" ", ".", "x", "1.5.5", "1,000.5", "NaN", "Infinity", "1_000.5", "٣,٥", "1e", "0x1p3", "-"],
)
def test_what_is_no_fraction_is_a_problem(text: str) -> None:
    assert problem_of(ValueType.DOUBLE, text) == "double"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, "Y") for text in ["Y", "y", " yes ", "TRUE", "1", "да", "Да"]),
        *((text, "N") for text in ["N", "n", "No", "false", "0", "нет", " НЕТ "]),
    ],
)
def test_a_boolean_goes_as_a_letter(text: str, value: str) -> None:
    assert from_text(ValueType.BOOL, text) == value


@pytest.mark.parametrize("text", [" ", "2", "yn", "-", "None"])
def test_what_is_no_boolean_is_a_problem(text: str) -> None:
    assert problem_of(ValueType.BOOL, text) == "bool"


@pytest.mark.parametrize(
    ("text", "value"),
    [("null", None), ("1.50", Decimal("1.50")), ('{"a": [1]}', {"a": [1]}), ('"x"', "x")],
)
def test_json_goes_as_the_value_it_is(text: str, value: JsonValue) -> None:
    assert from_text(ValueType.JSON, text) == value


@pytest.mark.parametrize("text", ["", "x", "{", "NaN", "1e99999999999999999999"])
def test_what_is_no_json_is_a_problem(text: str) -> None:
    assert problem_of(ValueType.JSON, text) == "json"


def test_every_item_of_a_list_is_a_value_of_the_type() -> None:
    assert list_from_items(ValueType.STRING, ("a", "", " b\nc")) == ["a", "", " b\nc"]
    assert list_from_items(ValueType.INT, ("1 0", "2", "")) == ["10", "2", ""]
    assert list_from_items(ValueType.INT, ()) == []


def test_a_list_with_a_bad_item_is_a_problem() -> None:
    with pytest.raises(ValueProblem, match="int"):
        list_from_items(ValueType.INT, ("1", "", "x"))


@pytest.mark.parametrize("kind", [kind for kind in ValueType if kind is not ValueType.JSON])
def test_an_empty_text_is_an_empty_value_of_any_type(kind: ValueType) -> None:
    assert from_text(kind, "") == ""


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (ValueType.STRING, "x", "x"),
        (ValueType.JSON, "x", '"x"'),
        (ValueType.STRING, ["x"], '["x"]'),
        (ValueType.INT, 5, "5"),
        (ValueType.BOOL, True, "true"),
        (ValueType.JSON, Decimal("1.50"), "1.50"),
    ],
)
def test_a_value_is_edited_as_text_and_what_is_no_text_as_json(
    kind: ValueType, value: JsonValue, text: str
) -> None:
    assert to_text(kind, value) == text


@pytest.mark.parametrize(
    ("value", "inferred"),
    [
        ("x", (ValueType.STRING, False)),
        ("", (ValueType.STRING, False)),
        ("x\ny", (ValueType.TEXT, False)),
        ("x\r\ny", (ValueType.JSON, False)),
        ("x\u2029y", (ValueType.JSON, False)),
        (["x", ""], (ValueType.STRING, True)),
        (["", ""], (ValueType.STRING, True)),
        ([""], (ValueType.STRING, True)),
        ([], (ValueType.STRING, True)),
        (["x\ny"], (ValueType.TEXT, True)),
        (["x\ry"], (ValueType.JSON, False)),
        (["x", 1], (ValueType.JSON, False)),
        (5, (ValueType.JSON, False)),
        (True, (ValueType.JSON, False)),
        (None, (ValueType.JSON, False)),
        ({"a": "x"}, (ValueType.JSON, False)),
    ],
)
def test_the_type_that_edits_a_value(value: JsonValue, inferred: tuple[ValueType, bool]) -> None:
    assert infer_type(value) == inferred


@given(values)
def test_the_inferred_type_gives_back_the_value(value: JsonValue) -> None:
    assert keeps(*infer_type(value), value)


@given(st.sampled_from(ValueType), st.booleans(), values)
def test_a_type_that_keeps_a_value_gives_back_exactly_this_value(
    kind: ValueType, multiple: bool, value: JsonValue
) -> None:
    if not keeps(kind, multiple, value):
        return
    if multiple:
        assert isinstance(value, list)
        given_back: JsonValue = list_from_items(kind, tuple(map(str, value)))
    else:
        given_back = from_text(kind, to_text(kind, value))

    assert dump(given_back) == dump(value)


@pytest.mark.parametrize(
    ("kind", "multiple", "value", "kept"),
    [
        (ValueType.INT, False, "5", True),
        (ValueType.INT, False, " 5", False),
        (ValueType.INT, False, "x", False),
        (ValueType.INT, False, 5, False),
        (ValueType.DOUBLE, False, "1,5", False),
        (ValueType.BOOL, False, "Y", True),
        (ValueType.BOOL, False, "yes", False),
        (ValueType.BOOL, False, True, False),
        (ValueType.JSON, False, True, True),
        (ValueType.JSON, False, "x", True),
        (ValueType.JSON, False, "x\r\ny", True),
        (ValueType.STRING, False, "x\ny", False),
        (ValueType.DATE, False, "x\ny", False),
        (ValueType.TEXT, False, "x\ny", True),
        (ValueType.TEXT, False, "x\r\ny", False),
        (ValueType.TEXT, False, "x\u2028y", False),
        (ValueType.STRING, False, ["x"], False),
        (ValueType.STRING, True, ["x", "y"], True),
        (ValueType.STRING, True, [], True),
        (ValueType.STRING, True, [""], True),
        (ValueType.INT, False, "", True),
        (ValueType.STRING, True, ["x\ny"], False),
        (ValueType.TEXT, True, ["x\ny"], True),
        (ValueType.STRING, True, "x", False),
        (ValueType.STRING, True, ["x", 1], False),
        (ValueType.INT, True, ["1", "x"], False),
        (ValueType.JSON, True, ["1"], False),
    ],
)
def test_an_editor_keeps_only_what_it_gives_back(
    kind: ValueType, multiple: bool, value: JsonValue, kept: bool
) -> None:
    assert keeps(kind, multiple, value) is kept
