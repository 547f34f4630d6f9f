"""Where calls go that the store cannot take: a file beside it, with room kept in advance.

A line for each call, as it would have been stored: its secrets are sealed already. The room is
there because the disk is full in just the moment in which the file is needed.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from bxgui.core.deadlines import TokenState
from bxgui.core.life_cycle import LifeCycle
from bxgui.core.records import CallKind
from bxgui.services.processes import is_alive
from bxgui.services.store.portals import Sighting
from bxgui.services.store.recording import PreparedCall

PREFIX = "emergency-"
_ROOM = 4 * 1024 * 1024
_ZEROS = bytes(64 * 1024)


class EmergencyFile:
    """The file of one listener; what is written is on the disk when `write` returns."""

    def __init__(self, folder: Path, owner: str, room: int = _ROOM) -> None:
        self.path = folder / f"{PREFIX}{owner.replace(':', '-')}.jsonl"
        self._end = 0
        with suppress(OSError):
            self.path.touch(mode=0o600)
            self._fill(0, room)

    @property
    def is_empty(self) -> bool:
        """Whether no call waits in it."""
        return self._end == 0

    def write(self, calls: Sequence[PreparedCall]) -> None:
        """Keep calls; raises `OSError` when none of them could be."""
        lines = b"".join(map(_line_of, calls))
        with self._opened() as file:
            file.seek(self._end)
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        self._end += len(lines)

    def read(self) -> list[PreparedCall]:
        """The calls that wait in it."""
        return read_calls(self.path)

    def clear(self) -> None:
        """Forget the calls, and keep the room; raises `OSError`."""
        used, self._end = self._end, 0
        self._fill(0, used)

    def remove(self) -> None:
        """Take the file away, if no call waits in it."""
        if self.is_empty:
            with suppress(OSError):
                self.path.unlink()

    def _opened(self) -> Any:
        # Made anew where somebody has deleted it.
        return self.path.open("r+b" if self.path.exists() else "x+b")

    def _fill(self, start: int, end: int) -> None:
        with self._opened() as file:
            # From behind: what a crash leaves is whole from its beginning.
            for offset in reversed(range(start, end, len(_ZEROS))):
                file.seek(offset)
                file.write(_ZEROS[: end - offset])
                file.flush()
            os.fsync(file.fileno())


def leftovers(folder: Path) -> Iterator[Path]:
    """The files of listeners that have ended without putting their calls into the store."""
    for path in sorted(folder.glob(f"{PREFIX}*.jsonl")):
        number, started, rest = (*path.stem.removeprefix(PREFIX).split("-", 2), "", "", "")[:3]
        if not is_alive(f"{number}:{started}:{rest}"):
            yield path


def write_calls(path: Path, calls: Sequence[PreparedCall]) -> None:
    """Make an emergency file of calls; raises `OSError`."""
    path.touch(mode=0o600)
    path.write_bytes(b"".join(map(_line_of, calls)))


def read_calls(path: Path) -> list[PreparedCall]:
    """The calls in an emergency file; a line that a crash cut short is none."""
    try:
        written = path.read_bytes().partition(b"\0")[0]
    except FileNotFoundError:
        return []
    return [call for line in written.splitlines() if (call := _call_of(line)) is not None]


def _line_of(call: PreparedCall) -> bytes:
    document = {field.name: _plain(getattr(call, field.name)) for field in fields(call)}
    return json.dumps(document).encode("ascii") + b"\n"


def _plain(value: Any) -> object:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, Sighting):
        return {"sighting": {field.name: getattr(value, field.name) for field in fields(value)}}
    return value


def _call_of(line: bytes) -> PreparedCall | None:
    try:
        document = {name: _value(plain) for name, plain in json.loads(line).items()}
        document["kind"] = CallKind(document["kind"])
        document["state"] = TokenState(document["state"]) if document["state"] else None
        document["headers"] = tuple((name, value) for name, value in document["headers"])
        return PreparedCall(**document)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


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
