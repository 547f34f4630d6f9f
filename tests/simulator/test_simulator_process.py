"""The simulator as a process: its lines, its commands, its end."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import IO, Any

import pytest
from simulated import SEND, WAIT, Handler, command, handler

from bxgui.simulator import process
from bxgui.simulator.catalogue import SCENARIOS
from bxgui.simulator.server import PortTaken

_PROGRAM = """
import sys
from bxgui.simulator import process
from bxgui.simulator.faults import Fault
options = {options!r}
faults = [Fault.parse(text) for text in options.pop("faults", [])]
sys.exit(process.run(**options, faults=faults, stdin=sys.stdin, stdout=sys.stdout))
"""


class Running:
    """A simulator in a process of its own."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.child = child
        assert child.stdout is not None
        self._lines: IO[str] = child.stdout
        self.texts: list[str] = []

    def text(self) -> str:
        line = self._lines.readline()
        self.texts.append(line)
        return line

    def line(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.text())
        return document

    def tell(self, **command: object) -> None:
        assert self.child.stdin is not None
        self.child.stdin.write(json.dumps(command) + "\n")
        self.child.stdin.flush()

    def close_stdin(self) -> None:
        assert self.child.stdin is not None
        self.child.stdin.close()

    def ended(self) -> int:
        return self.child.wait(WAIT)


