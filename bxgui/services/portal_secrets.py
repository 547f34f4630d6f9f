"""Secrets that a user has entered for portals: in the keyring, else in this program's memory."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bxgui.core.authorization import Source
from bxgui.core.oauth import Application
from bxgui.core.webhook_address import NotAWebhook, Webhook, read_webhook
from bxgui.services import vault
from bxgui.services.keys import UNLOCK_SECONDS
from bxgui.services.time_limit import within
from bxgui.services.vault import Keeping


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is kept for a portal; `reason` tells why the keyring does not keep it."""

    application: Application | None = None
    webhook: Webhook | None = field(default=None, repr=False)
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept."""
        return self.application is None and self.webhook is None

    def under(self, newer: Secrets) -> Secrets:
        """These, where there is nothing newer."""
        return Secrets(newer.application or self.application, newer.webhook or self.webhook)

    def without(self, source: Source) -> Secrets:
        """What is left without one of them."""
        if source is Source.WEBHOOK:
            return replace(self, webhook=None)
        return replace(self, application=None)


@dataclass(frozen=True, slots=True)
class _Remembered:
    entered_at: datetime | None
    secrets: Secrets

    def is_as_new_as(self, moment: datetime | None) -> bool:
        """Whether these are what was entered at a moment, or later."""
        return bool(moment and self.entered_at and moment <= self.entered_at)


class PortalSecrets:
    """One entry of the keyring for each portal of a store; may block while it is unlocked."""

    def __init__(self, store_id: Callable[[], str], wait_seconds: float = UNLOCK_SECONDS) -> None:
        self._store_id = store_id
        self._wait_seconds = wait_seconds
        self._remembered: dict[int, _Remembered] = {}
        self._lock = threading.Lock()

    def read(self, portal_id: int, entered_at: datetime | None = None) -> Secrets:
        """What is kept for a portal, as it was entered at this moment or later.

        The keyring is asked once for it; each time, where no moment is given.
        """
        with self._lock:
            known = self._remembered.get(portal_id)
            if known is not None and (known.secrets.reason or known.is_as_new_as(entered_at)):
                return known.secrets
            keeping = self._asked(lambda: vault.entry(self._entry(portal_id)))
            if keeping.reason:
                return Secrets(reason=keeping.reason)
            secrets = _from_text((keeping.secret or b"").decode())
            self._remembered[portal_id] = _Remembered(entered_at, secrets)
            return secrets

    def change(
        self,
        portal_id: int,
        edit: Callable[[Secrets], Secrets],
        entered_at: datetime | None = None,
        *,
        for_good: bool = False,
    ) -> str:
        """Keep what `edit` makes of what is kept; returns why the keyring does not keep it, if so.

        A keyring that cannot be read now is not written to: what it holds would be lost. Then
        this program's memory keeps it, or nothing does where it is to be kept `for_good`.
        """
        with self._lock:
            known = self._remembered.get(portal_id)
            before = known.secrets if known is not None and known.secrets.reason else Secrets()
            keeping = self._asked(lambda: vault.entry(self._entry(portal_id)))
            if not keeping.reason:
                before = _from_text((keeping.secret or b"").decode()).under(before)
            after = edit(before)
            if not keeping.reason:
                text = _as_text(after)
                keeping = self._asked(lambda: vault.keep_entry(self._entry(portal_id), text))
            if not (for_good and keeping.reason):
                self._remember(portal_id, replace(after, reason=keeping.reason), entered_at)
            return keeping.reason

    def drop(self, portal_id: int) -> str:
        """Forget what is kept for a portal; returns why the keyring may still hold it, if so."""
        with self._lock:
            self._remembered.pop(portal_id, None)
            return self._asked(lambda: vault.drop_entry(self._entry(portal_id))).reason

    def _remember(self, portal_id: int, secrets: Secrets, entered_at: datetime | None) -> None:
        if secrets.is_empty and secrets.reason:  # the keyring may hold more, once it can be read
            self._remembered.pop(portal_id, None)
        else:
            self._remembered[portal_id] = _Remembered(entered_at, secrets)

    def _entry(self, portal_id: int) -> str:
        return f"portal {self._store_id()} {portal_id}"

    def _asked(self, ask: Callable[[], Keeping]) -> Keeping:
        try:
            return within(self._wait_seconds, ask, "keyring")
        except TimeoutError:
            return Keeping(reason="the keyring was not unlocked")
        except Exception as error:  # noqa: BLE001 - a backend may raise anything of its own
            return Keeping(reason=f"the keyring does not answer ({type(error).__name__})")


def _as_text(secrets: Secrets) -> str:
    """JSON, short enough for the keyring of every system."""
    document: dict[str, str] = {}
    if secrets.application is not None:
        document["client_id"] = secrets.application.client_id
        document["client_secret"] = secrets.application.client_secret
    if secrets.webhook is not None:
        document["webhook"] = secrets.webhook.address
    return json.dumps(document)


def _from_text(text: str) -> Secrets:
    """What `_as_text` wrote; anything else is as good as nothing."""
    try:
        document = json.loads(text or "{}")
        webhook = read_webhook(document["webhook"]) if "webhook" in document else None
        application = None
        if "client_id" in document:
            application = Application(document["client_id"], document["client_secret"])
    except (ValueError, KeyError, TypeError, AttributeError, NotAWebhook):
        return Secrets()
    return Secrets(application, webhook)
