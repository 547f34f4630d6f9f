"""Portals and rules in the store: what calls tell of them, and the user's trust."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import Insert as Upsert
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine.interfaces import DBAPICursor

from bxgui.core.authorization import read_order
from bxgui.core.dates import SITE_DATES, DateFormat, read_date_format
from bxgui.core.json_values import dump
from bxgui.core.life_cycle import INSTALL_EVENTS, LifeCycle
from bxgui.core.portal_settings import PortalSettings
from bxgui.core.rate import USUAL_RATE, Rate
from bxgui.core.reach import Reach
from bxgui.core.records import CallKind, Portal, Suspicion
from bxgui.services.store.database import Database
from bxgui.services.store.driver_statement import compiled
from bxgui.services.store.pause_of_all import paused_with_all
from bxgui.services.store.tables import calls, microseconds, portals, rules


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a call tells of its portal; `key` is empty when it tells nothing.

    `call_id` is the newest call that tells it, 0 before that call is stored.
    """

    key: str = ""
    member_id: str = ""
    endpoint: str = ""
    host: str = ""
    application_digest: str = ""
    call_id: int = 0
    event: LifeCycle = LifeCycle.NONE


class Portals:
    """The portals and rules of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Portal]:
        """Every portal, the one heard of last first."""
        with self._database.read() as connection:
            found = connection.execute(_SELECT.order_by(portals.c.last_seen.desc())).all()
        return [_portal(row, row.call_count) for row in found]

    def by_key(self, key: str) -> Portal | None:
        """The portal of a member id, or of `host:…` where calls carry none."""
        with self._database.read() as connection:
            row = connection.execute(_SELECT.where(portals.c.key == key)).one_or_none()
        return None if row is None else _portal(row, row.call_count)

    def sightings(self, portal_id: int) -> list[Sighting]:
        """The different addresses and application tokens that calls name, the newest first."""
        newest = func.max(calls.c.id).label("newest")
        statement = (
            select(newest, calls.c.endpoint, calls.c.host, calls.c.application_digest)
            .where(calls.c.portal_id == portal_id)
            .group_by(calls.c.endpoint, calls.c.host, calls.c.application_digest)
            .order_by(newest.desc())
        )
        with self._database.read() as connection:
            found = connection.execute(statement).all()
        return [
            Sighting(
                endpoint=row.endpoint,
                host=row.host,
                application_digest=row.application_digest,
                call_id=row.newest,
            )
            for row in found
        ]

    def trust(
        self, portal_id: int, endpoint: str, host: str, application_digest: str, now: datetime
    ) -> None:
        """Trust a portal at exactly this address with exactly this application token."""
        kept = portals.c.application_digest == application_digest
        known = case((kept, portals.c.installed_at), else_=null())
        with self._database.write() as connection:
            connection.execute(
                update(portals)
                .where(portals.c.id == portal_id)
                .values(
                    endpoint=endpoint,
                    host=host,
                    application_digest=application_digest,
                    trusted_at=now,
                    installed_at=func.coalesce(
                        _last_installation(portal_id, application_digest), known
                    ),
                    gone_at=None,
                )
            )
            judge_calls(connection, portal_id)

    def distrust(self, portal_id: int) -> None:
        """Take the trust back."""
        with self._database.write() as connection:
            connection.execute(
                update(portals).where(portals.c.id == portal_id).values(trusted_at=None)
            )
            judge_calls(connection, portal_id)

    def set_date_format(self, portal_id: int, date_format: DateFormat) -> None:
        """Send this portal dates in this format from now on."""
        with self._database.write() as connection:
            connection.execute(
                update(portals)
                .where(portals.c.id == portal_id)
                .values(date_format=str(date_format))
            )

    def keep_registration(
        self, portal_id: int, code: str, registration: Mapping[str, Any], now: datetime
    ) -> None:
        """Keep a rule as it was registered."""
        with self._database.write() as connection:
            with closing(connection.connection.cursor()) as cursor:
                rule_id = see_rule(cursor, portal_id, code, now)
            connection.execute(
                update(rules)
                .where(rules.c.id == rule_id)
                .values(registration=dump(dict(registration)))
            )


_SELECT = select(
    portals,
    select(func.count())
    .select_from(calls)
    .where(calls.c.portal_id == portals.c.id)
    .scalar_subquery()
    .label("call_count"),
)


def _portal(row: Row[Any], calls: int = 0) -> Portal:
    return Portal(
        id=row.id,
        key=row.key,
        member_id=row.member_id,
        endpoint=row.endpoint,
        host=row.host,
        application_digest=row.application_digest,
        trusted_at=row.trusted_at,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        calls=calls,
        installed_at=row.installed_at,
        gone_at=row.gone_at,
        date_format=read_date_format(row.date_format or "") or SITE_DATES,
        server_endpoint=row.server_endpoint,
        settings=_settings(row),
    )


def rate_of(row: Row[Any]) -> Rate:
    """The rate of a portal, as it is set or usual."""
    return Rate(
        USUAL_RATE.per_second if row.rate is None else row.rate,
        USUAL_RATE.burst if row.burst is None else row.burst,
    )


def _settings(row: Row[Any]) -> PortalSettings:
    reach = Reach(row.ca_file, row.plain_http_host)
    return PortalSettings(row.name, read_order(row.source_order), rate_of(row), reach)


def is_portal(text: str) -> ColumnElement[bool]:
    """Whether a portal has this key, host or name."""
    return or_(*(column == text for column in (portals.c.key, portals.c.host, portals.c.name)))


def portal_of(connection: Connection, portal_id: int | None) -> Portal | None:
    """A portal by its id."""
    row = connection.execute(_SELECT.where(portals.c.id == portal_id)).one_or_none()
    return None if row is None else _portal(row, row.call_count)


def see_portal(cursor: DBAPICursor, seen: Sighting, now: datetime) -> tuple[int | None, Suspicion]:
    """Note what a post tells of its portal, and tell whether it fits what is kept of it.

    A trusted portal's address and application token change only by the user's own act. Those of
    another one follow its posts until an installation brings the token that is kept; after that
    its calls want `judge_calls`. An installation and a removal count only with the application
    token, and in the order of their arrival.
    """
    if not seen.key:
        return None, Suspicion.NONE
    installs = seen.event is LifeCycle.INSTALL and seen.application_digest
    at = microseconds(now)
    ((portal_id, host, application_digest, trusted_at, installed_at),) = _SEE_PORTAL[
        seen.event
    ].rows(
        cursor,
        key=seen.key,
        member_id=seen.member_id,
        endpoint=seen.endpoint,
        host=seen.host,
        application_digest=seen.application_digest,
        installed_at=at if installs else None,
        first_seen=at,
        last_seen=at,
    )
    trusted, installed = trusted_at is not None, installed_at is not None
    kept = _Kept(host, application_digest, trusted=trusted, installed=installed)
    return portal_id, _suspicion(kept, seen)


def judge_calls(connection: Connection, portal_id: int) -> None:
    """Mark the calls of a portal anew, by what is kept of it now."""
    portal = _portal(connection.execute(select(portals).where(portals.c.id == portal_id)).one())
    verdict = case(
        (and_(literal(portal.trusted), calls.c.host != portal.host), Suspicion.ADDRESS.value),
        (
            and_(
                literal(portal.keeps_token),
                calls.c.application_digest != portal.application_digest,
                or_(calls.c.kind != CallKind.OPENING.value, calls.c.application_digest != ""),
            ),
            Suspicion.APPLICATION_TOKEN.value,
        ),
        else_=Suspicion.NONE.value,
    )
    connection.execute(
        update(calls)
        .where(calls.c.portal_id == portal_id, calls.c.suspicion != verdict)
        .values(suspicion=verdict)
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What of a portal a new call is compared with."""

    host: str
    application_digest: str
    trusted: bool
    installed: bool

    @property
    def keeps_token(self) -> bool:
        """As `Portal.keeps_token`."""
        return bool(self.application_digest) and (self.trusted or self.installed)


