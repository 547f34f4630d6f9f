"""Exchanges as they are kept, whatever they were made for."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row

from bxgui.core.records import Exchange


def exchange_of(row: Row[Any]) -> Exchange:
    """The exchange in a row with its columns."""
    return Exchange(
        method="POST",
        url=row.url,
        started_at=row.started_at,
        milliseconds=row.milliseconds,
        request_headers=tuple((n, v) for n, v in json.loads(row.request_headers)),
        request_body=row.request_body,
        http_status=row.http_status,
        reason=row.reason,
        response_headers=tuple((n, v) for n, v in json.loads(row.response_headers)),
        response_body=row.response_body,
        failure=row.failure,
        failure_text=row.failure_text,
    )
