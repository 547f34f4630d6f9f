"""What brings an older store up to date, a version at a time."""

from __future__ import annotations

from sqlalchemy import Connection

_BATCHES = """
CREATE TABLE batches (id INTEGER NOT NULL PRIMARY KEY, request_headers TEXT DEFAULT '[]' NOT NULL,
    request_body BLOB DEFAULT x'' NOT NULL, response_headers TEXT DEFAULT '[]' NOT NULL,
    response_body BLOB DEFAULT x'' NOT NULL)
"""


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
    how a portal is sent dates. Replies wait in a queue, are repeated, and go together.
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
    connection.exec_driver_sql("ALTER TABLE portals ADD COLUMN paused_at BIGINT")
    for column in (
        "suspicious_too BOOLEAN DEFAULT 0 NOT NULL",
        "together BOOLEAN DEFAULT 0 NOT NULL",
        "most_tries INTEGER DEFAULT 1 NOT NULL",
        "most_seconds FLOAT DEFAULT 0 NOT NULL",
        "next_try_at BIGINT",
    ):
        connection.exec_driver_sql(f"ALTER TABLE replies ADD COLUMN {column}")
    for statement in (
        _BATCHES,
        "ALTER TABLE attempts ADD COLUMN batch_id INTEGER REFERENCES batches (id)",
        "ALTER TABLE attempts ADD COLUMN command TEXT DEFAULT '' NOT NULL",
        "CREATE INDEX attempts_by_reply ON attempts (reply_id)",
    ):
        connection.exec_driver_sql(statement)
