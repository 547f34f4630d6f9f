"""Rows of the behaviour contract (§8): what is given, and what a portal must answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest
from simulated import Client, Clock, Reply, portal, rule, served

from bxgui.simulator.engine import OutgoingCall

Act = Callable[[Client, OutgoingCall], Reply]

WAITS, RUNS, LOCKED, ENDED, TERMINATED = "waiting", "running", "executing", "ended", "terminated"


class Numbered(Protocol):
    """A row of any table."""

    @property
    def number(self) -> int: ...

    @property
    def given(self) -> str: ...


@dataclass(frozen=True)
class Row:
    """One line of a table: the request that `act` makes, and the answer."""

    number: int
    given: str
    act: Callable[..., Reply]
    status: int = 200
    error: object = None
    text: str = ""


@dataclass(frozen=True)
class StepRow(Row):
    """A row that tells what became of a step; `act` gets a client and the call of the step.

    `start` is about the workflow, `rule` about the rule it stands at, `settings` and `options`
    about the portal.
    """

    state: str = WAITS
    applied: Mapping[str, object] = field(default_factory=dict)
    log: tuple[str, ...] = ()
    start: Mapping[str, Any] = field(default_factory=dict)
    rule: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)


def rows(table: Iterable[Numbered]) -> pytest.MarkDecorator:
    """Run a test for each row of a table."""
    named = [pytest.param(row, id=f"row {row.number}: {row.given}") for row in table]
    return pytest.mark.parametrize("row", named)


def numbers(table: Iterable[Numbered]) -> list[int]:
    return sorted({row.number for row in table})


def check(row: StepRow) -> None:
    """A portal and a workflow of it do what the row says."""
    with served(portal(Clock(), **row.settings), **row.options) as client:
        client.served.portal.rules.put(rule(**row.rule))
        call = client.start(**row.start)
        reply = row.act(client, call)
        view = client.view(call)

    assert answered(reply) == (row.status, row.error, row.text)
    became = str(view.state), exactly(view.applied), view.log
    assert became == (row.state, exactly(row.applied), row.log)


def answered(reply: Reply) -> tuple[int, object, str]:
    """Status, error and description; a page has only a status."""
    document = reply.json if reply.raw[:1] == b"{" else {}
    return reply.status, document.get("error"), document.get("error_description", "")


def exactly(values: Mapping[str, object]) -> dict[str, tuple[str, object]]:
    """Values with their types: 0 is not false."""
    return {name: (type(value).__name__, value) for name, value in values.items()}


def after(prepare: Callable[[Client, OutgoingCall], object], act: Act) -> Act:
    """An act, once something has happened."""

    def both(client: Client, call: OutgoingCall) -> Reply:
        prepare(client, call)
        return act(client, call)

    return both
