"""The store's tables; `SCHEMA_VERSION` grows with every change of their shape."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
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

SCHEMA_VERSION = 3
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
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
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
    Index("replies_by_call", "call_id"),
    Index("replies_open", "closed", sqlite_where=text("closed = 0")),
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
    Index("attempts_by_call", "call_id"),
    Index("attempts_by_start", "started_at"),
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
