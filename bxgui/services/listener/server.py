"""The uvicorn server, told to leave to us what is ours."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from ssl import SSLContext
from typing import Any

import uvicorn

from bxgui.services.listener.asgi import App
from bxgui.services.listener.connections import Connections
from bxgui.services.listener.protocol import HandlerProtocol
from bxgui.services.listener.secure import SecureConnection
from bxgui.services.listener.standard_input import stop_with_standard_input
from bxgui.services.logs import report_of

_GRACE_SECONDS = 10
_TICKS_A_LOOK = 10
_LOG = logging.getLogger(__name__)


class HandlerServer(uvicorn.Server):
    """Serves one bound socket, and leaves signals to `run`, which ends with status 0."""

    def __init__(
        self,
        app: App,
        bound: socket.socket,
        connections: Connections,
        ssl: SSLContext | None = None,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="httptools",
                loop="asyncio",
                ws="none",
                lifespan="off",
                log_config=None,
                # It would log what strangers send.
                log_level="critical",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )
        self._bound = bound
        self._connections = connections
        self._ssl = ssl

    def stop(self) -> None:
        """Finish what is in flight and end; from any thread."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002
        """Take connections."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_log_without_content)
        listening = await loop.create_server(
            self._new_connection,
            sock=self._bound,
            backlog=self._connections.limits.backlog,
        )
        self.servers = [listening]
        self.started = True

    async def on_tick(self, counter: int) -> bool:
        """Look at all connections once a second."""
        if counter % _TICKS_A_LOOK == 0:
            self._connections.look(asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture nothing."""
        yield

    def _new_connection(self) -> asyncio.BaseProtocol:
        handler = HandlerProtocol(
            self.config, self.server_state, self.lifespan.state, self._connections
        )
        return SecureConnection(handler, self._ssl) if self._ssl else handler


async def run(
    app: App,
    bound: socket.socket,
    connections: Connections,
    on_ready: Callable[[], None],
    ssl: SSLContext | None = None,
) -> None:
    """Serve until a signal comes or standard input closes; what is in flight is finished."""
    server = HandlerServer(app, bound, connections, ssl)
    _stop_on_signals(server.stop)
    stop_with_standard_input(server.stop)
    # Not before: whoever reads the first line may tell this process to stop at once.
    on_ready()
    await server.serve()


def _stop_on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _log_without_content(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The event loop's own report may quote what was received."""
    error = context.get("exception")
    report = report_of(error) if isinstance(error, BaseException) else "no exception"
    _LOG.error("an error outside of every request: %s", report)