@contextmanager
def running(*, stdin: int = subprocess.PIPE, **options: Any) -> Iterator[Running]:
    """A simulator; JSON lines and a pipe unless told otherwise."""
    command = [sys.executable, "-W", "error", "-c", _PROGRAM.format(options=options)]
    with subprocess.Popen(
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as child:
        try:
            yield Running(child)
        finally:
            child.kill()


def stderr_of(child: subprocess.Popen[str]) -> str:
    assert child.stderr is not None
    return child.stderr.read()


def answer(fields: dict[str, Any], **params: Any) -> int:
    """Answer a call as its handler would; returns the status."""
    return ask(fields, SEND, event_token=fields["event_token"], **params)


def ask(fields: dict[str, Any], method: str, **params: Any) -> int:
    """A request with the token of a call; returns the status."""
    auth = fields["auth"]
    connection = HTTPConnection(auth["domain"], timeout=WAIT)
    body = json.dumps({"auth": auth["access_token"]} | params)
    headers = {"Content-Type": "application/json"}
    connection.request("POST", f"/rest/{method}", body.encode(), headers)
    reply = connection.getresponse()
    reply.read()
    connection.close()
    return reply.status


@pytest.fixture
def hook() -> Iterator[Handler]:
    with handler() as listening:
        yield listening


def test_the_first_line_says_where_the_portal_is() -> None:
    with running(json_lines=True) as simulator:
        line = simulator.line()
        simulator.close_stdin()

        assert simulator.ended() == 0
        assert stderr_of(simulator.child) == ""
    assert line["event"] == "portal"
    assert line["endpoint"] == f"http://127.0.0.1:{line['port']}/rest/"
    assert len(line["member_id"]) == 32


def test_each_scenario_is_posted_once_unless_told_how_many(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url) as simulator:
        simulator.line()
        lines = [simulator.line() for _ in SCENARIOS]
        simulator.close_stdin()
        assert simulator.ended() == 0

    posts = [hook.next() for _ in SCENARIOS]
    assert [line["rule"] for line in lines] == [scenario.rule_code for scenario in SCENARIOS]
    assert [post.fields["code"] for post in posts] == [line["rule"] for line in lines]
    assert {(line["event"], line["status"]) for line in lines} == {("delivered", 200)}
    assert [post.fields["workflow_id"] for post in posts] == [line["workflow"] for line in lines]


def test_scenarios_come_round_again(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url, calls=len(SCENARIOS) + 1) as simulator:
        simulator.line()
        rules = [simulator.line()["rule"] for _ in range(len(SCENARIOS) + 1)]

    assert rules[-1] == rules[0]


def test_a_line_tells_what_the_portal_applied_and_holds_no_secret(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url, calls=1) as simulator:
        simulator.line()
        simulator.line()
        fields = hook.next().fields
        values = {"APPROVED": "Y", "Comment": fields["event_token"], "Aproved": "Ъ"}
        assert answer(fields, return_values=values, log_message="Done") == 200
        line = simulator.line()

    assert line == {
        "event": "request",
        "method": SEND,
        "status": 200,
        "error": None,
        "fault": None,
        "rule": "approve_invoice",
        "document": "DEAL_42",
        "workflow": fields["workflow_id"],
        "applied": {"Approved": "Y", "Comment": "***"},
        "dropped": ["Aproved"],
        "log_message": "Done",
        "effective": True,
        "workflow_state": "ended",
    }
    secrets = [fields["event_token"], fields["auth"]["access_token"]]
    assert not [text for text in simulator.texts for secret in secrets if secret in text]


def test_commands_come_through_a_pipe(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url, calls=0) as simulator:
        simulator.line()
        simulator.tell(do="fault", name="locked", method=SEND, count=1)
        simulator.tell(do="call", rule="set_owner")
        delivered = simulator.line()
        fields = hook.next().fields
        statuses = [answer(fields, return_values={"owner": "user_7"}) for _ in range(2)]
        refused, accepted = simulator.line(), simulator.line()

    assert (delivered["rule"], delivered["document"]) == ("set_owner", "DYNAMIC_1048_10")
    assert statuses == [400, 200]
    assert (refused["error"], refused["fault"], refused["rule"]) == ("423", "locked", None)
    assert (accepted["applied"], accepted["workflow_state"]) == ({"owner": "user_7"}, "running")


def test_the_portal_is_put_into_conditions_by_commands(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url, calls=1) as simulator:
        simulator.line()
        workflow = simulator.line()["workflow"]
        fields = hook.next().fields
        errors = []
        for order in (
            {"do": "condition", "name": "overloaded"},
            {"do": "condition", "name": "open"},
            {"do": "limit", "capacity": 0},
            {"do": "limit"},
            {"do": "lock", "workflow": workflow},
            {"do": "unlock", "workflow": workflow},
        ):
            simulator.tell(**order)
            # What is obeyed is not told; an order that makes no sense is, when it was read.
            simulator.tell(do="dance")
            assert simulator.line()["event"] == "problem"
            ask(fields, "bizproc.activity.log", event_token=fields["event_token"], log_message="x")
            errors.append(simulator.line()["error"])

    assert errors == ["OVERLOAD_LIMIT", None, "QUERY_LIMIT_EXCEEDED", None, "423", None]


def test_the_portal_is_renamed_by_a_command(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url, calls=1) as simulator:
        first = simulator.line()
        simulator.line()
        simulator.tell(do="rename")
        second = simulator.line()
        moved = ask(hook.next().fields, SEND)
        request = simulator.line()

    assert second["event"] == "portal"
    assert second["endpoint"] == f"http://localhost:{second['port']}/rest/"
    assert second["port"] != first["port"]
    assert (moved, request["status"]) == (302, 302)


def test_each_command_of_a_batch_has_a_line(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url, calls=1) as simulator:
        simulator.line()
        simulator.line()
        fields = hook.next().fields
        values = {"event_token": fields["event_token"], "return_values": {"Approved": "Y"}}
        assert ask(fields, "batch", cmd={"a": command(SEND, values), "b": "no.such"}) == 200
        lines = [simulator.line() for _ in range(3)]

    assert [line["event"] for line in lines] == ["request", "command", "command"]
    assert (lines[0]["method"], lines[0]["rule"]) == ("batch", None)
    assert (lines[1]["key"], lines[1]["method"], lines[1]["error"]) == ("a", SEND, None)
    assert (lines[1]["applied"], lines[1]["workflow_state"]) == ({"Approved": "Y"}, "ended")
    assert (lines[2]["key"], lines[2]["error"]) == ("b", "ERROR_METHOD_NOT_FOUND")
    assert fields["event_token"] not in "".join(simulator.texts)


def test_people_read_what_a_batch_did(hook: Handler) -> None:
    with running(handler=hook.url, calls=1) as simulator:
        simulator.text()
        simulator.text()
        fields = hook.next().fields
        answered = command(SEND, {"event_token": fields["event_token"]})
        ask(fields, "batch", cmd={"a": answered, "b": "no.such"})

        assert [simulator.text() for _ in range(3)] == [
            "request  batch: HTTP 200\n",
            f"command  {SEND} as a: done, approve_invoice DEAL_42 is ended, applied {{}}\n",
            "command  no.such as b: ERROR_METHOD_NOT_FOUND\n",
        ]


def test_the_application_is_removed_and_installed_by_commands(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url, calls=0) as simulator:
        simulator.line()
        simulator.tell(do="uninstall")
        removed = simulator.line()
        simulator.tell(do="install")
        installed = simulator.line()
        simulator.tell(do="call", rule="get_days")
        delivered = simulator.line()

    events = [hook.next().fields["event"] for _ in range(2)]
    assert removed == {
        "event": "announced",
        "name": "ONAPPUNINSTALL",
        "status": 200,
        "failure": None,
    }
    assert installed["name"] == "ONAPPINSTALL"
    assert events == ["ONAPPUNINSTALL", "ONAPPINSTALL"]
    assert delivered["status"] == 200


def test_a_change_of_the_application_needs_a_handler() -> None:
    with running(json_lines=True) as simulator:
        simulator.line()
        simulator.tell(do="install")

        assert simulator.line() == {"event": "problem", "text": "there is no handler to call"}


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ({"do": "call", "rule": "nothing"}, "is not a rule"),
        ({"do": "fault", "name": "explode"}, "is not a fault"),
        ({"do": "fault", "name": "locked", "count": "x"}, "invalid literal"),
        ({"do": "fault", "name": "locked", "skip": "x"}, "invalid literal"),
        ({"do": "condition", "name": "gone"}, "is not a valid Condition"),
        ({"do": "lock", "workflow": "nothing"}, "is not a workflow"),
        ({"do": "dance"}, "a command is"),
        ({}, "a command is"),
    ],
)
def test_commands_that_make_no_sense_are_told(
    hook: Handler, command: dict[str, object], text: str
) -> None:
    with running(json_lines=True, handler=hook.url, calls=0) as simulator:
        simulator.line()
        simulator.tell(**command)
        problem = simulator.line()
        simulator.tell(do="call", rule="get_days")
        delivered = simulator.line()

    assert problem["event"] == "problem"
    assert text in problem["text"]
    assert delivered["event"] == "delivered"


