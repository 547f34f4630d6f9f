"""What the commands print: JSON documents for programs, lines for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TextIO

from bxgui.core.body import properties_of, readable_fields
from bxgui.core.checks import Check, Severity, Subject
from bxgui.core.json_values import dump_object
from bxgui.core.life_cycle import Effect, effect_of
from bxgui.core.plain_text import printable
from bxgui.core.records import (
    AttemptDetail,
    AttemptRow,
    CallDetail,
    CallKind,
    Headers,
    TokenRow,
)
from bxgui.services.workspace import ClearCall
from bxgui.standard_output import writing

_SEVERITY_WIDTH = max(map(len, Severity))
_SUBJECT_WIDTH = max(map(len, Subject))


def moment(value: datetime | None) -> str | None:
    """A moment in ISO 8601, UTC, milliseconds."""
    return None if value is None else value.astimezone(UTC).isoformat(timespec="milliseconds")


def write_json(out: TextIO, document: object) -> None:
    """A JSON document on its own lines; bytes that are not UTF-8 are replaced."""
    write_json_text(out, json.dumps(document, ensure_ascii=False, indent=2))


def write_json_text(out: TextIO, text: str) -> None:
    """As `write_json`, for a document that is written out already."""
    clean = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    with writing():
        out.write("".join(map(_visible, clean)) + "\n")


def _visible(letter: str) -> str:
    """A letter as JSON may show it in a terminal: what cannot be seen is escaped."""
    return letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1]


def write_lines(out: TextIO, lines: Iterable[str]) -> None:
    """Text lines without control characters that could steer a terminal."""
    text = [printable(line) + "\n" for line in lines]
    with writing():
        out.writelines(text)


def token_json(row: TokenRow, properties: object) -> dict[str, object]:
    """A token as `bxgui tokens --json` lists it."""
    return {
        "id": row.id,
        "state": row.state.value if row.state else None,
        "rule": row.rule,
        "portal": row.portal,
        "document": row.document,
        "arrived_at": moment(row.arrived_at),
        "deadline": moment(row.deadline),
        "deliveries": row.deliveries,
        "attempts": row.attempts,
        "use_subscription": row.use_subscription,
        "properties": properties,
        "suspicion": row.suspicion.value or None,
        "reason": row.reason or None,
        "status": row.status,
    }


def token_lines(rows: Sequence[TokenRow], now: datetime) -> Iterable[str]:
    """A table of tokens."""
    if not rows:
        return ["No tokens."]
    table = [("id", "state", "rule", "document", "portal", "arrived", "deadline")]
    for row in rows:
        state = (row.state or row.kind).value
        table.append(
            (
                str(row.id),
                f"{state} !" if row.suspicion else state,
                row.rule,
                row.document,
                row.portal,
                f"{_span(now - row.arrived_at)} ago",
                _deadline(row.deadline, now),
            )
        )
    return columns(table)


def rejected_lines(rows: Sequence[TokenRow], now: datetime) -> Iterable[str]:
    """A table of posts that were not taken."""
    if not rows:
        return ["No rejected posts."]
    table = [("id", "answer", "arrived", "reason")]
    table += [
        (str(row.id), _answer(row.status), f"{_span(now - row.arrived_at)} ago", row.reason)
        for row in rows
    ]
    return columns(table)


def call_json(call: CallDetail, clear: ClearCall | None) -> dict[str, object]:
    """A call as `bxgui show --json` prints it."""
    fields = readable_fields(call.body, call.content_type)
    return {
        **token_json(call.row, properties_of(call.body, call.content_type)),
        "kind": call.row.kind.value,
        "effect": effect_of(call),
        "trusted": bool(call.portal and call.portal.trusted),
        "gone_at": moment(call.portal.gone_at) if call.portal else None,
        "member_id": call.portal.member_id if call.portal else None,
        "endpoint": call.endpoint,
        "access_expires_at": moment(call.access_expires_at),
        "peer": call.peer,
        "headers": _headers(call.headers),
        "content_type": call.content_type,
        "body": _text(clear.body if clear else call.body),
        "query": _text(clear.query if clear else call.query),
        "fields": fields,
    }


def call_lines(call: CallDetail, clear: ClearCall | None, now: datetime) -> Iterable[str]:
    """A call for reading."""
    if call.row.kind is CallKind.REJECTED:
        yield from _rejected_head(call, now)
    else:
        yield from _call_head(call, now)
    yield "headers"
    yield from (f"  {name}: {value}" for name, value in call.headers)
    if call.query:
        yield "query"
        yield f"  {_text(clear.query if clear else call.query)}"
    yield "body"
    yield f"  {_text(clear.body if clear else call.body)}"


def _rejected_head(call: CallDetail, now: datetime) -> Iterable[str]:
    row = call.row
    yield f"{row.kind} {row.id}: {row.reason}"
    yield f"answer     {_answer(row.status)}"
    yield f"sender     {call.peer or '-'}"
    yield f"arrived    {moment(row.arrived_at)}  ({_span(now - row.arrived_at)} ago)"
    kept = "a preview; --reveal prints all that came" if call.has_secrets else "a preview only"
    yield f"kept       {kept}"


def _call_head(call: CallDetail, now: datetime) -> Iterable[str]:
    row = call.row
    yield f"{row.kind} {row.id}: {row.rule or call.reason or 'no rule'}  {row.document}"
    yield f"state      {row.state or '-'}" + (f"  ({row.suspicion})" if row.suspicion else "")
    trust = "trusted" if call.portal and call.portal.trusted else "not trusted"
    yield f"portal     {row.portal or '-'}  ({trust})"
    yield from _application_lines(call)
    yield f"token      {row.token or '-'}"
    yield f"arrived    {moment(row.arrived_at)}  ({_span(now - row.arrived_at)} ago)"
    yield f"deliveries {row.deliveries}"
    yield f"deadline   {_deadline(row.deadline, now)}"
    if call.access_expires_at is not None:
        yield f"access     until {moment(call.access_expires_at)}"
    yield f"attempts   {row.attempts}"
    yield "fields"
    shaped = readable_fields(call.body, call.content_type)
    fields = json.dumps(shaped, ensure_ascii=False, indent=2)
    yield from (f"  {line}" for line in fields.splitlines())


_EFFECTS = {
    Effect.INSTALLED: "the application was installed or updated with the token that is kept",
    Effect.REMOVED: "the application was removed",
    Effect.BACK: "the application was removed, and installed again or trusted since",
    Effect.NO_PORTAL: "changed nothing: the event names no portal",
    Effect.NO_TOKEN: "proves nothing: the event carries no application token",
    Effect.NO_KEPT_TOKEN: "changed nothing: no application token is kept that could prove it",
    Effect.OTHER_INSTALLATION: "changed nothing: another application token than the one kept",
    Effect.OTHER_REMOVAL: "changed nothing: another application token than the one kept",
}


def _application_lines(call: CallDetail) -> Iterable[str]:
    """What became of the application, by this event and in the portal of any call."""
    effect, portal = effect_of(call), call.portal
    if effect is not None:
        yield f"effect     {_EFFECTS[effect]}"
    if portal is not None and portal.gone:
        yield f"removed    {moment(portal.gone_at)}: the portal will refuse replies"


def attempt_json(row: AttemptRow) -> dict[str, object]:
    """An attempt as `bxgui history --json` lists it."""
    explanation = row.explanation
    return {
        "at": moment(row.at),
        "call": row.call_id,
        "method": row.method,
        "http_status": row.http_status or None,
        "outcome": row.outcome.value if row.outcome else None,
        "code": row.code or None,
        "explanation": explanation.title if explanation else None,
        "milliseconds": row.milliseconds,
        "id": row.id,
        "description": row.description or None,
        "rule": row.rule,
        "document": row.document,
        "portal": row.portal,
        "executed": explanation.executed if explanation else None,
    }


def exchange_json(attempt: AttemptDetail) -> dict[str, object]:
    """An attempt with cause, advice and its whole exchange."""
    exchange, explanation = attempt.exchange, attempt.row.explanation
    return {
        **attempt_json(attempt.row),
        "cause": explanation.cause if explanation else None,
        "action": explanation.action if explanation else None,
        "values": json.loads(dump_object(attempt.values)),
        "log_message": attempt.log_message,
        "request": {
            "url": exchange.url,
            "headers": _headers(exchange.request_headers),
            "body": _text(exchange.request_body),
        },
        "response": {
            "status": exchange.http_status or None,
            "headers": _headers(exchange.response_headers),
            "body": _text(exchange.response_body),
            "failure": exchange.failure or None,
            "failure_text": exchange.failure_text or None,
        },
    }


def attempt_lines(attempt: AttemptDetail) -> Iterable[str]:
    """An outcome for reading."""
    row, explanation = attempt.row, attempt.row.explanation
    status = f"HTTP {row.http_status}" if row.http_status else "no answer"
    code = " ".join(filter(None, (row.code, row.description)))
    yield f"{row.outcome}: {row.method}, {status}, {row.milliseconds} ms" + (
        f", {code}" if code else ""
    )
    if explanation is not None:
        yield f"{explanation.title} {explanation.cause}"
        yield explanation.action


def history_lines(rows: Sequence[AttemptRow]) -> Iterable[str]:
    """A table of attempts."""
    if not rows:
        return ["No attempts."]
    table = [("at", "call", "method", "status", "outcome", "code", "ms", "explanation")]
    for row in rows:
        explanation = row.explanation
        table.append(
            (
                moment(row.at) or "",
                str(row.call_id),
                row.method,
                str(row.http_status or "-"),
                row.outcome.value if row.outcome else "under way",
                row.code,
                str(row.milliseconds),
                explanation.title if explanation else "",
            )
        )
    return columns(table)


def _headers(headers: Headers) -> list[list[str]]:
    return [[name, value] for name, value in headers]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def numbered(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count} {one if count == 1 else many}"


def columns(table: Sequence[tuple[str, ...]]) -> Iterable[str]:
    """A table in lines, its columns aligned."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        yield "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip()


def _answer(status: int | None) -> str:
    return f"HTTP {status}" if status else "none"


def _deadline(deadline: datetime | None, now: datetime) -> str:
    if deadline is None:
        return "none"
    if deadline <= now:
        return f"passed {_span(now - deadline)} ago"
    return f"in {_span(deadline - now)}"


def check_json(check: Check) -> dict[str, str]:
    """A check as `bxgui doctor --json` prints it."""
    return {
        "subject": check.subject.value,
        "severity": check.severity.value,
        "text": check.text,
        "advice": check.advice,
    }


def check_lines(check: Check) -> Iterable[str]:
    """A check on a line, and the advice below it."""
    is_bad = check.severity is Severity.PROBLEM
    shown = check.severity.upper() if is_bad else check.severity
    yield f"{shown:<{_SEVERITY_WIDTH}}  {check.subject:<{_SUBJECT_WIDTH}}  {check.text}"
    if check.advice:
        yield f"{'':{_SEVERITY_WIDTH + _SUBJECT_WIDTH + 4}}{check.advice}"


def _span(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{max(seconds, 0)} s"
