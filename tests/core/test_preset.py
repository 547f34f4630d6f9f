from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from factories import NOW, call_detail
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.json_values import JsonValue, Pairs
from bxgui.core.preset import (
    Fault,
    Filled,
    Preset,
    PresetProblem,
    VariableProblem,
    as_sent,
    clean_name,
    fill,
    lasting_faults,
)
from bxgui.core.variables import Facts, facts_of

FACTS: Facts = facts_of(
    call_detail(properties={"sum": "7", "items": ["one", "two"], "map": {"a": "1"}}),
    NOW,
    lambda moment: moment,
)


def filled(value: JsonValue) -> JsonValue:
    return fill(Preset("any", [("A", value)]), FACTS).values[0][1]


def logged(text: str) -> str:
    return fill(Preset("any", [], text), FACTS).log_message


def faults(values: Pairs, log_message: str = "") -> list[Fault]:
    with pytest.raises(VariableProblem) as raised:
        fill(Preset("any", values, log_message), FACTS)
    return list(raised.value.faults)


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("{{properties.sum}}", "7"),
        ("{{properties.items}}", ["one", "two"]),
        ("{{properties.map}}", {"a": "1"}),
        ("all: {{properties.items}}.", "all: one, two."),
        (" {{properties.items}}", " one, two"),
        ("{{properties.items}}{{properties.sum}}", "one, two7"),
        ("map {{properties.map}}", 'map {"a": "1"}'),
        ("user_{{user_id}}", "user_4"),
        ("{{{{properties.sum}}", "{{properties.sum}}"),
        (["{{properties.sum}}", ["{{document_id.2}}"]], ["7", ["DEAL_42"]]),
        ({"{{code}}": "{{code}}"}, {"{{code}}": "approve_invoice"}),
        (True, True),
        (None, None),
        (10**40, 10**40),
        (Decimal("1.10"), Decimal("1.10")),
    ],
)
def test_values_are_filled_wherever_they_hold_a_variable(
    value: JsonValue, becomes: JsonValue
) -> None:
    assert filled(value) == becomes


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("", ""),
        ("By {{code}} at {{now}}", "By approve_invoice at 04.03.2026 12:00:00"),
        ("{{properties.items}}", "one, two"),
    ],
)
def test_a_log_message_is_always_text(text: str, becomes: str) -> None:
    assert logged(text) == becomes


def test_names_order_and_repeated_names_stay_as_they_are() -> None:
    values: Pairs = [("B", "{{code}}"), ("{{code}}", "1"), ("B", "2")]

    found = fill(Preset("any", values), FACTS)

    assert found.values == [("B", "approve_invoice"), ("{{code}}", "1"), ("B", "2")]


def test_all_that_is_missing_is_told_once_each_and_where() -> None:
    twice = "{{properties.summ}} and {{properties.summ}}"

    found = faults([("A", twice), ("B", ["{{auth.access_token}}"])], "{{now|dated}} {{properties.x")

    assert found == [
        Fault("missing", "properties.summ", "A", "properties.sum"),
        Fault("secret", "auth.access_token", "B"),
        Fault("format", "now|dated", "", "date"),
        Fault("broken", "properties.x", ""),
    ]


def test_a_problem_names_its_variables() -> None:
    problem = VariableProblem([Fault("missing", "a", "A"), Fault("secret", "b", "B")])

    assert problem.code == "variables"
    assert str(problem) == "Variables that cannot be filled: a, b."


def test_of_very_many_faults_the_first_are_told() -> None:
    text = "".join(f"{{{{properties.x{number}}}}}" for number in range(1_000))

    assert len(faults([("A", text)])) == 50


def test_what_no_call_can_fill_is_known_without_a_call() -> None:
    preset = Preset("any", [("A", "{{properties.sum}}{{prperties.sum}}")], "{{event_token}}{{now}}")

    assert lasting_faults(preset) == [
        Fault("unknown", "prperties.sum", "A", "properties"),
        Fault("secret", "event_token", ""),
    ]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["{{", "{{code}}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
pairs = st.lists(st.tuples(st.text(), values), max_size=4)
logs = st.text() | st.sampled_from(["{{", "{{{code}}", "{{code}}"])


@given(pairs, logs)
def test_what_was_sent_is_filled_to_itself(sent: Pairs, log_message: str) -> None:
    assert fill(as_sent(sent, log_message), {}) == Filled(sent, log_message)


@given(pairs, logs)
def test_without_variables_nothing_changes(given_values: Pairs, log_message: str) -> None:
    preset = Preset("any", given_values, log_message)
    if "{{" not in repr(preset):
        assert fill(preset, {}) == Filled(given_values, log_message)


@given(pairs, st.text(st.sampled_from("{}|.code:nwproptis_") | st.characters()))
def test_a_preset_is_filled_or_its_faults_are_told(given_values: Pairs, log_message: str) -> None:
    with suppress(VariableProblem):
        fill(Preset("any", given_values, log_message), FACTS)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "no_name"), (" \n", "no_name"), ("a\u202eb", "bad_name"), ("x" * 101, "long_name")],
)
def test_a_name_is_a_short_line(text: str, code: str) -> None:
    with pytest.raises(PresetProblem) as raised:
        clean_name(text)
    assert raised.value.code == code


def test_space_in_a_name_is_one_space_and_around_it_none() -> None:
    assert clean_name(" Одобрить\u00a0\n👍 ") == "Одобрить 👍"
