"""What brings an older store up to date, a version at a time."""

from __future__ import annotations

from sqlalchemy import Connection


def to_2(connection: Connection) -> None:
    """Portals know when they were installed and removed; rejected posts have a status."""
    for statement in (
        "ALTER TABLE portals ADD COLUMN installed_at BIGINT",
        "ALTER TABLE portals ADD COLUMN gone_at BIGINT",
        "ALTER TABLE calls ADD COLUMN status INTEGER",
    ):
        connection.exec_driver_sql(statement)
