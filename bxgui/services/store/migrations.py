"""What brings an older store up to date, a version at a time."""

from __future__ import annotations

from sqlalchemy import Connection

_BATCHES = """
CREATE TABLE batches (id INTEGER NOT NULL PRIMARY KEY, request_headers TEXT DEFAULT '[]' NOT NULL,
    request_body BLOB DEFAULT x'' NOT NULL, response_headers TEXT DEFAULT '[]' NOT NULL,
    response_body BLOB DEFAULT x'' NOT NULL)
"""
_AUTHORIZATIONS = """
CREATE TABLE authorizations (portal_id INTEGER NOT NULL REFERENCES portals (id),
    source TEXT NOT NULL, host TEXT NOT NULL, entered_at BIGINT NOT NULL,
    user_id TEXT DEFAULT '' NOT NULL, scope TEXT DEFAULT '' NOT NULL, granted_at BIGINT,
    expires_at BIGINT, sealed BLOB, key_id TEXT, problem TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (portal_id, source))
"""
_LOGINS = """
CREATE TABLE logins (state_digest TEXT NOT NULL PRIMARY KEY,
    portal_id INTEGER NOT NULL REFERENCES portals (id), begun_at BIGINT NOT NULL,
    arrived_at BIGINT, sealed BLOB, key_id TEXT)
"""
_EXCHANGES = """
CREATE TABLE exchanges (id INTEGER NOT NULL PRIMARY KEY,
    portal_id INTEGER NOT NULL REFERENCES portals (id), method TEXT NOT NULL,
    started_at BIGINT NOT NULL, url TEXT NOT NULL, milliseconds INTEGER NOT NULL,
    http_status INTEGER NOT NULL, reason TEXT NOT NULL, failure TEXT NOT NULL,
    failure_text TEXT NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL,
    description TEXT NOT NULL, explanation_key TEXT NOT NULL, request_headers TEXT NOT NULL,
    request_body BLOB NOT NULL, response_headers TEXT NOT NULL, response_body BLOB NOT NULL)
"""
_EXCHANGES_BY_PORTAL = "CREATE INDEX exchanges_by_portal ON exchanges (portal_id)"


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
    how a portal is sent dates. Portals are set up by the user, and authorized by more than their
    calls. Replies wait in a queue, are repeated, and go together.
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
    for column in (
        "name TEXT DEFAULT '' NOT NULL",
        "source_order TEXT DEFAULT '' NOT NULL",
        "rate FLOAT",
        "burst INTEGER",
        "ca_file TEXT DEFAULT '' NOT NULL",
        "plain_http_host TEXT DEFAULT '' NOT NULL",
        "server_endpoint TEXT DEFAULT '' NOT NULL",
        "paused_at BIGINT",
    ):
        connection.exec_driver_sql(f"ALTER TABLE portals ADD COLUMN {column}")
    for column in (
        "suspicious_too BOOLEAN DEFAULT 0 NOT NULL",
        "together BOOLEAN DEFAULT 0 NOT NULL",
        "most_tries INTEGER DEFAULT 1 NOT NULL",
        "most_seconds FLOAT DEFAULT 0 NOT NULL",
        "next_try_at BIGINT",
    ):
        connection.exec_driver_sql(f"ALTER TABLE replies ADD COLUMN {column}")
    for statement in (
        _AUTHORIZATIONS,
        _LOGINS,
        _EXCHANGES,
        _EXCHANGES_BY_PORTAL,
        _BATCHES,
        "ALTER TABLE attempts ADD COLUMN batch_id INTEGER REFERENCES batches (id)",
        "ALTER TABLE attempts ADD COLUMN command TEXT DEFAULT '' NOT NULL",
        "CREATE INDEX attempts_by_reply ON attempts (reply_id)",
    ):
        connection.exec_driver_sql(statement)


def to_4(connection: Connection) -> None:
    """Programs share the rate of a portal. The calls of a rule are found without reading all."""
    for statement in (
        "ALTER TABLE portals ADD COLUMN bucket_level FLOAT DEFAULT 0 NOT NULL",
        "ALTER TABLE portals ADD COLUMN bucket_at BIGINT",
        "CREATE INDEX calls_by_rule ON calls (rule_id)",
    ):
        connection.exec_driver_sql(statement)
