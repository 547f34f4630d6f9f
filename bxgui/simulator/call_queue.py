"""The queue of calls: each is posted once, and what came of it is kept."""

from __future__ import annotations

import ssl
from collections import deque
from collections.abc import Callable
from threading import Condition, Event, Thread

from bxgui.simulator.delivery import Delivery, deliver
from bxgui.simulator.engine import OutgoingCall

_KEPT_DELIVERIES = 1000
_STOP_SECONDS = 5


class CallQueue:
    """Posts calls to handlers; `on_delivery` is told of each in whatever thread that happens."""

    def __init__(
        self, tls: ssl.SSLContext | None, on_delivery: Callable[[Delivery], None] | None
    ) -> None:
        self._tls = tls
        self._on_delivery = on_delivery
        self._stopping = Event()
        self._changed = Condition()
        self._deliveries: deque[Delivery] = deque(maxlen=_KEPT_DELIVERIES)
        self._count = 0
        self._handlers: dict[str, str] = {}
        self._posting: set[Thread] = set()

    @property
    def deliveries(self) -> list[Delivery]:
        """The last calls posted, the oldest first."""
        with self._changed:
            return list(self._deliveries)

    def wait_for(self, count: int, timeout: float) -> list[Delivery]:
        """The last deliveries, as soon as `count` were made in all; raises `TimeoutError`."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._count >= count, timeout):
                raise TimeoutError(f"{self._count} of {count} calls were posted")
            return list(self._deliveries)

    def post(self, call: OutgoingCall, handler_url: str, *, follow: bool = False) -> Delivery:
        """Post a call; `follow` lets those of the workflow's next rounds go the same way."""
        if follow:
            self._handlers[call.workflow_id] = handler_url
        delivery = deliver(call, handler_url, tls=self._tls)
        with self._changed:
            self._deliveries.append(delivery)
            self._count += 1
            self._changed.notify_all()
        if self._on_delivery is not None:
            self._on_delivery(delivery)
        return delivery

    def post_next(self, call: OutgoingCall) -> None:
        """Post the call of a next round from another thread, if it is known where to."""
        handler = self._handlers.get(call.workflow_id)
        if handler is None or self._stopping.is_set():
            return
        thread = Thread(target=self.post, args=(call, handler), daemon=True)
        thread.start()
        with self._changed:
            self._posting = {other for other in self._posting if other.is_alive()} | {thread}

    def open(self) -> None:
        """Let calls of next rounds be posted."""
        self._stopping.clear()

    def close(self) -> None:
        """Post no more, and wait for what is on its way."""
        self._stopping.set()
        with self._changed:
            posting = list(self._posting)
        for thread in posting:
            thread.join(_STOP_SECONDS)
