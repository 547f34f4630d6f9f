"""The handler's address as a bare ASGI application: stores first, answers 200 second."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bxgui.core import rejections
from bxgui.core.phpform import LIMITS, BodyRefused
from bxgui.core.records import Arrival, Rejection, Stored
from bxgui.services.consents import state_of
from bxgui.services.listener.answers import (
    Answer,
    json_answer,
    send_answer,
    send_last,
    send_unread,
)
from bxgui.services.listener.asgi import (
    CONTENT_ENCODING,
    KNOWN,
    LENGTH,
    REFUSAL,
    TRANSFER_ENCODING,
    Receive,
    Scope,
    Send,
)
from bxgui.services.listener.body_room import Body, BodyRoom
from bxgui.services.listener.capture import Intake
from bxgui.services.listener.gate import Gate, Sender
from bxgui.services.listener.keeping import NotStored
from bxgui.services.logs import report_of

_LOG = logging.getLogger(__name__)
_FRAMING = frozenset({LENGTH, TRANSFER_ENCODING, CONTENT_ENCODING})
# What each may say without changing how the body is to be read.
_PLAIN = {TRANSFER_ENCODING: {b"chunked"}, CONTENT_ENCODING: {b"", b"identity"}}
_GREAT_BYTES = 1024 * 1024
_GREAT_ONES = 2
_STORED = json_answer(200, result="stored")
_NOT_STORED = json_answer(503, error="not_stored", message="The call was not stored.")
_NOT_ALLOWED = json_answer(
    403, error=rejections.NOT_ALLOWED, message="This address may not speak here."
)
_CODE_ARRIVED = "The code has arrived. You can close this page and go back to bxgui.\n"
_CODE_UNKNOWN = "No login waits for this code. Begin it again in bxgui.\n"

_Framing = Sequence[tuple[bytes, bytes]]


class _BodyLost(BodyRefused):
    """A body that is not handed on; its `rest` may still come."""

    def __init__(self, code: str, message: str, *, rest: bool = False) -> None:
        super().__init__(code, message)
        self.rest = rest


class HandlerApp:
    """Answers POSTs at the secret path; everything else learns only that it is alive, or 404."""

    def __init__(
        self,
        gate: Gate,
        intake: Intake,
        on_stored: Callable[[Stored], None],
        on_rejected: Callable[[int, str], None],
        clock: Callable[[], datetime],
        room: BodyRoom | None = None,
        consents: Callable[[bytes], bool] | None = None,
    ) -> None:
        self._gate = gate
        self._intake = intake
        self._on_stored = on_stored
        self._on_rejected = on_rejected
        self._clock = clock
        self._room = room or BodyRoom()
        self._consents = consents
        self._great_ones = asyncio.Semaphore(_GREAT_ONES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; the server answers 500 to what is raised."""
        if scope["type"] != "http":
            return
        try:
            await self._serve(scope, receive, send)
        except Exception as error:
            _LOG.error("a request could not be served: %s", report_of(error))
            raise

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._gate.is_ours(scope["path"]):
            await send_unread(scope, receive, send, Answer(404, "Not found.\n"))
            return
        if not self._gate.admits(sender := self._sender(scope)):
            await self._turn_away(scope, receive, send, sender)
            return
        scope["state"][KNOWN] = True
        method = scope["method"]
        if method == "POST":
            await self._take(scope, receive, send, sender)
        elif method in {"GET", "HEAD"}:
            await send_unread(scope, receive, send, await self._page(scope))
        else:
            allow = ((b"allow", b"GET, HEAD, POST"),)
            await send_unread(scope, receive, send, Answer(405, "Only POST.\n", headers=allow))

    async def _page(self, scope: Scope) -> Answer:
        """What a browser is shown: that the handler is alive, or that its code has arrived."""
        query = scope.get("query_string", b"")
        if scope["method"] != "GET" or self._consents is None or not state_of(query):
            return Answer(200, "The handler is alive.\n")
        taken = await asyncio.to_thread(self._consents, query)
        return Answer(200, _CODE_ARRIVED if taken else _CODE_UNKNOWN)

    async def _take(self, scope: Scope, receive: Receive, send: Send, sender: Sender) -> None:
        framing = [(name, value) for name, value in scope["headers"] if name in _FRAMING]
        declared = _declared(framing)
        body = Body(self._room, declared)
        try:
            _check_length(framing, declared)
            await self._read(scope, receive, body)
            _check_encodings(framing)
            arrival = self._arrival(scope, body.hand_on(), sender)
            is_great = len(arrival.body) > _GREAT_BYTES
            stored = await (self._store_great if is_great else self._intake.take)(arrival)
        except _BodyLost as lost:
            status = rejections.status_of(lost.code)
            if status == 503:
                # What had to make room is kept no further than it takes to recognise it.
                body.cut(rejections.PREVIEW_BYTES)
            self._reject(self._arrival(scope, body.hand_on(), sender), lost)
            body.forget()
            if status:
                answer = json_answer(status, error=lost.code, message=str(lost))
                await send_last(receive if lost.rest else None, send, answer)
        except BodyRefused as refusal:
            # The intake keeps what it refuses.
            status = rejections.status_of(refusal.code)
            self._on_rejected(status, str(refusal))
            await send_answer(send, json_answer(status, error=refusal.code, message=str(refusal)))
        except NotStored:
            # The keeper has told it loudly, once for all that came together.
            await send_answer(send, _NOT_STORED)
        except Exception as error:  # noqa: BLE001 - no acknowledgement without a commit
            _LOG.error("a call could not be stored: %s", type(error).__name__)
            self._on_rejected(503, f"the call could not be stored: {type(error).__name__}")
            await send_answer(send, _NOT_STORED)
        else:
            self._on_stored(stored)
            await send_answer(send, _STORED)
        finally:
            body.forget()

    async def _store_great(self, arrival: Arrival) -> Stored:
        """Store a call with few others like it, for each takes several times its size."""
        async with self._great_ones:
            return await self._intake.take(arrival)

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send, sender: Sender) -> None:
        """Refuse a stranger without reading what it sends; of a POST its head is kept."""
        if scope["method"] == "POST":
            reason = f"{sender.address or 'an unknown address'} is not in the allowed networks"
            arrival = self._arrival(scope, b"", sender)
            self._intake.reject(
                Rejection(arrival, 403, rejections.NOT_ALLOWED, reason, at_handler=True)
            )
            self._on_rejected(403, reason)
        await send_unread(scope, receive, send, _NOT_ALLOWED)

    def _sender(self, scope: Scope) -> Sender:
        host, port = scope.get("client") or ("", 0)
        forwarded = [v.decode("latin-1") for n, v in scope["headers"] if n == b"x-forwarded-for"]
        return self._gate.sender(host, port, forwarded)

    def _reject(self, arrival: Arrival, lost: _BodyLost) -> None:
        status = rejections.status_of(lost.code)
        self._intake.reject(Rejection(arrival, status, lost.code, str(lost), at_handler=True))
        self._on_rejected(status, str(lost))

    async def _read(self, scope: Scope, receive: Receive, body: Body) -> None:
        """Read the whole body; raises `_BodyLost` when it does not come whole."""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _BodyLost(rejections.BROKEN_OFF, "the sender broke off")
            more = message.get("more_body", False)
            _add(body, message.get("body", b""), more=more)
        if refusal := scope["state"].get(REFUSAL):
            # Who had to make room may be sending still, and will hear it all the same.
            rest = refusal.code == rejections.NO_ROOM
            raise _BodyLost(refusal.code, str(refusal), rest=rest)

    def _arrival(self, scope: Scope, body: bytes, sender: Sender) -> Arrival:
        headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"])
        return Arrival(
            arrived_at=self._clock(),
            body=body,
            content_type=_header(headers, "content-type"),
            query=scope.get("query_string", b""),
            headers=headers,
            peer=sender.shown,
        )


