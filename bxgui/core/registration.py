"""A rule as an application registers it: the fields of `bizproc.robot.add` (contract §10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from bxgui.core.json_values import JsonValue
from bxgui.core.local_text import NO_TEXT, LocalText, is_text, read_local_text, write_local_text
from bxgui.core.schema import Others, RuleProperty, in_capitals, read_schema, write_schema

_DOCUMENT_PARTS = 3
_NUMBER = re.compile(r"[0-9]{1,18}\Z")
_T = TypeVar("_T")


class RuleKind(StrEnum):
    """Whether a rule was registered as an automation rule or as an activity."""

    ROBOT = "robot"
    ACTIVITY = "activity"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """What is known of a rule's registration; it may be no more than its RETURN_PROPERTIES.

    `others` holds what no attribute does, under names in capital letters: fields that nobody here
    knows, and known ones with a value that cannot be read, such as USE_SUBSCRIPTION `true`, which
    the portal takes for `N`.
    """

    code: str = ""
    kind: RuleKind = RuleKind.UNKNOWN
    name: LocalText = NO_TEXT
    description: LocalText = NO_TEXT
    properties: tuple[RuleProperty, ...] = ()
    return_properties: tuple[RuleProperty, ...] = ()
    document_type: tuple[str, ...] = ()
    use_subscription: bool | None = None
    handler: str = ""
    auth_user_id: int | None = None
    filter: JsonValue = None
    use_placement: bool | None = None
    placement_handler: str = ""
    others: Others = ()


def read_registration(fields: Mapping[str, JsonValue]) -> Registration:
    """The registration that a call's parameters make, whatever case their names are in.

    An envelope around them is opened by `registration_text` before.
    """
    given = {name: value for name, value in in_capitals(fields).items() if value is not None}
    read = _Reading(given)
    return Registration(
        code=read.text("CODE"),
        kind=read.kind("KIND"),
        name=read.local_text("NAME"),
        description=read.local_text("DESCRIPTION"),
        properties=read.properties("PROPERTIES"),
        return_properties=read.properties("RETURN_PROPERTIES"),
        document_type=read.document_type("DOCUMENT_TYPE"),
        use_subscription=read.yes_or_no("USE_SUBSCRIPTION"),
        handler=read.text("HANDLER"),
        auth_user_id=read.number("AUTH_USER_ID"),
        filter=read.map("FILTER") or None,
        use_placement=read.yes_or_no("USE_PLACEMENT"),
        placement_handler=read.text("PLACEMENT_HANDLER"),
        others=tuple((name, value) for name, value in given.items() if name not in read.taken),
    )


def to_document(registration: Registration) -> dict[str, JsonValue]:
    """The registration's fields, those that have a value, in the one order and spelling we use.

    `read_registration` makes the same registration of it. KIND is not a field of the portal's.
    """
    known: dict[str, JsonValue] = {
        "KIND": registration.kind.value or None,
        "CODE": registration.code or None,
        "HANDLER": registration.handler or None,
        "AUTH_USER_ID": registration.auth_user_id,
        "USE_SUBSCRIPTION": _written_flag(registration.use_subscription),
        "NAME": write_local_text(registration.name),
        "DESCRIPTION": write_local_text(registration.description),
        "PROPERTIES": write_schema(registration.properties) or None,
        "RETURN_PROPERTIES": write_schema(registration.return_properties) or None,
        "DOCUMENT_TYPE": [*registration.document_type] or None,
        "FILTER": registration.filter,
        "USE_PLACEMENT": _written_flag(registration.use_placement),
        "PLACEMENT_HANDLER": registration.placement_handler or None,
    }
    document = {name: value for name, value in known.items() if value is not None}
    return document | {name: value for name, value in registration.others if name not in document}


def merged(kept: Registration | None, changes: Registration) -> Registration:
    """The registration after changes: what they do not name stays as it was kept."""
    before = to_document(kept) if kept is not None else {}
    return read_registration(before | to_document(changes))


def with_field(registration: Registration, field: str, value: JsonValue) -> Registration:
    """The registration with a field of the rule as somebody has given it; without it for None.

    Its properties stay as they are, also those that cannot be written: two of one name.
    """
    document = {**to_document(registration), field: value}
    return replace(
        read_registration(document),
        properties=registration.properties,
        return_properties=registration.return_properties,
    )


class _Reading:
    """Reads fields, and remembers which of them could be."""

    def __init__(self, given: Mapping[str, JsonValue]) -> None:
        self._given = given
        self.taken: set[str] = set()

    def text(self, name: str) -> str:
        value = self._given.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        return self._took(name, value) if isinstance(value, str) else ""

    def kind(self, name: str) -> RuleKind:
        known = [kind for kind in RuleKind if kind.value == self._given.get(name)]
        return self._took(name, known[0]) if known else RuleKind.UNKNOWN

    def local_text(self, name: str) -> LocalText:
        value = self._given.get(name)
        return self._took(name, read_local_text(value)) if is_text(value) else NO_TEXT

    def properties(self, name: str) -> tuple[RuleProperty, ...]:
        value = self.map(name)
        return read_schema(value) if value is not None else ()

    def document_type(self, name: str) -> tuple[str, ...]:
        value = self._given.get(name)
        parts = list(value.values()) if isinstance(value, dict) else value
        if not isinstance(parts, list):
            return ()
        texts = tuple(part for part in parts if isinstance(part, str))
        is_readable = len(texts) == len(parts) and len(parts) in {0, _DOCUMENT_PARTS}
        return self._took(name, texts) if is_readable else ()

    def yes_or_no(self, name: str) -> bool | None:
        value = self._given.get(name)
        return self._took(name, value == "Y") if value in ("Y", "N") else None

    def number(self, name: str) -> int | None:
        value = self._given.get(name)
        if isinstance(value, str) and _NUMBER.match(value):
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self._took(name, value)
        return None

    def map(self, name: str) -> dict[str, JsonValue] | None:
        """PHP writes an empty map as a list, and a list is a map of numbers to it."""
        value = self._given.get(name)
        if isinstance(value, list):
            value = {str(number): item for number, item in enumerate(value)}
        return self._took(name, value) if isinstance(value, dict) else None

    def _took(self, name: str, value: _T) -> _T:
        self.taken.add(name)
        return value


def _written_flag(flag: bool | None) -> JsonValue:
    return None if flag is None else ("Y" if flag else "N")
