"""Finds the literals in a piece of a program, with the method that each is given to."""

from __future__ import annotations

import re
from decimal import Decimal

from bxgui.core.json_values import JsonValue
from bxgui.core.registration_text import php_sdk
from bxgui.core.registration_text.javascript import JavaScript
from bxgui.core.registration_text.php import Php
from bxgui.core.registration_text.source import Occurrence, TextProblem

_WORD = re.compile(r"\$?[^\W\d][\w$\\]*|[0-9][\w.]*")
_METHOD = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+){1,5}\Z", re.IGNORECASE)
_SERVICE = re.compile(
    r"\??->\s*(robot|activity)\s*\(\s*\)\s*\??->\s*(add|update)\s*\(", re.IGNORECASE
)
_CONSTANT = re.compile(
    r"(?:(?P<name>true|false|null)|(?P<number>[-+]?[0-9][0-9_]*(?:\.[0-9_]+)?))"
    r"(?=[ \t]*(?:[;,\r\n]|//|#|/\*|\Z))",
    re.IGNORECASE,
)
_CONSTANTS: dict[str, JsonValue] = {"true": True, "false": False, "null": None}
_OPERATOR = re.compile(r"=>|[=!<>]=+|=")
# An apostrophe in a text that is no program begins a string that never ends.
_MOST_FAILURES = 5
# Behind these words a bracket begins a value; behind any other it does not.
_BEFORE_VALUES = {"case", "default", "in", "of", "return", "yield", "echo", "print"}


class Code:
    """One pass over a program; what is neither a literal nor a call is passed over.

    `problem` is the first literal that could not be read.
    """

    def __init__(self, reader: JavaScript | Php) -> None:
        self.problem: TextProblem | None = None
        self._found: list[Occurrence] = []
        self._reader = reader
        self._failures = 0
        self._steps = 0
        # The word or sign before; the word that may be set here; the method being called.
        self._before = ""
        self._target = ""
        self._method = ""

    @property
    def is_one_literal(self) -> bool:
        """Whether there was nothing but a literal."""
        return self._steps == 1 and len(self._found) == 1

    def scan(self) -> list[Occurrence]:
        """What there is, without what a variable is set to that is used elsewhere."""
        reader = self._reader
        try:
            reader.skip_blank()
            while reader.letter and self._failures < _MOST_FAILURES:
                self._steps += 1
                self._step()
                reader.skip_blank()
        except TextProblem as problem:  # of a comment without an end
            self._failed(problem)
        used = reader.variables.used
        return [one for one in self._found if one.variable not in used]

    def _failed(self, problem: TextProblem) -> None:
        self.problem = self.problem or problem
        self._failures += 1

    def _step(self) -> None:
        reader = self._reader
        if reader.letter in reader.quotes:
            self._quoted()
        elif self._is_value():
            self._literal()
        elif isinstance(reader, Php) and (service := _SERVICE.match(reader.text, reader.at)):
            reader.at = service.end()
            self._arguments(reader, service.group(1).lower(), service.group(2).lower())
        elif self._before == "=" and self._target and (set_to := self._constant()):
            self._set_to_constant(set_to)
        elif word := _WORD.match(reader.text, reader.at):
            self._word(word)
        elif operator := _OPERATOR.match(reader.text, reader.at):
            reader.at = operator.end()
            self._before = operator.group()
        else:
            self._before, self._target = reader.letter, ""
            if reader.letter in ");":
                self._method = ""
            reader.at += 1

    def _quoted(self) -> None:
        reader = self._reader
        start, before = reader.at, self._before
        self._before = "text"
        try:
            text = reader.string()
            reader.skip_blank()
        except TextProblem as problem:
            self._failed(problem)
            reader.at = start + 1
            return
        if not isinstance(text, str):
            return
        if before in {"(", "[", ",", ""} and _METHOD.match(text):
            self._method = text.lower()
        elif before == "=" and self._target and reader.letter not in reader.operators:
            reader.variables.put(self._target, text, len(text))

    def _constant(self) -> re.Match[str] | None:
        """The number, true, false or null here that nothing is done with."""
        return _CONSTANT.match(self._reader.text, self._reader.at)

    def _set_to_constant(self, found: re.Match[str]) -> None:
        reader = self._reader
        reader.at = found.end()
        name, number = found.groups()
        value = _CONSTANTS[name.lower()] if name else _number(number.replace("_", ""))
        reader.variables.put(self._target, value, 1)
        self._before = "literal"

    def _is_value(self) -> bool:
        """Whether a literal begins here, rather than a block or an index."""
        reader, before = self._reader, self._before
        if not reader.opens():
            return False
        if reader.letter == "{":
            is_value = before not in {"=>", "text", ")", "]", "}", "{", ";"}
        else:
            is_value = reader.letter != "[" or before not in {"text", "literal", ")", "]", "}"}
        is_word = _WORD.match(before) is not None and before not in {"text", "literal"}
        return is_value and (not is_word or before.lower() in _BEFORE_VALUES)

    def _literal(self) -> None:
        reader = self._reader
        start, size = reader.at, reader.variables.size
        target = self._target if self._before == "=" else ""
        self._before, self._target = "literal", ""
        try:
            value = reader.container()
        except TextProblem as problem:
            self._failed(problem)
            reader.at = start
            self._skip_literal()
            return
        self._add(value, start, self._method, target)
        if target:
            reader.variables.put(target, value, reader.variables.size - size)

    def _skip_literal(self) -> None:
        """Move behind the bracket that closes what could not be read, or to the end."""
        try:
            self._reader.skip_expression()
        except TextProblem:
            self._reader.at = len(self._reader.text)

    def _add(self, value: JsonValue, start: int, method: str, variable: str = "") -> None:
        position = self._reader.source.position
        begin, end = position(start), position(self._reader.at)
        self._found.append(Occurrence(value, method, begin, end, variable))
        self._method = ""

    def _word(self, word: re.Match[str]) -> None:
        reader = self._reader
        reader.at = word.end()
        name = word.group()
        if self._method and self._before == "," and name in reader.variables:
            self._add(reader.variables.use(name), word.start(), self._method)
        self._before = self._target = name

    def _arguments(self, reader: Php, kind: str, action: str) -> None:
        """The call of the PHP SDK whose bracket was just passed."""
        start, self._before = reader.at, "("
        try:
            arguments = reader.arguments()
        except TextProblem as problem:
            self._failed(problem)
            reader.at = start
            return
        fields, unknown = php_sdk.fields(kind, arguments)
        for field, text in unknown:
            reader.remark("unknown_value", start, text, field)
        self._add(fields, start, f"bizproc.{kind}.{action}")
        self._before = ")"


def _number(digits: str) -> JsonValue:
    number = Decimal(digits)
    return int(number) if digits.isdigit() or digits[1:].isdigit() else number
