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


def to_3(connection: Connection) -> None:
    """Kept are a rule's whole registration, which findings nobody wants to be asked about, and
    how a portal is sent dates.
    """
    connection.exec_driver_sql(
        "UPDATE rules SET registration = json_object('RETURN_PROPERTIES', json(registration)) "
        "WHERE registration IS NOT NULL"
    )
    connection.exec_driver_sql("ALTER TABLE portals ADD COLUMN date_format TEXT")
    connection.exec_driver_sql(
        "CREATE TABLE waived_findings (rule_id INTEGER NOT NULL REFERENCES rules (id), "
        "code TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (rule_id, code, name))"
    )
