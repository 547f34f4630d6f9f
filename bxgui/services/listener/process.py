"""The listener's composition: socket, gate, capture, server, and what they announce."""

from __future__ import annotations

import asyncio
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from functools import partial

from bxgui.core.handler_address import HandlerAddress, local_base
from bxgui.services import key_sharing
from bxgui.services.consents import Consents
from bxgui.services.listener import server
from bxgui.services.listener.announcements import Announcements
from bxgui.services.listener.announcer import Announcer
from bxgui.services.listener.binding import ListenOptions, bind
from bxgui.services.listener.capture import MOST_IN_ONE_COMMIT, Capture, Intake
from bxgui.services.listener.connections import Connections, limits_here
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.listener.gate import Gate
from bxgui.services.listener.handler_app import HandlerApp
from bxgui.services.listener.keeping import Keeper, Tell
from bxgui.services.listener.opening import honoured_paths
from bxgui.services.listener.probed import ProbedApp
from bxgui.services.listener.reception import Reception
from bxgui.services.listener.status import Status, free_space_of
from bxgui.services.listener.tls import LiveCertificate
from bxgui.services.listener.watch import Watch
from bxgui.services.processes import THIS_PROCESS
from bxgui.services.store import Store, StoreProblem
from bxgui.services.store.listener_paths import ListenerPath, paths_of
from bxgui.services.vault import StoreKey

# Sooner than a program is started that a person calls next.
_FOLLOW_SECONDS = 0.2

OpenIntake = Callable[[Store, StoreKey, Tell], Intake]


def open_capture(
    store: Store, key: StoreKey, tell: Tell, most_in_one_commit: int = MOST_IN_ONE_COMMIT
) -> Intake:
    """What takes calls in, for every listener that is not measured without it."""
    emergency = EmergencyFile(store.database.path.parent, THIS_PROCESS)
    keeper = Keeper(store, emergency, tell, _now)
    keeper.begin()
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
        gate = Gate(honoured_paths(store, _now()), _now, options.allowed, options.proxies)
        address = _address(options, bound)
        ending.callback(tell.stopped)
        _tell_of(store, tell)
        lender = key_sharing.KeyLender(key, store.id)
        ending.callback(lender.close)
        lender.look()
        intake = open_intake(store, key, tell)
        ending.callback(intake.close)
        status = _status_of(store, tell)
        reception = Reception(intake, status, tell)
        connections = Connections(limits_here(), reception.reject, _now)
        handler = HandlerApp(
            gate,
            intake,
            reception.on_stored,
            reception.on_rejected,
            _now,
            connections.room,
            Consents(store, key, _now).take,
        )
        looks: list[Callable[[], None]] = [lender.look, status.look]
        if certificate is not None:
            looks.append(certificate.look)

        def start() -> None:
            """Announce the address, and only then what changes."""
            host, port = bound.getsockname()[:2]
            url, local_url = address.url(gate.secret), address.local_url(gate.secret)
            tell.listening(url, local_url, host, port, key, instance)
            for look in looks:
                look()
            looks.insert(0, partial(_look_at_identity, store, gate, address, tell))
            ending.callback(Watch(looks).close)
            ending.callback(Watch([partial(_follow, store)], _FOLLOW_SECONDS).close)

        _keep_identity(store)
        app = ProbedApp(handler, gate.secrets, instance)
        context = certificate.context if certificate else None
        asyncio.run(server.run(app, bound, connections, start, context))


def _tell_of(store: Store, tell: Announcements) -> None:
    store.database.on_replaced = tell.replaced
    if store.set_aside:
        tell.set_aside(store.set_aside)


def _follow(store: Store) -> None:
    """Go over to another file in the store's place before a program opens it with our log."""
    with suppress(StoreProblem):  # whoever cannot store a call tells it
        store.database.follow()


def _status_of(store: Store, tell: Announcements) -> Status:
    free_space = free_space_of(store.database.path.parent)
    last_call_at = None
    with suppress(StoreProblem):  # whoever cannot store a call tells it
        last_call_at = store.calls.newest_at()
    return Status(tell.status, time.monotonic, _now, free_space, last_call_at)


def _keep_identity(store: Store) -> tuple[ListenerPath, ...]:
    """The secret paths, kept for a fresh store as well: it would begin with former ones, or others.

    None while the store cannot be read: whoever cannot store a call tells it.
    """
    try:
        return tuple(paths_of(store.keep_identity()))
    except StoreProblem:
        return ()


def _look_at_identity(
    store: Store, gate: Gate, address: HandlerAddress, tell: Announcements
) -> None:
    """Take over the secret paths as another program, or a person, has left them."""
    paths = _keep_identity(store)
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
