"""The listener's secret paths in the store: one for new rules, former ones for a while."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, or_, select, update

from bxgui.services.store.database import Database
from bxgui.services.store.identity import Identity
from bxgui.services.store.tables import listener_paths, moment_of

_SECRET_BYTES = 24


@dataclass(frozen=True, slots=True)
class ListenerPath:
    """A secret path; `honoured_until` is None while it is the one to register rules with."""

    secret: str
    created_at: datetime
    honoured_until: datetime | None = None

    def is_honoured(self, now: datetime) -> bool:
        """Whether calls are taken at it."""
        return self.honoured_until is None or now < self.honoured_until


class ListenerPaths:
    """The secret paths of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[ListenerPath]:
        """Every path, the newest first; none before the first use."""
        with self._database.read() as connection:
            return paths_in(connection)

    def honoured(self, now: datetime) -> list[ListenerPath]:
        """The paths at which calls are taken, the newest first; made at the first use."""
        if found := [path for path in self.all() if path.is_honoured(now)]:
            return found
        with self._database.write() as connection:
            found = [path for path in paths_in(connection) if path.is_honoured(now)]
            return found or [_made(connection, now)]

    def rotate(self, now: datetime, honour_until: datetime) -> ListenerPath:
        """A new path; the former ones are honoured until a moment, or until their own if earlier.

        With `now` for that moment they are not honoured any more.
        """
        until = listener_paths.c.honoured_until
        with self._database.write() as connection:
            connection.execute(
                update(listener_paths)
                .where(or_(until.is_(None), until > honour_until))
                .values(honoured_until=honour_until)
            )
            return _made(connection, now)


def paths_of(identity: Identity) -> list[ListenerPath]:
    """Every path of a store with this identity, the newest first."""
    return [
        ListenerPath(secret, moment_of(created), None if until is None else moment_of(until))
        for secret, created, until in reversed(identity.paths)
    ]


def paths_in(connection: Connection) -> list[ListenerPath]:
    """Every path of an open store, the newest first."""
    columns = (
        listener_paths.c.secret,
        listener_paths.c.created_at,
        listener_paths.c.honoured_until,
    )
    rows = connection.execute(select(*columns).order_by(listener_paths.c.id.desc()))
    return [ListenerPath(*row) for row in rows]


def _made(connection: Connection, now: datetime) -> ListenerPath:
    made = ListenerPath(secrets.token_urlsafe(_SECRET_BYTES), now)
    connection.execute(insert(listener_paths).values(secret=made.secret, created_at=now))
    return made
