"""A schema that is learned: what earlier replies to a rule have returned.

Nobody but its application knows what a rule was registered with; its replies show some of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bxgui.core.json_values import JsonValue, Pairs
from bxgui.core.schema import RuleProperty, ValueType

_DAY = r"(?:0[1-9]|[12][0-9]|3[01])\.(?:0[1-9]|1[0-2])\.[0-9]{4}"
_ISO_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
# What each of a property's values must look like, the narrowest type first.
_SHAPES = (
    (ValueType.BOOL, re.compile(r"[YN]\Z")),
    (ValueType.INT, re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z")),
    (ValueType.DOUBLE, re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,10})?\Z")),
    (ValueType.DATE, re.compile(rf"(?:{_DAY}|{_ISO_DAY})\Z")),
    (
        ValueType.DATETIME,
        re.compile(
            rf"(?:{_DAY} {_CLOCK}(?::[0-5][0-9])?"
            rf"|{_ISO_DAY}T{_CLOCK}(?::[0-5][0-9])?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)\Z"
        ),
    ),
    (ValueType.TIME, re.compile(rf"{_CLOCK}\Z")),
    (ValueType.USER, re.compile(r"user_[0-9]+\Z")),
)


@dataclass(frozen=True, slots=True)
class Learned:
    """A property that replies show, and how many of them had a value for it."""

    entry: RuleProperty
    replies: int


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a number of replies show."""

    replies: int
    found: tuple[Learned, ...] = ()


def learn(replies: Sequence[Pairs]) -> tuple[RuleProperty, ...]:
    """Properties that would have taken the values of these replies, the newest reply first."""
    return tuple(one.entry for one in lessons(replies).found)


def lessons(replies: Sequence[Pairs]) -> Lessons:
    """What these replies show, the newest reply first.

    Names are spelt and in the order of the newest, then those that only older ones have. A type is
    given only where every value fits it; otherwise a property is a string.
    """
    names: dict[str, str] = {}
    values: dict[str, list[JsonValue]] = {}
    seen: dict[str, set[int]] = {}
    for number, reply in enumerate(replies):
        for name, value in reply:
            key = name.lower()
            names.setdefault(key, name)
            values.setdefault(key, []).append(value)
            seen.setdefault(key, set()).add(number)
    return Lessons(
        len(replies),
        tuple(
            Learned(_property(names[key], found), len(seen[key])) for key, found in values.items()
        ),
    )


def _property(name: str, values: list[JsonValue]) -> RuleProperty:
    kind = _type(list(_texts(values)))
    multiple = any(isinstance(value, list) for value in values)
    return RuleProperty(name, kind, multiple=multiple, type_name=kind.value)


def _texts(values: Sequence[JsonValue]) -> Iterator[str]:
    """The texts of the values and of the items of lists; what is empty tells nothing."""
    for value in values:
        if isinstance(value, list):
            yield from _texts(value)
        elif isinstance(value, bool):
            yield "Y" if value else "N"
        elif isinstance(value, int | Decimal):
            yield str(value)
        elif isinstance(value, dict):
            yield "{}"
        elif value:
            yield value


def _type(texts: list[str]) -> ValueType:
    for kind, shape in _SHAPES if texts else ():
        if all(map(shape.match, texts)):
            return kind
    return ValueType.TEXT if any("\n" in text for text in texts) else ValueType.STRING