def test_faults_can_be_given_at_the_start(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url, calls=1, faults=["html_502"]) as simulator:
        simulator.line()
        simulator.line()
        assert answer(hook.next().fields) == 502
        assert simulator.line()["fault"] == "html_502"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals to a process")
@pytest.mark.parametrize("stdin", [subprocess.DEVNULL, subprocess.PIPE], ids=["null", "pipe"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("json_lines", [True, False])
def test_a_signal_ends_it(stdin: int, number: int, json_lines: bool) -> None:
    with running(stdin=stdin, json_lines=json_lines) as simulator:
        assert simulator.text()
        simulator.child.send_signal(number)

        assert simulator.ended() == 0
        assert stderr_of(simulator.child) == ""


def test_people_read_sentences(hook: Handler) -> None:
    with running(handler=hook.url, calls=1) as simulator:
        assert simulator.text().startswith("A portal is at http://127.0.0.1:")
        assert simulator.text() == "call     approve_invoice DEAL_42: HTTP 200\n"
        answer(hook.next().fields, return_values={"Comment": "Да\n", "x": 1})
        assert simulator.text() == (
            f"request  {SEND}: HTTP 200, approve_invoice DEAL_42 is ended, "
            'applied {"Comment": "Да\\n"}, dropped ["x"]\n'
        )


def test_it_ends_when_nobody_reads_its_lines(hook: Handler) -> None:
    with running(json_lines=True, handler=hook.url, calls=0) as simulator:
        simulator.line()
        assert simulator.child.stdout is not None
        simulator.child.stdout.close()
        simulator.tell(do="call", rule="get_days")

        assert simulator.ended() != 0
        assert "BrokenPipeError" in stderr_of(simulator.child)


def test_a_taken_port_is_a_problem_of_its_own() -> None:
    out = io.StringIO()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} of 127.0.0.1 cannot be used"):
            process.run(port=port, stdin=None, stdout=out)

    assert out.getvalue() == ""
