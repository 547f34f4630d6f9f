"""What a person should know before a reply goes out, because the portal will not say it after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from bxgui.core.deadlines import TokenState
from bxgui.core.json_values import Pairs
from bxgui.core.records import CallDetail
from bxgui.core.schema import ReturnProperty


@dataclass(frozen=True, slots=True)
class Finding:
    """A code, the name of the value it is about, and the nearest known name for a misspelt one."""

    code: str
    name: str = ""
    nearest: str = ""


def of_values(schema: Sequence[ReturnProperty], values: Pairs) -> list[Finding]:
    """What is wrong with the names: unknown, required and missing, the same twice.

    The portal compares names without regard to case (contract §8, row 14). Without a schema
    nothing is known to be unknown.
    """
    given = [name for name, _ in values]
    known = {entry.name.lower(): entry.name for entry in schema}
    findings = [
        Finding("unknown_name", name, _nearest(name, known))
        for name in given
        if known and name.lower() not in known
    ]
    lowered = [name.lower() for name in given]
    findings += [
        Finding("repeated_name", name)
        for number, name in enumerate(given)
        if name.lower() in lowered[:number]
    ]
    findings += [
        Finding("required_missing", entry.name)
        for entry in schema
        if entry.required and entry.name.lower() not in lowered
    ]
    return findings


def of_call(call: CallDetail, now: datetime) -> list[Finding]:
    """What is wrong with answering this call now."""
    codes = {
        TokenState.EXPIRED: "expired",
        TokenState.NOT_WAITING: "not_waiting",
        TokenState.ACCEPTED: "answered_before",
        TokenState.UNKNOWN: "perhaps_answered",
    }
    findings = [Finding(codes[call.row.state])] if call.row.state in codes else []
    if call.access_expires_at is not None and call.access_expires_at <= now:
        findings.append(Finding("access_expired"))
    return findings


def _nearest(name: str, known: dict[str, str]) -> str:
    found = get_close_matches(name.lower(), known, n=1)
    return known[found[0]] if found else ""
