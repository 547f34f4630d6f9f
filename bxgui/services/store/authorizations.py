"""What portals are authorized by besides their calls, and first authorizations under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bxgui.core.authorization import Source
from bxgui.core.records import CallKind, Suspicion
from bxgui.services.store.database import Database
from bxgui.services.store.tables import authorizations, bodies, calls, logins, portals

# So long a person may take to consent in the browser.
LOGIN_LIFE = timedelta(minutes=15)
_WITH_TOKENS = (CallKind.TOKEN, CallKind.EVENT, CallKind.OPENING)


@dataclass(frozen=True, slots=True)
class KeptAuthorization:
    """A source that the user has entered, and what an application was granted by it.

    Its secrets are for `host` alone. `problem` is the explanation's key of why it was refused.
    """

    source: Source
    host: str
    entered_at: datetime
    user_id: str = ""
    scope: str = ""
    granted_at: datetime | None = None
    expires_at: datetime | None = None
    sealed: bytes | None = field(default=None, repr=False)
    key_id: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """Tokens as they are kept: sealed, with what is known of them."""

    sealed: bytes = field(repr=False)
    key_id: str
    expires_at: datetime
    user_id: str
    scope: str
    server_endpoint: str


@dataclass(frozen=True, slots=True)
class CallWithTokens:
    """A call that carries tokens of its portal, and when its access token expires."""

    call_id: int
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a browser has brought to a login, sealed."""

    sealed: bytes = field(repr=False)
    key_id: str
    arrived_at: datetime


class Authorizations:
    """The kept authorizations of a store's portals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_portal(self, portal_id: int) -> Mapping[Source, KeptAuthorization]:
        """What was entered for a portal."""
        statement = select(authorizations).where(authorizations.c.portal_id == portal_id)
        with self._database.read() as connection:
            found = [_kept(row) for row in connection.execute(statement)]
        return {kept.source: kept for kept in found}

    def enter(self, portal_id: int, source: Source, host: str, user_id: str, now: datetime) -> None:
        """Note that the user has entered a source; what was granted by an earlier one is gone."""
        values = {
            "host": host,
            "entered_at": now,
            "user_id": user_id,
            "scope": "",
            "granted_at": None,
            "expires_at": None,
            "sealed": None,
            "key_id": None,
            "problem": "",
        }
        statement = upsert(authorizations).values(portal_id=portal_id, source=source, **values)
        with self._database.write() as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=["portal_id", "source"], set_=values)
            )

    def withdraw(self, portal_id: int, source: Source) -> None:
        """Forget a source and what was granted by it."""
        with self._database.write() as connection:
            connection.execute(delete(authorizations).where(_is(portal_id, source)))

    def grant(self, portal_id: int, host: str, granted: Granted, now: datetime) -> bool:
        """Put both tokens of the application in the place of those before, in one step.

        False when the application was removed meanwhile, and nothing is kept.
        """
        with self._database.write() as connection:
            kept = connection.execute(
                update(authorizations)
                .where(_is(portal_id, Source.APPLICATION))
                .values(
                    host=host,
                    user_id=granted.user_id,
                    scope=granted.scope,
                    granted_at=now,
                    expires_at=granted.expires_at,
                    sealed=granted.sealed,
                    key_id=granted.key_id,
                    problem="",
                )
            )
            if not kept.rowcount:
                return False
            connection.execute(
                update(portals)
                .where(portals.c.id == portal_id)
                .values(server_endpoint=granted.server_endpoint)
            )
            return True

    def refuse(self, portal_id: int, source: Source, problem: str) -> None:
        """Note why a source is of no use until the user has done something."""
        with self._database.write() as connection:
            connection.execute(
                update(authorizations).where(_is(portal_id, source)).values(problem=problem)
            )

    def drop_tokens(self, portal_id: int, used_up: bytes) -> None:
        """Forget tokens that are used up, unless others have taken their place."""
        same = and_(_is(portal_id, Source.APPLICATION), authorizations.c.sealed == used_up)
        with self._database.write() as connection:
            connection.execute(
                update(authorizations)
                .where(same)
                .values(sealed=None, key_id=None, granted_at=None, expires_at=None)
            )

    def rebind(self, portal_id: int, source: Source, host: str, sealed: bytes | None) -> None:
        """Let a source's secrets go to another host, its tokens sealed anew for it."""
        with self._database.write() as connection:
            connection.execute(
                update(authorizations)
                .where(_is(portal_id, source))
                .values(host=host, sealed=sealed)
            )

    def with_tokens(self, portal_id: int, host: str, limit: int = 20) -> list[CallWithTokens]:
        """The newest calls and events that name the portal at its host, and are not suspected."""
        statement = (
            select(calls.c.id, calls.c.access_expires_at)
            .join(bodies)
            .where(
                calls.c.portal_id == portal_id,
                calls.c.kind.in_(_WITH_TOKENS),
                calls.c.host == host,
                calls.c.suspicion == Suspicion.NONE.value,
                bodies.c.sealed.is_not(None),
            )
            .order_by(calls.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(statement).all()
        return [CallWithTokens(row.id, row.access_expires_at) for row in rows]

    def begin_login(self, portal_id: int, state_digest: str, now: datetime) -> None:
        """Wait for what a browser brings with this state; the portal's other logins end."""
        with self._database.write() as connection:
            outdated = logins.c.begun_at < now - LOGIN_LIFE
            connection.execute(delete(logins).where(outdated | (logins.c.portal_id == portal_id)))
            connection.execute(
                upsert(logins).values(state_digest=state_digest, portal_id=portal_id, begun_at=now)
            )

    def end_login(self, state_digest: str) -> None:
        """Wait no longer."""
        with self._database.write() as connection:
            connection.execute(delete(logins).where(logins.c.state_digest == state_digest))

    def awaits(self, state_digest: str, now: datetime) -> bool:
        """Whether a login waits for what a browser brings with this state."""
        with self._database.read() as connection:
            found = connection.scalar(select(logins.c.portal_id).where(_waiting(state_digest, now)))
        return found is not None

    def arrive(self, state_digest: str, arrived: Arrived) -> bool:
        """Keep what a browser has brought, once; whether a login waited for it."""
        with self._database.write() as connection:
            found = connection.execute(
                update(logins)
                .where(_waiting(state_digest, arrived.arrived_at))
                .values(sealed=arrived.sealed, key_id=arrived.key_id, arrived_at=arrived.arrived_at)
                .returning(logins.c.portal_id)
            )
            return found.first() is not None

    def arrived(self, state_digest: str) -> Arrived | None:
        """What a browser has brought to a login."""
        statement = select(logins).where(logins.c.state_digest == state_digest)
        with self._database.read() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None or row.sealed is None:
            return None
        return Arrived(row.sealed, row.key_id, row.arrived_at)


def _is(portal_id: int, source: Source) -> Any:
    return and_(authorizations.c.portal_id == portal_id, authorizations.c.source == source.value)


def _waiting(state_digest: str, now: datetime) -> Any:
    return and_(
        logins.c.state_digest == state_digest,
        logins.c.begun_at >= now - LOGIN_LIFE,
        logins.c.sealed.is_(None),
    )


def _kept(row: Row[Any]) -> KeptAuthorization:
    return KeptAuthorization(
        source=Source(row.source),
        host=row.host,
        entered_at=row.entered_at,
        user_id=row.user_id,
        scope=row.scope,
        granted_at=row.granted_at,
        expires_at=row.expires_at,
        sealed=row.sealed,
        key_id=row.key_id,
        problem=row.problem,
    )