def _suspicion(kept: _Kept, seen: Sighting) -> Suspicion:
    """As `judge_calls`, for a call that is not stored yet."""
    if kept.trusted and kept.host != seen.host:
        return Suspicion.ADDRESS
    # An opened page brings no application token.
    compared = seen.event is not LifeCycle.OPENING or seen.application_digest
    if kept.keeps_token and compared and kept.application_digest != seen.application_digest:
        return Suspicion.APPLICATION_TOKEN
    return Suspicion.NONE


def _last_installation(portal_id: int, application_digest: str) -> ScalarSelect[datetime]:
    """When the application was last installed with this application token."""
    return (
        select(func.max(calls.c.arrived_at))
        .where(
            calls.c.portal_id == portal_id,
            calls.c.kind == CallKind.EVENT.value,
            calls.c.rule.in_(INSTALL_EVENTS),
            calls.c.application_digest == application_digest,
            calls.c.application_digest != "",
        )
        .scalar_subquery()
    )


# The user's own settings begin as they usually are.
_SEEN = (
    "key",
    "member_id",
    "endpoint",
    "host",
    "application_digest",
    "installed_at",
    "first_seen",
    "last_seen",
)


def _see_portal_statement(event: LifeCycle) -> Upsert:
    """Makes a portal, or changes what this kind of post may change of a known one."""
    statement = upsert(portals).values(
        {**{name: bindparam(name) for name in _SEEN}, "paused_at": paused_with_all()}
    )
    new, old = statement.excluded, portals.c
    untrusted = old.trusted_at.is_(None)
    free = and_(untrusted, old.installed_at.is_(None))
    same = and_(new.application_digest != "", new.application_digest == old.application_digest)
    # A call may come to the store long after later ones, out of an emergency file.
    in_order = or_(old.installed_at.is_(None), old.installed_at <= new.last_seen)
    changes: dict[str, Any] = {"last_seen": new.last_seen}

    def change(name: str, when: ColumnElement[bool], value: Any) -> None:
        changes[name] = case((when, value), else_=old[name])

    moves, names = or_(free, and_(untrusted, same)), free
    if event is LifeCycle.UNINSTALL:
        moves = names = false()
        removes = and_(not_(free), same, in_order)
        change("gone_at", removes, func.coalesce(old.gone_at, new.last_seen))
    elif event is LifeCycle.INSTALL:
        installs = and_(new.application_digest != "", or_(untrusted, same), in_order)
        moves, names = or_(free, and_(untrusted, installs)), or_(free, installs)
        change("installed_at", installs, new.last_seen)
        change("gone_at", and_(installs, old.gone_at <= new.last_seen), null())
    elif event is LifeCycle.OPENING:
        moves = or_(moves, and_(untrusted, new.application_digest == ""))
    for name, when in (("endpoint", moves), ("host", moves), ("application_digest", names)):
        change(name, and_(when, new[name] != ""), new[name])
    return statement.on_conflict_do_update(index_elements=["key"], set_=changes)


def _see_rule_statement() -> Upsert:
    statement = upsert(rules)
    return statement.on_conflict_do_update(
        index_elements=["portal_id", "code"], set_={"code": statement.excluded.code}
    )


_COMPARED = (
    portals.c.id,
    portals.c.host,
    portals.c.application_digest,
    portals.c.trusted_at,
    portals.c.installed_at,
)
_SEE_PORTAL = {
    event: compiled(_see_portal_statement(event).returning(*_COMPARED)) for event in LifeCycle
}
_FIND_RULE = compiled(
    select(rules.c.id).where(
        rules.c.portal_id == bindparam("portal_id"), rules.c.code == bindparam("code")
    )
)
_SEE_RULE = compiled(_see_rule_statement().returning(rules.c.id))


def see_rule(cursor: DBAPICursor, portal_id: int, code: str, now: datetime) -> int:
    """The id of a portal's rule, made at its first call."""
    found = _FIND_RULE.rows(cursor, portal_id=portal_id, code=code) or _SEE_RULE.rows(
        cursor, portal_id=portal_id, code=code, first_seen=microseconds(now)
    )
    return int(found[0][0])
