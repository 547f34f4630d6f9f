"""The turns of requests to a portal: a bucket that every program fills and time drains."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from bxgui.core import rate
from bxgui.core.rate import Bucket
from bxgui.services.store.database import Database
from bxgui.services.store.portals import rate_of
from bxgui.services.store.problems import StoreProblem
from bxgui.services.store.tables import portals

# What `take_turn` wants to know of a portal.
TURN_COLUMNS = (portals.c.rate, portals.c.burst, portals.c.bucket_level, portals.c.bucket_at)

# Who has waited as told comes a little early where moments are rounded.
_SLACK_SECONDS = 0.001


class NotYet(StoreProblem):
    """The portal has had as many requests as it takes; in so many seconds it takes the next."""

    def __init__(self, seconds: float) -> None:
        super().__init__("not_yet", "The portal has had as many requests as it takes at once.")
        self.seconds = seconds


class Turns:
    """What all programs together have sent to the portals lately."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fill(self, portal_id: int, now: datetime) -> None:
        """Note that a portal has said that it takes no more now: others than we fill it too."""
        wanted: Select[Any] = select(*TURN_COLUMNS).where(portals.c.id == portal_id)
        with self._database.write() as connection:
            known = rate_of(connection.execute(wanted).one())
            _store(connection, portal_id, rate.full(known, now.timestamp()))


def take_turn(connection: Connection, portal_id: int, row: Row[Any], now: datetime) -> None:
    """Count a request to a portal; raises `NotYet` where it is one too many.

    The row has the portal's `TURN_COLUMNS`.
    """
    known, moment = rate_of(row), now.timestamp()
    at = 0.0 if row.bucket_at is None else row.bucket_at.timestamp()
    bucket = Bucket(row.bucket_level, at)
    seconds = rate.wait(bucket, known, moment)
    if seconds > _SLACK_SECONDS:
        raise NotYet(seconds)
    _store(connection, portal_id, rate.filled(bucket, known, moment))


def _store(connection: Connection, portal_id: int, bucket: Bucket) -> None:
    at = datetime.fromtimestamp(bucket.at, UTC)
    connection.execute(
        update(portals)
        .where(portals.c.id == portal_id)
        .values(bucket_level=bucket.level, bucket_at=at)
    )
