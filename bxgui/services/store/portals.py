"""Portals and rules in the store: what calls tell of them, and the user's trust."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, func, or_, select, update
from sqlalchemy.dialects.sqlite import Insert as Upsert
from sqlalchemy.dialects.sqlite import insert as upsert

from bxgui.core.records import Portal, Suspicion
from bxgui.services.store.database import Database
from bxgui.services.store.tables import calls, portals, rules


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


class Portals:
    """The portals and rules of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Portal]:
        """Every portal, the one heard of last first."""
        with self._database.read() as connection:
            found = connection.execute(_SELECT.order_by(portals.c.last_seen.desc())).all()
        return [_portal(row) for row in found]

    def by_key(self, key: str) -> Portal | None:
        """The portal of a member id, or of `host:…` where calls carry none."""
        with self._database.read() as connection:
            row = connection.execute(_SELECT.where(portals.c.key == key)).one_or_none()
        return None if row is None else _portal(row)

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
        differs = (
            (calls.c.host != host, Suspicion.ADDRESS.value),
            (calls.c.application_digest != application_digest, Suspicion.APPLICATION_TOKEN.value),
        )
        with self._database.write() as connection:
            connection.execute(
                update(portals)
                .where(portals.c.id == portal_id)
                .values(
                    endpoint=endpoint,
                    host=host,
                    application_digest=application_digest,
                    trusted_at=now,
                )
            )
            connection.execute(
                update(calls)
                .where(calls.c.portal_id == portal_id)
                .values(suspicion=case(*differs, else_=Suspicion.NONE.value))
            )

    def distrust(self, portal_id: int) -> None:
        """Take the trust back."""
        with self._database.write() as connection:
            connection.execute(
                update(portals).where(portals.c.id == portal_id).values(trusted_at=None)
            )

    def keep_registration(
        self, portal_id: int, code: str, registration: Mapping[str, object], now: datetime
    ) -> None:
        """Keep a rule's RETURN_PROPERTIES as it was registered."""
        with self._database.write() as connection:
            rule_id = see_rule(connection, portal_id, code, now)
            connection.execute(
                update(rules)
                .where(rules.c.id == rule_id)
                .values(registration=json.dumps(registration, ensure_ascii=False))
            )


_SELECT = select(
    portals,
    select(func.count())
    .select_from(calls)
    .where(calls.c.portal_id == portals.c.id)
    .scalar_subquery()
    .label("call_count"),
)


def _portal(row: Row[Any]) -> Portal:
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
        calls=row.call_count,
        installed_at=row.installed_at,
        gone_at=row.gone_at,
    )


def portal_of(connection: Connection, portal_id: int | None) -> Portal | None:
    """A portal by its id."""
    row = connection.execute(_SELECT.where(portals.c.id == portal_id)).one_or_none()
    return None if row is None else _portal(row)


def see_portal(
    connection: Connection, seen: Sighting, now: datetime
) -> tuple[int | None, Suspicion]:
    """Note that a portal was heard of, and tell whether the call fits the trusted one.

    A trusted portal's address and application token change only by the user's own act.
    """
    if not seen.key:
        return None, Suspicion.NONE
    row = connection.execute(
        _SEE_PORTAL,
        {
            "key": seen.key,
            "member_id": seen.member_id,
            "endpoint": seen.endpoint,
            "host": seen.host,
            "application_digest": seen.application_digest,
            "first_seen": now,
            "last_seen": now,
        },
    ).one()
    return row.id, _suspicion(row, seen)


def _see_portal_statement() -> Upsert:
    statement = upsert(portals)
    new = statement.excluded
    kept: dict[str, Any] = {
        name: case(
            (or_(portals.c.trusted_at.is_not(None), new[name] == ""), portals.c[name]),
            else_=new[name],
        )
        for name in ("endpoint", "host", "application_digest")
    }
    return statement.on_conflict_do_update(
        index_elements=["key"], set_={"last_seen": new.last_seen, **kept}
    )


def _see_rule_statement() -> Upsert:
    statement = upsert(rules)
    return statement.on_conflict_do_update(
        index_elements=["portal_id", "code"], set_={"code": statement.excluded.code}
    )


_SEE_PORTAL = _see_portal_statement().returning(portals)
_SEE_RULE = _see_rule_statement().returning(rules.c.id)


def _suspicion(row: Row[Any], seen: Sighting) -> Suspicion:
    if row.trusted_at is None:
        return Suspicion.NONE
    if row.host != seen.host:
        return Suspicion.ADDRESS
    if row.application_digest != seen.application_digest:
        return Suspicion.APPLICATION_TOKEN
    return Suspicion.NONE


def see_rule(connection: Connection, portal_id: int, code: str, now: datetime) -> int:
    """The id of a portal's rule, made at its first call."""
    found = connection.execute(
        _SEE_RULE, {"portal_id": portal_id, "code": code, "first_seen": now}
    ).one()
    return int(found.id)
