"""What the user does with portals: adds them by hand, sets them up, moves and forgets them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bxgui.core.portal_settings import PortalSettings
from bxgui.services.store.database import Database
from bxgui.services.store.pause_of_all import paused_with_all
from bxgui.services.store.portals import judge_calls
from bxgui.services.store.tables import authorizations, calls, exchanges, logins, portals, rules

_SETTINGS = ("name", "source_order", "rate", "burst", "ca_file", "plain_http_host")


class PortalRegister:
    """The portals of a store, by the user's own acts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, key: str, endpoint: str, host: str, now: datetime) -> None:
        """Trust an address that the user gives, as a portal of which nothing else is known."""
        values = {"endpoint": endpoint, "host": host, "trusted_at": now}
        statement = upsert(portals).values(
            key=key,
            member_id="",
            first_seen=now,
            last_seen=now,
            paused_at=paused_with_all(),
            **values,
        )
        with self._database.write() as connection:
            _free(connection, key, host)
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
            judge_calls(connection, _id_of(connection, key))

    def change(self, portal_id: int, settings: PortalSettings) -> None:
        """Set a portal up."""
        with self._database.write() as connection:
            connection.execute(
                update(portals).where(portals.c.id == portal_id).values(_columns(settings))
            )

    def identify(self, portal_id: int, member_id: str) -> None:
        """Note the member id of a portal added by hand, unless calls have told it otherwise."""
        with self._database.write() as connection:
            known = select(func.count()).where(portals.c.key == member_id)
            if not member_id or connection.scalar(known) or _has_calls(connection, portal_id):
                return
            connection.execute(
                update(portals)
                .where(portals.c.id == portal_id, portals.c.member_id == "")
                .values(key=member_id, member_id=member_id)
            )

    def adopt(self, portal_id: int, by_hand: int) -> None:
        """Let a portal known from calls take over what the user set up by hand for its host."""
        with self._database.write() as connection:
            known = select(authorizations.c.source).where(authorizations.c.portal_id == portal_id)
            connection.execute(
                update(authorizations)
                .where(
                    authorizations.c.portal_id == by_hand,
                    authorizations.c.source.not_in(known.scalar_subquery()),
                )
                .values(portal_id=portal_id)
            )
            connection.execute(
                update(exchanges)
                .where(exchanges.c.portal_id == by_hand)
                .values(portal_id=portal_id)
            )
            settings = select(*(portals.c[name] for name in _SETTINGS)).where(
                portals.c.id == by_hand
            )
            connection.execute(
                update(portals)
                .where(portals.c.id == portal_id)
                .values(**connection.execute(settings).one()._mapping)  # noqa: SLF001
            )
            _forget(connection, by_hand)

    def move(self, portal_id: int, endpoint: str, host: str) -> None:
        """Have a trusted portal at another address, and with it the calls that named its former."""
        with self._database.write() as connection:
            former = select(portals.c.host).where(portals.c.id == portal_id).scalar_subquery()
            connection.execute(
                update(calls)
                .where(calls.c.portal_id == portal_id, calls.c.host == former)
                .values(endpoint=endpoint, host=host)
            )
            connection.execute(
                # Plain http is allowed to a host by its name.
                update(portals)
                .where(portals.c.id == portal_id, portals.c.host != host)
                .values(plain_http_host="")
            )
            connection.execute(
                update(portals)
                .where(portals.c.id == portal_id)
                .values(endpoint=endpoint, host=host)
            )
            judge_calls(connection, portal_id)

    def forget(self, portal_id: int) -> None:
        """Forget what was set up and entered for a portal, and the trust in it; its calls stay."""
        with self._database.write() as connection:
            _forget(connection, portal_id)


def _columns(settings: PortalSettings) -> Mapping[str, Any]:
    return {
        "name": settings.name,
        "source_order": ",".join(settings.order),
        "rate": settings.rate.per_second,
        "burst": settings.rate.burst,
        "ca_file": settings.reach.ca_file,
        "plain_http_host": settings.reach.plain_http_host,
    }


def _forget(connection: Connection, portal_id: int) -> None:
    for table in (authorizations, logins, exchanges):
        connection.execute(delete(table).where(table.c.portal_id == portal_id))
    known_rules = select(func.count()).where(rules.c.portal_id == portal_id)
    if not _has_calls(connection, portal_id) and not connection.scalar(known_rules):
        connection.execute(delete(portals).where(portals.c.id == portal_id))
        return
    usual = {**_columns(PortalSettings()), "rate": None, "burst": None, "source_order": ""}
    connection.execute(
        update(portals)
        .where(portals.c.id == portal_id)
        .values(trusted_at=None, server_endpoint="", **usual)
    )
    judge_calls(connection, portal_id)


def _free(connection: Connection, key: str, host: str) -> None:
    """Name a portal that has left the host after which its key names it by its new one."""
    its_own = "host:" + portals.c.host
    connection.execute(
        update(portals)
        .where(portals.c.key == key, portals.c.host != host, portals.c.member_id == "")
        .where(its_own.not_in(select(portals.c.key).scalar_subquery()))
        .values(key=its_own)
    )


def _has_calls(connection: Connection, portal_id: int) -> bool:
    found = select(calls.c.id).where(calls.c.portal_id == portal_id).limit(1)
    return connection.scalar(found) is not None


def _id_of(connection: Connection, key: str) -> int:
    return int(connection.execute(select(portals.c.id).where(portals.c.key == key)).scalar_one())
