"""The schema of a rule: the return properties it was registered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bxgui.core.json_values import JsonValue
from bxgui.core.local_text import NO_TEXT, LocalText, read_local_text


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
class ReturnProperty:
    """One return property of a rule's schema."""

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


def read_schema(registration: Mapping[str, JsonValue]) -> tuple[ReturnProperty, ...]:
    """The properties of a registration's RETURN_PROPERTIES; key case does not matter."""
    return tuple(
        _property(name, {str(k).upper(): v for k, v in fields.items()})
        for name, fields in registration.items()
        if isinstance(fields, dict)
    )


def value_type(name: object) -> ValueType:
    """The type of a registration's type name; types of the document are typed as text."""
    try:
        return ValueType(str(name).lower())
    except ValueError:
        return ValueType.STRING


def _property(name: str, fields: Mapping[str, JsonValue]) -> ReturnProperty:
    options = fields.get("OPTIONS")
    return ReturnProperty(
        name=name,
        type=value_type(fields.get("TYPE", "string")),
        type_name=str(fields.get("TYPE", "")),
        default=fields.get("DEFAULT"),
        title=read_local_text(fields.get("NAME")),
        description=read_local_text(fields.get("DESCRIPTION")),
        required=_is_yes(fields.get("REQUIRED")),
        multiple=_is_yes(fields.get("MULTIPLE")),
        options=tuple((str(k), read_local_text(v)) for k, v in options.items())
        if isinstance(options, dict)
        else (),
    )


def _is_yes(value: object) -> bool:
    return value is True or str(value).upper() in {"Y", "1"}
