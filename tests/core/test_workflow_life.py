from __future__ import annotations

import json
from datetime import timedelta

import pytest
from factories import NOW, WORKFLOW_ID

from bxgui.core.workflow_life import MEANINGS, Told, WorkflowLife, parameters, read

SOON, BEFORE = NOW + timedelta(minutes=1), NOW - timedelta(minutes=1)


def row(**changes: object) -> dict[str, object]:
    return {"ID": WORKFLOW_ID, "MODIFIED": BEFORE.isoformat(), "OWNED_UNTIL": None, **changes}


def told(result: object) -> Told:
    return read(json.dumps({"result": result, "total": 1}).encode(), WORKFLOW_ID, NOW)


def test_one_workflow_is_asked_for_and_nothing_else_of_it() -> None:
    assert parameters("a.1") == [
        ("SELECT", ["ID", "MODIFIED", "OWNED_UNTIL"]),
        ("FILTER", {"ID": "a.1"}),
    ]


@pytest.mark.parametrize("owned", [None, "", False])
def test_workflow_that_nobody_executes_lives(owned: object) -> None:
    assert told([row(OWNED_UNTIL=owned)]) == Told(WorkflowLife.LIVES, BEFORE)


def test_workflow_that_is_executed_runs_until_its_time_is_over_and_hangs_then() -> None:
    assert told([row(OWNED_UNTIL=SOON.isoformat())]) == Told(WorkflowLife.RUNS, BEFORE, SOON)
    assert told([row(OWNED_UNTIL=BEFORE.isoformat())]) == Told(WorkflowLife.HANGS, BEFORE, BEFORE)


@pytest.mark.parametrize("owned", ["soon", "2026-03-04T11:59:00"])
def test_time_that_cannot_be_compared_is_not_taken_for_over(owned: str) -> None:
    assert told([row(OWNED_UNTIL=owned, MODIFIED="")]) == Told(WorkflowLife.RUNS)


def test_no_row_is_a_workflow_that_is_gone() -> None:
    assert told([]) == Told(WorkflowLife.GONE)


@pytest.mark.parametrize("result", [None, True, {"a": 1}, [row(ID="other")], ["x"]])
def test_other_answers_tell_nothing(result: object) -> None:
    assert told(result) == Told(WorkflowLife.NOT_TOLD)


def test_whatever_is_told_means_something() -> None:
    assert set(MEANINGS) == set(WorkflowLife) - {WorkflowLife.NOT_TOLD}
