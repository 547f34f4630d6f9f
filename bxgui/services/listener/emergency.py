"""Where calls go that the store cannot take: a file beside it, with room kept in advance.

A line for each call, as it would have been stored: its secrets are sealed already. The room is
there because the disk is full in just the moment in which the file is needed.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from io import FileIO
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

    def write(self, calls: Sequence[PreparedCall]) -> int:
        """Keep calls in their order, as long as there is room; how many are kept now."""
        try:
            with self._opened() as file:
                # Where somebody has deleted the file, nothing stands before these any more.
                start = file.seek(min(self._end, os.fstat(file.fileno()).st_size))
                sizes = _write_lines(file, map(_line_of, calls))
                os.fsync(file.fileno())
        except OSError:
            return 0
        self._end = start + sum(sizes)
        return len(sizes)

    def read(self) -> list[PreparedCall]:
        """The calls that wait in it; raises `OSError`."""
        return [] if self.is_empty else read_calls(self.path)

    def clear(self) -> None:
        """Forget the calls, and keep the room; raises `OSError`."""
        used, self._end = self._end, 0
        self._fill(0, used)

    def remove(self) -> None:
        """Take the file away, if no call waits in it."""
        if self.is_empty:
            with suppress(OSError):
                self.path.unlink()

    def take_over(self) -> Iterator[Path]:
        """The files that ended listeners left, under names of ours: no other takes them in too."""
        for path in sorted(self.path.parent.glob(f"{PREFIX}*.jsonl")):
            if path.name.startswith(f"{self.path.stem}-"):
                yield path
            elif path != self.path and not is_alive(_owner_of(path)):
                ours = path.with_name(f"{self.path.stem}-{secrets.token_hex(4)}.jsonl")
                try:
                    path.rename(ours)
                except OSError:
                    continue  # another listener was quicker
                yield ours

    def _opened(self) -> FileIO:
        # Made anew where somebody has deleted it.
        self.path.touch(mode=0o600)
        return self.path.open("r+b", buffering=0)

    def _fill(self, start: int, end: int) -> None:
        with self._opened() as file:
            # From behind: what a crash leaves is whole from its beginning.
            for offset in reversed(range(start, end, len(_ZEROS))):
                file.seek(offset)
                _write_whole(file, _ZEROS[: end - offset])
            os.fsync(file.fileno())


def read_calls(path: Path) -> list[PreparedCall]:
    """The calls in an emergency file; raises `OSError`."""
    return read_lines(path)[0]


def read_lines(path: Path) -> tuple[list[PreparedCall], list[bytes]]:
    """The calls in an emergency file, and the lines of another bxgui that tell none known here.

    A line that a crash cut short is neither. Raises `OSError`.
    """
    try:
        *lines, last = path.read_bytes().partition(b"\0")[0].split(b"\n")
    except FileNotFoundError:
        return [], []
    calls = []
    unknown = []
    for line in lines:
        call = _call_of(line)
        if call is not None:
            calls.append(call)
        elif line:
            unknown.append(line)
    if (call := _call_of(last)) is not None:
        calls.append(call)
    return calls, unknown


def write_calls(path: Path, calls: Sequence[PreparedCall], unknown: Sequence[bytes] = ()) -> None:
    """Make an emergency file of calls and lines, at once or not at all; raises `OSError`."""
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    with part.open("wb") as file:
        file.writelines(map(_line_of, calls))
        file.writelines(line + b"\n" for line in unknown)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _owner_of(path: Path) -> str:
    number, started, rest = (*path.stem.removeprefix(PREFIX).split("-", 2), "", "", "")[:3]
    return f"{number}:{started}:{rest}"


def _write_lines(file: FileIO, lines: Iterable[bytes]) -> list[int]:
    """Write lines until one does not fit; the sizes of those that are written whole."""
    sizes = []
    with suppress(OSError):
        for line in lines:
            _write_whole(file, line)
            sizes.append(len(line))
    return sizes


def _write_whole(file: FileIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


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
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
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
