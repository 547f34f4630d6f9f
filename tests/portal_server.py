"""Servers that stand in for a portal: one that answers, one that does whatever a test wants."""

from __future__ import annotations

import json
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WAIT = 20
TRUE = {"result": True, "time": {"start": 1.0}}


@dataclass(frozen=True, slots=True)
class PortalAnswer:
    """What the portal will say; `wait_for` holds it back until a test lets it go."""

    status: int = 200
    body: bytes = json.dumps(TRUE).encode()
    headers: Mapping[str, str] = field(
        default_factory=lambda: {"Content-Type": "application/json; charset=utf-8"}
    )
    wait_for: threading.Event | None = None


def refusal(status: int, code: object, text: str = "") -> PortalAnswer:
    """An error as Bitrix24 writes it."""
    return PortalAnswer(status, json.dumps({"error": code, "error_description": text}).encode())


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it reached the portal."""

    method: str
    path: str
    headers: list[tuple[str, str]]
    body: bytes
    client: tuple[str, int]

    @property
    def document(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> list[str]:
        return [value for n, value in self.headers if n.lower() == name.lower()]


class _Portal(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: queue.SimpleQueue[PortalAnswer] = queue.SimpleQueue()
        self.received: queue.SimpleQueue[Received] = queue.SimpleQueue()
        self.open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that give up early are part of the tests."""

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        super().shutdown_request(request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Portal

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        received = Received(
            self.command, self.path, list(self.headers.items()), body, self.client_address
        )
        self.server.received.put(received)
        try:
            answer = self.server.answers.get_nowait()
        except queue.Empty:
            answer = PortalAnswer()
        if answer.wait_for is not None and not answer.wait_for.wait(WAIT):
            raise TimeoutError
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


class PortalServer:
    """Answers REST calls with what is queued, or with success, and keeps what it was asked."""

    def __init__(self, server: _Portal) -> None:
        self._server = server

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/rest/"

    def will_answer(self, *answers: PortalAnswer) -> None:
        for answer in answers:
            self._server.answers.put(answer)

    def next_request(self) -> Received:
        return self._server.received.get(timeout=WAIT)

    def was_asked(self) -> bool:
        return not self._server.received.empty()

    def drop_idle_connections(self) -> None:
        """Close what clients keep open, as a portal does after a while."""
        for connection in list(self._server.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def portal() -> Iterator[PortalServer]:
    """A portal on this computer."""
    server = _Portal()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    running = PortalServer(server)
    try:
        yield running
    finally:
        running.drop_idle_connections()
        server.shutdown()
        thread.join(WAIT)
        server.server_close()


@dataclass
class RawServer:
    """Where a raw server listens, and how many connections it has taken."""

    port: int
    connections: int = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/rest/"


@contextmanager
def raw_server(
    serve: Callable[[socket.socket], None], context: ssl.SSLContext | None = None
) -> Iterator[RawServer]:
    """Hands each connection to `serve`, one after another, and closes it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        running = RawServer(listening.getsockname()[1])

        def run() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                running.connections += 1
                connection.settimeout(WAIT)
                with connection, suppress(OSError):
                    if context is None:
                        serve(connection)
                    else:
                        with context.wrap_socket(connection, server_side=True) as secure:
                            serve(secure)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield running
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join(WAIT)


def read_request(connection: socket.socket) -> bytes:
    """A whole request with its Content-Length; the socket's timeout bounds the wait."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < length:
        part = connection.recv(65536)
        if not part:
            break
        body += part
    return head + b"\r\n\r\n" + body


def reset(connection: socket.socket) -> None:
    """Close so that the other side sees a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()
