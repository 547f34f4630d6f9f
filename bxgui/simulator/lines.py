"""What a simulator tells on its standard output: a line for each event, without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from threading import Lock
from typing import TextIO, TypeAlias

from bxgui.core.plain_text import printable
from bxgui.simulator.delivery import Announcement, Delivery
from bxgui.simulator.engine import Effect
from bxgui.simulator.gateway import Exchange
from bxgui.simulator.rules import Rule
from bxgui.simulator.server import SimulatedPortal

_SECRET = re.compile(r"[\w.|]*\.[0-9a-f]{64}|[0-9a-f]{70}")
Line: TypeAlias = dict[str, object]


class Lines:
    """Writes one line for each event; `failure` is why no more can be written."""

    def __init__(self, out: TextIO, lost: Callable[[], None], *, as_json: bool) -> None:
        self._out = out
        self.failure: OSError | None = None
        self._lost = lost
        self._as_json = as_json
        self._lock = Lock()

    def write(self, line: Line) -> None:
        """Write a line, as a sentence or as JSON."""
        text = json.dumps(line, ensure_ascii=False) if self._as_json else _sentence(line)
        safe = _SECRET.sub("***", text).encode("utf-8", "replace").decode()
        try:
            with self._lock:
                self._out.write(safe + "\n")
                self._out.flush()
        except OSError as failure:
            self.failure = failure
            self._lost()


def portal_line(served: SimulatedPortal) -> Line:
    """Where the portal is."""
    return {
        "event": "portal",
        "endpoint": served.endpoint,
        "member_id": served.portal.member_id,
        "port": served.port,
        "oauth_url": served.oauth_url,
    }


def delivery_line(delivery: Delivery, rule: Rule) -> Line:
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


def announcement_line(announcement: Announcement) -> Line:
    """An event of the application that was posted; `status` as of a delivery."""
    return {
        "event": "announced",
        "name": announcement.event.name,
        "status": announcement.status,
        "failure": announcement.failure or None,
    }


def request_lines(exchange: Exchange) -> list[Line]:
    """A request, what the portal really did with it, and the same of each command of a batch.

    `status` is null after a reset.
    """
    request: Line = {
        "event": "request",
        "method": exchange.method,
        "status": exchange.status or None,
        "error": exchange.error or None,
        "fault": exchange.fault,
    }
    commands: list[Line] = [
        {
            "event": "command",
            "key": done.key,
            "method": done.method,
            "error": done.error or None,
            "fault": done.fault,
        }
        | _effect(done.effect)
        for done in exchange.commands
    ]
    return [request | _effect(exchange.effect), *commands]


def _effect(effect: Effect | None) -> Line:
    if effect is None:
        nothing = dict.fromkeys(("rule", "document", "workflow"))
        return {**nothing, "applied": {}, "dropped": [], "workflow_state": None}
    return {
        "rule": effect.rule_code or None,
        "document": effect.document_id or None,
        "workflow": effect.workflow_id,
        "applied": dict(effect.applied),
        "dropped": list(effect.dropped),
        "log_message": effect.log_message or None,
        "effective": effect.effective,
        "workflow_state": effect.state,
    }


def _sentence(line: Line) -> str:
    """A line for people."""
    if line["event"] == "portal":
        return f"A portal is at {line['endpoint']} (member id {line['member_id']})"
    if line["event"] == "delivered":
        result = f"HTTP {line['status']}" if line["status"] else str(line["failure"])
        return f"call     {line['rule']} {line['document']}: {result}"
    if line["event"] == "problem":
        return f"problem  {line['text']}"
    if line["event"] == "command":
        head = f"command  {line['method']} as {line['key']}: {line['error'] or 'done'}"
        return _with_effect(line, head)
    status = f"HTTP {line['status']}" if line["status"] else "connection reset"
    error = f", {line['error']}" if line["error"] else ""
    return _with_effect(line, f"request  {line['method']}: {status}{error}")


def _with_effect(line: Line, head: str) -> str:
    parts = [head]
    if line["rule"]:
        parts.append(f"{line['rule']} {line['document']} is {line['workflow_state']}")
        parts.append(f"applied {json.dumps(line['applied'], ensure_ascii=False)}")
    if line["dropped"]:
        parts.append(f"dropped {json.dumps(line['dropped'], ensure_ascii=False)}")
    return printable(", ".join(parts))
