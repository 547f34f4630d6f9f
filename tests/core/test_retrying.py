from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.explanations import CATALOGUE, Explanation, Outcome
from bxgui.core.outcome import Verdict
from bxgui.core.retrying import Patience, free_at, heals, pause

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


def test_pauses_double_up_to_the_longest_and_then_end() -> None:
    patience = Patience(first=2, longest=15, attempts=6)

    pauses = [pause(patience, made, 0.5) for made in range(1, 7)]

    assert pauses == [2, 4, 8, 15, 15, None]


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_pause_is_never_far_from_its_measure(made: int, chance: float) -> None:
    patience = Patience(attempts=20_000)

    found = pause(patience, made, chance)

    assert found is not None
    assert 0.75 * patience.first <= found <= 1.25 * patience.longest


@pytest.mark.parametrize(
    ("answer", "moment"),
    [
        (b'{"error":"OPERATION_TIME_LIMIT","time":{"operating_reset_at":1700000000}}', 1.7e9),
        (b'{"time":{"operating_reset_at":1700000000.5}}', 1700000000.5),
        (b'{"time":{"operating_reset_at":"soon"}}', None),
        (b'{"time":[]}', None),
        (b"[]", None),
        (b"<html>", None),
    ],
)
def test_the_moment_that_a_portal_names_is_read(answer: bytes, moment: float | None) -> None:
    assert free_at(answer) == moment
