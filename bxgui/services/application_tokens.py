"""An application's OAuth tokens: kept sealed, renewed by one at a time, both in one step."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bxgui.core.authorization import Access, Source
from bxgui.core.endpoint import endpoint_host
from bxgui.core.handler_call import Auth
from bxgui.core.oauth import Application, Tokens, exchange_request, refresh_request
from bxgui.core.outcome import Verdict
from bxgui.core.records import Portal
from bxgui.core.redact import Cut, digest
from bxgui.services import keys
from bxgui.services.authorization_problem import AuthorizationProblem, no_application, problem_of
from bxgui.services.portal_client import PortalClient
from bxgui.services.portal_secrets import PortalSecrets
from bxgui.services.store import Store
from bxgui.services.store.authorizations import Granted, KeptAuthorization
from bxgui.services.token_server import Grant, TokenServer
from bxgui.services.vault import SecretsLocked, StoreKey, seal, unseal

# Nothing but the user can mend these; asking again would only have the server block us.
_LASTING = frozenset({"client_refused", "application_removed", "tariff"})
# Of a refresh token or a code, that it is of no use any more.
_USED_UP = frozenset({"refresh_refused", "access_expired"})


@dataclass(frozen=True, slots=True)
class _Pair:
    """Tokens that are kept, and how they are kept."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    kept: KeptAuthorization


class ApplicationTokens:
    """The tokens of each portal's application."""

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
        self._server = TokenServer(store, client, clock)
        self._locks: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)
        # Digests of refresh tokens that a server has refused.
        self._used_up: set[str] = set()

    def access(self, portal: Portal, calls: Iterable[Auth]) -> Access:
        """Access by the tokens kept, else by first ones for a refresh token that calls carry."""
        with self._locks[portal.id]:
            pair = self._pair(portal)
            return self._renewed(portal, calls) if pair is None else _access(portal, pair)

    def kept(self, portal: Portal) -> Access | None:
        """Access by the tokens kept; None where the first ones have yet to be asked for."""
        with self._locks[portal.id]:
            pair = self._pair(portal)
            return None if pair is None else _access(portal, pair)

    def renew(self, portal: Portal, expired: Access, calls: Iterable[Auth]) -> Access:
        """As `Authorization.renew`; a refresh token of `calls` stands in for one that is gone."""
        with self._locks[portal.id]:
            pair = self._pair(portal)
            if pair is not None and pair.access_token != expired.token:
                return _access(portal, pair)
            return self._renewed(portal, calls)

    def first(self, portal: Portal, code: str, named: Sequence[str] = ()) -> Tokens:
        """Turn the code of a person's consent into tokens; raises `AuthorizationProblem`.

        `named` are servers that the browser was told of.
        """
        with self._locks[portal.id]:
            application = self.application(portal)
            form = exchange_request(application, code)
            granted = self._server.ask(portal, application, form, code, named)
            if isinstance(granted, Verdict):
                raise _code_problem(granted)
            self._keep(portal, granted)
            return granted.tokens

    def application(self, portal: Portal) -> Application:
        """The client id and secret entered for a portal; raises `AuthorizationProblem`."""
        kept = self._kept(portal)
        secrets = self._secrets.read(portal.id, kept.entered_at)
        if secrets.application is None:
            reason = secrets.reason or "the keyring does not have them"
            message = (
                f"Client id and secret for {portal.title} cannot be had: {reason}. "
                "Enter them again."
            )
            raise AuthorizationProblem("application_missing", message)
        return secrets.application

    def rebind(self, portal: Portal, host: str) -> None:
        """Let the tokens go to another host of the same portal; those that are locked are lost."""
        with self._locks[portal.id]:
            pair = self._pair(portal)
            sealed = None if pair is None else self._sealed(pair, host)
            self._store.authorizations.rebind(portal.id, Source.APPLICATION, host, sealed)

    def _renewed(self, portal: Portal, calls: Iterable[Auth]) -> Access:
        application = self.application(portal)
        pair, verdict = self._pair(portal), None
        for refresh_token in self._refresh_tokens(pair, calls):
            form = refresh_request(application, refresh_token)
            granted = self._server.ask(portal, application, form, refresh_token)
            if isinstance(granted, Grant):
                return self._keep(portal, granted)
            verdict = granted
            if verdict.explanation.key not in _USED_UP:
                break
            self._used_up.add(digest(refresh_token))
            # Another process may have used it up a moment ago, and put new ones in its place.
            newer = self._pair(portal)
            if newer is not None and newer.access_token != (pair and pair.access_token):
                return _access(portal, newer)
        if verdict is None:
            raise _no_tokens(portal)
        self._note(portal, pair, verdict)
        raise problem_of(verdict)

    def _refresh_tokens(self, pair: _Pair | None, calls: Iterable[Auth]) -> Iterator[str]:
        """The one kept, then the newest that calls carry: at most two are asked with."""
        if pair is not None and pair.refresh_token:
            yield pair.refresh_token
        carried = (auth.refresh_token for auth in calls if auth.refresh_token)
        unused = next((one for one in carried if digest(one) not in self._used_up), None)
        if unused is not None:
            yield unused

    def _note(self, portal: Portal, pair: _Pair | None, verdict: Verdict) -> None:
        """Remember what would be refused again."""
        reason = verdict.explanation.key
        if reason in _LASTING:
            self._store.authorizations.refuse(portal.id, Source.APPLICATION, reason)
        elif reason in _USED_UP and pair is not None and pair.kept.sealed is not None:
            self._store.authorizations.drop_tokens(portal.id, pair.kept.sealed)

    def _kept(self, portal: Portal) -> KeptAuthorization:
        kept = self._store.authorizations.of_portal(portal.id).get(Source.APPLICATION)
        if kept is None or kept.host != portal.host:
            raise no_application(portal, kept)
        return kept

    def _pair(self, portal: Portal) -> _Pair | None:
        """The tokens kept, read anew; None where there are none that can be read."""
        kept = self._kept(portal)
        if kept.sealed is None:
            return None
        try:
            key = keys.fitting(kept.key_id, self._key(), self._store.id)
            ((access, refresh),) = unseal(key, kept.sealed, _bound_to(kept.host))
        except SecretsLocked:
            return None
        return _Pair(access.value.decode(), refresh.value.decode(), kept)

    def _keep(self, portal: Portal, grant: Grant) -> Access:
        """Put both tokens in the place of those before."""
        tokens = grant.tokens
        if not _is_of(portal, tokens):
            raise AuthorizationProblem(
                "other_portal",
                f"The tokens granted are for another portal than {portal.title}. Open the consent "
                "page in a browser that is signed in to this portal.",
            )
        key = self._key()
        granted = Granted(
            sealed=_seal(key, portal.host, tokens.access_token, tokens.refresh_token),
            key_id=key.id,
            expires_at=tokens.expires_at,
            user_id=tokens.user_id,
            scope=tokens.scope,
            server_endpoint=grant.server,
        )
        if not self._store.authorizations.grant(portal.id, portal.host, granted, self._clock()):
            raise no_application(portal, None)
        return Access(
            Source.APPLICATION,
            portal.endpoint,
            tokens.access_token,
            expires_at=tokens.expires_at,
            user_id=tokens.user_id,
            renewed=True,
        )

    def _sealed(self, pair: _Pair, host: str) -> bytes:
        key = keys.fitting(pair.kept.key_id, self._key(), self._store.id)
        return _seal(key, host, pair.access_token, pair.refresh_token)


