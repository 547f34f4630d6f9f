"""What authorizes requests to a portal: tried in the user's order, renewed when too old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bxgui.core.authorization import Access, Source
from bxgui.core.handler_call import HandlerCall
from bxgui.core.outcome import Verdict
from bxgui.core.records import Portal, TokenQuery
from bxgui.services import keys
from bxgui.services.intake import recognise_arrival
from bxgui.services.portal_client import PortalClient
from bxgui.services.store import Store
from bxgui.services.vault import SecretsLocked, StoreKey


class AuthorizationProblem(Exception):
    """Nothing authorizes a request; `code` names why, the text says what to do.

    `verdict` is that on the authorization server's answer, where that was what failed.
    """

    def __init__(self, code: str, message: str, verdict: Verdict | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.verdict = verdict


class Authorization:
    """Gives access to portals. Every method may block, for the keyring or the network."""

    def __init__(
        self,
        store: Store,
        client: PortalClient,
        key: Callable[[], StoreKey],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._client = client
        self._key = key
        self._clock = clock

    def check(self, portal: Portal, call_id: int | None = None) -> None:
        """Raise `AuthorizationProblem` unless `access` can have something; asks nobody."""
        self.access(portal, call_id)

    def access(self, portal: Portal, call_id: int | None = None) -> Access:
        """The access to begin with, for a reply to this call; raises `AuthorizationProblem`."""
        token = self._token_of(call_id) if call_id is not None else self._newest_token(portal)
        if not token:
            message = "The call came without an access token, so there is nothing to send it with."
            raise AuthorizationProblem("no_access_token", message)
        return Access(Source.CALL, portal.endpoint, token, secrets=(token.encode(),))

    def access_after(
        self,
        portal: Portal,  # noqa: ARG002
        tried: Access,  # noqa: ARG002
        verdict: Verdict,  # noqa: ARG002
        call_id: int | None = None,  # noqa: ARG002
    ) -> Access | None:
        """The access to repeat a request with after this verdict on it; None to leave it at that.

        An application's tokens that are too old are renewed, once. Any other refusal of who asks
        leads to the next source in the portal's order. Ends after a few steps at most.
        """
        return None

    def _newest_token(self, portal: Portal) -> str:
        query = TokenQuery(portal_id=portal.id)
        ids = self._store.calls.ids(query, self._clock())
        return next((token for one in ids[:20] if (token := self._token_of(one))), "")

    def _token_of(self, call_id: int) -> str:
        sealed = self._store.calls.sealed(call_id)
        if sealed is None:
            return ""
        try:
            call = recognise_arrival(keys.reopen(sealed, self._key(), self._store.id))
        except SecretsLocked as error:
            raise AuthorizationProblem(error.code, str(error)) from error
        return call.auth.access_token if isinstance(call, HandlerCall) else ""
