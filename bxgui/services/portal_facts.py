"""What a person is shown of a portal: what authorizes it, and how it last answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bxgui.core.authorization import Source
from bxgui.core.explanations import BY_KEY, Explanation
from bxgui.core.records import Portal
from bxgui.services.authorization import Authorization
from bxgui.services.store import Store
from bxgui.services.store.authorizations import KeptAuthorization
from bxgui.services.store.exchanges import LastError


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What authorizes requests to a portal, as far as the store alone tells.

    `host` is what its secrets are bound to, `since` when they were entered or granted, `problem`
    why it was refused for good. An application without tokens wants a login, or a call.
    """

    source: Source
    host: str
    user_id: str = ""
    scope: str = ""
    since: datetime | None = None
    expires_at: datetime | None = None
    has_tokens: bool = False
    problem: Explanation | None = None

    def is_usable(self, now: datetime) -> bool:
        """Whether requests can be made by it, as far as this computer knows."""
        is_old = self.expires_at is not None and self.expires_at <= now
        return self.problem is None and not (self.source is Source.CALL and is_old)


@dataclass(frozen=True, slots=True)
class PortalFacts:
    """A portal with what authorizes it, in the order of trying, and how it last answered."""

    portal: Portal
    sources: tuple[SourceFacts, ...]
    last_success: datetime | None
    last_error: LastError | None


def facts(store: Store, authorization: Authorization, portal: Portal) -> PortalFacts:
    """What the store tells of a portal; neither keyring nor network is asked."""
    entered = store.authorizations.of_portal(portal.id).values()
    found = {kept.source: _source_facts(kept) for kept in entered}
    expiry = authorization.call_expires_at(portal) if portal.trusted else None
    if expiry is not None:
        call = SourceFacts(Source.CALL, portal.host, expires_at=expiry, has_tokens=True)
        found[Source.CALL] = call
    return PortalFacts(
        portal,
        tuple(found[source] for source in portal.order if source in found),
        store.exchanges.last_success(portal.id),
        store.exchanges.last_error(portal.id),
    )


def _source_facts(kept: KeptAuthorization) -> SourceFacts:
    return SourceFacts(
        kept.source,
        kept.host,
        kept.user_id,
        kept.scope,
        kept.granted_at or kept.entered_at,
        kept.expires_at,
        has_tokens=kept.sealed is not None,
        problem=BY_KEY.get(kept.problem),
    )
