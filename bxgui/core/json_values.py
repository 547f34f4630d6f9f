"""JSON values that lose nothing: big integers, exact decimals, order, repeated names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NoReturn, TypeAlias

JsonValue: TypeAlias = "bool | int | Decimal | str | list[JsonValue] | dict[str, JsonValue] | None"
Pairs: TypeAlias = "list[tuple[str, JsonValue]]"

_MAX_DEPTH = 100
_HALF = re.compile("[\ud800-\udfff]")
# Python's words, and ours.
_SAID = {
    "Expecting value": "A value is wanted here",
    "Expecting property name enclosed in double quotes": "A name in double quotes is wanted here",
    "Expecting ':' delimiter": "A colon is wanted here",
    "Expecting ',' delimiter": "A comma is wanted here",
    "Extra data": "Something follows the end of the JSON",
    "Unterminated string starting at": "The string that begins here does not end",
    "Invalid control character at": "A line end or the like stands in a string: write it as \\n",
    "Invalid \\escape": "A backslash in a string is written twice",
    "Invalid \\uXXXX escape": "Four hexadecimal digits are wanted behind \\u",
    "Illegal trailing comma before end of object": "Nothing follows this comma: leave it out",
    "Illegal trailing comma before end of array": "Nothing follows this comma: leave it out",
}
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|-?[0-9][0-9.eE+-]*+|-?[A-Za-z]++', re.DOTALL)
_UNKNOWN_LETTER = "\ufffd"


class JsonProblem(ValueError):
    """A text that is not the JSON wanted; line and column count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{message} (line {line}, column {column})")
        self.message = message
        self.line = line
        self.column = column


class _Object(list[tuple[str, "JsonValue"]]):
    """The members of a JSON object as they are written, before they become a dict."""


class _Refused(Exception):
    """A number or a word that is no value."""

    def __init__(self, message: str, token: str) -> None:
        super().__init__(message)
        self.message = message
        self.token = token


def parse(text: str) -> JsonValue:
    """The value a JSON text denotes; raises `JsonProblem`."""
    return _plain(_parsed(text), 0)


def parse_object(text: str) -> Pairs:
    """The members of a JSON object in order, repeated names included; raises `JsonProblem`."""
    document = _parsed(text)
    if not isinstance(document, _Object):
        raise JsonProblem("A JSON object in braces is wanted")
    return [(name, _plain(value, 1)) for name, value in document]


def dump(value: JsonValue, indent: int | None = None) -> str:
    """The value as JSON text that PHP's `json_decode` accepts; raises `JsonProblem`."""
    return _whole("".join(_written(value, indent, 0)))


def dump_object(members: Pairs, indent: int | None = None) -> str:
    """An object with its members as they are, repeated names included."""
    return _whole("".join(_object(members, indent, 0)))


def editable(value: JsonValue) -> str:
    """The value as JSON text to be edited: as `dump`, and half of a character is escaped."""
    return _escaped("".join(_written(value, None, 0)))


def editable_object(members: Pairs) -> str:
    """As `editable`, an object with its members as they are, one a line."""
    return _escaped("".join(_object(members, 2, 0)))


def is_whole(text: str) -> bool:
    """Whether a text holds no half of a character (a lone surrogate)."""
    return _HALF.search(text) is None


def whole(text: str) -> str:
    """The text with a sign for what is unknown in the place of each half of a character."""
    return _HALF.sub(_UNKNOWN_LETTER, text)


def _parsed(text: str) -> object:
    try:
        return json.loads(
            text,
            parse_int=_integer,
            parse_float=_exact,
            parse_constant=_no_constant,
            object_pairs_hook=_Object,
        )
    except json.JSONDecodeError as error:
        raise JsonProblem(_SAID.get(error.msg, error.msg), error.lineno, error.colno) from error
    except RecursionError as error:
        raise JsonProblem("Nested too deeply") from error
    except _Refused as error:
        raise JsonProblem(error.message, *_place(text, error.token)) from error


def _place(text: str, token: str) -> tuple[int, int]:
    """Line and column of the first such token outside of the strings."""
    at = next((found.start() for found in _TOKEN.finditer(text) if found[0] == token), 0)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _integer(digits: str) -> int | Decimal:
    """An integer; -0 is a Decimal, for no int is it."""
    try:
        return Decimal(digits) if digits == "-0" else int(digits)
    except ValueError as error:
        raise _Refused("A number has too many digits", digits) from error


def _exact(number: str) -> Decimal:
    try:
        return Decimal(number)
    except InvalidOperation as error:
        raise _Refused("A number has too great an exponent", number) from error


def _no_constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is not JSON", name)


def _plain(value: object, depth: int) -> JsonValue:
    if depth > _MAX_DEPTH:
        raise JsonProblem("Nested too deeply")
    if isinstance(value, _Object):
        return {name: _plain(inner, depth + 1) for name, inner in value}
    if isinstance(value, list):
        return [_plain(inner, depth + 1) for inner in value]
    if value is None or isinstance(value, (bool, int, Decimal, str)):
        return value
    raise AssertionError(type(value))


def _written(value: JsonValue, indent: int | None, level: int) -> Iterator[str]:
    if isinstance(value, str):
        yield _string(value)
    elif isinstance(value, dict):
        yield from _object(list(value.items()), indent, level)
    elif isinstance(value, list):
        yield from _list(value, indent, level)
    elif isinstance(value, Decimal):
        yield _decimal(value)
    else:
        yield json.dumps(value)


def _list(items: Sequence[JsonValue], indent: int | None, level: int) -> Iterator[str]:
    yield "["
    for number, item in enumerate(items):
        yield _gap(number, indent, level + 1)
        yield from _written(item, indent, level + 1)
    yield _end(len(items), indent, level) + "]"


def _object(members: Pairs, indent: int | None, level: int) -> Iterator[str]:
    yield "{"
    for number, (name, value) in enumerate(members):
        yield _gap(number, indent, level + 1) + _string(name) + ": "
        yield from _written(value, indent, level + 1)
    yield _end(len(members), indent, level) + "}"


def _gap(number: int, indent: int | None, level: int) -> str:
    comma = "," if number else ""
    if indent is None:
        return ", " if number else ""
    return f"{comma}\n{' ' * indent * level}"


def _end(count: int, indent: int | None, level: int) -> str:
    return f"\n{' ' * indent * level}" if count and indent is not None else ""


def _whole(text: str) -> str:
    if not is_whole(text):
        raise JsonProblem("The text holds half of a character (a lone surrogate)")
    return text


def _escaped(text: str) -> str:
    # Outside its strings JSON text is ASCII, so what is found is within one.
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _string(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    # Editors end a line at these two.
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _decimal(number: Decimal) -> str:
    if not number.is_finite():
        raise JsonProblem(f"{number} is not JSON")
    return str(number)
