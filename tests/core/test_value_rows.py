from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bxgui.core.coercion import ValueProblem
from bxgui.core.dates import SITE_DATES, DateFormat, DateStyle
from bxgui.core.json_values import JsonProblem, JsonValue, Pairs, dump_object
from bxgui.core.local_text import plain
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_rows import (
    RowProblem,
    ValueRow,
    as_json,
    from_json,
    from_values,
    merge,
    replaced,
    retyped,
    to_pairs,
    value_of,
    with_schema,
)

APPROVED = RuleProperty("approved", ValueType.BOOL, required=True)
DAYS = RuleProperty("days", ValueType.INT, multiple=True)
COMMENT = RuleProperty("comment", ValueType.TEXT)
SCHEMA = (APPROVED, DAYS, COMMENT)

names = st.sampled_from(["approved", "Approved", "days", "comment", "COMMENT", "x", "Ж"])
texts = st.sampled_from(
    [
        *("", "Y", "да", "5", " 5", "1\n2", "1.50", "null", '{"a": 1}', "x", "user_1", "Fine"),
        *("1.2.2026", "2026-12-31", "12/31/2026", "31.12.2026 18:30", "18:30"),
        "2026-12-31T18:30:00+03:00",
    ]
)
date_formats = st.builds(DateFormat, st.sampled_from(DateStyle), st.sampled_from([None, 180]))
entries = st.none() | st.builds(
    RuleProperty, names, st.sampled_from(ValueType), options=st.just((("x", plain("Fine")),))
)
values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | st.text()
    | st.sampled_from([Decimal("1.0"), Decimal("1.00"), Decimal("-0")]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
pairs = st.lists(st.tuples(names, values), max_size=5)
flags = st.booleans()
kinds = st.sampled_from(ValueType)
single_rows = st.builds(ValueRow, names | st.just(""), kinds, text=texts, sent=flags, entry=entries)
list_rows = st.builds(
    ValueRow,
    names | st.just(""),
    kinds,
    multiple=st.just(True),
    items=st.lists(texts, max_size=3).map(tuple),
    sent=flags,
    entry=entries,
)
rows = st.lists(single_rows | list_rows, max_size=5)


def sent(*members: tuple[str, str]) -> list[ValueRow]:
    return [ValueRow(name, text=text) for name, text in members]


def problem_of(*given: ValueRow) -> tuple[int, str]:
    with pytest.raises(RowProblem) as raised:
        as_json(given)
    return raised.value.row, raised.value.code


def assume_valid(given: list[ValueRow], dates: DateFormat) -> None:
    try:
        to_pairs(given, dates)
    except RowProblem:
        assume(False)


@given(rows, pairs, date_formats)
def test_merged_rows_send_exactly_the_values(
    given: list[ValueRow], new: Pairs, dates: DateFormat
) -> None:
    assert dump_object(to_pairs(merge(given, new, dates), dates)) == dump_object(new)


@given(rows, date_formats)
def test_a_json_view_that_is_not_edited_changes_no_row(
    given: list[ValueRow], dates: DateFormat
) -> None:
    assume_valid(given, dates)

    assert from_json(given, as_json(given, dates), dates) == given


@given(rows, date_formats)
def test_what_a_form_sends_is_sent_again_by_a_form_made_of_it(
    given: list[ValueRow], dates: DateFormat
) -> None:
    assume_valid(given, dates)
    schema = tuple(row.entry for row in given if row.entry is not None)
    wire = to_pairs(given, dates)

    again = to_pairs(from_values((), wire, dates), dates)
    under_the_schema = to_pairs(from_values(schema, wire, dates), dates)

    assert dump_object(again) == dump_object(wire)
    assert sorted(dump_object([one]) for one in under_the_schema) == sorted(
        dump_object([one]) for one in wire
    )


@given(pairs)
def test_the_rows_of_a_schema_send_exactly_the_values(new: Pairs) -> None:
    rows_of_schema = from_values(SCHEMA, new)

    assert dump_object(to_pairs(rows_of_schema)) == dump_object(new)
    assert {row.entry for row in rows_of_schema if row.entry} == set(SCHEMA)


@given(rows, pairs)
def test_no_text_of_a_row_that_is_not_sent_is_lost(given: list[ValueRow], new: Pairs) -> None:
    named = {name.lower() for name, _ in new}

    def others(among: list[ValueRow]) -> list[tuple[str, str, tuple[str, ...]]]:
        left = (row for row in among if row.name.lower() not in named)
        return [(row.name, row.text, row.items) for row in left]

    assert others(merge(given, new)) == others(given)


@given(rows)
def test_a_schema_that_becomes_known_changes_no_value(given: list[ValueRow]) -> None:
    given = [replace(row, entry=None) for row in given]
    assume_valid(given, SITE_DATES)
    before, after = to_pairs(given), to_pairs(with_schema(given, SCHEMA))

    assert sorted(dump_object([pair]) for pair in after) == sorted(
        dump_object([pair]) for pair in before
    )


def test_a_form_begins_with_the_rows_of_the_schema_unsent() -> None:
    assert from_values(SCHEMA, []) == [
        ValueRow("approved", ValueType.BOOL, sent=False, entry=APPROVED),
        ValueRow("days", ValueType.INT, multiple=True, sent=False, entry=DAYS),
        ValueRow("comment", ValueType.TEXT, sent=False, entry=COMMENT),
    ]


def test_values_fill_the_rows_of_the_schema_and_others_follow() -> None:
    filled = from_values(SCHEMA, [("days", ["1", "2"]), ("comment", "x"), ("other", "y\nz")])

    assert filled == [
        ValueRow("approved", ValueType.BOOL, sent=False, entry=APPROVED),
        ValueRow("days", ValueType.INT, multiple=True, items=("1", "2"), entry=DAYS),
        ValueRow("comment", ValueType.TEXT, text="x", entry=COMMENT),
        ValueRow("other", ValueType.TEXT, text="y\nz"),
    ]


@pytest.mark.parametrize(
    ("entry", "value", "row"),
    [
        pytest.param(APPROVED, "Y", ValueRow(type=ValueType.BOOL, text="Y"), id="of_its_type"),
        pytest.param(APPROVED, "yes", ValueRow(text="yes"), id="that_would_become_y"),
        pytest.param(APPROVED, True, ValueRow(type=ValueType.JSON, text="true"), id="of_json"),
        pytest.param(
            DAYS, ["1", "x"], ValueRow(multiple=True, items=("1", "x")), id="of_no_integers"
        ),
        pytest.param(
            DAYS, [""], ValueRow(type=ValueType.INT, multiple=True, items=("",)), id="of_no_text"
        ),
        pytest.param(DAYS, [], ValueRow(type=ValueType.INT, multiple=True), id="of_no_item"),
        pytest.param(
            DAYS,
            ["1\n2"],
            ValueRow(type=ValueType.TEXT, multiple=True, items=("1\n2",)),
            id="of_several_lines",
        ),
        pytest.param(DAYS, [1], ValueRow(type=ValueType.JSON, text="[1]"), id="of_json_items"),
        pytest.param(DAYS, "1", ValueRow(text="1"), id="that_is_no_list"),
        pytest.param(
            COMMENT, Decimal("1.50"), ValueRow(type=ValueType.JSON, text="1.50"), id="of_digits"
        ),
    ],
)
def test_a_value_that_the_type_would_change_gets_a_type_that_keeps_it(
    entry: RuleProperty, value: JsonValue, row: ValueRow
) -> None:
    assert from_values([entry], [(entry.name, value)]) == [
        replace(row, name=entry.name, entry=entry)
    ]


def test_a_row_that_sends_the_value_already_keeps_what_was_typed() -> None:
    typed = [ValueRow("approved", ValueType.BOOL, text="да", entry=APPROVED)]

    assert merge(typed, [("approved", "Y")]) == typed


def test_rows_stay_in_place_while_the_names_sent_are_the_same() -> None:
    given = [*sent(("a", "1")), ValueRow("b", text="typed", sent=False), *sent(("c", "3"))]

    assert merge(given, [("a", "x"), ("c", "3")]) == [
        replace(given[0], text="x"),
        given[1],
        given[2],
    ]


def test_a_name_taken_out_leaves_its_row_unsent() -> None:
    given = sent(("a", "1"), ("b", "2"))

    assert merge(given, [("b", "2")]) == [replace(given[0], sent=False), given[1]]


def test_another_order_of_values_is_the_order_of_rows() -> None:
    given = [*sent(("a", "1"), ("b", "2")), ValueRow("c", text="typed", sent=False)]

    assert merge(given, [("b", "2"), ("a", "1")]) == [given[1], given[0], given[2]]


def test_a_repeated_name_takes_its_rows_one_after_the_other() -> None:
    given = [ValueRow("a", ValueType.INT, text="1 0"), ValueRow("a", text="2")]

    assert merge(given, [("b", "0"), ("a", "10"), ("a", "2"), ("a", "3")]) == [
        ValueRow("b", text="0"),
        *given,
        ValueRow("a", text="3"),
    ]


def test_rows_that_are_not_sent_are_not_in_the_json_view() -> None:
    given = [*sent(("a", "1")), ValueRow("", text="typed", sent=False)]

    assert as_json(given) == '{\n  "a": "1"\n}'


def test_the_json_view_keeps_repeated_names() -> None:
    given = sent(("a", "1"), ("a", "2"))

    assert as_json(given) == '{\n  "a": "1",\n  "a": "2"\n}'
    assert from_json([], as_json(given)) == given


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": NaN}'])
def test_a_json_view_that_is_no_object_is_a_problem(text: str) -> None:
    with pytest.raises(JsonProblem):
        from_json([], text)


def test_a_problem_names_its_row() -> None:
    good, unsent = ValueRow("a", text="x"), ValueRow("", ValueType.INT, text="x", sent=False)

    assert problem_of(good, unsent, ValueRow("b", ValueType.INT, text="x")) == (2, "int")
    assert problem_of(good, ValueRow("", text="x")) == (1, "no_name")


@pytest.mark.parametrize(
    "members",
    [
        [("a", "x\ud83dy")],
        [("\ud83d", "x")],
        [("a", ["\udead"])],
        [("a", {"\udead": [1, "\ud83d"]})],
    ],
)
def test_half_of_a_character_is_lost_in_no_view(members: Pairs) -> None:
    rows_of_members = from_values((), members)

    assert to_pairs(rows_of_members) == members
    assert to_pairs(from_json([], as_json(rows_of_members))) == members


def test_a_row_of_several_values_sends_a_list() -> None:
    assert value_of(ValueRow("a", ValueType.INT, multiple=True, items=("1", "2 0"))) == ["1", "20"]
    assert value_of(ValueRow("a", ValueType.INT, text="1")) == "1"
    with pytest.raises(ValueProblem):
        value_of(ValueRow("a", ValueType.INT, multiple=True, items=("1", "x")))


@pytest.mark.parametrize("kind", [kind for kind in ValueType if kind is not ValueType.JSON])
def test_a_row_that_is_sent_with_nothing_typed_is_empty(kind: ValueType) -> None:
    assert value_of(ValueRow("a", kind)) == ""
    assert value_of(ValueRow("a", kind, multiple=True)) == []


def test_another_type_leaves_the_text_as_it_was_typed() -> None:
    given = ValueRow("a", ValueType.INT, text="1 0", entry=COMMENT)

    assert retyped(given, ValueType.BOOL, multiple=False) == replace(given, type=ValueType.BOOL)


@pytest.mark.parametrize(
    ("text", "items"),
    [("", ()), ("x", ("x",)), ("x\ny", ("x", "y")), ("x\n", ("x", "")), ("\n", ("", ""))],
)
def test_the_lines_of_a_text_are_the_items_of_a_list(text: str, items: tuple[str, ...]) -> None:
    single = ValueRow("a", text=text, entry=COMMENT)
    several = ValueRow("a", multiple=True, items=items, entry=COMMENT)

    assert retyped(single, ValueType.STRING, multiple=True) == several
    assert retyped(several, ValueType.STRING, multiple=False) == single
    assert retyped(several, ValueType.INT, multiple=True) == replace(several, type=ValueType.INT)


def test_a_schema_that_becomes_known_orders_the_rows_and_drops_empty_ones() -> None:
    given = [
        ValueRow("other", text="o"),
        ValueRow(),
        ValueRow("comment", ValueType.STRING, text="typed", sent=False),
        ValueRow("approved", ValueType.STRING, sent=False),
        ValueRow("gone", text="g", entry=RuleProperty("gone")),
        ValueRow("", text="no name yet"),
    ]

    assert with_schema(given, SCHEMA) == [
        ValueRow("approved", ValueType.BOOL, sent=False, entry=APPROVED),
        ValueRow("days", ValueType.INT, multiple=True, sent=False, entry=DAYS),
        ValueRow("comment", COMMENT.type, text="typed", sent=False, entry=COMMENT),
        ValueRow("other", text="o"),
        ValueRow("gone", text="g"),
        ValueRow("", text="no name yet"),
    ]


def test_a_name_with_other_capital_letters_is_its_property_and_stays_as_it_was_typed() -> None:
    given = [ValueRow("APPROVED", text="Y"), ValueRow("Comment", text="c"), ValueRow("comment")]
    under = [
        ValueRow("APPROVED", ValueType.BOOL, text="Y", entry=APPROVED),
        ValueRow("days", ValueType.INT, multiple=True, sent=False, entry=DAYS),
        ValueRow("comment", entry=COMMENT),
        ValueRow("Comment", text="c"),
    ]

    assert with_schema(given, SCHEMA) == under
    assert with_schema(under, SCHEMA) == under


def test_values_with_other_capital_letters_fill_the_rows_of_the_schema() -> None:
    values: Pairs = [("APPROVED", "Y"), ("COMMENT", "not counted"), ("Comment", "c")]
    filled = from_values(SCHEMA, values)

    assert dump_object(to_pairs(filled)) == dump_object(values)
    assert {row.name: row.entry for row in filled} == {
        "APPROVED": APPROVED,
        "days": DAYS,
        "COMMENT": None,
        "Comment": COMMENT,
    }
    assert merge(filled, [("approved", "N")])[0] == ValueRow(
        "approved", ValueType.BOOL, text="N", entry=APPROVED
    )


@pytest.mark.parametrize(
    ("typed", "kind"), [("Y", ValueType.BOOL), ("yes", ValueType.STRING), ("", ValueType.STRING)]
)
def test_a_value_is_edited_by_its_schema_as_soon_as_that_is_known_if_it_stays_the_same(
    typed: str, kind: ValueType
) -> None:
    (row,) = with_schema([ValueRow("approved", text=typed)], [APPROVED])

    assert row == ValueRow("approved", kind, text=typed, entry=APPROVED)
    assert to_pairs([replace(row, type=ValueType.STRING)]) == [("approved", typed)]


def test_a_type_chosen_by_hand_stays_when_the_schema_changes() -> None:
    chosen = ValueRow(
        "approved", ValueType.STRING, text="Y", entry=replace(APPROVED, required=True)
    )

    assert with_schema([chosen], [APPROVED]) == [replace(chosen, entry=APPROVED)]


def test_a_text_of_no_type_stays_as_it_is_under_a_schema() -> None:
    chosen = ValueRow("approved", ValueType.INT, text="five")

    assert with_schema([chosen], [APPROVED]) == [replace(chosen, entry=APPROVED)]


def test_a_row_that_sends_an_empty_text_keeps_its_type_under_a_schema() -> None:
    (row,) = with_schema([ValueRow("approved", text="")], [APPROVED])

    assert row == ValueRow("approved", ValueType.STRING, text="", entry=APPROVED)


RESULT = RuleProperty("result", ValueType.SELECT, options=(("ok", plain("Fine")),))
DUE = RuleProperty("due", ValueType.DATE)
AMERICAN = DateFormat(DateStyle.AMERICAN)


def test_a_title_goes_as_its_key_and_stays_as_it_was_typed() -> None:
    typed = [ValueRow("result", ValueType.SELECT, text="fine", entry=RESULT)]

    assert to_pairs(typed) == [("result", "ok")]
    assert from_json(typed, as_json(typed)) == typed


def test_a_title_on_the_wire_is_not_turned_into_a_key() -> None:
    (row,) = from_values([RESULT], [("result", "Fine")])

    assert row == ValueRow("result", text="Fine", entry=RESULT)
    assert to_pairs([row]) == [("result", "Fine")]


def test_a_date_is_written_as_its_portal_wants_it() -> None:
    typed = [ValueRow("due", ValueType.DATE, text="31.12.2026", entry=DUE)]

    assert to_pairs(typed, AMERICAN) == [("due", "12/31/2026")]
    assert from_json(typed, as_json(typed, AMERICAN), AMERICAN) == typed
    assert from_values([DUE], [("due", "12/31/2026")], AMERICAN) == [
        ValueRow("due", ValueType.DATE, text="12/31/2026", entry=DUE)
    ]


@pytest.mark.parametrize(
    ("row", "value", "after"),
    [
        pytest.param(
            ValueRow("approved", ValueType.JSON, text="true", entry=APPROVED),
            "Y",
            ValueRow("approved", ValueType.BOOL, text="Y", entry=APPROVED),
            id="by_the_type_of_the_schema",
        ),
        pytest.param(
            ValueRow("days", text="5", entry=DAYS),
            ["5"],
            ValueRow("days", ValueType.INT, multiple=True, items=("5",), entry=DAYS),
            id="as_a_list_for_a_list",
        ),
        pytest.param(
            ValueRow("approved", text="x", entry=APPROVED),
            "z",
            ValueRow("approved", text="z", entry=APPROVED),
            id="by_another_type_where_that_cannot_show_it",
        ),
        pytest.param(
            ValueRow("approved", ValueType.BOOL, text="да", entry=APPROVED),
            "Y",
            ValueRow("approved", ValueType.BOOL, text="да", entry=APPROVED),
            id="not_at_all_when_it_is_sent_already",
        ),
        pytest.param(
            ValueRow("x", ValueType.JSON, text="1"),
            "1",
            ValueRow("x", ValueType.JSON, text='"1"'),
            id="by_the_row's_type_outside_the_schema",
        ),
    ],
)
def test_a_value_is_replaced(row: ValueRow, value: JsonValue, after: ValueRow) -> None:
    assert replaced(row, value) == after
