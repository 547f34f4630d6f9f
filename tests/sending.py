"""Outboxes that send to simulated portals, in a time that passes as fast as it is waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from posts import FORM
from simulated import Client, Clock, portal, rule, served
from sqlalchemy import event

from bxgui.core.authorization import Source
from bxgui.core.deadlines import TokenState
from bxgui.core.json_values import Pairs
from bxgui.core.oauth import Application
from bxgui.core.queued import QueuedReply
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, Arrival, AttemptRow, Portal, Reply
from bxgui.core.redact import digest
from bxgui.core.retrying import Patience
from bxgui.core.webhook_address import read_webhook
from bxgui.services.authorization import Authorization
from bxgui.services.intake import prepare, recognise_arrival
from bxgui.services.pace import Pace
from bxgui.services.portal_client import PortalClient
from bxgui.services.portal_secrets import PortalSecrets, Secrets
from bxgui.services.replies import Outbox
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import StoreKey

WAIT = 20


@dataclass
class FastTime:
    """Seconds that pass at once when they are waited for, here and in the portal."""

    clock: Clock
    pauses: list[float] = field(default_factory=list)

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now, tz=UTC)

    def passing(self) -> Callable[[], datetime]:
        """A clock that goes on from here by itself."""
        begun = monotonic()
        return lambda: self.moment() + timedelta(seconds=monotonic() - begun)

    @property
    def pace(self) -> Pace:
        return Pace(self.clock, self._wait, lambda: 0.5)

    def _wait(self, condition: threading.Condition, seconds: float | None) -> None:
        if seconds is None:
            condition.wait()
        else:
            self.pauses.append(seconds)
            self.clock.advance(seconds)


class FailingTable:
    """Makes every statement on the attempts fail, as a disk does that is full."""

    def __init__(self, store: Store, word: str) -> None:
        self._engine = store.database._connections.engine
        self._word = word

    def _fail(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if self._word in statement:
            raise StoreProblem("disk_full", "The disk is full.")

    def __enter__(self) -> None:
        event.listen(self._engine, "before_cursor_execute", self._fail)

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._fail)


@dataclass
class Desk:
    """A store with calls of a simulated portal that is trusted, and an outbox that answers them."""

    client: Client
    store: Store
    key: StoreKey
    time: FastTime
    outbox: Outbox
    secrets: PortalSecrets | None = None

    @property
    def portal(self) -> Portal:
        endpoint = self.client.served.endpoint
        return next(one for one in self.store.portals.all() if one.endpoint == endpoint)

    def caught(self, **changes: Any) -> int:
        """The id of a call of a workflow that waits."""
        return self.catch(self.client.start(**changes).body)

    def catch(self, body: bytes) -> int:
        arrival = Arrival(self.time.moment(), body, FORM)
        (stored,) = self.store.calls.record([prepare(arrival, self.key)])
        auth = recognise_arrival(arrival).auth
        known = self.store.portals.by_key(auth.member_id)
        assert known is not None
        if not known.trusted:
            endpoint, token = auth.client_endpoint, digest(auth.application_token)
            host, now = endpoint.split("/")[2], self.time.moment()
            self.store.portals.trust(known.id, endpoint, host, token, now)
        return stored.call_id

    def enter_application(self) -> None:
        """The client id and secret of the portal's application."""
        accounts = self.client.served.portal.accounts
        self.enter(Secrets(Application(accounts.client_id, accounts.client_secret)))
        self._note(Source.APPLICATION)

    def enter_webhook(self) -> None:
        """An incoming webhook of the portal."""
        code = self.client.served.portal.accounts.add_webhook()
        self.enter(Secrets(webhook=read_webhook(f"{self.client.served.endpoint}1/{code}/")))
        self._note(Source.WEBHOOK)

    def enter(self, secrets: Secrets) -> None:
        """Have these secrets kept, in the place of all before."""
        assert self.secrets is not None
        self.secrets.change(self.portal.id, lambda _kept: secrets, self.time.moment())

    def _note(self, source: Source) -> None:
        enter = self.store.authorizations.enter
        enter(self.portal.id, source, self.portal.host, "", self.time.moment())

    def wait_for_queue(self, fits: Callable[[list[QueuedReply]], bool]) -> list[QueuedReply]:
        """The queue, as soon as it is as it should be."""
        changed = threading.Condition()

        def look() -> None:
            with changed:
                changed.notify()

        self.outbox.on_change(look)
        with changed:
            assert changed.wait_for(lambda: fits(self.outbox.queue()), WAIT)
        return self.outbox.queue()

    def state(self, call_id: int) -> TokenState | None:
        return self.store.calls.rows([call_id], self.time.moment())[0].state

    def attempts(self, call_id: int) -> list[AttemptRow]:
        """The oldest first."""
        return self.store.replies.history(call_id=call_id)[::-1]

    def keys(self, call_id: int) -> list[str]:
        """What its attempts came to, the oldest first."""
        return [row.explanation_key for row in self.attempts(call_id)]


def answer(call_id: int, values: Pairs | None = None, log: str = "") -> Reply:
    return Reply(call_id, EVENT_SEND, values or [], log)


def log_message(call_id: int, text: str = "half way") -> Reply:
    return Reply(call_id, ACTIVITY_LOG, [], text)


def outbox_of(
    store: Store,
    key: StoreKey,
    clock: Callable[[], datetime],
    *,
    patience: Patience | None = None,
    pace: Pace | None = None,
    secrets: PortalSecrets | None = None,
) -> Outbox:
    """An outbox as a workspace makes it."""
    client = PortalClient(clock, connect_seconds=5, read_seconds=10)
    secrets = secrets or PortalSecrets(lambda: store.id)
    authorization = Authorization(store, client, lambda: key, secrets, clock)
    chosen = patience or Patience()
    return Outbox(
        store, client, lambda: key, clock, authorization, patience=lambda: chosen, pace=pace
    )


@contextmanager
def desk(
    store: Store,
    key: StoreKey,
    *,
    patience: Patience | None = None,
    real_time: bool = False,
    **settings: Any,
) -> Iterator[Desk]:
    """A desk; with `real_time`, pauses take as long as they are."""
    time = FastTime(Clock())
    with served(portal(time.clock, **settings)) as client:
        client.served.portal.rules.put(rule())
        pace, moment = (None, time.passing()) if real_time else (time.pace, time.moment)
        secrets = PortalSecrets(lambda: store.id)
        outbox = outbox_of(store, key, moment, patience=patience, pace=pace, secrets=secrets)
        try:
            yield Desk(client, store, key, time, outbox, secrets)
        finally:
            outbox.close()
