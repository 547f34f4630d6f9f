"""Portals, clients and handlers for the simulator's tests."""

from __future__ import annotations

import json
import queue
import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bxgui.core import phpform
from bxgui.simulator.engine import OutgoingCall
from bxgui.simulator.portal import Portal
from bxgui.simulator.rules import Rule
from bxgui.simulator.scenario import Scenario
from bxgui.simulator.server import SimulatedPortal
from bxgui.simulator.settings import PortalSettings
from bxgui.simulator.workflows import WorkflowView

ROOT = Path(__file__).parent
WAIT = 20
NOW = 1_790_000_001.0

SEND = "bizproc.event.send"
LOG = "bizproc.activity.log"

Json = dict[str, Any]


class Clock:
    """Time that passes only when a test says so."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


def rule(**changes: Any) -> Rule:
    """A rule with a return property of each kind that the engine treats in its own way."""
    types = {
        "Approved": "bool",
        "Comment": "text",
        "days": "int",
        "tags": "string",
        "due": "date",
        "at": "datetime",
        "clock": "time",
        "scan": "file",
    }
    plain = Rule(
        code="ask",
        name="Ask",
        handler="https://hook.example.com/h",
        properties={"subject": {"Name": "Subject", "Type": "string"}},
        return_properties={
            name: {"Name": name, "Type": kind, "Multiple": "Y" if name == "tags" else "N"}
            for name, kind in types.items()
        },
    )
    return replace(plain, **changes)


def scenario(**changes: Any) -> Scenario:
    return replace(Scenario(rule_code="ask", properties={"subject": "Lamps"}), **changes)


def registration(**changes: Any) -> dict[str, Any]:
    """The parameters that register a robot."""
    return {
        "CODE": "score_lead",
        "HANDLER": "https://hook.example.com/h",
        "AUTH_USER_ID": 1,
        "USE_SUBSCRIPTION": "Y",
        "NAME": {"en": "Score a lead", "ru": "Оценить лид"},
        "PROPERTIES": {"source": {"Name": "Source", "Type": "string"}},
        "RETURN_PROPERTIES": {"score": {"Name": "Score", "Type": "int"}},
    } | changes


def command(method: str, fields: Mapping[str, object] = {}) -> str:
    """A command of a batch, as PHP's `http_build_query` writes its query."""
    return f"{method}?{phpform.encode(fields).decode('ascii')}"


def portal(clock: Clock | None = None, seed: int = 7, **settings: Any) -> Portal:
    made = Portal(PortalSettings(**settings), clock=clock or Clock(), source=random.Random(seed))
    made.rules.put(rule())
    return made


