"""The handler's address as a bare ASGI application: stores first, answers 200 second."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from datetime import datetime
from typing import Any

from bxgui.core import rejections
from bxgui.core.phpform import LIMITS, BodyRefused
from bxgui.core.records import Arrival, Rejection, Stored
from bxgui.services.listener.capture import Intake
from bxgui.services.listener.gate import Gate, Sender
from bxgui.services.listener.keeping import NotStored

# A portal's body comes at once; whoever drips longer than this is none.
_READ_SECONDS = 60.0
_LOG = logging.getLogger(__name__)
_TEXT = b"text/plain; charset=utf-8"
_JSON = b"application/json"

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class _BodyLost(BodyRefused):
    """A body that did not come whole."""


class HandlerApp:
    """Answers POSTs at the secret path; everything else learns only that it is alive, or 404."""

    def __init__(
        self,
        gate: Gate,
        intake: Intake,
        on_stored: Callable[[Stored], None],
        on_rejected: Callable[[int, str], None],
        clock: Callable[[], datetime],
        read_seconds: float = _READ_SECONDS,
    ) -> None:
        self._gate = gate
        self._intake = intake
        self._on_stored = on_stored
        self._on_rejected = on_rejected
        self._clock = clock
        self._read_seconds = read_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        if not self._gate.is_ours(scope["path"]):
            await _answer(send, 404, "Not found.\n")
        elif not self._gate.admits(sender := self._sender(scope)):
            await self._turn_away(scope, sender, send)
        elif scope["method"] == "POST":
            await self._take(scope, receive, send)
        elif scope["method"] in {"GET", "HEAD"}:
            await _answer(send, 200, "The handler is alive.\n")
        else:
            await _answer(send, 405, "Only POST.\n")

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytearray()
        try:
            await self._read(scope, receive, body)
            arrival = self._arrival(scope, bytes(body))
            stored = await self._intake.take(arrival)
        except _BodyLost as lost:
            self._reject(scope, bytes(body), lost)
            if status := rejections.status_of(lost.code):
                await _answer_json(send, status, error=lost.code, message=str(lost))
        except BodyRefused as refusal:
            # The intake keeps what it refuses.
            status = rejections.status_of(refusal.code)
            self._on_rejected(status, str(refusal))
            await _answer_json(send, status, error=refusal.code, message=str(refusal))
        except NotStored:
            # The keeper has told it loudly, once for all that came together.
            await _answer_json(send, 503, error="not_stored", message="The call was not stored.")
        except Exception as error:  # noqa: BLE001 - no acknowledgement without a commit
            _LOG.error("a call could not be stored: %s", type(error).__name__)
            self._on_rejected(503, f"the call could not be stored: {type(error).__name__}")
            await _answer_json(send, 503, error="not_stored", message="The call was not stored.")
        else:
            self._on_stored(stored)
            await _answer_json(send, 200, result="stored")

    async def _turn_away(self, scope: Scope, sender: Sender, send: Send) -> None:
        """Refuse a stranger without reading what it sends; of a POST its head is kept."""
        if scope["method"] == "POST":
            reason = f"{sender.address or 'an unknown address'} is not in the allowed networks"
            arrival = self._arrival(scope, b"")
            self._intake.reject(
                Rejection(arrival, 403, rejections.NOT_ALLOWED, reason, at_handler=True)
            )
            self._on_rejected(403, reason)
        message = "This address may not speak here."
        await _answer_json(send, 403, error=rejections.NOT_ALLOWED, message=message)

    def _sender(self, scope: Scope) -> Sender:
        host, port = scope.get("client") or ("", 0)
        forwarded = [v.decode("latin-1") for n, v in scope["headers"] if n == b"x-forwarded-for"]
        return self._gate.sender(host, port, forwarded)

    def _reject(self, scope: Scope, body: bytes, lost: _BodyLost) -> None:
        status = rejections.status_of(lost.code)
        arrival = self._arrival(scope, body)
        self._intake.reject(Rejection(arrival, status, lost.code, str(lost), at_handler=True))
        self._on_rejected(status, str(lost))

    async def _read(self, scope: Scope, receive: Receive, body: bytearray) -> None:
        """Read the whole body; raises `_BodyLost` when it does not come whole."""
        try:
            async with asyncio.timeout(self._read_seconds):
                await _read(scope, receive, body)
        except TimeoutError as error:
            raise _BodyLost("too_slow", "the body did not come in time") from error

    def _arrival(self, scope: Scope, body: bytes) -> Arrival:
        headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"])
        return Arrival(
            arrived_at=self._clock(),
            body=body,
            content_type=_header(headers, "content-type"),
            query=scope.get("query_string", b""),
            headers=headers,
            peer=self._sender(scope).shown,
        )


def _header(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    return next((value for n, value in headers if n == name), None)


async def _read(scope: Scope, receive: Receive, body: bytearray) -> None:
    declared = next((v for n, v in scope["headers"] if n == b"content-length"), b"")
    if declared.isdigit() and int(declared) > LIMITS.max_bytes:
        raise _too_large()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _BodyLost(rejections.BROKEN_OFF, "the sender broke off")
        body += message.get("body", b"")
        if len(body) > LIMITS.max_bytes:
            del body[rejections.PREVIEW_BYTES :]
            raise _too_large()
        if not message.get("more_body", False):
            return


def _too_large() -> _BodyLost:
    return _BodyLost("too_large", f"the body has more than {LIMITS.max_bytes} bytes")


async def _answer_json(send: Send, status: int, **content: str) -> None:
    await _answer(send, status, json.dumps(content) + "\n", _JSON)


async def _answer(send: Send, status: int, text: str, media_type: bytes = _TEXT) -> None:
    body = text.encode()
    headers = [(b"content-type", media_type), (b"content-length", str(len(body)).encode())]
    if status in {403, 408, 413}:
        # What is left of the body is not read, so the connection cannot be used again.
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
