"""A simulated portal, a workspace that catches its calls, and a keyring that keeps secrets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import simulated
from keyrings import MemoryKeyring, believed_keyring
from posts import FORM

from bxgui.core import phpform
from bxgui.core.authorization import Source
from bxgui.core.oauth import Application
from bxgui.core.records import EVENT_SEND, Arrival, AttemptDetail, CallDetail, Portal, Reply
from bxgui.core.webhook_address import Webhook, read_webhook
from bxgui.services.consents import Consents
from bxgui.services.intake import prepare
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, new_key
from bxgui.services.workspace import Workspace

WAIT = 20
OAUTH = "oauth.token"


@dataclass
class Bench:
    """What a test of authorization works with; both sides have the same time."""

    client: simulated.Client
    folder: Path
    keyring: MemoryKeyring
    workspaces: list[Workspace] = field(default_factory=list)
    key: StoreKey = field(default_factory=lambda: new_key("this is a test"))

    @property
    def portal_side(self) -> Any:
        return self.client.served.portal

    @property
    def workspace(self) -> Workspace:
        return self.workspaces[0]

    @property
    def portal(self) -> Portal:
        return self.workspace.portal_book.find(self.portal_side.member_id)

    @property
    def application(self) -> Application:
        accounts = self.portal_side.accounts
        return Application(accounts.client_id, accounts.client_secret)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.client.clock(), UTC)

    def open(self) -> Workspace:
        """One more access to the same store, as another process has it."""
        opened = Workspace(Store.open(self.folder), lambda _store_id: self.key, self.now)
        self.workspaces.append(opened)
        return opened

    def catch(self, *, trusted: bool = True, **auth: object) -> CallDetail:
        """A call of the portal, taken in; `auth` changes what it says of itself."""
        call = self.client.start()
        fields = dict(call.fields)
        fields["auth"] = {**dict(fields["auth"]), **auth}  # type: ignore[call-overload]
        arrival = Arrival(self.now(), phpform.encode(fields), FORM)
        (stored,) = self.workspace.store.calls.record([prepare(arrival, self.key)])
        if trusted and not self.portal.trusted:
            self.workspace.trust(self.portal.key)
        return self.call(stored.call_id)

    def call(self, call_id: int) -> CallDetail:
        found = self.workspace.call(call_id)
        assert found is not None
        return found

    def enter_application(self) -> None:
        assert self.workspace.portal_book.enter_application(self.portal.key, self.application) == ""

    def webhook(self, *scope: str, user_id: int = 1) -> Webhook:
        path = self.client.webhook(user_id, scope or ("bizproc",))
        return read_webhook(f"{self.portal_side.base}{path}")

    def set_order(self, *order: Source) -> None:
        settings = self.portal.settings
        changed = type(settings)(settings.name, order, settings.rate, settings.reach)
        self.workspace.portal_book.change(self.portal.key, changed)

    def reply(self, call: CallDetail) -> AttemptDetail:
        return self.workspace.submit(Reply(call.row.id, EVENT_SEND, [], "")).result(WAIT)

    def asked(self, method: str = OAUTH) -> int:
        """How many requests for a method have reached the portal or its OAuth server."""
        return sum(one.method == method for one in self.client.served.requests)

    @property
    def files(self) -> bytes:
        """Everything that is on disk."""
        paths = [path for path in self.folder.parent.rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in paths)


def consents(bench: Bench) -> Consents:
    """What takes the code that a browser brings, as a running listener does."""
    return Consents(bench.workspace.store, bench.key, bench.now)


@contextmanager
def bench(folder: Path, monkeypatch: pytest.MonkeyPatch, **options: Any) -> Iterator[Bench]:
    """A bench with a workspace on it."""
    keyring = believed_keyring(monkeypatch)
    of = simulated.portal(simulated.Clock(), seed=random.randrange(10**6))
    with simulated.served(of, **options) as client:
        made = Bench(client, folder / "data", keyring)
        with closing(made.open()):
            yield made
        for other in made.workspaces[1:]:
            other.close()
