"""What authorizes requests to a portal: tried in the user's order, renewed when too old."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime

from bxgui.core.authorization import Access, Source, refuses_source, sources_to_try
from bxgui.core.endpoint import endpoint_host
from bxgui.core.handler_call import Auth
from bxgui.core.outcome import Verdict
from bxgui.core.records import CallDetail, Portal
from bxgui.core.webhook_address import Webhook
from bxgui.services import keys
from bxgui.services.application_tokens import ApplicationTokens
from bxgui.services.authorization_problem import AuthorizationProblem, no_webhook
from bxgui.services.intake import recognise_arrival
from bxgui.services.portal_client import PortalClient
from bxgui.services.portal_secrets import PortalSecrets
from bxgui.services.store import Store
from bxgui.services.store.authorizations import CallWithTokens
from bxgui.services.vault import SecretsLocked, StoreKey

# Refused for good: asking again and again would only have the portal block us.
_LASTING = frozenset({"credentials"})


class Authorization:
    """Gives access to portals. Every method may block, for the keyring or the network."""

    def __init__(
        self,
        store: Store,
        client: PortalClient,
        key: Callable[[], StoreKey],
        secrets: PortalSecrets,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._key = key
        self._secrets = secrets
        self._clock = clock
        self.tokens = ApplicationTokens(store, client, key, secrets, clock)

    def check(self, portal: Portal, call: CallDetail | None = None) -> None:
        """Raise `AuthorizationProblem` unless `access` has something to try; asks nobody."""
        self._to_try(portal, call)

    def access(self, portal: Portal, call: CallDetail | None = None) -> Access:
        """The access to begin with, for a reply to this call; raises `AuthorizationProblem`."""
        return self._first(portal, call, self._to_try(portal, call))

    def at_hand(self, portal: Portal, call: CallDetail | None = None) -> Access:
        """As `access`, but no server is asked for tokens; raises `AuthorizationProblem`."""
        problem = None
        for source in self._to_try(portal, call):
            try:
                if source is not Source.APPLICATION:
                    return self.only(portal, source, call)
                if (kept := self.tokens.kept(portal)) is not None:
                    return kept
            except AuthorizationProblem as failed:
                problem = problem or failed
        raise problem or _nothing(portal, call)

    def access_after(
        self, portal: Portal, tried: Access, verdict: Verdict, call: CallDetail | None = None
    ) -> Access | None:
        """The access to repeat a request with after this verdict on it; None to leave it at that.

        An application's tokens that are too old are renewed, once. Any other refusal of who asks
        leads to the next source in the portal's order. Ends after a few steps at most. Raises
        `AuthorizationProblem` when there is another source, and it gives nothing.
        """
        reason = verdict.explanation.key
        if not refuses_source(reason):
            return None
        if reason in _LASTING and tried.source is not Source.CALL:
            self._store.authorizations.refuse(portal.id, tried.source, reason)
        problem = None
        if reason == "access_expired" and tried.source is Source.APPLICATION and not tried.renewed:
            try:
                return self.renew(portal, tried, call)
            except AuthorizationProblem as failed:
                problem = failed
        offered = self._offered(portal, call)
        behind = portal.order[portal.order.index(tried.source) + 1 :]
        rest = [source for source in behind if source in offered]
        if not rest and problem is None:
            return None
        return self._first(portal, call, rest, problem)

    def renew(self, portal: Portal, expired: Access, call: CallDetail | None = None) -> Access:
        """New tokens of the application in place of an access that is too old.

        Whoever else has renewed them meanwhile, here or in another process, has done it for all.
        Raises `AuthorizationProblem`.
        """
        return self.tokens.renew(portal, expired, self._calls_auth(portal, call))

    def only(self, portal: Portal, source: Source, call: CallDetail | None = None) -> Access:
        """Access by just this source, whatever it was refused for; raises the problem it has."""
        if source is Source.CALL:
            return self._of_call(portal, call)
        if source is Source.APPLICATION:
            return self.tokens.access(portal, self._calls_auth(portal, call))
        return self._of_webhook(portal)

    def call_expires_at(self, portal: Portal) -> datetime | None:
        """When the access token of the portal's newest calls expires; None without any."""
        carrying = self._carrying(portal, None)
        return None if carrying is None else carrying.expires_at

    def _to_try(self, portal: Portal, call: CallDetail | None) -> tuple[Source, ...]:
        if not portal.trusted:
            message = f"The portal {portal.title} is not trusted yet."
            raise AuthorizationProblem("not_trusted", message)
        sources = sources_to_try(portal.order, self._offered(portal, call), self._clock())
        if not sources:
            raise _nothing(portal, call)
        return sources

    def _offered(self, portal: Portal, call: CallDetail | None) -> Mapping[Source, datetime | None]:
        """What is at hand, by what the store alone tells, and when it expires."""
        offered: dict[Source, datetime | None] = {
            source: None
            for source, kept in self._store.authorizations.of_portal(portal.id).items()
            if kept.host == portal.host and not kept.problem
        }
        carrying = self._carrying(portal, call)
        if carrying is not None:
            offered[Source.CALL] = carrying.expires_at
        return offered

    def _first(
        self,
        portal: Portal,
        call: CallDetail | None,
        sources: Iterable[Source],
        problem: AuthorizationProblem | None = None,
    ) -> Access:
        for source in sources:
            try:
                return self.only(portal, source, call)
            except AuthorizationProblem as failed:
                problem = problem or failed
        raise problem or _nothing(portal, call)

    def _carrying(self, portal: Portal, call: CallDetail | None) -> CallWithTokens | None:
        """The call whose access token is used: this one, or a newer one where its own is old."""
        now, own = self._clock(), None
        if call is not None and call.has_secrets and call.access_expires_at is not None:
            own = CallWithTokens(call.row.id, call.access_expires_at)
            if call.access_expires_at > now:
                return own
        known = self._store.authorizations.with_tokens(portal.id, portal.host)
        dated = [one for one in known if one.expires_at is not None]
        live = (one for one in dated if one.expires_at is not None and one.expires_at > now)
        return next(live, own or next(iter(dated), None))

    def _of_call(self, portal: Portal, call: CallDetail | None) -> Access:
        carrying = self._carrying(portal, call)
        auth = None if carrying is None else self._auth(carrying.call_id)
        if carrying is None or auth is None or not auth.access_token:
            raise _no_access_token()
        return Access(
            Source.CALL,
            portal.endpoint,
            auth.access_token,
            expires_at=carrying.expires_at,
            user_id=auth.user_id,
        )

    def _of_webhook(self, portal: Portal) -> Access:
        kept = self._store.authorizations.of_portal(portal.id).get(Source.WEBHOOK)
        if kept is None or kept.host != portal.host:
            raise no_webhook(portal, kept)
        secrets = self._secrets.read(portal.id, kept.entered_at)
        if not _is_for(portal, secrets.webhook):  # another process may have moved it
            secrets = self._secrets.read(portal.id)
        webhook = secrets.webhook
        if webhook is None or not _is_for(portal, webhook):
            reason = secrets.reason or "the keyring does not have it"
            message = (
                f"The webhook of {portal.title} cannot be had: {reason}. Enter its address again."
            )
            raise AuthorizationProblem("webhook_missing", message)
        return Access(
            Source.WEBHOOK,
            webhook.address,
            user_id=webhook.user_id,
            secrets=(webhook.code.encode(),),
        )

    def _calls_auth(self, portal: Portal, call: CallDetail | None) -> Iterator[Auth]:
        """What the call, then the portal's newest ones, carry; each is opened when it is needed."""
        known = self._store.authorizations.with_tokens(portal.id, portal.host)
        newest = [one.call_id for one in known]
        if call is not None and call.row.id in newest:
            newest.remove(call.row.id)
            newest.insert(0, call.row.id)
        for call_id in newest:
            with suppress(AuthorizationProblem):
                if (auth := self._auth(call_id)) is not None:
                    yield auth

    def _auth(self, call_id: int) -> Auth | None:
        sealed = self._store.calls.sealed(call_id)
        if sealed is None:
            return None
        try:
            arrival = keys.reopen(sealed, self._key(), self._store.id)
        except SecretsLocked as locked:
            raise AuthorizationProblem(locked.code, str(locked)) from locked
        return recognise_arrival(arrival).auth


def _is_for(portal: Portal, webhook: Webhook | None) -> bool:
    return webhook is not None and endpoint_host(webhook.endpoint) == portal.host


def _nothing(portal: Portal, call: CallDetail | None) -> AuthorizationProblem:
    if call is not None and call.access_expires_at is None:
        return _no_access_token()
    return AuthorizationProblem(
        "not_authorized",
        f"Nothing authorizes requests to {portal.title}. Enter an incoming webhook or the "
        "application's client id and secret for it, or wait for its next call.",
    )


def _no_access_token() -> AuthorizationProblem:
    return AuthorizationProblem(
        "no_access_token",
        "The call came without an access token, so there is nothing to send it with.",
    )
