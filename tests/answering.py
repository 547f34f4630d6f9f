"""Programs that answer at a port: strangers, and what answers probes as a listener does."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable

from portal_server import read_request

from bxgui.services.probe import HEADER, answer_to

_ASKED = re.compile(rf"^{HEADER}: (.*?)\r?$", re.MULTILINE)


def asked_header(request: str) -> str:
    """The header with which a request probes, empty for none."""
    found = _ASKED.search(request)
    return found[1] if found else ""


def head_of(status: int, **headers: str) -> bytes:
    """The head of an answer without a body."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = {"content-length": "0", "connection": "close", **given}
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} As is\r\n{text}\r\n".encode()


def stranger(status: int = 404, **headers: str) -> Callable[[socket.socket], None]:
    """Answers everything with the same status."""

    def serve(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head_of(status, **headers))

    return serve


def listener(
    *secrets: str, instance: str = "one", heard: list[str] | None = None
) -> Callable[[socket.socket], None]:
    """Answers probes as a listener with these secret paths; `heard` gets all requests."""

    def serve(connection: socket.socket) -> None:
        request = read_request(connection).decode("latin-1")
        if heard is not None:
            heard.append(request)
        answer = answer_to(asked_header(request), secrets, instance)
        connection.sendall(head_of(404, **({HEADER: answer} if answer else {})))

    return serve


def server_context(certificate: str, key: str) -> ssl.SSLContext:
    """TLS for a server of these files."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
