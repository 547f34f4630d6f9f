"""Answers, and how each leaves the connection that it goes out on."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, replace

from bxgui.core.phpform import LIMITS
from bxgui.services.listener.asgi import LENGTH, TRANSFER_ENCODING, Receive, Scope, Send

# A sender that is refused may send on for so long and so much: it reads its answer afterwards.
_PASS_OVER_SECONDS = 2.0
_PASS_OVER_BYTES = LIMITS.max_bytes
_TEXT = b"text/plain; charset=utf-8"
_JSON = b"application/json"
_CLOSE = (b"connection", b"close")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it will be sent, but for its length."""

    status: int
    text: str
    media_type: bytes = _TEXT
    headers: tuple[tuple[bytes, bytes], ...] = ()


def json_answer(status: int, **content: str) -> Answer:
    """One line of JSON."""
    return Answer(status, json.dumps(content) + "\n", _JSON)


async def send_answer(send: Send, answer: Answer, *, more: bool = False) -> None:
    """Send an answer; with `more` it does not end yet, though its receiver has all of it."""
    body = answer.text.encode()
    length = (b"content-length", b"%d" % len(body))
    headers = [(b"content-type", answer.media_type), length, *answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": more})


async def send_unread(scope: Scope, receive: Receive, send: Send, answer: Answer) -> None:
    """Answer without reading the body; where there is one, the connection ends with it."""
    if any(
        name in {LENGTH, TRANSFER_ENCODING} and value != b"0" for name, value in scope["headers"]
    ):
        await send_last(receive, send, answer)
    else:
        await send_answer(send, answer)


async def send_last(receive: Receive | None, send: Send, answer: Answer) -> None:
    """Answer and end the connection: what comes yet on it is no request.

    A sender in the middle of its body is let go on for a moment: a connection that is closed with
    bytes unread may lose its last answer.
    """
    closing = replace(answer, headers=(*answer.headers, _CLOSE))
    await send_answer(send, closing, more=receive is not None)
    if receive is not None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_PASS_OVER_SECONDS):
                await _pass_over(receive)
        await send({"type": "http.response.body", "body": b""})


async def _pass_over(receive: Receive) -> None:
    left = _PASS_OVER_BYTES
    while left > 0:
        message = await receive()
        if not message.get("more_body", False):
            return
        left -= len(message["body"])
