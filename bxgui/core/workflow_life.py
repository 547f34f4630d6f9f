"""What a portal tells of a workflow that may or may not have gone on: `bizproc.workflow.instances`.

A row is there for as long as the workflow is. `OWNED_UNTIL` is set while it is being executed; once
that moment has passed, it hangs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bxgui.core.json_values import JsonValue, Pairs

METHOD = "bizproc.workflow.instances"
_FIELDS: list[JsonValue] = ["ID", "MODIFIED", "OWNED_UNTIL"]


class WorkflowLife(StrEnum):
    """Whether a workflow lives, is being executed, hangs or is gone; or nobody could be asked."""

    LIVES = "lives"
    RUNS = "runs"
    HANGS = "hangs"
    GONE = "gone"
    NOT_TOLD = "not_told"


MEANINGS = {
    WorkflowLife.LIVES: "The workflow lives. It waits at this step or at a later one: the portal "
    "does not tell which. A second answer goes to the step that still waits, or to nobody.",
    WorkflowLife.RUNS: "The workflow is being executed at this moment. Ask again in a minute.",
    WorkflowLife.HANGS: "The workflow hangs: a step has failed, and the portal does not go on with "
    "it. An answer would be refused; stop the workflow in the portal and start it again.",
    WorkflowLife.GONE: "The workflow is gone: it has ended or was deleted. There is nothing to "
    "answer any more. Whether an answer has ended it, the portal does not tell.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the portal tells of a workflow; `changed_at` is when it last did something."""

    life: WorkflowLife
    changed_at: datetime | None = None
    owned_until: datetime | None = None


def parameters(workflow_id: str) -> Pairs:
    """What asks for one workflow."""
    return [("SELECT", _FIELDS), ("FILTER", {"ID": workflow_id})]


def read(answer: bytes, workflow_id: str, now: datetime) -> Told:
    """What an accepted answer tells; rows of other workflows tell that it was not understood."""
    rows = json.loads(answer).get("result")
    if not isinstance(rows, list):
        return Told(WorkflowLife.NOT_TOLD)
    if not rows:
        return Told(WorkflowLife.GONE)
    mine = [row for row in rows if isinstance(row, dict) and row.get("ID") == workflow_id]
    if not mine:
        return Told(WorkflowLife.NOT_TOLD)
    changed_at = _moment(mine[0].get("MODIFIED"))
    if not mine[0].get("OWNED_UNTIL"):
        return Told(WorkflowLife.LIVES, changed_at)
    owned_until = _moment(mine[0]["OWNED_UNTIL"])
    hangs = owned_until is not None and owned_until <= now
    life = WorkflowLife.HANGS if hangs else WorkflowLife.RUNS
    return Told(life, changed_at, owned_until)


def _moment(value: object) -> datetime | None:
    """An aware moment; None for one whose zone nobody knows."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
