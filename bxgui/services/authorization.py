"""What authorizes requests to a portal: tried in the user's order, renewed when too old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bxgui.core.authorization import Access
from bxgui.core.outcome import Verdict
from bxgui.core.records import Portal
from bxgui.services.portal_client import PortalClient
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey


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
        raise NotImplementedError

    def access(self, portal: Portal, call_id: int | None = None) -> Access:
        """The access to begin with, for a reply to this call; raises `AuthorizationProblem`."""
        raise NotImplementedError

    def access_after(
        self, portal: Portal, tried: Access, verdict: Verdict, call_id: int | None = None
    ) -> Access | None:
        """The access to repeat a request with after this verdict on it; None to leave it at that.

        An application's tokens that are too old are renewed, once. Any other refusal of who asks
        leads to the next source in the portal's order. Ends after a few steps at most.
        """
        raise NotImplementedError

    def renew(self, portal: Portal, expired: Access, call_id: int | None = None) -> Access:
        """New tokens of the application in place of an access that is too old.

        Whoever else has renewed them meanwhile, here or in another process, has done it for all.
        Raises `AuthorizationProblem`.
        """
        raise NotImplementedError
