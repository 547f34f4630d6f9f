"""Commands that a simulator takes as JSON lines through a pipe."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TextIO

from bxgui.simulator.app_events import AppChange
from bxgui.simulator.catalogue import SCENARIOS
from bxgui.simulator.condition import Condition
from bxgui.simulator.faults import Fault
from bxgui.simulator.limiter import Plan
from bxgui.simulator.lines import Lines, announcement_line, portal_line
from bxgui.simulator.server import SimulatedPortal

Order = Mapping[str, Any]


class UnknownRule(ValueError):
    """A code that no rule of the catalogue has."""


class Commands:
    """Obeys the JSON lines of a pipe; a line that makes no sense is answered with a problem."""

    def __init__(self, served: SimulatedPortal, handler: str, lines: Lines) -> None:
        self._served = served
        self._handler = handler
        self._lines = lines
        engine = served.portal.engine
        self._workflow_acts = {
            "lock": engine.lock,
            "unlock": engine.unlock,
            "damage": engine.damage,
            "repair": engine.repair,
            "end": engine.end,
            "delete": engine.delete,
            "delete_document": engine.delete_document,
        }
        self._acts: dict[str, Callable[[Order], None]] = {
            "call": lambda order: self._call(str(order.get("rule", "")), order),
            "all": self._call_all,
            "fault": self._add_fault,
            "condition": self._set_condition,
            "limit": self._set_limit,
            "rename": self._rename,
            **dict.fromkeys(self._workflow_acts, self._do_to_workflow),
            **dict.fromkeys(AppChange, self._change),
        }

    def obey(self, descriptor: int, ended: Callable[[], None]) -> None:
        """Obey every line, and tell when the pipe has ended."""
        for line in _lines_of(descriptor):
            self._obey_line(line)
        ended()

    def _obey_line(self, line: bytes) -> None:
        try:
            order = json.loads(line)
            self._do(order if isinstance(order, dict) else {})
        except (ValueError, TypeError) as error:
            self._lines.write({"event": "problem", "text": str(error)})

    def _do(self, order: Order) -> None:
        act = self._acts.get(str(order.get("do")))
        if act is None:
            known = ", ".join(f'{{"do": "{name}"}}' for name in self._acts)
            raise ValueError(f"a command is one of {known}")
        act(order)

    def _call(self, rule: str, order: Order) -> None:
        try:
            self._served.deliver(rule, self._handler_of(order))
        except KeyError as error:
            known = ", ".join(scenario.rule_code for scenario in SCENARIOS)
            raise UnknownRule(f"{rule!r} is not a rule; there are {known}") from error

    def _call_all(self, order: Order) -> None:
        for scenario in SCENARIOS:
            self._call(scenario.rule_code, order)

    def _add_fault(self, order: Order) -> None:
        fault = Fault.parse(str(order.get("name", "")), str(order.get("method", "")))
        self._served.faults.add(
            fault, count=int(order.get("count", 1)), skip=int(order.get("skip", 0))
        )

    def _set_condition(self, order: Order) -> None:
        self._served.portal.condition = Condition(str(order.get("name", "")))

    def _set_limit(self, order: Order) -> None:
        """Without a capacity there is no limit."""
        limited = "capacity" in order
        plan = Plan(float(order["capacity"]), float(order.get("drain", 0))) if limited else None
        self._served.limit(plan)

    def _rename(self, order: Order) -> None:
        self._served.rename(str(order.get("host", "localhost")))
        self._lines.write(portal_line(self._served))

    def _do_to_workflow(self, order: Order) -> None:
        workflow = str(order.get("workflow", ""))
        try:
            self._workflow_acts[order["do"]](workflow)
        except KeyError as error:
            raise ValueError(f"{workflow!r} is not a workflow") from error

    def _change(self, order: Order) -> None:
        change, handler = AppChange(order["do"]), self._handler_of(order)
        self._lines.write(announcement_line(self._served.change_application(change, handler)))

    def _handler_of(self, order: Order) -> str:
        handler = str(order.get("handler", self._handler))
        if not handler:
            raise ValueError("there is no handler to call")
        return handler


def pipe_of(stream: TextIO | None) -> int | None:
    """The descriptor of a pipe or socket; None for a terminal, a file, the null device."""
    if stream is None:
        return None
    try:
        descriptor = stream.fileno()
        mode = os.fstat(descriptor).st_mode
    except (OSError, ValueError):
        return None
    return descriptor if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) else None


def _lines_of(descriptor: int) -> Iterator[bytes]:
    """Lines up to the end of a pipe.

    Not by the stream: a thread that waits in it holds its lock, which aborts the interpreter's end.
    """
    rest = b""
    while block := _read(descriptor):
        *lines, rest = (rest + block).split(b"\n")
        yield from filter(bytes.strip, lines)
    if rest.strip():
        yield rest


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""
