"""HTTP/1.1 on a loopback socket: threads that stay while a client keeps its connection."""

from __future__ import annotations

import gzip
import logging
import os
import selectors
import socket
import ssl
import struct
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Condition, Thread
from typing import Any

from bxgui.simulator.answers import Answer
from bxgui.simulator.request import HttpRequest

_log = logging.getLogger(__name__)

# SO_LINGER on, 0 seconds: closing the socket sends RST in place of FIN.
_NO_LINGER = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
_STOP_SECONDS = 5
_IDLE_SECONDS = 120

Handle = Callable[[HttpRequest], Answer | None]


class WebServer(ThreadingHTTPServer):
    """Serves `handle` on a port, over TLS if given a context; raises `OSError` if it is taken."""

    daemon_threads = True
    # On Windows this option would let two servers share a port.
    allow_reuse_address = os.name != "nt"
    request_queue_size = 128

    def __init__(self, port: int, handle: Handle, tls: ssl.SSLContext | None = None) -> None:
        self.handle_http = handle
        self.tls = tls
        self._sockets: set[socket.socket] = set()
        self._changed = Condition()
        super().__init__(("127.0.0.1", port), _Exchange)
        # A connection that is gone before it is accepted must not block the loop.
        self.socket.setblocking(False)
        self._waker, self._woken = socket.socketpair()
        self._thread = Thread(target=self._serve, daemon=True)

    def server_bind(self) -> None:
        """Bind without looking up the name of the host."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection; the handshake of TLS is left to its thread."""
        accepted, address = super().get_request()
        accepted.setblocking(True)
        if self.tls is not None:
            accepted = self.tls.wrap_socket(
                accepted, server_side=True, do_handshake_on_connect=False
            )
        with self._changed:
            self._sockets.add(accepted)
        return accepted, address

    def shutdown_request(self, request: Any) -> None:
        """Close a connection; one that lingers no more is not shut down first."""
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_NO_LINGER)) == _NO_LINGER:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def close_request(self, request: Any) -> None:
        """Close a socket, and know that it is closed."""
        super().close_request(request)
        with self._changed:
            self._sockets.discard(request)
            self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Let clients leave as they like; anything else is a bug."""
        if not isinstance(sys.exception(), OSError):
            _log.exception("a request from %s failed", client_address)

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop accepting, close every connection, wait until their threads have noticed."""
        self._waker.close()
        self._thread.join()
        self._woken.close()
        self.server_close()
        with self._changed:
            for open_socket in self._sockets:
                _hang_up(open_socket)
            self._changed.wait_for(lambda: not self._sockets, _STOP_SECONDS)

    def _serve(self) -> None:
        """Accept connections until woken; `serve_forever` would look again and again whether to."""
        with selectors.DefaultSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while self._woken not in {key.fileobj for key, _ in selector.select()}:
                self.handle_request()


def _hang_up(open_socket: socket.socket) -> None:
    try:
        socket.socket.shutdown(open_socket, socket.SHUT_RDWR)
    except OSError:
        return


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True
    server: WebServer

    def do_GET(self) -> None:
        self._exchange()

    def do_POST(self) -> None:
        self._exchange()

    def version_string(self) -> str:
        return "nginx"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Requests are recorded elsewhere; nothing goes to the standard error stream."""

    def _exchange(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal():
            self.send_error(411)
            return
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return
        request = HttpRequest(
            self.command,
            self.path,
            tuple(self.headers.items()),
            body,
            secure=self.server.tls is not None,
            peer=str(self.client_address[0]),
        )
        answer = self.server.handle_http(request)
        if answer is None:
            self._reset()
        else:
            self._send(answer, compress="gzip" in request.header("Accept-Encoding"))

    def _send(self, answer: Answer, *, compress: bool) -> None:
        body = answer.body
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if compress and body:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close" if self.close_connection else "keep-alive")
        self.end_headers()
        chunk = b"%x\r\n%s\r\n" % (len(body), body) if body else b""
        self.wfile.write(chunk + b"0\r\n\r\n")

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
