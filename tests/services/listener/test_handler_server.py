from __future__ import annotations

import asyncio
import logging
import ssl
from typing import Any, cast

import pytest
import trustme
import uvicorn
from listening import WAIT, answers_to, ask, connect, next_answer
from posts import NOW
from serving import HeldIntake, serving
from uvicorn.server import ServerState

from bxgui.core.records import Rejection
from bxgui.services.listener.asgi import Receive, Scope, Send
from bxgui.services.listener.connections import ConnectionLimits, Connections
from bxgui.services.listener.protocol import HandlerProtocol

SECRET = "secret-words"


class FailingIntake(HeldIntake):
    """Fails to keep what is rejected."""

    def reject(self, rejection: Rejection) -> None:
        raise ZeroDivisionError(rejection.arrival.body)


async def failing(scope: Scope, receive: Receive, send: Send) -> None:
    raise ZeroDivisionError(SECRET)


def test_an_error_of_the_application_is_answered_500_and_not_logged_by_the_server(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with serving(HeldIntake(), app=failing) as url:
        status, text = ask(url, b"a=1")

    assert status == 500
    assert SECRET.encode() not in text
    assert caplog.records == []


def test_an_error_outside_of_every_request_is_logged_without_its_text_and_ends_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with serving(FailingIntake()) as url:
        answers_to(url, f"{SECRET}\r\n\r\n".encode())
        status, _ = ask(url, method="GET")

    assert status == 200
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "ZeroDivisionError" in caplog.text
    assert SECRET not in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    ("raw", "head_seconds", "status"),
    [
        (b"GET /h/abc HTTP/1.1\r\n\r\n", WAIT, 200),
        (b"nonsense\r\n", WAIT, 400),
        (b"POST /h/abc", 0.2, 408),
    ],
)
def test_tls_is_spoken_where_there_is_a_certificate(
    raw: bytes, head_seconds: float, status: int
) -> None:
    authority = trustme.CA()
    ours, theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(ours)
    authority.configure_trust(theirs)
    limits = ConnectionLimits(head_seconds=head_seconds)
    with (
        serving(HeldIntake(), limits, ssl=ours) as url,
        connect(url) as plain,
        theirs.wrap_socket(plain, server_hostname="127.0.0.1") as connection,
        connection.makefile("rb") as stream,
    ):
        connection.sendall(raw)
        answer = next_answer(stream)

    assert answer.status == status


class WrittenTransport(asyncio.Transport):
    """The other side of a protocol, as a test has it."""

    def __init__(self) -> None:
        super().__init__()
        self.aborted = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def is_closing(self) -> bool:
        return self.aborted

    def abort(self) -> None:
        self.aborted = True


def test_a_receiver_that_does_not_take_its_answers_is_given_up() -> None:
    async def blocked() -> list[bool]:
        limits = ConnectionLimits(answer_seconds=10, head_seconds=1000)
        config = uvicorn.Config(cast(Any, failing), log_config=None, lifespan="off")
        connections = Connections(limits, lambda _: None, lambda: NOW)
        protocol = HandlerProtocol(config, ServerState(), {}, connections)
        transport = WrittenTransport()
        protocol.connection_made(transport)
        now = asyncio.get_running_loop().time()
        seen = []
        protocol.pause_writing()
        protocol.resume_writing()
        protocol.look(now + 100)
        seen.append(transport.aborted)
        protocol.pause_writing()
        protocol.look(now + 9)
        seen.append(transport.aborted)
        protocol.look(now + 100)
        seen.append(transport.aborted)
        return seen

    assert asyncio.run(blocked()) == [False, False, True]
