from __future__ import annotations

import asyncio
import hmac
import http.client
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from listening import Listening, listening

from bxgui.services.listener.probed import ProbedApp
from bxgui.services.probe import HEADER, Answer, probe


@pytest.fixture(scope="module")
def running() -> Iterator[Listening]:
    with tempfile.TemporaryDirectory() as folder, listening(Path(folder)) as one:
        yield one


def first_event(running: Listening) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(running.lines[0])
    return event


def secret_of(running: Listening) -> str:
    return running.url.rpartition("/")[2]


def answer(
    running: Listening, path: str, **headers: str
) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers but the date, and body."""
    parts = urlsplit(running.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", path, headers=headers)
    got = connection.getresponse()
    shown = [(name, value) for name, value in got.getheaders() if name.lower() != "date"]
    body = got.read()
    connection.close()
    return got.status, shown, body


def test_a_running_listener_proves_that_it_is_ours(running: Listening) -> None:
    instance = first_event(running)["instance"]

    assert probe(running.url, secret_of(running), instance) is Answer.OURS
    assert probe(running.url, secret_of(running), "another") is Answer.OTHER_LISTENER
    assert probe(running.url, "another") is Answer.OTHER_PROGRAM


def test_every_listener_has_a_name_of_its_own(running: Listening) -> None:
    with listening(running.data) as second:
        assert first_event(second)["instance"] != first_event(running)["instance"] != ""


@pytest.mark.parametrize("proof", ["", "abc", "abc.def", f"abc.{'0' * 64}"])
def test_without_a_proof_nothing_differs(running: Listening, proof: str) -> None:
    plain = answer(running, "/")

    assert plain[0] == 404
    assert answer(running, "/", **{HEADER: proof}) == plain


@pytest.mark.parametrize(
    ("secret", "method", "signed"),
    [
        ("right", "GET", True),
        ("older", "GET", True),
        ("wrong", "GET", False),
        ("right", "PUT", False),
    ],
)
def test_the_answer_to_a_proof_is_signed_and_otherwise_as_it_was(
    secret: str, method: str, signed: bool
) -> None:
    sent: list[Any] = []
    start = {"type": "http.response.start", "status": 404, "headers": [(b"x", b"y")]}
    body = {"type": "http.response.body", "body": b"Not found.\n"}
    proof = hmac.new(secret.encode(), b"asknonce", "sha256").hexdigest()

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send(start)
        await send(body)

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"x"), (HEADER.encode(), f"nonce.{proof}".encode())]
    scope = {"type": "http", "method": method, "headers": headers}
    asyncio.run(ProbedApp(app, lambda: ["right", "older"], "one")(scope, send, send))  # type: ignore[arg-type]

    answer = hmac.new(secret.encode(), b"answernonceone", "sha256").hexdigest()
    signature = [(HEADER.encode(), f"one.{answer}".encode())] if signed else []
    assert sent == [{**start, "headers": [(b"x", b"y"), *signature]}, body]


def test_only_requests_are_looked_at() -> None:
    passed: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        passed.append((scope, send))

    async def send(_: Any) -> None:
        raise AssertionError

    scope = {"type": "lifespan"}
    asyncio.run(ProbedApp(app, list, "one")(scope, send, send))  # type: ignore[arg-type]

    assert passed == [(scope, send)]
