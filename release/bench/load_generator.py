"""The process that posts calls, as lightly as it can: it shares the processors with the server."""

from __future__ import annotations

import asyncio
import json
import secrets
import selectors
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

from release.bench import post
from release.bench.load import Done, Job
from release.bench.trouble import BenchTrouble


class _Connection(asyncio.Protocol):
    """One keep-alive connection: a request, the whole of its answer, the next request."""

    def __init__(
        self, on_answer: Callable[[_Connection], None], on_trouble: Callable[[str], None]
    ) -> None:
        self._on_answer = on_answer
        self._on_trouble = on_trouble
        self._received = b""
        self.due = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.send = cast(asyncio.Transport, transport).write

    def data_received(self, data: bytes) -> None:
        received = self._received + data
        head, found, body = received.partition(b"\r\n\r\n")
        if found:
            status, length = _answer(head)
            if status != 200:
                self._on_trouble(f"a call was answered {status} instead of 200")
                return
            if len(body) >= length:
                self._received = b""
                self._on_answer(self)
                return
        self._received = received

    def connection_lost(self, error: Exception | None) -> None:
        self._on_trouble(f"the server closed a connection ({error})")


@lru_cache(maxsize=16)
def _answer(head: bytes) -> tuple[int, int]:
    """Status and length of an answer; a server's heads differ in their date only."""
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split()[1]), int(headers["content-length"])


class _Load:
    """The connections of a job and the numbers of its calls."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._pieces = post.pieces(job.url)
        # No two jobs post the same call: a known token is only counted up.
        self._first = 10**15 + secrets.randbelow(10**6) * 10**9
        self._sent = self._answered = 0
        self._latencies: list[float] = []
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> Done:
        """Do the job; raises `BenchTrouble` at the first answer that is not 200."""
        connections = [await self._connect() for _ in range(self._job.connections)]
        start = time.perf_counter()
        await self._post_all(connections, start)
        await self._over
        return Done(self._answered, time.perf_counter() - start, self._latencies)

    async def _connect(self) -> _Connection:
        where = urlsplit(self._job.url)
        _, connection = await asyncio.get_running_loop().create_connection(
            lambda: _Connection(self._on_answer, self._fail), where.hostname or "", where.port or 80
        )
        return connection

    async def _post_all(self, connections: Sequence[_Connection], start: float) -> None:
        raise NotImplementedError

    def _on_answer(self, connection: _Connection) -> None:
        raise NotImplementedError

    def _post(self, connection: _Connection) -> None:
        self._sent += 1
        connection.send((b"%d" % (self._first + self._sent)).join(self._pieces))

    def _finish_if(self, *, nothing_left: bool) -> None:
        if nothing_left and self._answered == self._sent and not self._over.done():
            self._over.set_result(None)

    def _fail(self, reason: str) -> None:
        if not self._over.done():
            self._over.set_exception(BenchTrouble(reason))


class _Saturation(_Load):
    """Each connection posts its next call as soon as it has its answer."""

    _until = 0.0

    async def _post_all(self, connections: Sequence[_Connection], start: float) -> None:
        self._until = start + self._job.seconds
        for connection in connections[: self._job.calls]:
            self._post(connection)

    def _on_answer(self, connection: _Connection) -> None:
        self._answered += 1
        if self._sent < self._job.calls and time.perf_counter() < self._until:
            self._post(connection)
        else:
            self._finish_if(nothing_left=True)


class _Rate(_Load):
    """Calls are due at even intervals, whether or not those before have their answers.

    A latency counts from the moment a call was due: a server that stalls does not slow its judge.
    """

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._idle: deque[_Connection] = deque()
        self._due: deque[float] = deque()
        self._all_due = False

    async def _post_all(self, connections: Sequence[_Connection], start: float) -> None:
        self._idle.extend(connections)
        for number in range(round(self._job.seconds * self._job.rate)):
            due = start + number / self._job.rate
            await asyncio.sleep(due - time.perf_counter())
            self._due.append(due)
            self._post_due()
        self._all_due = True
        self._finish_if(nothing_left=not self._due)

    def _post_due(self) -> None:
        while self._due and self._idle:
            connection = self._idle.popleft()
            connection.due = self._due.popleft()
            self._post(connection)

    def _on_answer(self, connection: _Connection) -> None:
        self._answered += 1
        self._latencies.append(time.perf_counter() - connection.due)
        self._idle.append(connection)
        self._post_due()
        self._finish_if(nothing_left=self._all_due and not self._due)


async def _do(job: Job) -> Done:
    load = _Rate(job) if job.rate else _Saturation(job)
    return await load.run()


def _precise_loop() -> asyncio.AbstractEventLoop:
    # The usual selector wakes up to a millisecond late: longer than some answers take.
    return asyncio.SelectorEventLoop(selectors.SelectSelector())


def main() -> int:
    """Do the job that standard input describes; what came of it goes to standard output."""
    job = Job(**json.load(sys.stdin))
    try:
        with asyncio.Runner(loop_factory=_precise_loop if job.rate else None) as runner:
            done = runner.run(_do(job))
    except (BenchTrouble, OSError) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    json.dump(asdict(done), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
