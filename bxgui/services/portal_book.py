"""The portals as their user keeps them: added, set up, authorized, tested, moved, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from bxgui.core.authorization import Source
from bxgui.core.endpoint import endpoint_host, portal_endpoint
from bxgui.core.oauth import Application
from bxgui.core.portal_settings import PortalSettings, is_rate
from bxgui.core.reach import Reach
from bxgui.core.records import Portal
from bxgui.core.webhook_address import Webhook
from bxgui.services.authorization import Authorization
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.ca_files import CaFileProblem, believing
from bxgui.services.portal_client import PortalClient
from bxgui.services.portal_facts import PortalFacts, facts
from bxgui.services.portal_secrets import PortalSecrets, Secrets
from bxgui.services.source_report import SourceReport, report
from bxgui.services.store import Store
from bxgui.services.vault import NO_KEYRING


class UnknownPortal(Exception):
    """No portal is known under the name given."""


class PortalProblem(Exception):
    """Something that cannot be done with a portal; `code` names why, the text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class PortalBook:
    """Every method may block: for the store, the keyring, or the network."""

    def __init__(
        self,
        store: Store,
        client: PortalClient,
        authorization: Authorization,
        secrets: PortalSecrets,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._client = client
        self._authorization = authorization
        self._secrets = secrets
        self._clock = clock

    def facts(self) -> list[PortalFacts]:
        """Every portal, the one heard of last first."""
        portals = self._store.portals.all()
        return [facts(self._store, self._authorization, portal) for portal in portals]

    def facts_of(self, key: str) -> PortalFacts:
        """One portal; raises `UnknownPortal`."""
        return facts(self._store, self._authorization, self.find(key))

    def find(self, text: str) -> Portal:
        """The portal of a key, else the only one of a name or host; raises `UnknownPortal`.

        The key that a portal had before its member id was known goes on naming it.
        """
        portal = self._store.portals.by_key(text)
        if portal is not None:
            return portal
        named = [
            one
            for one in self._store.portals.all()
            if text in {one.settings.name, one.host, f"host:{one.host}"}
        ]
        if len(named) != 1:
            raise UnknownPortal(text)
        return named[0]

    def add(self, endpoint: str, name: str = "", reach: Reach | None = None) -> Portal:
        """Trust an address that the user gives; a portal that is trusted there is only set up.

        Raises `PortalProblem`.
        """
        endpoint = portal_endpoint(endpoint)
        host = endpoint_host(endpoint)
        if not endpoint:
            raise PortalProblem("bad_address", "This is not the address of a portal.")
        known = [one for one in self._store.portals.all() if one.trusted and one.host == host]
        if known and known[0].endpoint != endpoint:
            message = (
                f"{host} is known already, at {known[0].endpoint}. Move it to give it another "
                "address."
            )
            raise PortalProblem("other_address", message)
        before = known[0].settings if known else PortalSettings()
        settings = replace(before, name=name or before.name, reach=reach or before.reach)
        if not settings.reach.allows(endpoint):
            raise _plain_http(host)
        _check(host, settings)
        key = known[0].key if known else f"host:{host}"
        if not known:
            self._store.portal_register.add(key, endpoint, host, self._clock())
        return self.change(key, settings)

    def trust(self, key: str) -> Portal:
        """Trust the address of a portal that was given by hand, and that no call has told of.

        Raises `UnknownPortal` or `PortalProblem`.
        """
        portal = self.find(key)
        if not portal.endpoint:
            raise PortalProblem("bad_address", "This is not the address of a portal.")
        self._store.portal_register.add(portal.key, portal.endpoint, portal.host, self._clock())
        return self.find(portal.key)

    def change(self, key: str, settings: PortalSettings) -> Portal:
        """Set a portal up; raises `UnknownPortal` or `PortalProblem`."""
        portal = self.find(key)
        _check(portal.host, settings)
        self._store.portal_register.change(portal.id, settings)
        return self.find(portal.key)

    def enter_webhook(self, key: str, webhook: Webhook, *, for_good: bool = False) -> str:
        """Keep an incoming webhook; returns why only this program's memory keeps it, if so.

        Where it is to be kept `for_good`, it is not kept then, and all is as before. Raises
        `UnknownPortal`, or `PortalProblem` for another host's.
        """
        portal = self._trusted(key)
        host = endpoint_host(webhook.endpoint)
        if host != portal.host:
            message = f"The webhook is for {host}, and the portal is at {portal.host}."
            raise PortalProblem("other_host", message)
        if not portal.reach.allows(webhook.endpoint):
            raise _plain_http(host)
        entered = Secrets(webhook=webhook)
        return self._enter(portal, Source.WEBHOOK, entered, webhook.user_id, for_good=for_good)

    def enter_application(
        self, key: str, application: Application, *, for_good: bool = False
    ) -> str:
        """Keep an application's client id and secret; returns as `enter_webhook`."""
        entered = Secrets(application)
        return self._enter(self._trusted(key), Source.APPLICATION, entered, for_good=for_good)

    def withdraw(self, key: str, source: Source) -> str:
        """Forget a source of a portal, its secrets and tokens.

        Returns why the keyring may still hold the secrets, if so; raises `UnknownPortal`.
        """
        portal = self.find(key)
        reason = self._secrets.change(portal.id, lambda kept: kept.without(source))
        self._store.authorizations.withdraw(portal.id, source)
        return _may_be_left(reason)

    def test(self, key: str) -> list[SourceReport]:
        """Ask the portal what each source at hand may do; nothing is changed there."""
        portal = self._trusted(key)
        at_hand = set(self._store.authorizations.of_portal(portal.id))
        if self._authorization.call_expires_at(portal) is not None:
            at_hand.add(Source.CALL)
        unused = [source for source in Source if source not in portal.order]
        return [
            report(self._store, self._client, self._authorization, portal, source)
            for source in (*portal.order, *unused)
            if source in at_hand
        ]

    def forget(self, key: str) -> str:
        """Forget a portal's secrets and settings, and the trust in it; its calls stay.

        Returns why the keyring may still hold the secrets, if so; raises `UnknownPortal`.
        """
        portal = self.find(key)
        entered = self._store.authorizations.of_portal(portal.id)
        reason = self._secrets.drop(portal.id)
        self._store.portal_register.forget(portal.id)
        return _may_be_left(reason) if entered else ""

    def move(self, key: str, endpoint: str, plain_http_host: str = "") -> Portal:
        """Have a trusted portal at a new address, and let its secrets go there.

        For the user's yes to what a redirect says; to plain http only where its new host is named.
        Raises `UnknownPortal` or `PortalProblem`.
        """
        portal, moved = self._trusted(key), portal_endpoint(endpoint)
        host = endpoint_host(moved)
        if not moved:
            raise PortalProblem("bad_address", "This is not the address of a portal.")
        _check_http_host(host, plain_http_host)
        http_host = plain_http_host or portal.reach.plain_http_host
        reach = replace(portal.reach, plain_http_host=http_host)
        if not reach.allows(moved):
            raise _plain_http(host)
        self._rebind(portal, moved, host)
        self._store.portal_register.move(portal.id, moved, host)
        if plain_http_host:
            settings = replace(portal.settings, reach=reach)
            self._store.portal_register.change(portal.id, settings)
        return self.find(portal.key)

    def adopt(self, portal: Portal) -> None:
        """Let a portal that is trusted now take over what was entered by hand for its host.

        While the keyring does not let its secrets be moved, they stay with the portal by hand.
        """
        by_hand = self._given_by_hand(portal)
        if by_hand is None:
            return
        secrets = self._secrets.read(by_hand.id)
        if secrets.is_empty:
            reason = secrets.reason
        else:
            reason = self._secrets.change(portal.id, secrets.under)
        entered = self._store.authorizations.of_portal(by_hand.id)
        if entered and _may_be_left(reason):
            return
        self._store.portal_register.adopt(portal.id, by_hand.id)
        if not secrets.is_empty:
            self._secrets.drop(by_hand.id)

    def _given_by_hand(self, portal: Portal) -> Portal | None:
        """The trusted portal at the host of another one of which no call has told."""
        at_host = (one for one in self._store.portals.all() if one.host == portal.host)
        return next(
            (
                one
                for one in at_host
                if one.trusted and not one.calls and not one.member_id and one.id != portal.id
            ),
            None,
        )

    def _enter(
        self,
        portal: Portal,
        source: Source,
        entered: Secrets,
        user_id: str = "",
        *,
        for_good: bool,
    ) -> str:
        now = self._clock()

        def with_entered(kept: Secrets) -> Secrets:
            return kept.under(entered)

        reason = self._secrets.change(portal.id, with_entered, now, for_good=for_good)
        if not (reason and for_good):
            self._store.authorizations.enter(portal.id, source, portal.host, user_id, now)
        return reason

    def _trusted(self, key: str) -> Portal:
        portal = self.find(key)
        if not portal.trusted:
            message = f"The portal {portal.title} is not trusted yet."
            raise PortalProblem("not_trusted", message)
        return portal

    def _rebind(self, portal: Portal, endpoint: str, host: str) -> None:
        """Let what was entered for the portal's host go to another one."""
        with suppress(AuthorizationProblem):  # there is no application
            self._authorization.tokens.rebind(portal, host)
        secrets = self._secrets.read(portal.id)
        if secrets.webhook is not None:
            moved = Secrets(webhook=replace(secrets.webhook, endpoint=endpoint))
            self._secrets.change(portal.id, lambda kept: kept.under(moved))
            self._store.authorizations.rebind(portal.id, Source.WEBHOOK, host, None)


def _may_be_left(reason: str) -> str:
    """Why a keyring may still hold what was to be removed; where there is none, it does not."""
    return "" if reason == NO_KEYRING else reason


def _check(host: str, settings: PortalSettings) -> None:
    """Raise `PortalProblem` for settings that would be of no use."""
    reach = settings.reach
    if not is_rate(settings.rate):
        message = "A rate is 0.1 to 1000000 requests a second, and 1 to 1000000 at once."
        raise PortalProblem("bad_rate", message)
    _check_http_host(host, reach.plain_http_host)
    if reach.ca_file:
        try:
            believing(reach.ca_file)
        except CaFileProblem as error:
            message = f"{reach.ca_file} cannot be used: {error.strerror}."
            raise PortalProblem("bad_ca_file", message) from error


def _check_http_host(host: str, named: str) -> None:
    if named not in {"", host}:
        message = f"Plain http is allowed by the name of the portal's host, {host}, not {named}."
        raise PortalProblem("other_host", message)


def _plain_http(host: str) -> PortalProblem:
    return PortalProblem(
        "plain_http",
        f"bxgui does not send secrets over plain http. Give {host} an https address, or allow "
        "plain http for it by its name.",
    )
