"""What a browser brings back from a portal's consent page, for the login that waits for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bxgui.core.oauth import code_of
from bxgui.core.redact import Cut, digest
from bxgui.services import keys
from bxgui.services.store import Store, StoreProblem
from bxgui.services.store.authorizations import Arrived
from bxgui.services.vault import StoreKey, seal, unseal

_LONGEST_QUERY = 4096


class Consents:
    """Takes the query of a browser's request to the handler's address; may block."""

    def __init__(self, store: Store, key: StoreKey, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._key = key
        self._clock = clock

    def take(self, query: bytes) -> bool:
        """Keep a query with a code and the state of a login that waits; whether it was one."""
        state = state_of(query)
        now, logins = self._clock(), self._store.authorizations
        with suppress(StoreProblem):
            if state and logins.awaits(digest(state), now):
                sealed = seal(self._key, [[Cut(0, query)]], digest(state).encode())
                return logins.arrive(digest(state), Arrived(sealed, self._key.id, now))
        return False


def state_of(query: bytes) -> str:
    """The state that comes with a code; empty for a query without both."""
    if len(query) > _LONGEST_QUERY or b"code=" not in query:
        return ""
    code, state = code_of(query.decode("latin-1"))
    return state if code else ""


def open_query(arrived: Arrived, state: str, key: StoreKey, store_id: str) -> str:
    """The query that was kept; raises `SecretsLocked`."""
    fitting = keys.fitting(arrived.key_id, key, store_id)
    ((query,),) = unseal(fitting, arrived.sealed, digest(state).encode())
    return query.value.decode("latin-1")
