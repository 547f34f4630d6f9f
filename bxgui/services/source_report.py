"""What a source of authorization may do in a portal, asked of the portal itself, read-only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bxgui.core.authorization import Access, Source
from bxgui.core.outcome import Verdict
from bxgui.core.records import Portal
from bxgui.core.rest_request import json_request
from bxgui.services.authorization import Authorization
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.portal_client import USER_AGENT, PortalClient
from bxgui.services.store import Store

BIZPROC = "bizproc"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """Whether a source works, for whom and for what; `problem` says why it does not.

    `admin` is None where the portal does not tell; `application` its code, where it is one.
    """

    source: Source
    works: bool
    code: str = ""
    problem: str = ""
    user_id: str = ""
    user: str = ""
    admin: bool | None = None
    scopes: tuple[str, ...] = ()
    application: str = ""
    expires_at: datetime | None = None

    @property
    def answers(self) -> bool:
        """Whether replies can be sent with it."""
        return self.works and BIZPROC in self.scopes


def report(
    store: Store,
    client: PortalClient,
    authorization: Authorization,
    portal: Portal,
    source: Source,
) -> SourceReport:
    """Ask `scope` and `profile`, and an application `app.info`.

    An application's tokens that are too old are renewed once.
    """
    asker = _Asker(store, client, portal)
    try:
        access = authorization.only(portal, source)
        verdict, scopes = asker.ask(access, "scope")
        if verdict.explanation.key == "access_expired" and source is Source.APPLICATION:
            access = authorization.renew(portal, access)
            verdict, scopes = asker.ask(access, "scope")
    except AuthorizationProblem as problem:
        return SourceReport(source, works=False, code=problem.code, problem=str(problem))
    found = SourceReport(
        source,
        works=verdict.explanation.key == "accepted",
        user_id=access.user_id,
        expires_at=access.expires_at,
    )
    if not found.works:
        entry = verdict.explanation
        if entry.key == "credentials" and source is Source.WEBHOOK:
            store.authorizations.refuse(portal.id, source, entry.key)
        text = f"{entry.title} {entry.cause} {entry.action}"
        return replace(found, code=verdict.code or entry.key, problem=text)
    store.authorizations.refuse(portal.id, source, "")
    _, profile = asker.ask(access, "profile")
    named = tuple(map(str, scopes)) if isinstance(scopes, list) else ()
    found = _with_person(replace(found, scopes=named), profile)
    if source is Source.WEBHOOK:  # which is no application
        return found
    return replace(found, application=_code(asker.ask(access, "app.info")[1]))


class _Asker:
    """Asks a portal's methods and keeps the exchanges."""

    def __init__(self, store: Store, client: PortalClient, portal: Portal) -> None:
        self._store = store
        self._client = client
        self._portal = portal

    def ask(self, access: Access, method: str) -> tuple[Verdict, object]:
        """The verdict on a method without parameters, and its result."""
        request = json_request(access.endpoint, method, access.members, USER_AGENT)
        exchange, verdict = self._client.call(
            request, secrets=access.secrets, reach=self._portal.reach
        )
        self._store.exchanges.record(self._portal.id, method, exchange, verdict)
        if verdict.explanation.key != "accepted":
            return verdict, None
        return verdict, json.loads(exchange.response_body)["result"]


def _with_person(found: SourceReport, profile: object) -> SourceReport:
    if not isinstance(profile, Mapping):
        return found
    names = (str(profile.get(name) or "") for name in ("NAME", "LAST_NAME"))
    admin = profile.get("ADMIN")
    return replace(
        found,
        user_id=str(profile.get("ID") or ""),
        user=" ".join(filter(None, names)),
        admin=admin if isinstance(admin, bool) else None,
    )


def _code(information: object) -> str:
    return str(information.get("CODE") or "") if isinstance(information, Mapping) else ""
