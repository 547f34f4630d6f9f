"""A text somebody pasted: where its parts stand, what was noted of it, and why it is none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bxgui.core.json_values import JsonValue

_MOST_REMARKS = 100


class TextProblem(ValueError):
    """A text that cannot be read; `code` names the reason, line and column count from 1.

    `text` is the name of the file that is wanted.
    """

    def __init__(self, code: str, line: int = 1, column: int = 1, text: str = "") -> None:
        super().__init__(f"{code} (line {line}, column {column})")
        self.code = code
        self.line = line
        self.column = column
        self.text = text


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was left out or mended, and where.

    `where` are the names on the way to the value, as they are written; `text` is the name of the
    variable or function that is not known. Neither ever holds a secret.
    """

    code: str
    where: tuple[str, ...] = ()
    text: str = ""
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A value in a text: the REST method it is given to, the variable it is put in, its place.

    `begin` and `end` are lines and columns.
    """

    value: JsonValue
    method: str
    begin: tuple[int, int]
    end: tuple[int, int]
    variable: str = ""


@dataclass(frozen=True, eq=False)
class Source:
    """A text, or a part that was cut out of one and unquoted: `places` then tells from where.

    It begins after `start`, up to which the text is not code.
    """

    text: str
    whole: str
    places: Sequence[int] | None = None
    start: int = 0

    @classmethod
    def of(cls, text: str, start: int = 0) -> Source:
        """A text as it was pasted."""
        return cls(text, text, None, start)

    @cached_property
    def _ends_of_lines(self) -> list[int]:
        return [at for at, letter in enumerate(self.whole) if letter == "\n"]

    def position(self, at: int) -> tuple[int, int]:
        """Line and column of a place in the text, as its author counts them."""
        if self.places is not None:
            at = self.places[min(at, len(self.places) - 1)] if self.places else 0
        line = bisect_left(self._ends_of_lines, at)
        begin = self._ends_of_lines[line - 1] + 1 if line else 0
        return line + 1, at - begin + 1

    def problem(self, code: str, at: int) -> TextProblem:
        """The problem at a place."""
        return TextProblem(code, *self.position(at))


class Notes:
    """Collects remarks, up to a bound: nobody reads thousands."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []

    def add(self, remark: Remark) -> None:
        """Keep a remark that is not kept yet."""
        if len(self.remarks) < _MOST_REMARKS and remark not in self.remarks:
            self.remarks.append(remark)
