"""`bxgui demo`: the whole way on a practice portal, in the window or step by step in a terminal."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TextIO

from bxgui.core.json_values import JsonValue, dump_object
from bxgui.core.listing import TokenQuery
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, AttemptDetail, Reply
from bxgui.services import vault
from bxgui.services.own_program import command_of
from bxgui.services.paths import Paths
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey
from bxgui.services.workspace import Workspace
from bxgui.standard_output import writing

_PATIENCE_SECONDS = 30
_REASON = "this is a demo"
_CALLS = 6
_LISTEN = ["listen", "--json", "--port", "0", "--key-from-stdin"]

Event = dict[str, object]
Events = queue.Queue[Event | None]

# What the demo answers; the misspelt `dayz` shows what a portal does not report.
_ANSWERS: Mapping[str, list[tuple[str, JsonValue]]] = {
    "approve_invoice": [("Approved", "Y"), ("Comment", "Sum checked.\nMay be paid.")],
    "choose_warehouse": [("warehouse", "north"), ("tags", ["urgent", "fragile"])],
    "get_days": [("dayz", "5")],
    "set_owner": [("owner", "user_1")],
    "check_contract": [("verdict", "fix"), ("remarks", "Нет приложения № 2")],
}


class DemoFailed(Exception):
    """Something that the demo waits for did not happen."""


def window() -> int:
    """Open the window on a temporary store, with the practice portal posting its calls."""
    with tempfile.TemporaryDirectory(prefix="bxgui-demo-") as folder:
        from bxgui import app

        paths = Paths.of(Path(folder))
        key = vault.new_key(_REASON)

        def begin(application: app.Application) -> None:
            control = application.control
            control.listening.connect(lambda _url: control.send_all_test_calls())

        return app.run(paths, port=0, open_workspace=lambda: _open(paths, key), prepare=begin)


def headless(out: TextIO, *, as_json: bool = False) -> int:
    """Do the same to the end without a window, and print every step; 0 when all went well."""
    say = _printer(out, as_json=as_json)
    with tempfile.TemporaryDirectory(prefix="bxgui-demo-") as folder:
        try:
            _run(Paths.of(Path(folder)), say)
        except DemoFailed as failure:
            say(f"FAILED: {failure}")
            return 1
    say("The demo is over; its folder is removed.")
    return 0


def _run(paths: Paths, say: Callable[[str], None]) -> None:
    key = vault.new_key(_REASON)
    with ExitStack() as stack:
        listener = stack.enter_context(
            _child(
                paths, ["listen", "--json", "--port", "0", "--key-from-stdin"], vault.key_line(key)
            )
        )
        url = str(_wait(listener, "listening")["url"])
        say(f"Listening at {url}")
        portal = stack.enter_context(_child(paths, ["simulate", "--json"], _all_calls(url)))
        member_id = str(_wait(portal, "portal")["member_id"])
        say("A practice portal posts its calls:")
        workspace = _open(paths, key)
        stack.callback(workspace.close)
        for _ in range(_CALLS):
            _keep_schema(workspace, member_id, _wait(portal, "delivered"))
        _answer_all(workspace, member_id, portal, say)


def _keep_schema(workspace: Workspace, member_id: str, delivered: Event) -> None:
    schema = delivered.get("return_properties")
    if delivered.get("status") != 200 or not isinstance(schema, dict):
        message = f"a call was answered {delivered.get('status')}"
        raise DemoFailed(message)
    workspace.keep_registration(member_id, str(delivered["rule"]), schema)


def _answer_all(
    workspace: Workspace,
    member_id: str,
    portal: Events,
    say: Callable[[str], None],
) -> None:
    rows = workspace.rows(list(workspace.token_ids(TokenQuery(descending=False))))
    for row in rows:
        left = f", answer within {row.deadline - row.arrived_at}" if row.deadline else ""
        say(f"  caught    {row.id}  {row.rule}  {row.document}  {row.state}{left}")
    trusted = workspace.trust(member_id)
    say(f"Trusted the portal {trusted.host}; now replies can go out:")
    first = next(row for row in rows if row.rule == "approve_invoice")
    logged = Reply(first.id, ACTIVITY_LOG, [], "Somebody is looking at it")
    _report(workspace.submit(logged).result(), portal, say)
    for row in rows:
        if row.rule in _ANSWERS:
            reply = Reply(row.id, EVENT_SEND, _ANSWERS[row.rule], "Answered in the demo")
            _report(workspace.submit(reply).result(), portal, say)
    again = Reply(first.id, EVENT_SEND, _ANSWERS[first.rule], "")
    _report(workspace.submit(again).result(), portal, say, expected="refused")


def _report(
    attempt: AttemptDetail,
    portal: Events,
    say: Callable[[str], None],
    expected: str = "accepted",
) -> None:
    row, explanation = attempt.row, attempt.row.explanation
    if row.outcome is None or explanation is None or row.outcome.value != expected:
        message = f"{row.rule}: {row.outcome}, not {expected}"
        raise DemoFailed(message)
    is_log = row.method == ACTIVITY_LOG
    what = f"log: {attempt.log_message}" if is_log else dump_object(attempt.values)
    say(f"  {'logged  ' if is_log else 'answered'}  {row.call_id}  {row.rule}  {what}")
    status = f"HTTP {row.http_status}, {row.milliseconds} ms"
    say(f"            {row.outcome}, {status}. {explanation.title}")
    for line in _effect(_wait(portal, "request")):
        say(f"            {line}")


def _effect(request: Event) -> Iterator[str]:
    """What the portal did with a request: it tells the demo, as it would never tell a caller."""
    if applied := request.get("applied"):
        yield f"The portal applied {json.dumps(applied, ensure_ascii=False)}"
    if isinstance(dropped := request.get("dropped"), list) and dropped:
        names = ", ".join(map(str, dropped))
        yield f"The portal dropped {names} without a word: no return property has that name."


def _open(paths: Paths, key: StoreKey) -> Workspace:
    return Workspace(Store.open(paths.data), obtain_key=lambda _store_id: key)


def _all_calls(handler: str) -> bytes:
    """The command that has the practice portal post one call of each kind."""
    return json.dumps({"do": "all", "handler": handler}).encode() + b"\n"


@contextmanager
def _child(paths: Paths, arguments: list[str], first_line: bytes = b"") -> Iterator[Events]:
    """One of our processes, its JSON lines in a queue; it ends with the block."""
    program, head = command_of(paths.data)
    process = subprocess.Popen(  # noqa: S603 - our own program
        [program, *head, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        # The program without a console would open one for it on Windows.
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    events: Events = queue.Queue()
    if process.stdin is None or process.stdout is None:
        raise AssertionError
    reader = threading.Thread(target=_read, args=(process.stdout, events), daemon=True)
    reader.start()
    try:
        process.stdin.write(first_line)
        process.stdin.flush()
        yield events
    finally:
        process.stdin.close()
        process.wait(_PATIENCE_SECONDS)
        reader.join()
        process.stdout.close()


def _read(lines: IO[bytes], events: Events) -> None:
    for line in lines:
        events.put(json.loads(line))
    events.put(None)


def _wait(events: Events, kind: str) -> Event:
    """The next event of a kind; others are passed over."""
    while True:
        try:
            event = events.get(timeout=_PATIENCE_SECONDS)
        except queue.Empty:
            event = None
        if event is None:
            message = f"waited in vain for {kind!r}"
            raise DemoFailed(message)
        if event.get("event") == kind:
            return event


def _printer(out: TextIO, *, as_json: bool) -> Callable[[str], None]:
    def say(text: str) -> None:
        line = json.dumps({"step": " ".join(text.split())}, ensure_ascii=False)
        with writing():
            out.write((line if as_json else text.replace("\n", "⏎")) + "\n")
            out.flush()

    return say
