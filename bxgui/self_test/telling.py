"""Tells of each step as it begins and as it ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bxgui.self_test.lines import Line, Word
from bxgui.services.logs import report_of


class StepFailed(Exception):
    """A step found something broken; the text says what."""


class Told(Exception):
    """A step has failed and been told of: what builds on it is not tried."""


class Teller:
    """Writes a line when a step begins and when it ends."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._now = ""

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """A step; what it puts into the list is its detail. Raises `Told` when it fails."""
        self._now = name
        self._tell(Line(Word.BEGUN, name))
        details: list[str] = []
        try:
            yield details
        except StepFailed as failure:
            self._tell(Line(Word.FAILED, name, str(failure)))
            raise Told from failure
        except Exception as error:
            place = report_of(error).rpartition("\n")[2].strip()
            self._tell(Line(Word.FAILED, name, f"{type(error).__name__}: {error} ({place})"))
            raise Told from error
        self._tell(Line(Word.OK, name, ", ".join(details)))

    def note_unexpected(self, text: str) -> None:
        """Tell of output that is none of ours."""
        for line in filter(str.strip, text.splitlines()):
            self._tell(Line(Word.UNEXPECTED, self._now, line))

    def _tell(self, line: Line) -> None:
        self._write(line.packed())


def to_standard_output() -> Teller:
    """A teller that the watching process reads."""

    def write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    return Teller(write)
