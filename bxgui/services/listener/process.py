"""The listener's composition: socket, gate, capture, server, and what they announce."""

from __future__ import annotations

import asyncio
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime

from bxgui.core.handler_address import HandlerAddress, local_base
from bxgui.core.records import Rejection, Stored
from bxgui.services import key_sharing
from bxgui.services.consents import Consents
from bxgui.services.listener import server
from bxgui.services.listener.allowance import Allowance
from bxgui.services.listener.announcements import Announcements
from bxgui.services.listener.announcer import Announcer
from bxgui.services.listener.binding import ListenOptions, bind
from bxgui.services.listener.capture import MOST_IN_ONE_COMMIT, Capture, Intake
from bxgui.services.listener.connections import Connections, limits_here
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.listener.gate import Gate
from bxgui.services.listener.handler_app import HandlerApp
from bxgui.services.listener.keeping import Keeper, Tell
from bxgui.services.listener.probed import ProbedApp
from bxgui.services.listener.status import Status, free_space_of
from bxgui.services.listener.tls import LiveCertificate
from bxgui.services.listener.watch import Watch
from bxgui.services.processes import THIS_PROCESS
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import StoreKey

_REJECTIONS_TOLD_A_MINUTE = 200

OpenIntake = Callable[[Store, StoreKey, Tell], Intake]


def open_capture(
    store: Store, key: StoreKey, tell: Tell, most_in_one_commit: int = MOST_IN_ONE_COMMIT
) -> Intake:
    """What takes calls in, for every listener that is not measured without it."""
    emergency = EmergencyFile(store.database.path.parent, THIS_PROCESS)
    keeper = Keeper(store, emergency, tell, _now)
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
    tell = Announcements(announcer)
    instance = secrets.token_hex(8)
    certificate = LiveCertificate(options.tls, tell, _now) if options.tls else None
    with ExitStack() as ending, bind(options) as bound:
        gate = Gate(store.listener_paths.honoured(_now()), _now, options.allowed, options.proxies)
        address = _address(options, bound)
        ending.callback(tell.stopped)
        if store.set_aside:
            tell.set_aside(store.set_aside)
        sharing = key_sharing.share(key, store.id)
        if sharing is not None:
            ending.callback(sharing.close)
        intake = open_intake(store, key, tell)
        ending.callback(intake.close)
        status = _status_of(store, tell)
        told = Allowance(_REJECTIONS_TOLD_A_MINUTE, time.monotonic)

        def on_stored(stored: Stored) -> None:
            status.count_call()
            tell.stored(stored)

        def on_rejected(code: int, reason: str) -> None:
            status.count_rejected()
            # The status counts them all; a line for each would let a flood of them speak.
            if told.take():
                tell.rejected(code, reason)

        def reject(rejection: Rejection) -> None:
            intake.reject(rejection)
            on_rejected(rejection.status, rejection.reason)

        connections = Connections(limits_here(), reject, _now)
        consents = Consents(store, key, _now).take
        handler = HandlerApp(gate, intake, on_stored, on_rejected, _now, connections.room, consents)
        app = ProbedApp(handler, gate.secrets, instance)
        with suppress(OSError):
            store.keep_identity()

        def start() -> None:
            """Announce the address, and only then what changes."""
            host, port = bound.getsockname()[:2]
            url, local_url = address.url(gate.secret), address.local_url(gate.secret)
            tell.listening(url, local_url, host, port, key, instance)
            status.look()
            looks = [lambda: _look_at_paths(store, gate, address, tell), status.look]
            if certificate is not None:
                certificate.look()
                looks.append(certificate.look)
            ending.callback(Watch(looks).close)

        context = certificate.context if certificate else None
        asyncio.run(server.run(app, bound, connections, start, context))


def _status_of(store: Store, tell: Announcements) -> Status:
    free_space = free_space_of(store.database.path.parent)
    last_call_at = None
    with suppress(StoreProblem):  # whoever cannot store a call tells it
        last_call_at = store.calls.newest_at()
    return Status(tell.status, time.monotonic, _now, free_space, last_call_at)


def _look_at_paths(store: Store, gate: Gate, address: HandlerAddress, tell: Announcements) -> None:
    """Take over the secret paths as another program, or a person, has left them."""
    try:
        paths = tuple(store.listener_paths.all())
    except StoreProblem:
        return  # whoever cannot store a call tells it; the paths known stay honoured
    with suppress(OSError, StoreProblem):
        store.keep_identity()  # else a fresh store would begin with former paths, or with others
    if not paths or paths == gate.paths:
        return
    known = gate.secret
    gate.replace_paths(paths)
    if gate.secret != known:
        tell.address(address.url(gate.secret), address.local_url(gate.secret))


def _address(options: ListenOptions, bound: socket.socket) -> HandlerAddress:
    host, port = bound.getsockname()[:2]
    return HandlerAddress(local_base(host, port, tls=options.tls is not None), options.public_url)


def _now() -> datetime:
    return datetime.now(UTC)
