"""The store's tables; `SCHEMA_VERSION` grows with every change of their shape."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

SCHEMA_VERSION = 4
# SQLite limits how many values a statement takes; its older versions to 999.
MOST_IN_ONE_QUERY = 900
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime | None) -> int | None:
    """A moment as it is kept: microseconds since 1970."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


def moment_of(kept: int) -> datetime:
    """The moment that is kept as so many microseconds since 1970."""
    return _EPOCH + kept * _MICROSECOND


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970 so that it sorts and compares in SQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Microseconds for a moment."""
        return microseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment for microseconds."""
        return None if value is None else moment_of(int(value))


metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

listener_paths = Table(
    "listener_paths",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("secret", Text, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("honoured_until", Moment),
)

portals = Table(
    "portals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("member_id", Text, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("application_digest", Text, nullable=False, server_default=""),
    Column("trusted_at", Moment),
    Column("installed_at", Moment),
    Column("gone_at", Moment),
    Column("date_format", Text),
    Column("paused_at", Moment),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("source_order", Text, nullable=False, server_default=""),
    Column("rate", Float),
    Column("burst", Integer),
    Column("bucket_level", Float, nullable=False, server_default=text("0")),
    Column("bucket_at", Moment),
    Column("ca_file", Text, nullable=False, server_default=""),
    Column("plain_http_host", Text, nullable=False, server_default=""),
    Column("server_endpoint", Text, nullable=False, server_default=""),
)

# What a portal is authorized by besides its calls: secrets bound to `host`, `sealed` the tokens.
authorizations = Table(
    "authorizations",
    metadata,
    Column("portal_id", ForeignKey("portals.id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("host", Text, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("user_id", Text, nullable=False, server_default=""),
    Column("scope", Text, nullable=False, server_default=""),
    Column("granted_at", Moment),
    Column("expires_at", Moment),
    Column("sealed", LargeBinary),
    Column("key_id", Text),
    Column("problem", Text, nullable=False, server_default=""),
)

# First authorizations under way; the listener puts what a browser brings to its state.
logins = Table(
    "logins",
    metadata,
    Column("state_digest", Text, primary_key=True),
    Column("portal_id", ForeignKey("portals.id"), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("arrived_at", Moment),
    Column("sealed", LargeBinary),
    Column("key_id", Text),
)

rules = Table(
    "rules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("portal_id", ForeignKey("portals.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("registration", Text),
    Column("first_seen", Moment, nullable=False),
    UniqueConstraint("portal_id", "code"),
)

calls = Table(
    "calls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text),
    Column("token_digest", Text, unique=True),
    Column("token_short", Text, nullable=False, server_default=""),
    Column("portal_id", ForeignKey("portals.id")),
    Column("rule_id", ForeignKey("rules.id")),
    Column("rule", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("status", Integer),
    Column("suspicion", Text, nullable=False, server_default=""),
    Column("endpoint", Text, nullable=False, server_default=""),
    Column("host", Text, nullable=False, server_default=""),
    Column("application_digest", Text, nullable=False, server_default=""),
    Column("use_subscription", Text),
    Column("arrived_at", Moment, nullable=False),
    Column("last_arrived_at", Moment, nullable=False),
    Column("deadline", Moment),
    Column("access_expires_at", Moment),
    Column("deliveries", Integer, nullable=False, server_default=text("1")),
    Column("search_text", Text, nullable=False, server_default=""),
    Index("calls_by_arrival", "arrived_at"),
    Index("calls_by_state", "kind", "state", "arrived_at"),
    Index("calls_by_portal", "portal_id"),
    Index("calls_by_rule", "rule_id"),
)

bodies = Table(
    "bodies",
    metadata,
    Column("call_id", ForeignKey("calls.id"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("query", LargeBinary, nullable=False),
    Column("content_type", Text),
    Column("headers", Text, nullable=False),
    Column("peer", Text, nullable=False, server_default=""),
    Column("sealed", LargeBinary),
    Column("key_id", Text),
)

replies = Table(
    "replies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("method", Text, nullable=False),
    Column("return_values", Text, nullable=False),
    Column("log_message", Text, nullable=False),
    Column("state_before", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("closed", Boolean, nullable=False, server_default=text("0")),
    Column("suspicious_too", Boolean, nullable=False, server_default=text("0")),
    Column("together", Boolean, nullable=False, server_default=text("0")),
    Column("most_tries", Integer, nullable=False, server_default=text("1")),
    Column("most_seconds", Float, nullable=False, server_default=text("0")),
    Column("next_try_at", Moment),
    Index("replies_by_call", "call_id"),
    Index("replies_open", "closed", sqlite_where=text("closed = 0")),
)

# One exchange that several attempts were made in, each by a command of its own.
batches = Table(
    "batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_headers", Text, nullable=False, server_default="[]"),
    Column("request_body", LargeBinary, nullable=False, server_default=text("x''")),
    Column("response_headers", Text, nullable=False, server_default="[]"),
    Column("response_body", LargeBinary, nullable=False, server_default=text("x''")),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reply_id", ForeignKey("replies.id"), nullable=False),
    Column("call_id", ForeignKey("calls.id"), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("url", Text, nullable=False, server_default=""),
    Column("milliseconds", Integer, nullable=False, server_default=text("0")),
    Column("http_status", Integer, nullable=False, server_default=text("0")),
    Column("reason", Text, nullable=False, server_default=""),
    Column("failure", Text, nullable=False, server_default=""),
    Column("failure_text", Text, nullable=False, server_default=""),
    Column("outcome", Text),
    Column("code", Text, nullable=False, server_default=""),
    Column("description", Text, nullable=False, server_default=""),
    Column("explanation_key", Text, nullable=False, server_default=""),
    Column("request_headers", Text, nullable=False, server_default="[]"),
    Column("request_body", LargeBinary, nullable=False, server_default=text("x''")),
    Column("response_headers", Text, nullable=False, server_default="[]"),
    Column("response_body", LargeBinary, nullable=False, server_default=text("x''")),
    Column("batch_id", ForeignKey("batches.id")),
    Column("command", Text, nullable=False, server_default=""),
    Index("attempts_by_call", "call_id"),
    Index("attempts_by_reply", "reply_id"),
    Index("attempts_by_start", "started_at"),
)

# What was exchanged with a portal or its authorization server, but for no reply.
exchanges = Table(
    "exchanges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("portal_id", ForeignKey("portals.id"), nullable=False),
    Column("method", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("url", Text, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("http_status", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("failure", Text, nullable=False),
    Column("failure_text", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("explanation_key", Text, nullable=False),
    Column("request_headers", Text, nullable=False),
    Column("request_body", LargeBinary, nullable=False),
    Column("response_headers", Text, nullable=False),
    Column("response_body", LargeBinary, nullable=False),
    Index("exchanges_by_portal", "portal_id"),
)

waived_findings = Table(
    "waived_findings",
    metadata,
    Column("rule_id", ForeignKey("rules.id"), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("name", Text, primary_key=True),
)

presets = Table(
    "presets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule_id", ForeignKey("rules.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("return_values", Text, nullable=False),
    Column("log_message", Text, nullable=False),
    Column("used_at", Moment, nullable=False),
    UniqueConstraint("rule_id", "name"),
)
