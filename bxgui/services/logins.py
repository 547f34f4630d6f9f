"""The first authorization of an application, through a person's browser."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from bxgui.core.oauth import code_of, consent_address, server_of
from bxgui.core.reach import is_loopback
from bxgui.core.records import Portal
from bxgui.core.redact import digest
from bxgui.services.application_tokens import ApplicationTokens
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.consents import open_query
from bxgui.services.store import Store
from bxgui.services.vault import SecretsLocked, StoreKey

_STATE_BYTES = 24


@dataclass(frozen=True, slots=True)
class Login:
    """A login under way: the page on which a person consents, and the state that comes back."""

    portal: Portal
    address: str = field(repr=False)
    state: str = field(repr=False)


class Logins:
    """Begins logins and finishes them with what the browser, or the person, brings."""

    def __init__(
        self,
        store: Store,
        tokens: ApplicationTokens,
        key: Callable[[], StoreKey],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._tokens = tokens
        self._key = key
        self._clock = clock

    def begin(self, portal: Portal) -> Login:
        """Begin a login; another one of the portal's ends. Raises `AuthorizationProblem`."""
        if not portal.trusted:
            message = f"The portal {portal.title} is not trusted yet."
            raise AuthorizationProblem("not_trusted", message)
        application = self._tokens.application(portal)
        state = secrets.token_urlsafe(_STATE_BYTES)
        self._store.authorizations.begin_login(portal.id, digest(state), self._clock())
        return Login(portal, consent_address(portal.endpoint, application.client_id, state), state)

    def arrived(self, login: Login) -> str:
        """What the browser has brought to the listener: text for `finish`, empty for nothing yet.

        Raises `AuthorizationProblem` for what cannot be read.
        """
        arrived = self._store.authorizations.arrived(digest(login.state))
        if arrived is None:
            return ""
        try:
            return open_query(arrived, login.state, self._key(), self._store.id)
        except SecretsLocked as locked:
            message = (
                "A code has arrived, but the listener keeps it under another key. Paste the "
                "address of the browser's page instead."
            )
            raise AuthorizationProblem(locked.code, message) from locked

    def finish(self, login: Login, text: str) -> Portal:
        """Turn an address, a query or a bare code into tokens; raises `AuthorizationProblem`.

        A code that comes with a state must come with this login's.
        """
        code, state = code_of(text)
        if not code:
            message = "There is no code in this. Paste the whole address of the browser's page."
            raise AuthorizationProblem("no_code", message)
        if code != text.strip() and not hmac.compare_digest(state.encode(), login.state.encode()):
            message = "The code belongs to another login than this one. Log in again."
            raise AuthorizationProblem("other_state", message)
        tokens = self._tokens.first(login.portal, code, _servers(login.portal, text))
        self._store.authorizations.end_login(digest(login.state))
        if not login.portal.member_id:
            self._store.portal_register.identify(login.portal.id, tokens.member_id)
        return login.portal

    def give_up(self, login: Login) -> None:
        """Wait no longer for a browser."""
        self._store.authorizations.end_login(digest(login.state))


def _servers(portal: Portal, text: str) -> tuple[str, ...]:
    """Where the browser was told that tokens are granted."""
    host = server_of(text)
    scheme = urlsplit(portal.endpoint).scheme if is_loopback(portal.endpoint) else "https"
    return (f"{scheme}://{host}/rest/",) if host else ()
