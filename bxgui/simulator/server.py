"""A portal that can be reached: its REST interface, its OAuth server, its queue of calls."""

from __future__ import annotations

import ssl
from collections import deque
from collections.abc import Callable
from threading import Condition, Event, Thread
from typing import Self

from bxgui.simulator.app_events import AppChange
from bxgui.simulator.catalogue import RULES, scenario_for
from bxgui.simulator.delivery import Announcement, Delivery, announce, deliver
from bxgui.simulator.engine import OutgoingCall
from bxgui.simulator.faults import FaultQueue
from bxgui.simulator.gateway import Exchange, Gateway
from bxgui.simulator.limiter import LeakyBucket
from bxgui.simulator.portal import Portal
from bxgui.simulator.scenario import Scenario
from bxgui.simulator.web import WebServer

_KEPT_DELIVERIES = 1000
_STOP_SECONDS = 5


class PortTaken(OSError):
    """The port is in use, or this user may not use it."""


class SimulatedPortal:
    """A portal on 127.0.0.1 that knows the rules of the catalogue; use it in a `with` block.

    With `tls` it is reached by https. `handler_tls` checks https handlers. `on_exchange` is told
    of each request, `on_delivery` of each call posted, in whatever thread that happens.
    """

    def __init__(
        self,
        portal: Portal | None = None,
        *,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        handler_tls: ssl.SSLContext | None = None,
        limiter: LeakyBucket | None = None,
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
        self._on_delivery = on_delivery
        self._stopping = Event()
        self._gateway = Gateway(
            self.portal,
            wait=wait or self._stopping.wait,
            on_exchange=self._exchanged,
            limiter=limiter,
        )
        self._changed = Condition()
        self._deliveries: deque[Delivery] = deque(maxlen=_KEPT_DELIVERIES)
        self._delivered = 0
        self._handlers: dict[str, str] = {}
        self._queue: set[Thread] = set()
        self._web: WebServer | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; raises `PortTaken`."""
        try:
            self._web = WebServer(self._port, self._gateway.handle, self._tls)
        except (OSError, OverflowError) as error:
            raise PortTaken(f"Port {self._port} of 127.0.0.1 cannot be used: {error}") from error
        self._stopping.clear()
        scheme = "http" if self._tls is None else "https"
        self.portal.move(f"{scheme}://127.0.0.1:{self._web.server_port}")
        self._thread = Thread(target=self._web.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close every connection and listen no more."""
        self._stopping.set()
        if self._web is not None and self._thread is not None:
            self._web.stop()
            self._thread.join()
        self._web = self._thread = None
        with self._changed:
            posting = list(self._queue)
        for thread in posting:
            thread.join(_STOP_SECONDS)

    @property
    def port(self) -> int:
        """The port it listens on; 0 while it does not."""
        return self._web.server_port if self._web is not None else 0

    @property
    def endpoint(self) -> str:
        """The address of the REST interface, with a slash at the end."""
        return self.portal.endpoint

    @property
    def oauth_url(self) -> str:
        """Where tokens are renewed."""
        return f"{self.portal.base}/oauth/token/"

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
        with self._changed:
            return list(self._deliveries)

    def wait_for_requests(self, count: int, timeout: float = 10) -> list[Exchange]:
        """The last requests, as soon as `count` have come in all; raises `TimeoutError`."""
        return self._gateway.wait_for_exchanges(count, timeout)

    def wait_for_deliveries(self, count: int, timeout: float = 10) -> list[Delivery]:
        """The last deliveries, as soon as `count` were made in all; raises `TimeoutError`."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._delivered >= count, timeout):
                raise TimeoutError(f"{self._delivered} of {count} calls were posted")
            return list(self._deliveries)

    def deliver(
        self, what: str | Scenario, handler_url: str, *, with_tokens: bool = True
    ) -> Delivery:
        """Start a workflow and post its call; `what` is a scenario, or the code of a rule.

        A loop posts the calls of its next rounds to the same handler, from other threads.
        """
        scenario = scenario_for(what) if isinstance(what, str) else what
        call = self.portal.engine.start(scenario, with_tokens=with_tokens)
        if scenario.rounds > 1:
            self._handlers[call.workflow_id] = handler_url
        return self._deliver(call, handler_url)

    def change_application(self, change: AppChange, handler_url: str) -> Announcement:
        """Install, update or remove the application, and post the event of it.

        The application registers its rules again as soon as it is there.
        """
        event = self.portal.change_application(change)
        if change is not AppChange.UNINSTALL:
            for rule in RULES:
                self.portal.rules.put(rule)
        return announce(event, handler_url, tls=self._handler_tls)

    def _deliver(self, call: OutgoingCall, handler_url: str) -> Delivery:
        delivery = deliver(call, handler_url, tls=self._handler_tls)
        with self._changed:
            self._deliveries.append(delivery)
            self._delivered += 1
            self._changed.notify_all()
        if self._on_delivery is not None:
            self._on_delivery(delivery)
        return delivery

    def _exchanged(self, exchange: Exchange) -> None:
        if self._on_exchange is not None:
            self._on_exchange(exchange)
        call = exchange.effect.next_call if exchange.effect else None
        handler = self._handlers.get(call.workflow_id) if call else None
        if call is not None and handler is not None and not self._stopping.is_set():
            thread = Thread(target=self._deliver, args=(call, handler), daemon=True)
            thread.start()
            with self._changed:
                self._queue = {other for other in self._queue if other.is_alive()} | {thread}
