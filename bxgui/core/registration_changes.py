"""What keeping a registration changes in what is kept of a rule."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bxgui.core.json_values import JsonValue, editable
from bxgui.core.registration import Registration, to_document
from bxgui.core.schema import RuleProperty, write_schema

_SCHEMAS = ("PROPERTIES", "RETURN_PROPERTIES")
_Chain: TypeAlias = "tuple[str, _Chain] | None"


class ChangeKind(StrEnum):
    """What becomes of a field or a property; a moved one stands elsewhere among the others."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, in a field of the rule or, where `name` is given, in a property of the field.

    `parts` are the fields of a changed property that differ. `before` and `after` are what stands
    there, None where nothing does.
    """

    kind: ChangeKind
    field: str
    name: str = ""
    parts: tuple[str, ...] = ()
    before: JsonValue = None
    after: JsonValue = None


def changes(kept: Registration | None, proposed: Registration) -> tuple[Change, ...]:
    """What differs in what is proposed: fields of the rule first, then its properties."""
    before = to_document(kept or Registration())
    after = to_document(proposed)
    names = (*after, *(one for one in before if one not in after))
    return (
        *(
            _change(name, "", before.get(name), after.get(name))
            for name in names
            if name not in _SCHEMAS and _text(before.get(name)) != _text(after.get(name))
        ),
        *_schema(_SCHEMAS[0], (kept or Registration()).properties, proposed.properties),
        *_schema(
            _SCHEMAS[1], (kept or Registration()).return_properties, proposed.return_properties
        ),
    )


def _schema(
    field: str, kept: tuple[RuleProperty, ...], proposed: tuple[RuleProperty, ...]
) -> Iterator[Change]:
    before, after = write_schema(kept), write_schema(proposed)
    in_place = _in_place(list(before), list(after))
    for name, value in after.items():
        if _text(before.get(name)) != _text(value):
            yield _change(field, name, before.get(name), value)
        elif name not in in_place:
            yield Change(ChangeKind.MOVED, field, name, (), before[name], value)
    for name, value in before.items():
        if name not in after:
            yield _change(field, name, value, None)


def _in_place(before: list[str], after: list[str]) -> set[str]:
    """The most names that stand in the same order before and after."""
    places = {name: place for place, name in enumerate(before)}
    # For each length of a chain of names the earliest place where one can end, and that chain.
    ends: list[int] = []
    chains: list[_Chain] = [None]
    for name in after:
        if name in places:
            length = bisect_left(ends, places[name])
            ends[length : length + 1] = [places[name]]
            chains[length + 1 : length + 2] = [(name, chains[length])]
    found, chain = set(), chains[-1]
    while chain is not None:
        name, chain = chain
        found.add(name)
    return found


def _change(field: str, name: str, before: JsonValue, after: JsonValue) -> Change:
    if before is None:
        return Change(ChangeKind.ADDED, field, name, (), None, after)
    if after is None:
        return Change(ChangeKind.REMOVED, field, name, (), before, None)
    parts = tuple(_different(before, after)) if name else ()
    return Change(ChangeKind.CHANGED, field, name, parts, before, after)


def _different(before: JsonValue, after: JsonValue) -> Iterator[str]:
    """The fields of a property that differ, in the order that we write them in."""
    old, new = (one if isinstance(one, dict) else {} for one in (before, after))
    for part in (*new, *(one for one in old if one not in new)):
        if _text(old.get(part)) != _text(new.get(part)):
            yield part


def _text(value: JsonValue) -> str:
    """The value as it is written: 1.0 is not 1.00, true is not 1."""
    return editable(value)
