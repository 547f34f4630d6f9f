from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.explanations import BY_KEY, CATALOGUE, Explanation, Outcome
from bxgui.core.outcome import Verdict
from bxgui.core.retrying import (
    Patience,
    blocked_seconds,
    free_at,
    heals,
    holds_others,
    is_blocked,
    pause,
)

each = pytest.mark.parametrize("entry", CATALOGUE, ids=[entry.key for entry in CATALOGUE])


@each
def test_only_what_was_surely_not_executed_heals(entry: Explanation) -> None:
    if heals(Verdict(entry)):
        assert entry.outcome is Outcome.RETRY_LATER
        assert entry.executed == "no"


def test_what_wants_a_person_or_another_token_does_not_heal() -> None:
    stays = {
        entry.key
        for entry in CATALOGUE
        if entry.outcome is Outcome.RETRY_LATER and not heals(Verdict(entry))
    }

    assert stays == {"access_expired", "certificate", "confirmation_awaited", "overload"}


def test_a_busy_workflow_holds_up_no_other_reply() -> None:
    holding = {entry.key for entry in CATALOGUE if holds_others(Verdict(entry))}

    assert holding == {entry.key for entry in CATALOGUE if heals(Verdict(entry))} - {
        "workflow_busy"
    }


@each
def test_only_a_method_without_time_left_is_blocked(entry: Explanation) -> None:
    assert is_blocked(Verdict(entry)) is (entry is BY_KEY["operation_limit"])


def test_pauses_double_up_to_the_longest_and_then_end() -> None:
    patience = Patience(first_pause=2, longest_pause=15, attempts=6)

    pauses = [pause(patience, made, 0, 0.5) for made in range(1, 7)]

    assert pauses == [2, 4, 8, 15, 15, None]


def test_pauses_end_with_the_time_there_is() -> None:
    patience = Patience(first_pause=8, longest_pause=100, attempts=100, seconds=20)

    assert pause(patience, 1, 0, 0.5) == 8
    assert pause(patience, 2, 15, 0.5) == 5
    assert pause(patience, 3, 20, 0.5) is None


def test_a_pause_is_no_shorter_than_what_is_known_to_be_needed() -> None:
    patience = Patience(first_pause=2, seconds=500)

    assert pause(patience, 1, 0, 0.5, at_least=300) == 300
    assert pause(patience, 1, 200, 0.5, at_least=300) == 300


def test_there_is_no_pause_that_outlasts_the_time_there_is() -> None:
    assert pause(Patience(seconds=500), 1, 0, 0.5, at_least=501) is None
    assert pause(Patience(seconds=500), 1, 201, 0.5, at_least=300) is None


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_pause_is_never_far_from_its_measure(made: int, chance: float) -> None:
    patience = Patience(attempts=20_000)

    found = pause(patience, made, 0, chance)

    assert found is not None
    assert 0.75 * patience.first_pause <= found <= 1.25 * patience.longest_pause


@pytest.mark.parametrize(
    ("named", "seconds"),
    [(None, 600), (1_000, 600), (1_250, 250), (900, 600), (9_999, 600), (1_600, 600)],
)
def test_a_blocked_method_is_free_when_the_portal_said_so_and_within_ten_minutes(
    named: float | None, seconds: float
) -> None:
    assert blocked_seconds(named, 1_000) == seconds


@pytest.mark.parametrize(
    ("answer", "moment"),
    [
        (b'{"result":true,"time":{"operating_reset_at":1700000000}}', 1.7e9),
        (b'{"time":{"operating_reset_at":1700000000.5}}', 1700000000.5),
        (b'{"time":{"operating_reset_at":"soon"}}', None),
        (b'{"time":[]}', None),
        (b"[]", None),
        (b"<html>", None),
    ],
)
def test_the_moment_that_a_portal_names_is_read(answer: bytes, moment: float | None) -> None:
    assert free_at(answer) == moment


@pytest.mark.parametrize("moment", ["1" + "0" * 400, "NaN", "-1e999"])
def test_a_moment_beyond_all_time_blocks_for_as_long_as_none(moment: str) -> None:
    found = free_at(f'{{"time": {{"operating_reset_at": {moment}}}}}'.encode())

    assert blocked_seconds(found, 1_000) == 600


@pytest.mark.parametrize(
    ("times", "moment"),
    [
        ({"a": {"operating_reset_at": 1_000}, "b": {"operating_reset_at": 1_007}}, 1_007),
        ({"a": {"operating_reset_at": 1_000}, "b": "soon"}, 1_000),
        ([], None),
    ],
)
def test_of_a_batch_the_latest_of_its_commands_counts(times: object, moment: float | None) -> None:
    answer = json.dumps({"result": {"result": [], "result_time": times}}).encode()

    assert free_at(answer) == moment
