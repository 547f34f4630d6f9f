"""Attempts as they are read from the store."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, case, select

from bxgui.core.explanations import Outcome
from bxgui.core.json_values import parse_object
from bxgui.core.records import AttemptDetail, AttemptRow
from bxgui.services.store.exchange_rows import exchange_of
from bxgui.services.store.tables import attempts, batches, calls, replies

HISTORY: Select[Any] = (
    select(
        attempts.c.id,
        attempts.c.call_id,
        attempts.c.reply_id,
        attempts.c.started_at,
        attempts.c.http_status,
        attempts.c.outcome,
        attempts.c.code,
        attempts.c.description,
        attempts.c.explanation_key,
        attempts.c.milliseconds,
        replies.c.method,
        calls.c.rule,
        calls.c.document,
        calls.c.host,
    )
    .select_from(attempts)
    .join(calls, calls.c.id == attempts.c.call_id)
    .join(replies, replies.c.id == attempts.c.reply_id)
)


def attempt_row(row: Row[Any]) -> AttemptRow:
    """A line of the history."""
    return AttemptRow(
        id=row.id,
        call_id=row.call_id,
        reply_id=row.reply_id,
        at=row.started_at,
        method=row.method,
        http_status=row.http_status,
        outcome=Outcome(row.outcome) if row.outcome else None,
        code=row.code,
        description=row.description,
        explanation_key=row.explanation_key,
        milliseconds=row.milliseconds,
        rule=row.rule,
        document=row.document,
        portal=row.host,
    )


def _of_exchange(name: str) -> Any:
    """A column of the batch where the attempt was made in one, else of the attempt."""
    in_batch = attempts.c.batch_id.is_not(None)
    return case((in_batch, batches.c[name]), else_=attempts.c[name]).label(name)


DETAIL: Select[Any] = HISTORY.add_columns(
    attempts.c.url,
    attempts.c.reason,
    attempts.c.failure,
    attempts.c.failure_text,
    attempts.c.command,
    _of_exchange("request_headers"),
    _of_exchange("request_body"),
    _of_exchange("response_headers"),
    _of_exchange("response_body"),
    replies.c.return_values,
    replies.c.log_message,
).outerjoin(batches, batches.c.id == attempts.c.batch_id)


def attempt_detail(row: Row[Any]) -> AttemptDetail:
    """An attempt with its whole exchange."""
    exchange = exchange_of(row)
    values = parse_object(row.return_values)
    return AttemptDetail(attempt_row(row), exchange, values, row.log_message, row.command)
