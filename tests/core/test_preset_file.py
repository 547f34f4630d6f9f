from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.json_values import Pairs
from bxgui.core.preset import Fault, Preset, PresetProblem, VariableProblem
from bxgui.core.preset_file import read_presets, write_presets

PRESETS = [
    Preset(
        "Approve", [("Sum", Decimal("1.10")), ("Approved", "Y"), ("Big", 10**40)], "By {{code}}"
    ),
    Preset("Reject", [("B", "1"), ("A", "2"), ("B", "3")]),
    Preset("Nothing"),
]
NO_PRESETS = 'The document holds no presets of bxgui: its kind is not "bxgui-presets".'


def document(**changes: object) -> dict[str, Any]:
    return {
        "kind": "bxgui-presets",
        "version": 1,
        "rule": "approve_invoice",
        "presets": [{"name": "Approve", "values": {"A": "1"}, "log_message": "Done"}],
    } | changes


def read(**changes: object) -> list[Preset]:
    return list(read_presets(json.dumps(document(**changes))).presets)


def problem(text: str) -> PresetProblem:
    with pytest.raises(PresetProblem) as raised:
        read_presets(text)
    return raised.value


def test_presets_come_back_in_their_order_with_all_that_they_hold() -> None:
    found = read_presets(write_presets("approve_invoice", PRESETS))

    assert found.rule == "approve_invoice"
    assert list(found.presets) == PRESETS
    assert str(found.presets[0].values[0][1]) == "1.10"


def test_a_document_reads_well() -> None:
    assert write_presets("approve_invoice", [Preset("Да", [("A", ["1"])], "Готово")]) == (
        """\
{
  "kind": "bxgui-presets",
  "version": 1,
  "rule": "approve_invoice",
  "presets": [
    {
      "name": "Да",
      "values": {
        "A": [
          "1"
        ]
      },
      "log_message": "Готово"
    }
  ]
}
"""
    )


def test_values_and_log_message_may_be_left_out() -> None:
    assert read(presets=[{"name": " Nothing "}]) == [Preset("Nothing")]


def test_a_mark_before_the_text_is_none_of_it() -> None:
    assert read_presets("\ufeff" + json.dumps(document())).rule == "approve_invoice"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The presets are not JSON, line 1, column 1: A value is wanted here."),
        ("[]", "The presets are not JSON, line 1, column 1: A JSON object in braces is wanted."),
        ('{\n "a": }', "The presets are not JSON, line 2, column 7: A value is wanted here."),
    ],
)
def test_what_is_not_json_is_told_where(text: str, message: str) -> None:
    assert str(problem(text)) == message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "other"}, NO_PRESETS),
        ({"version": "1"}, NO_PRESETS),
        ({"version": True}, NO_PRESETS),
        ({"version": 0}, NO_PRESETS),
        ({"preset": []}, '"preset" is not known in a document of presets.'),
        ({"rule": ""}, "The document does not name the rule of its presets."),
        ({"rule": 7}, "The document does not name the rule of its presets."),
        ({"presets": {}}, "The document has no list of presets."),
    ],
)
def test_a_document_of_another_shape_is_refused(changes: dict[str, object], message: str) -> None:
    assert str(problem(json.dumps(document(**changes)))) == message


def test_a_document_of_a_newer_program_is_told_so() -> None:
    found = problem(json.dumps(document(version=2, more="")))

    assert found.code == "newer_file"
    assert str(found) == (
        "The presets were written by a newer bxgui (version 2; this one knows 1). Update bxgui."
    )


@pytest.mark.parametrize(
    ("preset", "message"),
    [
        ("Approve", "Preset 2 is not an object in braces."),
        ({"name": "B", "log": ""}, '"log" is not known in preset 2.'),
        ({"name": "B", "\u202e": ""}, '"\ufffd" is not known in preset 2.'),
        ({}, "The name of preset 2 is not a text."),
        ({"name": " "}, "Preset 2 cannot be kept. A preset needs a name."),
        ({"name": "B", "log_message": None}, "The log_message of preset 2 is not a text."),
        ({"name": "A"}, 'Presets 1 and 2 have the same name "A".'),
        *(
            (
                {"name": "B", "values": values},
                "The values of preset 2 are neither an object nor a list of pairs.",
            )
            for values in ("A=1", None, ["A"], [["A"]], [[1, "A"]], [["A", 1, 2]])
        ),
    ],
)
def test_a_preset_that_cannot_be_kept_is_told_by_its_place(preset: object, message: str) -> None:
    assert str(problem(json.dumps(document(presets=[{"name": "A"}, preset])))) == message


def test_variables_that_no_call_can_fill_are_refused_by_preset_and_place() -> None:
    with pytest.raises(VariableProblem) as raised:
        read(
            presets=[
                {"name": "A", "values": {"Sum": "{{summ}} {{properties.sum}}"}},
                {"name": "B", "log_message": "{{event_token}}"},
            ]
        )

    assert raised.value.faults == (
        Fault("unknown", "summ", "Sum", preset="A"),
        Fault("secret", "event_token", "", preset="B"),
    )


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text().filter(lambda text: "{{" not in text),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.lists(st.tuples(st.sampled_from("abA") | st.text(), values), max_size=6))
def test_any_values_come_back(pairs: Pairs) -> None:
    preset = Preset("A", pairs)

    assert read_presets(write_presets("rule", [preset])).presets == (preset,)


@given(st.text() | st.builds(json.dumps, values | st.fixed_dictionaries({"kind": values})))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(PresetProblem):
        read_presets(text)
