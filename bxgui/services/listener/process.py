"""The listener's composition: socket, gate, capture, server, and what they announce."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bxgui.core.records import Stored
from bxgui.services import key_sharing
from bxgui.services.listener import server
from bxgui.services.listener.announcements import Announcements
from bxgui.services.listener.announcer import Announcer
from bxgui.services.listener.binding import ListenOptions, bind, local_base
from bxgui.services.listener.capture import Capture, Intake
from bxgui.services.listener.gate import PATH_PREFIX, Gate
from bxgui.services.listener.handler_app import HandlerApp
from bxgui.services.listener.status import Status, free_space_of
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey

OpenIntake = Callable[[Store, StoreKey], Intake]


def open_capture(store: Store, key: StoreKey) -> Intake:
    """What takes calls in, for every listener that is not measured without it."""
    return Capture(store.calls.record, store.calls.reject, key)


def serve(
    store: Store,
    key: StoreKey,
    options: ListenOptions,
    announcer: Announcer,
    open_intake: OpenIntake = open_capture,
) -> None:
    """Serve until told to stop; everything in flight is finished first."""
    bound = bind(options)
    secrets = store.listener_secrets(_now())
    tell = Announcements(announcer)
    intake = open_intake(store, key)
    sharing = key_sharing.share(key, store.id)
    status = _status_of(store, tell)

    def on_stored(stored: Stored) -> None:
        status.count_call()
        tell.stored(stored)

    def on_rejected(code: int, reason: str) -> None:
        status.count_rejected()
        tell.rejected(code, reason)

    app = HandlerApp(Gate(secrets), intake, on_stored, on_rejected, _now)
    path = PATH_PREFIX + secrets[0]

    def on_ready() -> None:
        _announce_start(tell, options, bound, path, key)
        status.start()

    try:
        asyncio.run(server.run(app, bound, on_ready))
    finally:
        bound.close()
        intake.close()
        status.close()
        if sharing is not None:
            sharing.close()
        tell.stopped()


def _status_of(store: Store, tell: Announcements) -> Status:
    free_space = free_space_of(store.database.path.parent)
    return Status(tell.status, time.monotonic, _now, free_space, store.calls.newest_at())


def _announce_start(
    tell: Announcements, options: ListenOptions, bound: socket.socket, path: str, key: StoreKey
) -> None:
    host, port = bound.getsockname()[:2]
    local = local_base(bound, "http") + path
    url = options.public_url.rstrip("/") + path if options.public_url else local
    tell.listening(url, local, host, port, key)


def _now() -> datetime:
    return datetime.now(UTC)
