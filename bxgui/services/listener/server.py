"""The uvicorn server, told to leave to us what is ours."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from ssl import SSLContext

import uvicorn

from bxgui.services.listener.handler_app import HandlerApp
from bxgui.services.listener.standard_input import stop_with_standard_input

_GRACE_SECONDS = 10


class _Server(uvicorn.Server):
    """Leaves signals to `serve`, which ends with status 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture nothing."""
        yield


async def run(
    app: HandlerApp,
    bound: socket.socket,
    on_ready: Callable[[], None],
    ssl: SSLContext | None = None,
) -> None:
    """Serve until a signal comes or standard input closes; what is in flight is finished."""
    config = uvicorn.Config(
        app,
        http="httptools",
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    config.load()
    config.ssl = ssl
    server = _Server(config)

    def stop() -> None:
        server.should_exit = True

    _stop_on_signals(stop)
    stop_with_standard_input(stop)
    # Not before: whoever reads the first line may tell this process to stop at once.
    on_ready()
    await server.serve(sockets=[bound])


def _stop_on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
