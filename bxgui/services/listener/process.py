"""The listener's composition: socket, gate, capture, server, and what they announce."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from bxgui.services import key_sharing
from bxgui.services.listener import server
from bxgui.services.listener.announcements import Announcements
from bxgui.services.listener.announcer import Announcer
from bxgui.services.listener.binding import ListenOptions, bind, local_base
from bxgui.services.listener.capture import MOST_IN_ONE_COMMIT, Capture, Intake
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.listener.gate import PATH_PREFIX, Gate
from bxgui.services.listener.handler_app import HandlerApp
from bxgui.services.listener.keeping import Keeper, Tell
from bxgui.services.listener.probed import ProbedApp
from bxgui.services.processes import THIS_PROCESS
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import StoreKey

OpenIntake = Callable[[Store, StoreKey, Tell], Intake]


def open_capture(
    store: Store, key: StoreKey, tell: Tell, most_in_one_commit: int = MOST_IN_ONE_COMMIT
) -> Intake:
    """What takes calls in, for every listener that is not measured without it."""
    emergency = EmergencyFile(store.database.path.parent, THIS_PROCESS)
    keeper = Keeper(store, emergency, tell, _now)
    with suppress(StoreProblem):
        keeper.take_in_leftovers()
    return Capture(keeper, store.calls.reject, key, most_in_one_commit)


def serve(
    store: Store,
    key: StoreKey,
    options: ListenOptions,
    announcer: Announcer,
    open_intake: OpenIntake = open_capture,
) -> None:
    """Serve until told to stop; everything in flight is finished first."""
    bound = bind(options)
    paths = store.listener_secrets(_now())
    instance = secrets.token_hex(8)
    tell = Announcements(announcer)
    if store.set_aside:
        tell.set_aside(store.set_aside)
    intake = open_intake(store, key, tell)
    sharing = key_sharing.share(key, store.id)
    handler = HandlerApp(Gate(paths), intake, tell.stored, tell.rejected, _now)
    app = ProbedApp(handler, lambda: paths, instance)
    path = PATH_PREFIX + paths[0]
    with suppress(OSError):
        store.keep_identity()
    try:
        asyncio.run(
            server.run(
                app, bound, lambda: _announce_start(tell, options, bound, path, key, instance)
            )
        )
    finally:
        bound.close()
        intake.close()
        if sharing is not None:
            sharing.close()
        tell.stopped()


def _announce_start(
    tell: Announcements,
    options: ListenOptions,
    bound: socket.socket,
    path: str,
    key: StoreKey,
    instance: str,
) -> None:
    host, port = bound.getsockname()[:2]
    local = local_base(bound, "http") + path
    url = options.public_url.rstrip("/") + path if options.public_url else local
    tell.listening(url, local, host, port, key, instance)


def _now() -> datetime:
    return datetime.now(UTC)
