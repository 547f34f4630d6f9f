"""The real `bxgui listen` as a process, and a small HTTP client to speak to it."""

from __future__ import annotations

import http.client
import json
import os
import queue
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from posts import FORM

WAIT = 30


class Listening:
    """A running listener; its lines are read by a thread, so that no test waits without bound."""

    def __init__(self, process: subprocess.Popen[bytes], data: Path, errors: Path) -> None:
        if process.stdout is None:
            raise AssertionError
        self.process = process
        self.data = data
        self.lines: list[bytes] = []
        self._errors = errors
        self._output: IO[bytes] = process.stdout
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.url = ""

    def _read(self) -> None:
        for line in self._output:
            self.lines.append(line)
            self._queue.put(line)
        self._queue.put(None)

    def next_line(self) -> bytes:
        line = self._queue.get(timeout=WAIT)
        if line is None:
            raise AssertionError(f"the listener ended: {self.complaints}")
        return line

    def next_event(self, name: str, **wanted: object) -> dict[str, Any]:
        """The next JSON line of this event with these members; others are passed over."""
        while True:
            event: dict[str, Any] = json.loads(self.next_line())
            if event["event"] == name and wanted.items() <= event.items():
                return event

    @property
    def complaints(self) -> str:
        return self._errors.read_text("utf-8")

    def close_input(self) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()

    def wait(self) -> int:
        status = self.process.wait(WAIT)
        self._reader.join(WAIT)
        return status

    def stop(self) -> None:
        self.close_input()
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.wait()
        finally:
            self.process.kill()
            self._reader.join(WAIT)
            self._output.close()


def command(data: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "bxgui", "--data-dir", str(data), *arguments]


def complaint_of(errors: str | bytes) -> str:
    """Why a command that was asked for JSON could not go on: the only line on standard error."""
    (line,) = errors.splitlines()
    return str(json.loads(line)["error"])


def without_keyring(runtime: Path | None = None) -> dict[str, str]:
    """The environment of a computer that has no keyring."""
    environment = {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONWARNINGS": "default",
    }
    if runtime is not None:
        environment["XDG_RUNTIME_DIR"] = str(runtime)
    return environment


def connect(url: str) -> socket.socket:
    """A bare connection to whoever serves an address."""
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), WAIT)


def head(url: str, **headers: object) -> bytes:
    """The head of a form POST."""
    lines = {"Host": "x", "Content-Type": FORM, **headers}
    text = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
    return f"POST {urlsplit(url).path} HTTP/1.1\r\n{text}\r\n".encode()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the listener; status 0 when the connection ended without one."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def closes(self) -> bool:
        return self.headers.get("connection") == "close"


def next_answer(stream: IO[bytes]) -> Answer:
    """The next answer on a connection; a person's way to read one, strict about its form."""
    first = stream.readline()
    if not first:
        return Answer()
    version, status, _ = first.split(b" ", 2)
    assert version == b"HTTP/1.1"
    headers: dict[str, str] = {}
    while line := stream.readline().decode().rstrip("\r\n"):
        name, _, value = line.partition(": ")
        headers[name] = value
    return Answer(int(status), headers, stream.read(int(headers.get("content-length", "0"))))


def answers_to(url: str, raw: bytes, count: int = 1, *, ending: bool = False) -> list[Answer]:
    """The answers to bytes as they are; a sender that is `ending` sends no more after them."""
    with connect(url) as connection, connection.makefile("rb") as stream:
        connection.sendall(raw)
        if ending:
            connection.shutdown(socket.SHUT_WR)
        return [next_answer(stream) for _ in range(count)]


def is_cut_off(connection: socket.socket) -> bool:
    """Whether a sender that sends on and on is stopped, long before it has sent a gigabyte."""
    try:
        for _ in range(10_000):
            connection.sendall(b"a" * 100_000)
    except ConnectionError:
        return True
    return False


def status_of(connection: socket.socket) -> int:
    """The status of the answer that comes back; 0 when none comes."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            return 0
        received += part
    return int(received.split()[1])


@contextmanager
def listening(
    data: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    stdin: int = subprocess.PIPE,
    first_input: bytes = b"",
    options: Sequence[str] = ("--json", "--port", "0"),
    errors: Path | None = None,
) -> Iterator[Listening]:
    """A listener on a free port, ready to be spoken to; stopped at the end of the block."""
    data.mkdir(parents=True, exist_ok=True)
    errors = errors or data / "stderr.txt"
    with errors.open("wb") as complaints:
        process = subprocess.Popen(
            command(data, "listen", *options, *arguments),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=environment or without_keyring(data),
        )
    running = Listening(process, data, errors)
    try:
        if first_input and process.stdin is not None:
            process.stdin.write(first_input)
            process.stdin.flush()
        if "--json" in options:
            running.url = str(running.next_event("listening")["local_url"])
        yield running
    finally:
        running.stop()


def ask(
    url: str,
    body: bytes | None = None,
    *,
    method: str = "POST",
    query: bytes = b"",
    headers: Mapping[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> tuple[int, bytes]:
    """One request; status and body of the answer."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection = (
        http.client.HTTPConnection(host, parts.port, timeout=WAIT)
        if tls is None
        else http.client.HTTPSConnection(host, parts.port, timeout=WAIT, context=tls)
    )
    try:
        path = parts.path + (f"?{query.decode()}" if query else "")
        connection.request(method, path, body, {"Content-Type": FORM, **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
