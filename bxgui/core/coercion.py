"""Values between what a person types and the wire."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bxgui.core.dates import SITE_DATES, DateFormat, written_date
from bxgui.core.json_values import JsonProblem, JsonValue, editable, is_whole, parse
from bxgui.core.local_text import LocalText
from bxgui.core.schema import ValueType


class ValueProblem(ValueError):
    """A typed text that is not a value of its type; `code` is the type's name."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Writing:
    """How one property of one portal is written: its portal's dates, its own options."""

    dates: DateFormat = SITE_DATES
    options: tuple[tuple[str, LocalText], ...] = ()


PLAIN = Writing()
_LINE_ENDS = frozenset("\n\r\u2028\u2029")
_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
_YES = frozenset({"y", "yes", "true", "1", "да"})
_NO = frozenset({"n", "no", "false", "0", "нет"})
_INT = re.compile(r"[+-]?[0-9]+\Z")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")
_TIME = re.compile(r"([0-9]|[01][0-9]|2[0-3]):([0-5][0-9])\Z")
_USER = re.compile(r"user_[0-9]+\Z|group_\w+\Z", re.ASCII)
_DIGITS = re.compile(r"[0-9]+\Z")


def from_text(kind: ValueType, text: str, writing: Writing = PLAIN) -> JsonValue:
    """The value the wire carries for what a person typed; raises `ValueProblem`.

    Numbers go as digits and booleans as `Y` or `N`, which every portal version stores right
    (contract §2). An empty text is an empty value of any type but JSON.
    """
    if kind is ValueType.JSON:
        try:
            return parse(text)
        except JsonProblem as problem:
            raise ValueProblem(kind) from problem
    read = _READERS.get(kind)
    if read is None or not text:
        return text
    value = read(text, writing)
    if value is None:
        raise ValueProblem(kind)
    return value


def list_from_items(
    kind: ValueType, items: Sequence[str], writing: Writing = PLAIN
) -> list[JsonValue]:
    """The values of a Multiple property; raises `ValueProblem`."""
    return [from_text(kind, item, writing) for item in items]


def to_text(kind: ValueType, value: JsonValue) -> str:
    """The text a person edits for a value."""
    if kind is ValueType.JSON or not isinstance(value, str):
        return editable(value)
    return value


def infer_type(value: JsonValue) -> tuple[ValueType, bool]:
    """Type and multiplicity that edit a value without changing it."""
    kinds = [(kind, isinstance(value, list)) for kind in (ValueType.STRING, ValueType.TEXT)]
    return next((kind for kind in kinds if keeps(*kind, value)), (ValueType.JSON, False))


def keeps(kind: ValueType, multiple: bool, value: JsonValue, writing: Writing = PLAIN) -> bool:
    """Whether an editor of this type gives back exactly this value."""
    if multiple:
        # The items of a list are texts, so a list of any JSON is one JSON value instead.
        return (
            kind is not ValueType.JSON
            and isinstance(value, list)
            and all(keeps(kind, False, item, writing) for item in value)
        )
    if kind is not ValueType.JSON and not (isinstance(value, str) and _can_show(kind, value)):
        return False
    try:
        return from_text(kind, to_text(kind, value), writing) == value
    except ValueProblem:
        return False


def _can_show(kind: ValueType, text: str) -> bool:
    """Whether an editor of this type shows the text as it is.

    One of lines knows only one line end, and none can hold half of a character.
    """
    lines = {"\n"} if kind is ValueType.TEXT else set()
    return _LINE_ENDS.intersection(text) <= lines and is_whole(text)


def _flag(text: str, _writing: Writing) -> str | None:
    word = text.strip().lower()
    if word in _YES:
        return "Y"
    return "N" if word in _NO else None


def _integer(text: str, _writing: Writing) -> str | None:
    digits = text.translate(_SPACES)
    return digits if _INT.match(digits) else None


def _double(text: str, _writing: Writing) -> str | None:
    digits = text.translate(_SPACES).replace(",", ".")
    return digits if _DOUBLE.match(digits) else None


def _date(text: str, writing: Writing) -> str | None:
    return written_date(text, writing.dates, with_time=False)


def _datetime(text: str, writing: Writing) -> str | None:
    return written_date(text, writing.dates, with_time=True)


def _time(text: str, _writing: Writing) -> str | None:
    match = _TIME.match(text.strip())
    return f"{match[1]:0>2}:{match[2]}" if match else None


def _user(text: str, _writing: Writing) -> str | None:
    name = text.strip()
    if _DIGITS.match(name):
        return f"user_{name}"
    name = name.lower() if name.lower().startswith("user_") else name
    return name if _USER.match(name) else None


def _option(text: str, writing: Writing) -> str:
    """The key of an option, also by its title; what is none of them is left to the findings."""
    if any(text == key for key, _ in writing.options):
        return text
    wanted = text.strip().casefold()
    found = [
        key
        for key, title in writing.options
        if any(wanted == said.casefold() for _, said in title.texts)
    ]
    return found[0] if len(found) == 1 else text


def _file(text: str, _writing: Writing) -> str | None:
    digits = text.strip()
    return digits if _DIGITS.match(digits) else None


_READERS: dict[ValueType, Callable[[str, Writing], str | None]] = {
    ValueType.BOOL: _flag,
    ValueType.INT: _integer,
    ValueType.DOUBLE: _double,
    ValueType.DATE: _date,
    ValueType.DATETIME: _datetime,
    ValueType.TIME: _time,
    ValueType.SELECT: _option,
    ValueType.USER: _user,
    ValueType.FILE: _file,
}
