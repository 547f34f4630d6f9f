from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.json_layout import laid_out

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{}", "{}"),
        ("[]", "[]"),
        ("5", "5"),
        ('{"a": "x, {y}: [z]"}', '{\n  "a": "x, {y}: [z]"\n}'),
        ('{"a": [], "b": {}}', '{\n  "a": [],\n  "b": {}\n}'),
        ('{"a": [1, {"b": "\\""}]}', '{\n  "a": [\n    1,\n    {\n      "b": "\\""\n    }\n  ]\n}'),
        ('{"a":1.10,"a":1E+400}', '{\n  "a": 1.10,\n  "a": 1E+400\n}'),
        ('{"a": "\\u00e9é"}', '{\n  "a": "\\u00e9é"\n}'),
    ],
)
def test_each_value_has_a_line_and_stays_as_it_is_written(text: str, shown: str) -> None:
    assert laid_out(text) == shown


@given(VALUES)
def test_nothing_but_white_space_changes(value: object) -> None:
    assert laid_out(json.dumps(value)) == json.dumps(value, indent=2)


@given(VALUES)
def test_non_ascii_texts_stay_too(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert laid_out(text) == json.dumps(value, ensure_ascii=False, indent=2)