def _seal(key: StoreKey, host: str, *tokens: str) -> bytes:
    return seal(key, [[Cut(0, token.encode()) for token in tokens]], _bound_to(host))


def _bound_to(host: str) -> bytes:
    """Tokens open only for the host that they were granted for."""
    return f"tokens for {host}".encode()


def _access(portal: Portal, pair: _Pair) -> Access:
    return Access(
        Source.APPLICATION,
        portal.endpoint,
        pair.access_token,
        expires_at=pair.kept.expires_at,
        user_id=pair.kept.user_id,
    )


def _is_of(portal: Portal, tokens: Tokens) -> bool:
    """Whether tokens are a portal's own: by its member id, else by its host."""
    if portal.member_id and tokens.member_id:
        return portal.member_id == tokens.member_id
    return not tokens.endpoint or endpoint_host(tokens.endpoint) == portal.host


def _no_tokens(portal: Portal) -> AuthorizationProblem:
    message = f"The application has no tokens for {portal.title} yet. Log in to it first."
    return AuthorizationProblem("no_tokens", message)


def _code_problem(verdict: Verdict) -> AuthorizationProblem:
    """A refused code: the catalogue speaks of tokens."""
    reason = verdict.explanation.key
    if reason == "access_expired":
        message = "The code came too late: it lives 30 seconds. Log in again, and be quicker."
        return AuthorizationProblem("code_too_late", message, verdict)
    if reason == "refresh_refused":
        message = (
            "The authorization server does not accept the code: it was used before, or it is "
            "another application's. Log in again."
        )
        return AuthorizationProblem("code_refused", message, verdict)
    return problem_of(verdict)