@dataclass(frozen=True)
class Reply:
    """What came back for a request."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def json(self) -> Json:
        document: Json = json.loads(self.raw)
        return document

    @property
    def error(self) -> tuple[int, object]:
        return self.status, self.json.get("error")


@dataclass
class Client:
    """Speaks to a simulated portal; has an administrator's token unless told otherwise."""

    served: SimulatedPortal
    token: str = field(repr=False)

    @property
    def clock(self) -> Clock:
        clock = self.served.portal.clock
        assert isinstance(clock, Clock)
        return clock

    def call(self, method: str, params: Mapping[str, object] | None = None, **more: Any) -> Reply:
        """JSON, with the token in the body."""
        document = {"auth": self.token, **(params or {})}
        return self.post(f"/rest/{method}", json.dumps(document).encode(), **more)

    def form(self, method: str, fields: Mapping[str, object]) -> Reply:
        body = phpform.encode({"auth": self.token, **fields})
        return self.post(f"/rest/{method}", body, "application/x-www-form-urlencoded")

    def post(
        self,
        path: str,
        body: bytes,
        content_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        return self.request("POST", path, body, {"Content-Type": content_type, **(headers or {})})

    def get(self, path: str) -> Reply:
        return self.request("GET", path)

    def request(
        self,
        verb: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] = {},
        host: str = "",
    ) -> Reply:
        """A request to the portal, or to another host and port."""
        connection = HTTPConnection(host or f"127.0.0.1:{self.served.port}", timeout=WAIT)
        try:
            connection.request(verb, path, body, dict(headers))
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def batch(self, cmd: object, **params: object) -> Reply:
        return self.call("batch", {"cmd": cmd, **params})

    def renew(self, verb: str = "GET", **changes: Any) -> Reply:
        """New tokens of user 7 from the OAuth server, or whatever the changes ask it for."""
        accounts = self.served.portal.accounts
        fields = {
            "grant_type": "refresh_token",
            "client_id": accounts.client_id,
            "client_secret": accounts.client_secret,
            "refresh_token": accounts.issue(7).refresh_token,
        } | changes
        text, host = urlencode(fields), self.served.portal.oauth_domain
        if verb == "GET":
            return self.request("GET", f"/oauth/token/?{text}", host=host)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.request("POST", "/oauth/token/", text.encode(), form, host)

    def webhook(self, user_id: int = 1, scope: tuple[str, ...] = ("bizproc",)) -> str:
        """The path of a new incoming webhook, with a slash at the end."""
        code = self.served.portal.accounts.add_webhook(user_id, scope)
        return f"/rest/{user_id}/{code}/"

    def start(self, **changes: Any) -> OutgoingCall:
        """A workflow that stands at the rule `ask`; nobody is told of its call."""
        return self.served.portal.engine.start(scenario(**changes))

    def send(self, call: OutgoingCall, values: object = None, **params: object) -> Reply:
        fields = {"event_token": call.event_token, "return_values": values, **params}
        return self.call(SEND, fields)

    def state(self, call: OutgoingCall) -> str:
        return self.served.portal.engine.workflow(call.workflow_id).state

    def view(self, call: OutgoingCall) -> WorkflowView:
        return self.served.portal.engine.workflow(call.workflow_id)

    def applied(self, call: OutgoingCall) -> Mapping[str, object]:
        return self.served.portal.engine.workflow(call.workflow_id).applied


class HeldAnswer:
    """A portal that answers a method only when a test says so."""

    def __init__(self, client: Client, method: str) -> None:
        self.arrived, self.go_on = threading.Event(), threading.Event()
        client.served._gateway._wait = self._hold
        client.served.faults.add("slow:1", method=method)

    def _hold(self, _seconds: float) -> None:
        self.arrived.set()
        self.go_on.wait(WAIT)


@contextmanager
def served(of: Portal | None = None, **options: Any) -> Iterator[Client]:
    """A portal on loopback, and a client of it."""
    chosen = of or portal()
    with SimulatedPortal(chosen, **options) as running:
        yield Client(running, chosen.accounts.issue().access_token)


@contextmanager
def served_with(clock: Clock | None = None, **settings: Any) -> Iterator[Client]:
    with served(portal(clock, **settings)) as client:
        yield client


@dataclass(frozen=True)
class Post:
    """A request that reached a handler."""

    path: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def fields(self) -> Json:
        tree = phpform.decode(self.body)
        return {str(key): phpform.to_json(value) for key, value in tree.items()}

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


@dataclass
class Handler:
    """A handler that keeps what is posted to it."""

    url: str
    posts: queue.Queue[Post]

    def next(self) -> Post:
        return self.posts.get(timeout=WAIT)


@contextmanager
def handler(status: int = 200) -> Iterator[Handler]:
    """A handler that answers every call with the same status."""
    posts: queue.Queue[Post] = queue.Queue()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posts.put(Post(self.path, list(self.headers.items()), body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield Handler(f"http://127.0.0.1:{server.server_port}/h/in?key=1", posts)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def payload(name: str) -> bytes:
    return (ROOT / "payloads" / name).read_bytes()


def recorded(name: str) -> Json:
    """A recorded answer: `http_status`, `headers`, `body`."""
    document: Json = json.loads((ROOT / "responses" / f"{name}.json").read_text("utf-8"))
    return document
