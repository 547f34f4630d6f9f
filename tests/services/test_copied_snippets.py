"""Snippets run by their own programs, against the simulator: what arrives is what Send sends."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import copied
import pytest
import trustme
from posts import FORM
from simulated import LOG, SEND, Client, Clock, portal, served

from bxgui.core.copying import CopyAs, snippet
from bxgui.core.json_values import Pairs
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, Arrival, Reply
from bxgui.core.rest_request import RestRequest
from bxgui.services.intake import prepare
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey
from bxgui.services.workspace import Workspace, utc_now
from bxgui.simulator.request import HttpRequest

WAIT = 60
every_case = pytest.mark.parametrize("values", copied.CASES.values(), ids=copied.CASES)


def needing(kind: CopyAs, *programs: str) -> object:
    """A kind, left out where a program is missing that runs it."""
    missing = [program for program in programs if shutil.which(program) is None]
    reason = f"there is no {missing[0]} here" if missing else ""
    return pytest.param(kind, marks=pytest.mark.skipif(bool(missing), reason=reason))


@pytest.fixture
def client() -> Iterator[Client]:
    with served(portal(Clock())) as ready:
        yield ready


@pytest.fixture
def workspace(tmp_path: Path, key: StoreKey) -> Iterator[Workspace]:
    with closing(Workspace(Store.open(tmp_path / "data"), lambda _: key)) as opened:
        yield opened


@dataclass(frozen=True, slots=True)
class Https:
    """TLS for a server, and the file of the authority that vouches for it."""

    context: ssl.SSLContext
    bundle: str


@pytest.fixture(scope="module")
def https(tmp_path_factory: pytest.TempPathFactory) -> Https:
    authority = trustme.CA()
    bundle = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return Https(context, str(bundle))


def take(workspace: Workspace, key: StoreKey, client: Client) -> int:
    """The id of a waiting call of the simulated portal, which is trusted."""
    arrival = Arrival(utc_now(), client.start().body, FORM)
    (stored,) = workspace.store.calls.record([prepare(arrival, key)])
    call = workspace.call(stored.call_id)
    assert call is not None
    workspace.trust_call(call)
    return stored.call_id


def run(kind: CopyAs, request: RestRequest, **variables: str) -> str:
    """What a snippet prints that has the secrets in its variables."""
    code = snippet(request, kind)
    command = ["bash", "-s"] if kind in {CopyAs.CURL, CopyAs.HTTPIE} else [sys.executable, "-"]
    environment = {name: os.environ[name] for name in ("PATH", "HOME")}
    environment |= {"PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"} | variables
    ended = subprocess.run(
        command,
        input=code.encode(),
        env=environment | copied.variables(request, code),
        capture_output=True,
        timeout=WAIT,
        check=True,
    )
    return ended.stdout.decode()


def agrees_with_send(
    workspace: Workspace, client: Client, reply: Reply, arrived: HttpRequest, kind: CopyAs
) -> bool:
    """Whether what arrived is what arrives when bxgui sends the reply itself."""
    workspace.submit(reply).result(WAIT)
    ours = client.served.requests[-1].request
    assert arrived is not ours
    assert arrived.header("Content-Type") == ours.header("Content-Type")
    assert arrived.path.removesuffix(".json") == ours.path
    code = workspace.snippet(reply, kind).text
    return copied.agree(
        copied.parameters(ours.body),
        copied.parameters(arrived.body),
        texts_for_numbers="sent as a text here" in code or "sent as texts of digits" in code,
    )


@pytest.mark.parametrize(
    "kind",
    [
        needing(CopyAs.CURL, "bash", "curl"),
        needing(CopyAs.HTTPIE, "bash", "http"),
        needing(CopyAs.PYTHON),
    ],
)
@every_case
def test_what_arrives_is_what_send_sends(
    client: Client, workspace: Workspace, key: StoreKey, values: Pairs, kind: CopyAs
) -> None:
    reply = Reply(take(workspace, key, client), EVENT_SEND, values, "it's «done»")

    printed = run(kind, workspace.outbox.prepared(reply).request)

    (exchange,) = client.served.requests
    assert '"result":true' in printed
    assert exchange.method == SEND
    assert agrees_with_send(workspace, client, reply, exchange.request, kind)


@every_case
def test_what_arrives_by_b24pysdk_is_what_send_sends(
    client: Client, workspace: Workspace, key: StoreKey, values: Pairs, https: Https
) -> None:
    reply = Reply(take(workspace, key, client), EVENT_SEND, values, "it's «done»")
    request = workspace.outbox.prepared(reply).request

    with served(client.served.portal, tls=https.context) as secure:
        endpoint = secure.served.endpoint
        request = replace(request, endpoint=endpoint)
        printed = run(CopyAs.B24PYSDK, request, REQUESTS_CA_BUNDLE=https.bundle)
        (exchange,) = secure.served.requests

    assert "'result': True" in printed
    assert exchange.method == SEND
    assert agrees_with_send(workspace, client, reply, exchange.request, CopyAs.B24PYSDK)


def test_log_message_arrives_alone(client: Client, workspace: Workspace, key: StoreKey) -> None:
    reply = Reply(take(workspace, key, client), ACTIVITY_LOG, [], "half way")

    printed = run(CopyAs.PYTHON, workspace.outbox.prepared(reply).request)

    (exchange,) = client.served.requests
    assert '"result":true' in printed
    assert exchange.method == LOG
    assert agrees_with_send(workspace, client, reply, exchange.request, CopyAs.PYTHON)


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_body_longer_than_an_argument_may_be_arrives_whole(
    client: Client, workspace: Workspace, key: StoreKey
) -> None:
    reply = Reply(take(workspace, key, client), EVENT_SEND, [("Comment", "ж" * 300_000)], "")

    run(CopyAs.CURL, workspace.outbox.prepared(reply).request)

    (exchange,) = client.served.requests
    assert agrees_with_send(workspace, client, reply, exchange.request, CopyAs.CURL)
