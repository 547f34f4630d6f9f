"""HTTP for an address on the internet: bounded in time and size, and clear to whoever errs."""

from __future__ import annotations

import asyncio
import json
import re
from http import HTTPStatus
from typing import Any

import httptools
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from bxgui.core import rejections
from bxgui.core.phpform import LIMITS, BodyRefused
from bxgui.services.listener.asgi import KNOWN, REFUSAL
from bxgui.services.listener.connections import Connections, Wait

# Requests that may wait on one connection for the answer to the one before.
_MOST_WAITING = 16
# What the transport reads at once, whatever requests begin or end in it.
_ONE_READ = 256 * 1024
_LENGTHS = re.compile("Content-Length|Transfer-Encoding")
_OTHER_PROTOCOLS = {b"\x16\x03": "TLS", b"PRI * HTTP/2": "HTTP/2"}


class HandlerProtocol(HttpToolsProtocol):
    """A connection that ends in time, takes no more than its share, and says what is wrong."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        connections: Connections,
    ) -> None:
        super().__init__(config, server_state, app_state)
        self.since = self.loop.time()
        self._connections = connections
        self._has_place = False
        self._limits = connections.limits
        self._cycle: RequestResponseCycle | None = None
        self._blocked_since: float | None = None
        # Of the head under way, as long as it is not whole: its first bytes and its size.
        self._first = b""
        self._head_size = 0
        self._head_size_after_read = 0
        self._trailer_size = 0
        # Nothing more is parsed; and nothing more is answered either.
        self._deaf = False
        self._ended = False
        self._passed_over = 0
        self._refusal_in_turn: tuple[BodyRefused, bytes] | None = None

    def handshake_begun(self, transport: asyncio.Transport) -> None:
        """Take a place before TLS is spoken; without one nobody can be told so."""
        self.transport = transport
        self._has_place = True
        self.connections.add(self)
        if not self._connections.enter(self):
            transport.abort()

    def gone(self) -> None:
        """Leave the place, be it that TLS was never spoken."""
        self.connections.discard(self)
        self._connections.leave(self)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a place among the open connections, or say that there is none."""
        super().connection_made(transport)
        self.since = self.loop.time()
        if not self._has_place and not self._connections.enter(self):
            self._refuse(_too_many_connections(), b"")

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave the place to others."""
        self._connections.leave(self)
        super().connection_lost(exc)

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """A sender that ends its side after a whole request still gets the answer."""
        if self._cycle is None or self.waits_for is not None or self.scheme == "https":
            return None
        self._cycle.keep_alive = False
        return True

    def data_received(self, data: bytes) -> None:
        """Parse what has come; a request that is whole already costs next to nothing more."""
        if self._deaf:
            self._pass_over(len(data))
            return
        self._unset_keepalive_if_required()
        self._head_size_after_read = self._head_size + len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._deaf = True
            self.cycle.keep_alive = False
        except httptools.HttpParserError as error:
            self._fail(error, data)
        else:
            cycle = self._cycle
            if cycle is None or cycle.scope is not self.scope:
                self._await_head(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; what comes behind a chunked body is none, and may not grow for ever."""
        if self._cycle is None or self._cycle.scope is not self.scope:
            super().on_header(name, value)
            return
        self._trailer_size += len(name) + len(value) + 4
        if self._trailer_size > self._limits.head_bytes:
            raise BodyRefused("bad_chunk", "the chunks of the body are malformed")

    def on_headers_complete(self) -> None:
        """Start the request, unless its head is refused already."""
        most = self._limits.head_bytes
        if self._head_size_after_read > most and self._parsed_head_size() > most:
            raise self._head_too_large()
        if len(self.pipeline) >= _MOST_WAITING:
            raise BodyRefused("pipelined", "too many requests came at once on one connection")
        if self.parser.should_upgrade() and self.parser.get_method() == b"POST":
            # The parser takes the body for the other protocol's.
            raise BodyRefused("upgrade", "the sender asks for another protocol")
        if self.parser.get_http_version() == "1.0":
            # It would take the word to go on for the answer.
            self.expect_100_continue = False
        super().on_headers_complete()
        self._cycle = self.cycle
        self._trailer_size = 0
        self.since = self.loop.time()
        if self._head_size:
            self._first = b""
            self._head_size = 0

    def on_response_complete(self) -> None:
        """Go on with the next request, or refuse what came after the last good one."""
        self.since = self.loop.time()
        if self._refusal_in_turn and not self.pipeline and not self.transport.is_closing():
            self._refuse(*self._refusal_in_turn)
        else:
            super().on_response_complete()

    def pause_writing(self) -> None:
        """The receiver does not take what it is answered."""
        super().pause_writing()
        self._blocked_since = self.loop.time()

    def resume_writing(self) -> None:
        """The receiver takes it again."""
        super().resume_writing()
        self._blocked_since = None

    @property
    def waits_for(self) -> Wait | None:
        """What it waits for from its sender; None while the sender waits for an answer."""
        cycle = self._cycle
        if self._ended or self.transport.is_closing():
            return Wait.END
        if cycle is None:
            return Wait.HEAD
        if not cycle.response_complete and not cycle.more_body:
            # Who was broken off is answered already, and may only be sending still.
            return Wait.END if self._deaf and cycle.response_started else None
        if not cycle.response_complete:
            return Wait.BODY
        return Wait.IDLE if cycle.scope is self.scope else Wait.HEAD

    @property
    def is_known(self) -> bool:
        """Whether what it asked last was at the secret path."""
        return self._cycle is not None and KNOWN in self._cycle.scope["state"]

    def look(self, now: float) -> None:
        """End the connection when it has waited too long."""
        blocked = self._blocked_since
        if blocked is not None and now - blocked >= self._limits.answer_seconds:
            self.transport.abort()
            return
        match self.waits_for:
            case Wait.HEAD if now - self.since >= self._limits.head_seconds:
                self._give_up_head("too_slow", "the head did not come in time")
            case Wait.BODY if now - self.since >= self._limits.body_seconds:
                self.break_off(BodyRefused("too_slow", "the body did not come in time"))
            case Wait.IDLE if now - self.since >= self._limits.idle_seconds:
                self.transport.close()
            case Wait.END if now - self.since >= self._limits.end_seconds:
                self.transport.abort()

    def break_off(self, refusal: BodyRefused) -> None:
        """End the body that is under way; the application learns why, and answers."""
        self._deaf = True
        self.since = self.loop.time()
        self.scope["state"][REFUSAL] = refusal
        self.cycle.keep_alive = False
        self.cycle.more_body = False
        self.cycle.message_event.set()

    def give_way(self) -> None:
        """Make room for another connection at once."""
        wait = self.waits_for
        if wait is Wait.BODY:
            self.break_off(_too_many_connections())
        elif wait is Wait.HEAD and self._first:
            self._refuse(_too_many_connections(), self._first)
            self.transport.close()
        else:
            self.transport.abort()

    def _await_head(self, data: bytes) -> None:
        """Remember what a refusal would show of a head that is not whole yet."""
        if self._cycle is not None and not self._first:
            self.since = self.loop.time()
        self._first += data[: rejections.PREVIEW_BYTES - len(self._first)]
        self._head_size += len(data)
        # The end of the request before may have come in the same read.
        before = 0 if self._cycle is None else _ONE_READ
        if self._head_size > self._limits.head_bytes + before:
            self._refuse_in_turn(self._head_too_large(), self._first)

    def _fail(self, error: httptools.HttpParserError, data: bytes) -> None:
        cycle = self._cycle
        if cycle is not None and cycle.scope is self.scope and cycle.more_body:
            self.break_off(_body_refusal(error))
            return
        first = self._first + data[: rejections.PREVIEW_BYTES - len(self._first)]
        self._refuse_in_turn(_head_refusal(error, first), first)

    def _refuse_in_turn(self, refusal: BodyRefused, first: bytes) -> None:
        """Refuse what came, once all that came before is answered."""
        self._deaf = True
        if self._cycle is None or self._cycle.response_complete:
            self._refuse(refusal, first)
        else:
            self._refusal_in_turn = refusal, first

    def _give_up_head(self, code: str, reason: str) -> None:
        if self._first:
            self._refuse(BodyRefused(code, reason), self._first)
        else:
            self.transport.close()

    def _refuse(self, refusal: BodyRefused, first: bytes) -> None:
        """Answer instead of the application, and end the connection."""
        host, port = self.client or ("", 0)
        shown = f"[{host}]" if ":" in host else host
        self._connections.reject(refusal, first, f"{shown}:{port}")
        content = json.dumps({"error": refusal.code, "message": str(refusal)}) + "\n"
        status = HTTPStatus(rejections.status_of(refusal.code))
        headers = [
            *self.server_state.default_headers,
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(content)),
            (b"connection", b"close"),
        ]
        lines = [b"HTTP/1.1 %d %s" % (status, status.phrase.encode())]
        lines += [b"%s: %s" % header for header in headers]
        self.transport.write(b"\r\n".join([*lines, b"", content.encode()]))
        self._end()

    def _end(self) -> None:
        """Answer no more; closed at once, with bytes unread, the last answer could be lost."""
        self._deaf = self._ended = True
        self.since = self.loop.time()
        self._unset_keepalive_if_required()
        if self.transport.can_write_eof():
            self.transport.write_eof()

    def _pass_over(self, size: int) -> None:
        self._passed_over += size
        if self._passed_over <= LIMITS.max_bytes:
            return
        if self._ended:
            self.transport.abort()
        else:
            self.flow.pause_reading()

    def _parsed_head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _head_too_large(self) -> BodyRefused:
        message = f"the head has more than {self._limits.head_bytes} bytes"
        return BodyRefused("head_too_large", message)


def _too_many_connections() -> BodyRefused:
    return BodyRefused("too_many_connections", "too many connections are open")


def _body_refusal(error: httptools.HttpParserError) -> BodyRefused:
    if _LENGTHS.search(str(error)):
        return _bad_length()
    return BodyRefused("bad_chunk", "the chunks of the body are malformed")


def _head_refusal(error: httptools.HttpParserError, first: bytes) -> BodyRefused:
    """What is wrong with a head; never in the parser's own words, which may quote it."""
    if isinstance(error.__context__, BodyRefused):
        return error.__context__
    for beginning, name in _OTHER_PROTOCOLS.items():
        if first.startswith(beginning):
            return BodyRefused("not_http", f"the sender speaks {name}, and this address does not")
    if isinstance(error, httptools.HttpParserInvalidMethodError):
        return BodyRefused("not_http", "the request is not HTTP")
    if _LENGTHS.search(str(error)):
        return _bad_length()
    return BodyRefused("bad_head", "the head of the request is malformed")


def _bad_length() -> BodyRefused:
    return BodyRefused("bad_length", "the length of the body is given wrongly")
