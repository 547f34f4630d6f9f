"""The listener's own server in a thread, with limits and an intake of a test's choice."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from ssl import SSLContext

from listening import WAIT
from posts import NOW

from bxgui.core.handler_address import local_base
from bxgui.core.records import Arrival, CallKind, Rejection, Stored
from bxgui.services.listener.asgi import App
from bxgui.services.listener.binding import ListenOptions, bind
from bxgui.services.listener.capture import Intake
from bxgui.services.listener.connections import ConnectionLimits, Connections
from bxgui.services.listener.gate import Gate
from bxgui.services.listener.handler_app import HandlerApp
from bxgui.services.listener.server import HandlerServer
from bxgui.services.store.listener_paths import ListenerPath


@dataclass
class HeldIntake:
    """Takes arrivals and keeps none of them before it is told to."""

    arrivals: list[Arrival] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    came: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _answers: list[Future[Stored]] = field(default_factory=list)

    async def take(self, arrival: Arrival) -> Stored:
        answer: Future[Stored] = Future()
        self.arrivals.append(arrival)
        self._answers.append(answer)
        self.came.release()
        return await asyncio.wrap_future(answer)

    def reject(self, rejection: Rejection) -> None:
        self.rejected.append(rejection)

    def close(self) -> None:
        """Let all go that is held."""
        while self._answers:
            self._answers.pop().set_result(Stored(1, CallKind.OTHER, None, "", "", "", 1))


@contextmanager
def serving(
    intake: Intake,
    limits: ConnectionLimits | None = None,
    *,
    app: App | None = None,
    ssl: SSLContext | None = None,
) -> Iterator[str]:
    """The listener's server in a thread; its handler's address."""
    with bind(ListenOptions("127.0.0.1", 0)) as bound:
        connections = Connections(limits or ConnectionLimits(), intake.reject, lambda: NOW)
        app = app or HandlerApp(
            Gate([ListenerPath("abc", NOW)], lambda: NOW),
            intake,
            lambda _: None,
            lambda *_: None,
            lambda: NOW,
            connections.room,
        )
        server = HandlerServer(app, bound, connections, ssl)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
        thread.start()
        try:
            host, port = bound.getsockname()[:2]
            yield local_base(host, port, tls=ssl is not None) + "/h/abc"
        finally:
            server.stop()
            thread.join(WAIT)
