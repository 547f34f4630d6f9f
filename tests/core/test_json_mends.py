from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.findings import Drop, Finding, FindingCode, Give, Mend, Rename, Replace
from bxgui.core.json_mends import mended_json
from bxgui.core.json_places import member_places
from bxgui.core.json_values import JsonProblem, JsonValue, Pairs, editable, parse_object
from bxgui.core.mends import mended_values

TWO = '{\n  "a" : 1.50,\n  "b": [1,2]\n}'
ONE = '{"a": 1}'

names = st.text(max_size=3) | st.sampled_from(["a", "}", '"', "\ud83d", "{,:"])
values: st.SearchStrategy[JsonValue] = st.recursive(
    names | st.none() | st.booleans() | st.integers() | st.just(Decimal("1.50")),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
    max_leaves=4,
)
spaces = st.text(" \t\n\r", max_size=3)
mends: st.SearchStrategy[Mend | None] = (
    st.none() | st.just(Drop()) | st.builds(Rename, names) | st.builds(Replace, values)
)


@st.composite
def written(draw: st.DrawFn, at_least: int = 0) -> tuple[str, Pairs]:
    """An object as a person may have typed it, and what it denotes."""
    pairs: Pairs = draw(st.lists(st.tuples(names, values), min_size=at_least, max_size=4))
    members = [
        f"{draw(spaces)}{editable(name)}{draw(spaces)}:{draw(spaces)}{editable(value)}{draw(spaces)}"
        for name, value in pairs
    ]
    return f"{draw(spaces)}{{{','.join(members) or draw(spaces)}}}{draw(spaces)}", pairs


@given(written())
def test_every_member_is_found_where_it_stands(typed: tuple[str, Pairs]) -> None:
    text, pairs = typed
    places = member_places(text)
    found = [(text[one.name : one.name_end], text[one.value : one.value_end]) for one in places]
    assert found == [(editable(name), editable(value)) for name, value in pairs]


@given(written(at_least=1), st.data())
def test_a_mend_gives_what_it_gives_in_the_values(
    typed: tuple[str, Pairs], data: st.DataObject
) -> None:
    text, pairs = typed
    row = data.draw(st.integers(0, len(pairs) - 1))
    mend = data.draw(mends)
    finding = Finding(FindingCode.WRONG_TYPE, pairs[row][0], row, mend=mend)
    assert parse_object(mended_json(text, finding)) == mended_values(pairs, finding)


@given(written(), names, values)
def test_a_value_that_is_given_comes_last(
    typed: tuple[str, Pairs], name: str, value: JsonValue
) -> None:
    text, pairs = typed
    finding = Finding(FindingCode.REQUIRED_MISSING, name, mend=Give(value))
    assert parse_object(mended_json(text, finding)) == [*pairs, (name, value)]


@pytest.mark.parametrize(
    ("text", "row", "mend", "mended"),
    [
        (TWO, 0, Rename("A"), '{\n  "A" : 1.50,\n  "b": [1,2]\n}'),
        (TWO, 0, Replace("1.50"), '{\n  "a" : "1.50",\n  "b": [1,2]\n}'),
        (TWO, 0, Drop(), '{\n  "b": [1,2]\n}'),
        (TWO, 1, Drop(), '{\n  "a" : 1.50\n}'),
        (TWO, None, Give("x"), '{\n  "a" : 1.50,\n  "b": [1,2],\n  "c": "x"\n}'),
        (ONE, None, Give("x"), '{"a": 1, "c": "x"}'),
        (ONE, 0, Drop(), "{}"),
        ("{}", None, Give("x"), '{\n  "c": "x"\n}'),
        (TWO, 0, None, TWO),
        (TWO, None, Drop(), TWO),
    ],
)
def test_what_a_mend_does_not_concern_stays_as_typed(
    text: str, row: int | None, mend: Mend | None, mended: str
) -> None:
    assert mended_json(text, Finding(FindingCode.WRONG_TYPE, "c", row, mend=mend)) == mended


@pytest.mark.parametrize("text", ["", "[]", '{"a": }', '{"a": 1} x', "{'a': 1}"])
def test_a_text_that_is_no_object_has_no_places(text: str) -> None:
    with pytest.raises(JsonProblem):
        member_places(text)
    with pytest.raises(JsonProblem):
        mended_json(text, Finding(FindingCode.WRONG_TYPE))


def test_places_are_those_of_the_letters() -> None:
    (place,) = member_places(' {"é😀": "😀"} ')
    assert json.loads(' {"é😀": "😀"} '[place.name : place.name_end]) == "é😀"
    assert place.value_end - place.value == len('"😀"')
