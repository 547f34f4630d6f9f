from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bxgui.core.defaults import default_items, default_row, defaulted, with_default
from bxgui.core.json_values import JsonValue
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_rows import ValueRow


@pytest.mark.parametrize(
    ("kind", "multiple", "default", "items"),
    [
        (ValueType.STRING, False, "north", ("north",)),
        (ValueType.INT, False, 5, ("5",)),
        (ValueType.DOUBLE, False, Decimal("1.50"), ("1.50",)),
        (ValueType.BOOL, False, True, ("Y",)),
        (ValueType.BOOL, False, "0", ("N",)),
        (ValueType.BOOL, False, "maybe", ("maybe",)),
        (ValueType.STRING, True, ["a", "b"], ("a", "b")),
        (ValueType.STRING, True, "a", ("a",)),
        (ValueType.STRING, False, ["a"], ('["a"]',)),
        (ValueType.STRING, False, {"a": "\ud800"}, ('{"a": "\\ud800"}',)),
        (ValueType.STRING, False, None, ()),
        (ValueType.STRING, False, "", ()),
        (ValueType.STRING, True, [], ()),
    ],
)
def test_a_default_is_shown_as_it_would_be_typed(
    kind: ValueType, multiple: bool, default: JsonValue, items: tuple[str, ...]
) -> None:
    entry = RuleProperty("a", kind, multiple=multiple, default=default)

    assert default_items(entry) == items


def test_a_value_outside_the_schema_has_no_default() -> None:
    row = ValueRow("a", text="x", sent=False)

    assert default_items(None) == ()
    assert defaulted(row) == row


def test_a_row_takes_its_default_to_be_sent() -> None:
    entry = RuleProperty("a", ValueType.INT, default=5)

    assert defaulted(ValueRow("a", text="x", sent=False, entry=entry)) == ValueRow(
        "a", ValueType.INT, text="5", entry=entry
    )


def test_a_row_of_another_type_takes_the_default_as_registered() -> None:
    entry = RuleProperty("a", multiple=True, default=["x", "y"])

    assert defaulted(ValueRow("a", ValueType.JSON, text="{}", entry=entry)) == ValueRow(
        "a", multiple=True, items=("x", "y"), entry=entry
    )


@pytest.mark.parametrize(
    ("kind", "multiple", "default", "row"),
    [
        (ValueType.INT, False, None, ValueRow(sent=False)),
        (ValueType.INT, False, 5, ValueRow(text="5")),
        (ValueType.INT, False, "five", ValueRow(text="five")),
        (ValueType.BOOL, False, True, ValueRow(text="Y")),
        (ValueType.STRING, False, "", ValueRow()),
        (ValueType.STRING, True, [], ValueRow(items=())),
        (ValueType.STRING, True, ["a", 5], ValueRow(items=("a", "5"))),
        (ValueType.STRING, True, "a", ValueRow(items=("a",))),
        (ValueType.STRING, False, ["a"], ValueRow(text='["a"]', type=ValueType.JSON)),
        (ValueType.STRING, True, [["a"]], ValueRow(text='[["a"]]', type=ValueType.JSON)),
        (ValueType.STRING, False, {"a": "1"}, ValueRow(text='{"a": "1"}', type=ValueType.JSON)),
    ],
)
def test_a_default_is_edited_by_its_type_where_that_can_show_it(
    kind: ValueType, multiple: bool, default: JsonValue, row: ValueRow
) -> None:
    entry = RuleProperty("a", kind, multiple=multiple, default=default)
    is_json = row.type is ValueType.JSON

    assert default_row(entry) == replace(
        row,
        name="a",
        type=row.type if is_json else kind,
        multiple=multiple and not is_json,
        entry=entry,
    )


@pytest.mark.parametrize(
    ("row", "default"),
    [
        (ValueRow(text="x", sent=False), None),
        (ValueRow(text=""), ""),
        (ValueRow(type=ValueType.INT, text="1 000"), "1000"),
        (ValueRow(type=ValueType.INT, text="five"), "five"),
        (ValueRow(type=ValueType.INT, multiple=True, items=("1", "x")), ["1", "x"]),
        (ValueRow(type=ValueType.JSON, text='{"a": 1}'), {"a": 1}),
        (ValueRow(type=ValueType.JSON, text="{"), "{"),
    ],
)
def test_an_edited_default_is_kept_whatever_was_typed(row: ValueRow, default: JsonValue) -> None:
    entry = RuleProperty("a", row.type, default="before")

    assert with_default(entry, row) == replace(entry, default=default)
