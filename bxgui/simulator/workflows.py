"""Workflows that stand at a rule, and what an answer does to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from enum import StrEnum

from bxgui.simulator.conversion import stored
from bxgui.simulator.event_tokens import Event
from bxgui.simulator.rules import Rule
from bxgui.simulator.scenario import Course, Scenario

# Whoever loads a workflow owns it for so long; one that is owned after that hangs.
OWNERSHIP_SECONDS = 300
DEFAULT_LOG_MESSAGE = "Received application response"


class WorkflowState(StrEnum):
    """Where a workflow stands; the last three have no row in the portal any more."""

    WAITING = "waiting"
    RUNNING = "running"
    EXECUTING = "executing"
    ENDED = "ended"
    TERMINATED = "terminated"
    DELETED = "deleted"

    @property
    def gone(self) -> bool:
        """Whether the row is no longer there."""
        return self in _GONE


_GONE = {WorkflowState.ENDED, WorkflowState.TERMINATED, WorkflowState.DELETED}


@dataclass(frozen=True, slots=True)
class WorkflowView:
    """A workflow at one moment; `applied` is what the answers gave, by declared name.

    `owned_until` is set as long as it is locked; it hangs when that time has passed.
    """

    id: str
    rule_code: str
    scenario: Scenario
    state: WorkflowState
    event_token: str = field(repr=False)
    applied: Mapping[str, object]
    dropped: tuple[str, ...]
    log: tuple[str, ...]
    answers: int
    started: float
    modified: float
    owned_until: float | None


@dataclass(slots=True)
class Workflow:
    """The row of a workflow; `applied` collects what the answers gave.

    The engine cannot resume a `damaged` one.
    """

    id: str
    rule: Rule
    scenario: Scenario
    event: Event
    started: float
    modified: float = 0
    owned_until: float | None = None
    damaged: bool = False
    deadline: float | None = None
    state: WorkflowState = WorkflowState.RUNNING
    before_lock: WorkflowState = WorkflowState.RUNNING
    document_exists: bool = True
    rounds_left: int = 0
    applied: dict[str, object] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    log: list[str] = field(default_factory=list)
    answers: int = 0

    def lock(self, now: float) -> None:
        """Let the workflow be executing, so that nobody else may load it."""
        if self.state is not WorkflowState.EXECUTING:
            self.before_lock, self.state = self.state, WorkflowState.EXECUTING
            self.owned_until = now + OWNERSHIP_SECONDS

    def unlock(self) -> None:
        """Let the workflow stand where it stood before it was locked."""
        if self.state is WorkflowState.EXECUTING:
            self.state = self.before_lock
            self.owned_until = None

    def waits_for(self, event: Event) -> bool:
        """Whether the step that is open now was announced by this event."""
        return self.state is WorkflowState.WAITING and self.event == event

    def open(self, event_id: str, now: float) -> None:
        """Begin a round: the step waits, unless its rule does not."""
        self.event = replace(self.event, event_id=event_id)
        self.modified = now
        self.rounds_left -= 1
        timeout = self.scenario.timeout_duration
        self.deadline = now + timeout if timeout else None
        self.state = WorkflowState.WAITING
        if not self.rule.waits:
            self.rounds_left = 0
            self.close(now)

    def expire(self, now: float) -> None:
        """Close a step whose time is over."""
        due = self.deadline is not None and now >= self.deadline
        if due and self.state is WorkflowState.WAITING:
            self.rounds_left = 0
            self.close(now)

    def close(self, now: float) -> None:
        """Close the step; the workflow follows its course."""
        self.modified = now
        if self.scenario.course is Course.ENDS:
            self.state = WorkflowState.ENDED
        else:
            self.state = WorkflowState.RUNNING
        if self.scenario.course is Course.FAILS:
            self.lock(now)

    def apply(self, values: object, zone: tzinfo) -> tuple[dict[str, object], tuple[str, ...]]:
        """Keep the values of known names; returns them by declared name, and the names dropped."""
        declared = {name.upper(): name for name in self.rule.return_properties}
        applied: dict[str, object] = {}
        dropped: list[str] = []
        for key, value in _members(values).items():
            name = declared.get(key.upper())
            if name is None:
                dropped.append(key)
            else:
                applied[name] = stored(self.rule.return_properties[name], value, zone)
        self.applied.update(applied)
        self.dropped = tuple(dropped)
        self.answers += 1
        return applied, self.dropped

    def write(self, message: object) -> str:
        """Add a line to the log of the workflow; what is not a text gives the default one."""
        text = message if isinstance(message, str) and message else DEFAULT_LOG_MESSAGE
        self.log.append(text)
        return text

    def view(self, event_token: str) -> WorkflowView:
        """The workflow as it is now."""
        return WorkflowView(
            self.id,
            self.rule.code,
            self.scenario,
            self.state,
            event_token,
            dict(self.applied),
            self.dropped,
            tuple(self.log),
            self.answers,
            self.started,
            self.modified,
            self.owned_until,
        )


def _members(values: object) -> dict[str, object]:
    if isinstance(values, Mapping):
        return {str(key): value for key, value in values.items()}
    if isinstance(values, list):
        return {str(index): value for index, value in enumerate(values)}
    # PHP casts null to an empty array, any other scalar to a list of one.
    return {} if values is None else {"0": values}
