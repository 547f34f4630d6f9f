"""The schema of a rule: the properties it was registered with, those it returns above all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bxgui.core.json_values import JsonValue
from bxgui.core.local_text import NO_TEXT, LocalText, is_text, read_local_text, write_local_text

Others = tuple[tuple[str, JsonValue], ...]


class ValueType(StrEnum):
    """Types of return properties (contract §10); `json` is any value, written as JSON."""

    STRING = "string"
    TEXT = "text"
    INT = "int"
    DOUBLE = "double"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    SELECT = "select"
    USER = "user"
    FILE = "file"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class RuleProperty:
    """One of a rule's PROPERTIES or RETURN_PROPERTIES.

    `others` holds what no attribute does, under names in capital letters: fields that nobody here
    knows, and known ones with a value that cannot be read, such as REQUIRED `maybe`.
    """

    name: str
    type: ValueType = ValueType.STRING
    title: LocalText = NO_TEXT
    description: LocalText = NO_TEXT
    required: bool = False
    multiple: bool = False
    options: tuple[tuple[str, LocalText], ...] = ()
    # As registered: a type of the document, such as `UF:money`, is edited as text.
    type_name: str = ""
    default: JsonValue = None
    others: Others = ()


def read_schema(properties: Mapping[str, JsonValue]) -> tuple[RuleProperty, ...]:
    """The properties of PROPERTIES or RETURN_PROPERTIES; the case of a field does not matter.

    What is no map describes no property, but for an empty list: so PHP writes an empty map.
    """
    return tuple(
        _read(name, in_capitals(fields) if isinstance(fields, dict) else {})
        for name, fields in properties.items()
        if isinstance(fields, dict) or fields == []
    )


def write_schema(properties: tuple[RuleProperty, ...]) -> dict[str, JsonValue]:
    """The properties as a registration gives them, their fields in capital letters."""
    return {entry.name: dict(_written(entry)) for entry in properties}


def value_type(name: object) -> ValueType:
    """The type of a registration's type name; types of the document are typed as text."""
    try:
        return ValueType(str(name).lower())
    except ValueError:
        return ValueType.STRING


def type_name(entry: RuleProperty) -> str:
    """The name of a property's type as it is registered; empty for one that was given none."""
    if value_type(entry.type_name) is entry.type:
        return entry.type_name
    return entry.type.value


def settled(entry: RuleProperty, field: str) -> RuleProperty:
    """The property without what cannot be read in a field, once somebody has decided about it."""
    return replace(entry, others=tuple(pair for pair in entry.others if pair[0] != field))


def in_capitals(fields: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The fields under names in capital letters; of two the later one counts, as in the portal."""
    return {str(name).upper(): value for name, value in fields.items()}


def read_flag(value: JsonValue) -> bool | None:
    """Whether a flag is set; None for what is not one."""
    if isinstance(value, str):
        return {"Y": True, "1": True, "N": False, "0": False, "": False}.get(value.upper())
    return {1: True, 0: False}.get(value) if isinstance(value, int) else None


def _read(name: str, fields: dict[str, JsonValue]) -> RuleProperty:
    given = {field: value for field, value in fields.items() if value is not None}
    required, multiple = (read_flag(given.get(field, "")) for field in ("REQUIRED", "MULTIPLE"))
    named = given.get("TYPE", "")
    kind = named if isinstance(named, str) else None
    options = _read_options(given.get("OPTIONS", {}))
    readable = {
        "TYPE": kind is not None,
        "NAME": is_text(given.get("NAME")),
        "DESCRIPTION": is_text(given.get("DESCRIPTION")),
        "REQUIRED": required is not None,
        "MULTIPLE": multiple is not None,
        "OPTIONS": options is not None,
        "DEFAULT": True,
    }
    return RuleProperty(
        name=name,
        type=value_type(kind or "string"),
        type_name=kind or "",
        default=given.get("DEFAULT"),
        title=read_local_text(given.get("NAME") if readable["NAME"] else None),
        description=read_local_text(given.get("DESCRIPTION") if readable["DESCRIPTION"] else None),
        required=bool(required),
        multiple=bool(multiple),
        options=options or (),
        others=tuple((field, given[field]) for field in given if not readable.get(field)),
    )


def _read_options(value: JsonValue) -> tuple[tuple[str, LocalText], ...] | None:
    """The keys and titles; a list has its numbers for keys, as in PHP. None for what is neither."""
    if isinstance(value, list):
        value = {str(number): title for number, title in enumerate(value)}
    if not isinstance(value, dict) or not all(map(is_text, value.values())):
        return None
    return tuple((key, read_local_text(title)) for key, title in value.items())


def _written(entry: RuleProperty) -> Iterator[tuple[str, JsonValue]]:
    known: dict[str, JsonValue] = {
        "NAME": write_local_text(entry.title),
        "DESCRIPTION": write_local_text(entry.description),
        "TYPE": type_name(entry) or None,
        "OPTIONS": {key: write_local_text(title) or "" for key, title in entry.options} or None,
        "REQUIRED": "Y" if entry.required else None,
        "MULTIPLE": "Y" if entry.multiple else None,
        "DEFAULT": entry.default,
    }
    for name, value in known.items():
        if value is not None:
            yield name, value
    yield from ((name, value) for name, value in entry.others if known.get(name) is None)
