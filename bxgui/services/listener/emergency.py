"""Where calls go that the store cannot take: a file beside it, with room kept in advance.

A line for each call, as it would have been stored: its secrets are sealed already. The room is
there because the disk is full in just the moment in which the file is needed.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path

from bxgui.services.listener.emergency_lines import line_of
from bxgui.services.processes import is_alive
from bxgui.services.store.recording import PreparedCall

PREFIX = "emergency-"
_ROOM = 4 * 1024 * 1024
_ZEROS = bytes(64 * 1024)


class EmergencyFile:
    """The file of one listener; what is written is on the disk when `write` returns.

    `waiting` is how many calls it holds.
    """

    def __init__(self, folder: Path, owner: str, room: int = _ROOM) -> None:
        self.path = folder / f"{PREFIX}{owner.replace(':', '-')}.jsonl"
        self.waiting = 0
        self._room = room
        self._end = 0
        self.keep_room()

    def write(self, calls: Sequence[PreparedCall]) -> int:
        """Keep calls in their order, as long as there is room; how many are kept now."""
        try:
            with self._opened() as file:
                # Where somebody has deleted the file, nothing stands before these any more.
                start = file.seek(min(self._end, os.fstat(file.fileno()).st_size))
                sizes = _write_lines(file, map(line_of, calls))
                os.fsync(file.fileno())
        except OSError:
            return 0
        self._end = start + sum(sizes)
        self.waiting += len(sizes)
        return len(sizes)

    def clear(self) -> None:
        """Forget the calls, and keep the room."""
        self.waiting = self._end = 0
        with suppress(OSError), self._opened() as file:
            file.truncate(min(self._room, os.fstat(file.fileno()).st_size))
            _fill(file, 0, self._room)

    def keep_room(self) -> None:
        """Make the room where it is missing: there was none so far, or somebody deleted it.

        Where there is none to be had, take over what an ended listener has not used.
        """
        try:
            with self._opened() as file:
                size = os.fstat(file.fileno()).st_size
                if size < self._room:
                    _fill(file, size, self._room)
        except OSError:
            with suppress(OSError):
                for path in filter(_is_unused, self._of_ended()):
                    path.replace(self.path)
                    break

    def remove(self) -> None:
        """Take the file away, if no call waits in it."""
        if not self.waiting:
            with suppress(OSError):
                self.path.unlink()

    def take_over(self) -> Iterator[Path]:
        """The files that ended listeners left, under names of ours: no other takes them in too."""
        yield from sorted(self.path.parent.glob(f"{self.path.stem}-*.jsonl"))
        for path in self._of_ended():
            ours = self.another_name()
            try:
                path.rename(ours)
            except OSError:
                continue  # another listener was quicker
            yield ours

    def another_name(self) -> Path:
        """The name of one more file of ours, for lines that do not stand in this one."""
        return self.path.with_name(f"{self.path.stem}-{secrets.token_hex(4)}.jsonl")

    def _of_ended(self) -> Iterator[Path]:
        for path in sorted(self.path.parent.glob(f"{PREFIX}*.jsonl")):
            is_ours = path == self.path or path.name.startswith(f"{self.path.stem}-")
            if not is_ours and not is_alive(_owner_of(path)):
                yield path

    def _opened(self) -> FileIO:
        # Made anew where somebody has deleted it.
        self.path.touch(mode=0o600)
        return self.path.open("r+b", buffering=0)


def append_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Add lines to a file for this user only; raises `OSError`."""
    path.touch(mode=0o600)
    with path.open("ab") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _owner_of(path: Path) -> str:
    number, started, rest = (*path.stem.removeprefix(PREFIX).split("-", 2), "", "", "")[:3]
    return f"{number}:{started}:{rest}"


def _is_unused(path: Path) -> bool:
    """Whether a file is room alone."""
    with path.open("rb") as file:
        return file.read(1) == b"\0"


def _write_lines(file: FileIO, lines: Iterable[bytes]) -> list[int]:
    """Write lines until one does not fit; the sizes of those that are written whole."""
    sizes = []
    with suppress(OSError):
        for line in lines:
            _write_whole(file, line)
            sizes.append(len(line))
    return sizes


def _fill(file: FileIO, start: int, end: int) -> None:
    try:
        # From behind: what a crash leaves is whole from its beginning.
        for offset in reversed(range(start, end, len(_ZEROS))):
            file.seek(offset)
            _write_whole(file, _ZEROS[: end - offset])
        os.fsync(file.fileno())
    except OSError:
        # Holes are no room.
        file.truncate(start)
        raise


def _write_whole(file: FileIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
