"""Takes calls from emergency files into the store, some at a time: others come meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bxgui.services.listener.emergency import EmergencyFile, append_lines
from bxgui.services.listener.emergency_lines import Lines, read_lines
from bxgui.services.store.recording import PreparedCall

# What the store cannot take, for a bug, is returned; raises `StoreProblem`.
TakeIn = Callable[[Sequence[PreparedCall]], list[PreparedCall]]
_LOG = logging.getLogger(__name__)
_FILE_GONE = "the emergency file was deleted or replaced"


class TellRecovery(Protocol):
    """What is told of calls in emergency files."""

    def not_stored(self, calls: int, reason: str, *, kept: bool) -> None:
        """Calls could not be stored."""

    def recovered(self, calls: int) -> None:
        """The store works again; so many calls were taken in from emergency files."""


@dataclass(slots=True)
class _Source:
    """A file that is being taken in, as far as `offset`."""

    path: Path
    offset: int = 0
    calls: int = 0
    taken: int = 0

    @property
    def apart(self) -> Path:
        """Where lines are gathered that cannot be taken in."""
        return self.path.with_suffix(".part")


class Recovery:
    """Goes through the files that ended listeners left, and then through our own."""

    def __init__(self, emergency: EmergencyFile, take_in: TakeIn, tell: TellRecovery) -> None:
        self._emergency = emergency
        self._take_in = take_in
        self._tell = tell
        self._source: _Source | None = None
        self._left: Iterator[Path] = iter(())
        # Files that hold nothing for us, or cannot be read: for the next listener.
        self._tried: set[Path] = set()
        self._complained = False
        self._taken = 0
        self._is_owed = False
        self.is_under_way = False

    def begin(self, *, is_owed: bool = False) -> None:
        """Look for files; their end is told if it is owed, even where no call was in them."""
        self._is_owed = self._is_owed or is_owed
        if not self.is_under_way:
            self.is_under_way = True
            self._left = self._files()

    def begin_again(self) -> None:
        """Take in once more what has been taken into another store."""
        if self._source is not None:
            self._source = _Source(self._source.path)

    def step(self) -> bool:
        """Take in some calls; False when nothing is left. Raises `StoreProblem`."""
        if self._source is None:
            path = self._next_path()
            if path is None:
                self._end()
                return False
            self._source = _Source(path)
        try:
            self._take_some(self._source)
        except OSError as error:
            self._give_up(self._source, error)
            self._source = None
        return True

    def _next_path(self) -> Path | None:
        with suppress(OSError):  # the folder cannot be looked into now
            return next(self._left, None)
        return None

    def _files(self) -> Iterator[Path]:
        for path in self._emergency.take_over():
            if path not in self._tried:
                yield path
        if self._emergency.waiting:
            yield self._emergency.path

    def _take_some(self, source: _Source) -> None:
        some = read_lines(source.path, source.offset)
        calls = [line.call for line in some.lines if line.call is not None]
        left = self._take_in(calls)
        _set_apart(source, some, left)
        source.offset = some.end
        source.calls += len(calls)
        source.taken += len(calls) - len(left)
        if some.are_last:
            self._source = None
            self._finish(source)

    def _finish(self, source: _Source) -> None:
        """Take a file away from which all is in the store; lines that are not are kept."""
        path = source.path
        self._taken += source.taken
        if path == self._emergency.path:
            self._tell_lost(source)
            self._emergency.clear()
            path = self._emergency.another_name()
        if source.apart.exists():
            source.apart.replace(path)
            self._tried.add(path)
        elif path == source.path:
            path.unlink()

    def _give_up(self, source: _Source, error: OSError) -> None:
        is_ours = source.path == self._emergency.path
        if is_ours and isinstance(error, (FileNotFoundError, IsADirectoryError)):
            self._tell_lost(source)
            self._emergency.clear()
            return
        if isinstance(error, FileNotFoundError):
            return
        if not (is_ours and self._complained):
            _LOG.error("an emergency file could not be taken in: %s", type(error).__name__)
        if is_ours:
            self._complained = True
        else:
            self._tried.add(source.path)

    def _tell_lost(self, source: _Source) -> None:
        """Tell of calls that were kept in our file, and are not there any more."""
        lost = self._emergency.waiting - source.calls
        if lost > 0:
            self._tell.not_stored(lost, _FILE_GONE, kept=False)

    def _end(self) -> None:
        if self._taken or self._is_owed:
            self._tell.recovered(self._taken)
        self._taken = 0
        self._is_owed = self.is_under_way = False


def _set_apart(source: _Source, some: Lines, left: Sequence[PreparedCall]) -> None:
    if source.offset == 0:
        with suppress(FileNotFoundError):
            source.apart.unlink()
    kept = {id(call) for call in left}
    lines = [line.text for line in some.lines if line.call is None or id(line.call) in kept]
    if lines:
        append_lines(source.apart, lines)
