from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.coercion import (
    ValueProblem,
    Writing,
    from_text,
    infer_type,
    keeps,
    list_from_items,
    to_text,
)
from bxgui.core.dates import DateFormat, DateStyle
from bxgui.core.json_values import JsonValue, dump
from bxgui.core.local_text import NO_TEXT, LocalText, plain
from bxgui.core.schema import ValueType

REFUSED = None
OPTIONS = (
    ("ok", LocalText((("en", "Approved"), ("ru", "Согласовано")))),
    ("no", plain("Refused")),
    ("later", plain("Refused")),
    ("Refused", NO_TEXT),
)
ISO_IN_MOSCOW = DateFormat(DateStyle.ISO, 180)

values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "Y", "5", " 5", "a\nb", "1,5"])
    | st.decimals(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


# What a person types for each type, and what goes over the wire for it.
TYPED: dict[ValueType, dict[str, str | None]] = {
    ValueType.STRING: {"": "", " x ": " x ", "12": "12", "Y": "Y", "a\nb": "a\nb"},
    ValueType.TEXT: {"": "", " x ": " x ", "a\nb": "a\nb", "👍\u0000": "👍\u0000"},
    ValueType.BOOL: {
        **dict.fromkeys(["Y", "y", " yes ", "TRUE", "1", "да", "Да"], "Y"),
        **dict.fromkeys(["N", "n", "No", "false", "0", "нет", " НЕТ "], "N"),
        **dict.fromkeys([" ", "2", "yn", "-", "None"], REFUSED),
        "": "",
    },
    ValueType.INT: {
        "5": "5",
        " -12 ": "-12",
        "+7": "+7",
        "1 000 000": "1000000",
        "1\u00a0000": "1000",
        "1\u202f000": "1000",
        "007": "007",
        "0": "0",
        "9" * 50: "9" * 50,
        **dict.fromkeys([" ", "1.5", "1,5", "1e3", "x", "--1", "1_000", "٣", "5\n6"], REFUSED),
        **dict.fromkeys(["0x10", "+", "five"], REFUSED),
        "": "",
    },
    ValueType.DOUBLE: {
        "1.5": "1.5",
        "1,5": "1.5",
        " -1 000,50 ": "-1000.50",
        "1\u00a0000": "1000",
        ".5": ".5",
        "5.": "5.",
        "+1e-3": "+1e-3",
        "0.10000000000000000000001": "0.10000000000000000000001",
        **dict.fromkeys([" ", ".", "x", "1.5.5", "1,000.5", "NaN", "Infinity"], REFUSED),
        **dict.fromkeys(["1_000.5", "٣,٥", "1e", "0x1p3", "-"], REFUSED),
        "": "",
    },
    ValueType.DATE: {
        "31.12.2026": "31.12.2026",
        "1.2.2026": "01.02.2026",
        "2026-12-31": "31.12.2026",
        "31.12.2026 00:00": "31.12.2026",
        **dict.fromkeys([" ", "31.02.2026", "31.12.26", "12/31/2026", "tomorrow"], REFUSED),
        "31.12.2026 18:30": REFUSED,
        "": "",
    },
    ValueType.DATETIME: {
        "31.12.2026 18:30:05": "31.12.2026 18:30:05",
        "31.12.2026 18:30": "31.12.2026 18:30:00",
        "31.12.2026": "31.12.2026",
        "2026-12-31T18:30:05+03:00": "31.12.2026 18:30:05",
        **dict.fromkeys([" ", "31.02.2026 18:30", "31.12.2026 25:00", "18:30"], REFUSED),
        "": "",
    },
    ValueType.TIME: {
        "18:30": "18:30",
        "8:05": "08:05",
        " 00:00 ": "00:00",
        **dict.fromkeys([" ", "24:00", "18:60", "18:30:05", "18.30", "6:30 PM", "18"], REFUSED),
        "": "",
    },
    ValueType.SELECT: {
        "ok": "ok",
        "Approved": "ok",
        " согласовано ": "ok",
        "Refused": "Refused",
        "refused": "refused",
        "gone": "gone",
        "": "",
    },
    ValueType.USER: {
        "user_1": "user_1",
        "1": "user_1",
        " 25 ": "user_25",
        "group_g1": "group_g1",
        "USER_7": "user_7",
        **dict.fromkeys([" ", "user_", "user_x", "user 1", "Ann", "[1]", "-1", "group_"], REFUSED),
        "": "",
    },
    ValueType.FILE: {
        "123": "123",
        " 123 ": "123",
        **dict.fromkeys([" ", "a.pdf", "https://example.org/a.pdf", "aGVsbG8=", "1.5"], REFUSED),
        "": "",
    },
    ValueType.JSON: dict.fromkeys(["", "x", "{", "NaN", "1e99999999999999999999"], REFUSED),
}


@pytest.mark.parametrize(
    ("kind", "typed", "sent"),
    [(kind, typed, sent) for kind, table in TYPED.items() for typed, sent in table.items()],
)
def test_what_is_typed_goes_as_the_portal_stores_it_right(
    kind: ValueType, typed: str, sent: str | None
) -> None:
    if sent is not REFUSED:
        assert from_text(kind, typed, Writing(options=OPTIONS)) == sent
        return
    with pytest.raises(ValueProblem) as refused:
        from_text(kind, typed, Writing(options=OPTIONS))
    assert refused.value.code == kind


def test_every_type_is_in_the_table() -> None:
    assert set(TYPED) == set(ValueType)


@pytest.mark.parametrize(
    ("kind", "typed", "sent"),
    [
        (ValueType.DATE, "31.12.2026", "2026-12-31T00:00:00+03:00"),
        (ValueType.DATETIME, "31.12.2026 18:30", "2026-12-31T18:30:00+03:00"),
    ],
)
def test_a_date_goes_in_the_format_of_its_portal(kind: ValueType, typed: str, sent: str) -> None:
    assert from_text(kind, typed, Writing(ISO_IN_MOSCOW)) == sent


def test_without_options_any_text_is_a_choice() -> None:
    assert from_text(ValueType.SELECT, "Approved") == "Approved"


@pytest.mark.parametrize(
    ("text", "value"),
    [("null", None), ("1.50", Decimal("1.50")), ('{"a": [1]}', {"a": [1]}), ('"x"', "x")],
)
def test_json_goes_as_the_value_it_is(text: str, value: JsonValue) -> None:
    assert from_text(ValueType.JSON, text) == value


def test_every_item_of_a_list_is_a_value_of_the_type() -> None:
    assert list_from_items(ValueType.STRING, ("a", "", " b\nc")) == ["a", "", " b\nc"]
    assert list_from_items(ValueType.INT, ("1 0", "2", "")) == ["10", "2", ""]
    assert list_from_items(ValueType.INT, ()) == []


def test_a_list_with_a_bad_item_is_a_problem() -> None:
    with pytest.raises(ValueProblem, match="int"):
        list_from_items(ValueType.INT, ("1", "", "x"))


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
        ("x\ud83dy", (ValueType.JSON, False)),
        (["x\ud83dy"], (ValueType.JSON, False)),
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
        (ValueType.DATE, False, "31.12.2026", True),
        (ValueType.DATE, False, "2026-12-31", False),
        (ValueType.DATETIME, False, "31.12.2026 18:30:00", True),
        (ValueType.DATETIME, False, "31.12.2026 18:30", False),
        (ValueType.TIME, False, "18:30", True),
        (ValueType.USER, False, "user_1", True),
        (ValueType.USER, False, "1", False),
        (ValueType.USER, True, ["user_1", "group_g1"], True),
        (ValueType.SELECT, False, "gone", True),
        (ValueType.FILE, False, "123", True),
        (ValueType.FILE, False, "a.pdf", False),
    ],
)
def test_a_type_keeps_only_what_it_gives_back(
    kind: ValueType, multiple: bool, value: JsonValue, kept: bool
) -> None:
    assert keeps(kind, multiple, value) is kept
