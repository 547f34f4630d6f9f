"""The lines of an emergency file: each is a call as it would have been stored."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from bxgui.core.deadlines import TokenState
from bxgui.core.life_cycle import LifeCycle
from bxgui.core.records import CallKind
from bxgui.services.store.portals import Sighting
from bxgui.services.store.recording import PreparedCall

MOST_LINES = 200
# Lines differ in size by a factor of thousands.
MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands there; its call is None where another bxgui wrote it."""

    text: bytes
    call: PreparedCall | None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that stand together, and where the next one begins; `are_last` when there is none."""

    lines: tuple[Line, ...]
    end: int
    are_last: bool


def read_lines(path: Path, start: int = 0, most: int = MOST_LINES) -> Lines:
    """Lines of an emergency file from one of them on; raises `OSError`.

    A line that a crash cut short is none.
    """
    lines: list[Line] = []
    end = start
    with path.open("rb") as file:
        file.seek(start)
        while len(lines) < most and end - start < MOST_BYTES:
            text = file.readline()
            whole = text.endswith(b"\n") and b"\0" not in text
            text = text.partition(b"\0")[0]
            end += len(text)
            if (call := call_of(text)) is not None or (whole and text.strip()):
                lines.append(Line(text.rstrip(b"\n") + b"\n", call))
            if not whole:
                return Lines(tuple(lines), end, are_last=True)
    return Lines(tuple(lines), end, are_last=False)


def read_calls(path: Path) -> list[PreparedCall]:
    """The calls in an emergency file; raises `OSError`."""
    calls: list[PreparedCall] = []
    some = Lines((), 0, are_last=False)
    while not some.are_last:
        some = read_lines(path, some.end)
        calls += [line.call for line in some.lines if line.call is not None]
    return calls


def line_of(call: PreparedCall) -> bytes:
    """The line that tells a call."""
    document = {field.name: _plain(getattr(call, field.name)) for field in fields(call)}
    return json.dumps(document).encode("ascii") + b"\n"


def call_of(line: bytes) -> PreparedCall | None:
    """The call that a line tells; None for any other line."""
    try:
        document = {name: _value(plain) for name, plain in json.loads(line).items()}
        document["kind"] = CallKind(document["kind"])
        document["state"] = TokenState(document["state"]) if document["state"] else None
        document["headers"] = tuple((name, value) for name, value in document["headers"])
        return PreparedCall(**document)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None


def _plain(value: Any) -> object:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, Sighting):
        return {"sighting": {field.name: getattr(value, field.name) for field in fields(value)}}
    return value


def _sighting(members: Any) -> Sighting:
    return Sighting(**{**members, "event": LifeCycle(members["event"])})


def _value(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    ((kind, inner),) = plain.items()
    readers: dict[str, Callable[[Any], object]] = {
        "bytes": base64.b64decode,
        "moment": datetime.fromisoformat,
        "sighting": _sighting,
    }
    return readers[kind](inner)
