"""A simulated portal as a process: it posts calls, and tells in lines what the portal did."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from queue import SimpleQueue
from threading import Event, Lock, Thread, current_thread, main_thread
from typing import Any, TextIO

from bxgui.core.plain_text import printable
from bxgui.simulator.app_events import AppChange
from bxgui.simulator.catalogue import SCENARIOS
from bxgui.simulator.delivery import Announcement, Delivery
from bxgui.simulator.faults import Fault
from bxgui.simulator.gateway import Exchange
from bxgui.simulator.rules import Rule
from bxgui.simulator.server import SimulatedPortal

_SECRET = re.compile(r"[\w.|]*\.[0-9a-f]{64}|[0-9a-f]{70}")
_Line = dict[str, object]


class UnknownRule(ValueError):
    """A code that no rule of the catalogue has."""


class _Lines:
    """Writes one line for each event; `failure` is why no more can be written."""

    def __init__(self, out: TextIO, lost: Callable[[], None], *, as_json: bool) -> None:
        self._out = out
        self.failure: OSError | None = None
        self._lost = lost
        self._as_json = as_json
        self._lock = Lock()

    def write(self, line: _Line) -> None:
        text = json.dumps(line, ensure_ascii=False) if self._as_json else _sentence(line)
        safe = _SECRET.sub("***", text).encode("utf-8", "replace").decode()
        try:
            with self._lock:
                self._out.write(safe + "\n")
                self._out.flush()
        except OSError as failure:
            self.failure = failure
            self._lost()


def run(
    *,
    port: int = 0,
    handler: str = "",
    calls: int | None = None,
    json_lines: bool = False,
    interval: float = 0,
    faults: Sequence[Fault] = (),
    stdin: TextIO | None,
    stdout: TextIO,
) -> int:
    """Be a portal until SIGTERM, SIGINT or, with JSON lines, the end of a piped `stdin`.

    Posts `calls` calls to the handler, one of each scenario unless told how many, `interval`
    seconds apart. Returns the exit status; raises `PortTaken`, or `OSError` when nobody reads
    what it writes any more.
    """
    stops: SimpleQueue[None] = SimpleQueue()
    stopping = Event()
    lines = _Lines(stdout, lambda: stops.put(None), as_json=json_lines)
    served = SimulatedPortal(
        port=port,
        on_exchange=lambda exchange: lines.write(request_line(exchange)),
        on_delivery=lambda delivery: lines.write(
            delivery_line(delivery, served.portal.rules[delivery.call.rule_code])
        ),
    )
    for fault in faults:
        served.faults.add(fault)
    with _signals(lambda: stops.put(None)), served:
        lines.write(portal_line(served))
        count = len(SCENARIOS) if calls is None else calls
        if handler:
            _in_background(lambda: _post(served, handler, count, interval, stopping))
        pipe = _pipe_of(stdin) if json_lines else None
        if pipe is not None:
            commands = _Commands(served, handler, lines)
            _in_background(lambda: commands.obey(pipe, lambda: stops.put(None)))
        stops.get()
        stopping.set()
    if lines.failure is not None:
        raise lines.failure
    return 0


def portal_line(served: SimulatedPortal) -> _Line:
    """Where the portal is."""
    return {
        "event": "portal",
        "endpoint": served.endpoint,
        "member_id": served.portal.member_id,
        "port": served.port,
        "oauth_url": served.oauth_url,
    }


def delivery_line(delivery: Delivery, rule: Rule) -> _Line:
    """A call that was posted, and what its rule was registered to return.

    `status` is null, and `failure` says why, if nothing answered.
    """
    call = delivery.call
    return {
        "event": "delivered",
        "rule": call.rule_code,
        "document": call.document_id,
        "status": delivery.status,
        "workflow": call.workflow_id,
        "failure": delivery.failure or None,
        "return_properties": dict(rule.return_properties),
    }


def announcement_line(announcement: Announcement) -> _Line:
    """An event of the application that was posted; `status` as of a delivery."""
    return {
        "event": "announced",
        "name": announcement.event.name,
        "status": announcement.status,
        "failure": announcement.failure or None,
    }


def request_line(exchange: Exchange) -> _Line:
    """A request, and what the portal really did with it; `status` is null after a reset."""
    effect = exchange.effect
    line: _Line = {
        "event": "request",
        "method": exchange.method,
        "status": exchange.status or None,
        "error": exchange.error or None,
        "fault": exchange.fault,
        "rule": None,
        "document": None,
        "workflow": None,
        "applied": {},
        "dropped": [],
        "workflow_state": None,
    }
    if effect is not None:
        line |= {
            "rule": effect.rule_code or None,
            "document": effect.document_id or None,
            "workflow": effect.workflow_id,
            "applied": dict(effect.applied),
            "dropped": list(effect.dropped),
            "log_message": effect.log_message or None,
            "effective": effect.effective,
            "workflow_state": effect.state,
        }
    return line


class _Commands:
    """Obeys the JSON lines of a pipe; a line that makes no sense is answered with a problem."""

    def __init__(self, served: SimulatedPortal, handler: str, lines: _Lines) -> None:
        self._served = served
        self._handler = handler
        self._lines = lines

    def obey(self, descriptor: int, ended: Callable[[], None]) -> None:
        for line in _lines_of(descriptor):
            self._obey_line(line)
        ended()

    def _obey_line(self, line: bytes) -> None:
        try:
            command = json.loads(line)
            self._do(command if isinstance(command, dict) else {})
        except (ValueError, TypeError) as error:
            self._lines.write({"event": "problem", "text": str(error)})

    def _do(self, command: Mapping[str, Any]) -> None:
        if command.get("do") == "call":
            self._call(str(command.get("rule", "")), str(command.get("handler", self._handler)))
        elif command.get("do") == "all":
            for scenario in SCENARIOS:
                self._call(scenario.rule_code, str(command.get("handler", self._handler)))
        elif command.get("do") == "fault":
            fault = Fault.parse(str(command.get("name", "")), str(command.get("method", "")))
            self._served.faults.add(fault, count=int(command.get("count", 1)))
        elif command.get("do") in list(AppChange):
            self._change(AppChange(command["do"]), str(command.get("handler", self._handler)))
        else:
            raise ValueError(
                'a command is {"do": "call", …}, {"do": "all"}, {"do": "fault", …}, '
                '{"do": "install"}, {"do": "update"} or {"do": "uninstall"}'
            )

    def _change(self, change: AppChange, handler: str) -> None:
        self._lines.write(
            announcement_line(self._served.change_application(change, _given(handler)))
        )

    def _call(self, rule: str, handler: str) -> None:
        try:
            self._served.deliver(rule, _given(handler))
        except KeyError as error:
            known = ", ".join(scenario.rule_code for scenario in SCENARIOS)
            raise UnknownRule(f"{rule!r} is not a rule; there are {known}") from error


def _given(handler: str) -> str:
    if not handler:
        raise ValueError("there is no handler to call")
    return handler


def _post(
    served: SimulatedPortal, handler: str, count: int, interval: float, stopping: Event
) -> None:
    for number, scenario in enumerate(islice(cycle(SCENARIOS), count)):
        if stopping.wait(interval if number else 0):
            return
        served.deliver(scenario, handler)


def _in_background(work: Callable[[], None]) -> None:
    Thread(target=work, daemon=True).start()


def _pipe_of(stream: TextIO | None) -> int | None:
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


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Stop at SIGINT and SIGTERM; handlers can be set in the main thread only."""
    if current_thread() is not main_thread():
        yield
        return
    chosen = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stop()) for number in chosen]
    try:
        yield
    finally:
        for number, handler in zip(chosen, before, strict=True):
            with suppress(ValueError, TypeError):
                signal.signal(number, handler)


def _sentence(line: _Line) -> str:
    """A line for people."""
    if line["event"] == "portal":
        return f"A portal is at {line['endpoint']} (member id {line['member_id']})"
    if line["event"] == "delivered":
        result = f"HTTP {line['status']}" if line["status"] else str(line["failure"])
        return f"call     {line['rule']} {line['document']}: {result}"
    if line["event"] == "problem":
        return f"problem  {line['text']}"
    return _request_sentence(line)


def _request_sentence(line: _Line) -> str:
    status = f"HTTP {line['status']}" if line["status"] else "connection reset"
    parts = [f"request  {line['method']}: {status}"]
    if line["error"]:
        parts.append(str(line["error"]))
    if line["rule"]:
        parts.append(f"{line['rule']} {line['document']} is {line['workflow_state']}")
        parts.append(f"applied {json.dumps(line['applied'], ensure_ascii=False)}")
    if line["dropped"]:
        parts.append(f"dropped {json.dumps(line['dropped'], ensure_ascii=False)}")
    return printable(", ".join(parts))
