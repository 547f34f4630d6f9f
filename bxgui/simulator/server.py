"""A portal that can be reached: its REST interface, its OAuth server, its queue of calls."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from threading import Event
from typing import Self

from bxgui.simulator.app_events import AppChange
from bxgui.simulator.call_queue import CallQueue
from bxgui.simulator.catalogue import RULES, scenario_for
from bxgui.simulator.delivery import Announcement, Delivery, announce
from bxgui.simulator.faults import FaultQueue
from bxgui.simulator.gateway import Exchange, Gateway
from bxgui.simulator.limiter import LeakyBucket, Plan
from bxgui.simulator.portal import Portal
from bxgui.simulator.scenario import Scenario
from bxgui.simulator.web import Handle, WebServer


class PortTaken(OSError):
    """The port is in use, or this user may not use it."""


class SimulatedPortal:
    """A portal on 127.0.0.1 that knows the rules of the catalogue; use it in a `with` block.

    Its OAuth server has a port of its own. With `tls` both are reached by https. `handler_tls`
    checks https handlers. `plan` limits requests. `on_exchange` is told of each request,
    `on_delivery` of each call posted, in whatever thread that happens.
    """

    def __init__(
        self,
        portal: Portal | None = None,
        *,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        handler_tls: ssl.SSLContext | None = None,
        plan: Plan | None = None,
        wait: Callable[[float], object] | None = None,
        on_exchange: Callable[[Exchange], None] | None = None,
        on_delivery: Callable[[Delivery], None] | None = None,
    ) -> None:
        self.portal = portal or Portal()
        for rule in RULES:
            self.portal.rules.put(rule)
        self._port = port
        self._tls = tls
        self._handler_tls = handler_tls
        self._on_exchange = on_exchange
        self._stopping = Event()
        self._gateway = Gateway(
            self.portal, wait=wait or self._stopping.wait, on_exchange=self._exchanged
        )
        self._queue = CallQueue(handler_tls, on_delivery)
        self._webs: list[WebServer] = []
        self.limit(plan)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; raises `PortTaken`."""
        self._stopping.clear()
        self._queue.open()
        port = self._listen(self._port, self._gateway.handle)
        self.portal.move(self._address("127.0.0.1", port))
        self.portal.use_oauth(
            self._address("127.0.0.1", self._listen(0, self._gateway.handle_oauth))
        )

    def stop(self) -> None:
        """Close every connection and listen no more."""
        self._stopping.set()
        for web in self._webs:
            web.stop()
        self._webs.clear()
        self._queue.close()

    @property
    def port(self) -> int:
        """The port it listens on; 0 while it does not."""
        return self._webs[0].server_port if self._webs else 0

    @property
    def endpoint(self) -> str:
        """The address of the REST interface, with a slash at the end."""
        return self.portal.endpoint

    @property
    def authorize_url(self) -> str:
        """Where a browser is sent to let the application in."""
        return f"{self.portal.base}/oauth/authorize/"

    @property
    def oauth_url(self) -> str:
        """Where codes and refresh tokens are exchanged for tokens."""
        return f"{self.portal.oauth_base}/oauth/token/"

    @property
    def faults(self) -> FaultQueue:
        """The faults that the next requests will meet."""
        return self._gateway.faults

    @property
    def requests(self) -> list[Exchange]:
        """The last requests received, the oldest first."""
        return self._gateway.exchanges

    @property
    def deliveries(self) -> list[Delivery]:
        """The last calls posted, the oldest first."""
        return self._queue.deliveries

    def wait_for_requests(self, count: int, timeout: float = 10) -> list[Exchange]:
        """The last requests, as soon as `count` have come in all; raises `TimeoutError`."""
        return self._gateway.wait_for_exchanges(count, timeout)

    def wait_for_deliveries(self, count: int, timeout: float = 10) -> list[Delivery]:
        """The last deliveries, as soon as `count` were made in all; raises `TimeoutError`."""
        return self._queue.wait_for(count, timeout)

    def limit(self, plan: Plan | None) -> None:
        """Limit requests from now on, with an empty bucket; None ends that."""
        self._gateway.limiter = LeakyBucket(self.portal.clock, plan) if plan else None

    def rename(self, host: str = "localhost") -> None:
        """Be at another host and port from now on; requests to the old address are redirected."""
        old = self._webs[0]
        self.portal.move(self._address(host, self._listen(0, self._gateway.handle, first=True)))
        old.handle_http = self._gateway.handle_moved

    def deliver(
        self, what: str | Scenario, handler_url: str, *, with_tokens: bool = True
    ) -> Delivery:
        """Start a workflow and post its call; `what` is a scenario, or the code of a rule.

        A loop posts the calls of its next rounds to the same handler, from other threads.
        """
        scenario = scenario_for(what) if isinstance(what, str) else what
        call = self.portal.engine.start(scenario, with_tokens=with_tokens)
        return self._queue.post(call, handler_url, follow=scenario.rounds > 1)

    def change_application(self, change: AppChange, handler_url: str) -> Announcement:
        """Install, update or remove the application, and post the event of it.

        The application registers its rules again as soon as it is there.
        """
        event = self.portal.change_application(change)
        if change is not AppChange.UNINSTALL:
            for rule in RULES:
                self.portal.rules.put(rule)
        return announce(event, handler_url, tls=self._handler_tls)

    def _listen(self, port: int, handle: Handle, *, first: bool = False) -> int:
        """Serve one more address; the first one is that of the portal. Returns its port."""
        try:
            web = WebServer(port, handle, self._tls)
        except (OSError, OverflowError) as error:
            raise PortTaken(f"Port {port} of 127.0.0.1 cannot be used: {error}") from error
        web.start()
        self._webs.insert(0 if first else len(self._webs), web)
        return web.server_port

    def _address(self, host: str, port: int) -> str:
        return f"{'http' if self._tls is None else 'https'}://{host}:{port}"

    def _exchanged(self, exchange: Exchange) -> None:
        if self._on_exchange is not None:
            self._on_exchange(exchange)
        for effect in exchange.effects:
            if effect.next_call is not None:
                self._queue.post_next(effect.next_call)
