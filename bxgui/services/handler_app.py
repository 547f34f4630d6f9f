"""The handler's address as a bare ASGI application: stores first, answers 200 second."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any

from bxgui.core.phpform import LIMITS, BodyRefused
from bxgui.core.records import Arrival, Stored

PATH_PREFIX = "/h/"
# A portal's body comes at once; whoever drips longer than this is none.
_READ_SECONDS = 60.0
_LOG = logging.getLogger(__name__)
_STATUS_OF_REFUSAL = {"too_slow": 408, "too_large": 413, "media_type": 415}
_TEXT = b"text/plain; charset=utf-8"
_JSON = b"application/json"

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class HandlerApp:
    """Answers POSTs at the secret path; everything else learns only that it is alive, or 404."""

    def __init__(
        self,
        secrets: Sequence[str],
        submit: Callable[[Arrival], Future[Stored]],
        on_stored: Callable[[Stored], None],
        on_refused: Callable[[int, str], None],
        clock: Callable[[], datetime],
        read_seconds: float = _READ_SECONDS,
    ) -> None:
        self._paths = [f"{PATH_PREFIX}{secret}".encode() for secret in secrets]
        self._submit = submit
        self._on_stored = on_stored
        self._on_refused = on_refused
        self._clock = clock
        self._read_seconds = read_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        if not self._is_ours(scope["path"]):
            await _answer(send, 404, "Not found.\n")
        elif scope["method"] == "POST":
            await self._take(scope, receive, send)
        elif scope["method"] in {"GET", "HEAD"}:
            await _answer(send, 200, "The handler is alive.\n")
        else:
            await _answer(send, 405, "Only POST.\n")

    def _is_ours(self, path: str) -> bool:
        given = path.rstrip("/").encode("utf-8", "replace")
        return sum(hmac.compare_digest(given, ours) for ours in self._paths) > 0

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await self._body(scope, receive)
            if body is None:
                self._on_refused(0, "the sender broke off")
                return
            stored = await asyncio.wrap_future(self._submit(self._arrival(scope, body)))
        except BodyRefused as refusal:
            status = _STATUS_OF_REFUSAL.get(refusal.code, 400)
            self._on_refused(status, str(refusal))
            await _answer_json(send, status, error=refusal.code, message=str(refusal))
        except Exception as error:  # noqa: BLE001 - no acknowledgement without a commit
            _LOG.error("a call could not be stored: %s", type(error).__name__)
            self._on_refused(503, f"the call could not be stored: {_known_text(error)}")
            await _answer_json(send, 503, error="not_stored", message="The call was not stored.")
        else:
            self._on_stored(stored)
            await _answer_json(send, 200, result="stored")

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        try:
            async with asyncio.timeout(self._read_seconds):
                return await _read(scope, receive)
        except TimeoutError as error:
            raise BodyRefused("too_slow", "the body did not come in time") from error

    def _arrival(self, scope: Scope, body: bytes) -> Arrival:
        headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"])
        client = scope.get("client") or ("", 0)
        return Arrival(
            arrived_at=self._clock(),
            body=body,
            content_type=_header(headers, "content-type"),
            query=scope.get("query_string", b""),
            headers=headers,
            peer=f"{client[0]}:{client[1]}",
        )


def _known_text(error: Exception) -> str:
    """The text of an error that is written for users; the kind of any other."""
    return str(error) if hasattr(error, "code") else type(error).__name__


def _header(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    return next((value for n, value in headers if n == name), None)


async def _read(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body, or None when the sender broke off; raises `BodyRefused` when too large."""
    declared = next((v for n, v in scope["headers"] if n == b"content-length"), b"")
    if declared.isdigit() and int(declared) > LIMITS.max_bytes:
        raise _too_large()
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > LIMITS.max_bytes:
            raise _too_large()
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _too_large() -> BodyRefused:
    return BodyRefused("too_large", f"the body has more than {LIMITS.max_bytes} bytes")


async def _answer_json(send: Send, status: int, **content: str) -> None:
    await _answer(send, status, json.dumps(content) + "\n", _JSON)


async def _answer(send: Send, status: int, text: str, media_type: bytes = _TEXT) -> None:
    body = text.encode()
    headers = [(b"content-type", media_type), (b"content-length", str(len(body)).encode())]
    if status in {408, 413}:
        # What is left of the body is not read, so the connection cannot be used again.
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
