"""`bxgui listen`: the handler's address served by a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import uvicorn

from bxgui.core.records import Stored
from bxgui.services import key_sharing
from bxgui.services.announcer import Announcer
from bxgui.services.capture import Capture
from bxgui.services.handler_app import PATH_PREFIX, HandlerApp
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, key_from_line

_GRACE_SECONDS = 10
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104


class ListenProblem(Exception):
    """The listener cannot start; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class ListenOptions:
    """Where to listen; port 0 takes any free one."""

    host: str
    port: int
    public_url: str = ""


class _Server(uvicorn.Server):
    """Leaves signals to `serve`, which ends with status 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture nothing."""
        yield


def serve(store: Store, key: StoreKey, options: ListenOptions, announcer: Announcer) -> None:
    """Serve until told to stop; everything in flight is finished first."""
    bound = _bind(options)
    path = PATH_PREFIX + store.listener_secrets(_now())[0]
    capture = Capture(store.calls.record, key)
    sharing = key_sharing.share(key, store.id)
    app = HandlerApp(
        store.listener_secrets(_now()),
        capture.submit,
        on_stored=lambda stored: _announce_stored(announcer, stored),
        on_refused=lambda status, reason: announcer.say(
            f"refused ({status}): {reason}", event="refused", status=status, reason=reason
        ),
        clock=_now,
    )
    try:
        asyncio.run(_run(app, bound, lambda: _announce_start(announcer, options, bound, path, key)))
    finally:
        bound.close()
        capture.close()
        if sharing is not None:
            sharing.close()
        announcer.say("stopped", event="stopped")


async def _run(app: HandlerApp, bound: socket.socket, on_ready: Callable[[], None]) -> None:
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
    server = _Server(config)

    def stop() -> None:
        server.should_exit = True

    _stop_on_signals(stop)
    _stop_with_standard_input(stop)
    # Not before: whoever reads the first line may tell this process to stop at once.
    on_ready()
    await server.serve(sockets=[bound])


def _bind(options: ListenOptions) -> socket.socket:
    try:
        found = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError, OverflowError) as error:
        message = f"{options.host!r} is not an address of this computer."
        raise ListenProblem(message) from error
    family, kind, protocol, _, address = found[0]
    bound = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(2048)
    except (OSError, OverflowError) as error:
        bound.close()
        raise _bind_problem(error, options) from error
    return bound


def _bind_problem(error: Exception, options: ListenOptions) -> ListenProblem:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return ListenProblem(
            f"Port {options.port} is taken by another program, perhaps a second bxgui. "
            "Close it, or choose another port."
        )
    if number == errno.EACCES:
        return ListenProblem(f"This user may not listen on port {options.port}. Choose another.")
    return ListenProblem(f"Cannot listen on {options.host}:{options.port}: {error}.")


def _announce_start(
    announcer: Announcer, options: ListenOptions, bound: socket.socket, path: str, key: StoreKey
) -> None:
    host, port = bound.getsockname()[:2]
    shown = _WILDCARDS.get(host, f"[{host}]" if ":" in host else host)
    local = f"http://{shown}:{port}{path}"
    url = options.public_url.rstrip("/") + path if options.public_url else local
    announcer.say(
        f"listening: {url}",
        event="listening",
        url=url,
        local_url=local,
        host=host,
        port=port,
        pid=os.getpid(),
        keyring=key.keeper,
        keyring_reason=key.reason,
    )
    if not key.kept:
        text = (
            f"secrets are kept in memory only, because {key.reason}: "
            "what is caught now cannot be answered after this program ends"
        )
        announcer.say(text, event="no_keyring", reason=key.reason)


def _announce_stored(announcer: Announcer, stored: Stored) -> None:
    again = f", delivery {stored.deliveries}" if stored.deliveries > 1 else ""
    what = " ".join(filter(None, (stored.rule or stored.reason, stored.document)))
    announcer.say(
        f"stored {stored.kind} {stored.call_id}: {what} from {stored.portal or 'nowhere'}{again}",
        event="stored",
        id=stored.call_id,
        kind=stored.kind.value,
        state=stored.state.value if stored.state else None,
        rule=stored.rule,
        document=stored.document,
        portal=stored.portal,
        deliveries=stored.deliveries,
        reason=stored.reason,
    )


def _stop_on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _stop_with_standard_input(stop: Callable[[], None]) -> None:
    """Stop when whoever holds the other end of standard input closes it, or dies."""
    if not has_piped_input():
        return

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        stop()

    threading.Thread(target=wait, name="standard input", daemon=True).start()


def has_piped_input() -> bool:
    """Whether standard input is a pipe or socket; a terminal or null device never closes."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def key_from_standard_input() -> StoreKey:
    """The key that the window passes as the first line; raises `ListenProblem` without one."""
    line = bytearray()
    # Unbuffered: what follows is for whoever watches for the end.
    while (byte := os.read(0, 1)) not in (b"", b"\n"):
        line += byte
    try:
        return key_from_line(bytes(line))
    except ValueError as error:
        raise ListenProblem("No key came on standard input.") from error


def _now() -> datetime:
    return datetime.now(UTC)
