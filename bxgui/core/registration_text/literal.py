"""Literals of a programming language: what its readers have in common.

One pass from left to right, with bounds on depth and size. What cannot be known without running
the program, such as a variable or a call, is left out with a remark.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from bxgui.core.json_values import JsonValue
from bxgui.core.registration_text.source import Notes, Remark, Source, TextProblem
from bxgui.core.registration_text.variables import Variables

_MOST_LEVELS = 50
_BLANK = re.compile(r"[\s\ufeff]+")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_NUMBER = re.compile(
    r"0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+"
    r"|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?"
)
_BASES = {"0x": 16, "0b": 2, "0o": 8}
# What a skipped expression may be made of between the letters that matter.
_DULL = re.compile(r"[^\s'\"`()\[\]{},;/#=<]+")


class Unknown:
    """A value that only the running program knows; `text` names what it comes from."""

    __slots__ = ("text",)

    def __init__(self, text: str = "") -> None:
        self.text = text


Value: TypeAlias = "JsonValue | Unknown"


class LiteralReader(ABC):
    """Reads values at `at`, which moves along."""

    quotes: str
    # What joins two texts, what makes an expression of a value, and what is between key and value.
    joins: str
    operators: str
    assigns: str
    # What begins a comment up to the end of its line.
    comments: tuple[str, ...]

    def __init__(self, source: Source, notes: Notes, variables: Variables) -> None:
        self.source: Final = source
        self.text: Final = source.text
        self.at = source.start
        self.variables: Final = variables
        self._notes = notes
        self._path: list[str] = []
        self._levels = 0

    def skip_blank(self) -> None:
        """Move past white space and comments."""
        while True:
            blank = _BLANK.match(self.text, self.at)
            if blank:
                self.at = blank.end()
            elif self.text.startswith(self.comments, self.at):
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif self.text.startswith("/*", self.at):
                end = self.text.find("*/", self.at + 2)
                if end < 0:
                    raise self.problem("comment_not_closed")
                self.at = end + 2
            else:
                return

    @abstractmethod
    def string(self) -> Value:
        """The text of the quoted literal that begins here."""

    @abstractmethod
    def word(self) -> Value:
        """What a name that begins here stands for."""

    @abstractmethod
    def opens(self) -> bool:
        """Whether a list or map begins here."""

    @abstractmethod
    def container(self) -> JsonValue:
        """The list or map that begins here."""

    @property
    def letter(self) -> str:
        """The character here; empty at the end."""
        return self.text[self.at : self.at + 1]

    def problem(self, code: str, at: int | None = None) -> TextProblem:
        """The problem here, or at another place."""
        return self.source.problem(code, self.at if at is None else at)

    def remark(self, code: str, at: int, text: str = "", name: str | None = None) -> None:
        """Note something about the value that is being read, or about the one of a name in it."""
        where = (*self._path, name) if name is not None else tuple(self._path)
        self._notes.add(Remark(code, where, text, *self.source.position(at)))

    def value(self) -> Value:
        """The value here, with all that is joined to it; raises `TextProblem`."""
        parts = [self._operand()]
        self.skip_blank()
        while self.letter and self.letter in self.joins and not self._is_assignment():
            self.at += 1
            self.skip_blank()
            parts.append(self._operand())
            self.skip_blank()
        if self._goes_on():
            self.skip_expression()
            return Unknown(_first_name(parts))
        if len(parts) == 1:
            return parts[0]
        texts = [part for part in parts if isinstance(part, str)]
        if len(texts) < len(parts):
            return Unknown(_first_name(parts))
        return self.variables.counted("".join(texts))

    def skip_expression(self, stop: str = "") -> None:
        """Move to the comma, the closing bracket or the `stop` that ends an expression."""
        opened = 0
        while True:
            self.skip_blank()
            letter = self.letter
            if not letter:
                return
            if letter in self.quotes:
                self.string()
                continue
            if letter in _CLOSING:
                opened += 1
            elif not opened and (
                letter in ")]},;" or (stop and self.text.startswith(stop, self.at))
            ):
                return
            elif letter in ")]}":
                opened -= 1
            dull = _DULL.match(self.text, self.at)
            self.at = dull.end() if dull else self.at + 1

    @contextmanager
    def level(self) -> Iterator[None]:
        """One level of brackets deeper."""
        self._levels += 1
        if self._levels > _MOST_LEVELS:
            raise self.problem("too_deep")
        try:
            yield
        finally:
            self._levels -= 1

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """On the way to the value of a name."""
        self._path.append(name)
        try:
            yield
        finally:
            self._path.pop()

    def end_of_item(self, closing: str, opened_at: int) -> bool:
        """Move past what separates two items; whether it was the end of them."""
        self.skip_blank()
        if self.letter and self.letter in closing:
            self.at += 1
            return True
        if self.letter == ",":
            self.at += 1
            return False
        if not self.letter or self.letter == ";":
            raise self.problem("bracket_not_closed", opened_at)
        raise self.problem("wrong_bracket" if self.letter in ")]}" else "comma_missing")

    def number(self, match: re.Match[str]) -> JsonValue:
        """The number of a match that begins here."""
        start, self.at = self.at, match.end()
        digits = match.group().replace("_", "")
        base = _BASES.get(digits[:2].lower())
        try:
            if base is not None:
                return int(digits[2:], base)
            return int(digits) if digits.isdigit() else Decimal(digits)
        except (ValueError, InvalidOperation) as error:
            raise self.problem("bad_number", start) from error

    def _operand(self) -> Value:
        self.skip_blank()
        if self.opens():
            with self.level():
                return self.variables.counted(self.container())
        letter = self.letter
        if letter and letter in self.quotes:
            found = self.string()
            return self.variables.counted(found) if isinstance(found, str) else found
        if letter == "(":
            return self._in_parentheses()
        if letter in ("-", "+"):
            self.at += 1
            return self._signed(letter)
        number = _NUMBER.match(self.text, self.at)
        if number:
            return self.variables.counted(self.number(number))
        return self.word()

    def _in_parentheses(self) -> Value:
        """The value in parentheses; several, or none, are the parameters of a function."""
        start = self.at
        self.at += 1
        self.skip_blank()
        with self.level():
            found = Unknown() if self.letter == ")" else self.value()
            self.skip_blank()
            while self.letter == ",":
                self.at += 1
                self.skip_expression()
                found = Unknown()
            if self.letter != ")":
                raise self.problem("bracket_not_closed", start)
            self.at += 1
        return found

    def _signed(self, sign: str) -> Value:
        self.skip_blank()
        number = _NUMBER.match(self.text, self.at)
        if not number:
            self.skip_expression()
            return Unknown()
        found = self.number(number)
        if sign == "-" and isinstance(found, int | Decimal):
            return Decimal("-0") if found == 0 else -found
        return found

    def _goes_on(self) -> bool:
        """Whether an operator follows, so that the value is a part of an expression only."""
        if not self.letter or self.letter in ",;)]}" or self._is_assignment():
            return False
        if self.letter in self.operators:
            return True
        raise self.problem("comma_missing")

    def _is_assignment(self) -> bool:
        """Whether this was a key, and its value follows."""
        return self.text.startswith(self.assigns, self.at)


def _first_name(parts: list[Value]) -> str:
    names = [part.text for part in parts if isinstance(part, Unknown)]
    return names[0] if names else ""