def _header(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    return next((value for n, value in headers if n == name), None)


def _declared(framing: _Framing) -> int | None:
    """How long a body will be; None where its head does not tell."""
    declared = next((value for name, value in framing if name == LENGTH), b"")
    return int(declared) if declared.isdigit() else None


def _check_length(framing: _Framing, declared: int | None) -> None:
    """Raise `_BodyLost` for a body that is too long, or of which nobody knows where it ends."""
    names = {name for name, _ in framing}
    if not names & {LENGTH, TRANSFER_ENCODING}:
        raise _BodyLost("no_length", "the head does not tell the length of the body")
    if (declared or 0) > LIMITS.max_bytes:
        raise _too_large(rest=True)


def _add(body: Body, part: bytes, *, more: bool) -> None:
    try:
        body.add(part)
    except BodyRefused as refusal:
        raise _BodyLost(refusal.code, str(refusal), rest=more) from refusal
    if len(body) > LIMITS.max_bytes:
        body.cut(rejections.PREVIEW_BYTES)
        raise _too_large(rest=more)


def _check_encodings(framing: _Framing) -> None:
    for name, value in framing:
        if name != LENGTH and value.strip().lower() not in _PLAIN[name]:
            shown = value[:100].decode("latin-1")
            message = f"a body with the encoding {shown!r} is not understood"
            raise _BodyLost("content_encoding", message)


def _too_large(*, rest: bool) -> _BodyLost:
    return _BodyLost("too_large", f"the body has more than {LIMITS.max_bytes} bytes", rest=rest)
