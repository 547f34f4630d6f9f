"""Finds the registrations in a value: a call's parameters, with or without what is around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bxgui.core import phpform
from bxgui.core.json_values import JsonValue
from bxgui.core.local_text import is_text
from bxgui.core.registration import Registration, RuleKind, read_registration
from bxgui.core.registration_export import HANDLER_PLACEHOLDER
from bxgui.core.registration_text.secrets import without_secrets
from bxgui.core.schema import in_capitals

_REGISTERING = re.compile(r"bizproc\.(robot|activity)\.(add|update)\Z", re.IGNORECASE)
_PARAMETERS = ("PARAMS", "PARAMETERS", "DATA", "BODY")
_SCHEMAS = ("PROPERTIES", "RETURN_PROPERTIES")
_LIMITS = phpform.Limits(max_bytes=1024 * 1024)


class Scope(StrEnum):
    """What was found: a whole registration, changes to one, or no more than a schema."""

    WHOLE = "whole"
    CHANGES = "changes"
    SCHEMA = "schema"


@dataclass(frozen=True, slots=True)
class Found:
    """A registration in a value.

    `left_out` names the secrets that were left out or masked, `odd` the field and name of what is
    given for a property and describes none.
    """

    registration: Registration
    scope: Scope
    left_out: tuple[str, ...] = ()
    odd: tuple[tuple[str, str], ...] = ()


def find(value: JsonValue, method: str = "", code: str = "") -> Iterator[Found]:
    """The registrations in a value that is given to a method; none for another method's."""
    if isinstance(value, list):
        yield from _in_list(value, method)
    elif isinstance(value, str):
        yield from _in_command(value)
    elif isinstance(value, dict) and (not method or _REGISTERING.match(method)):
        yield from _in_map(value, method, code)


def command(text: str) -> tuple[str, dict[str, JsonValue]]:
    """Method and parameters of `method?query`, as a batch has it and as an address ends."""
    method, _, query = text.partition("?")
    try:
        tree = phpform.decode(query.encode("utf-8", "surrogateescape"), _LIMITS)
    except phpform.BodyRefused:
        return method, {}
    return method, form_parameters(tree)


def form_parameters(tree: dict[phpform.Key, phpform.Tree]) -> dict[str, JsonValue]:
    """Parameters of a form, shaped as JSON would have them."""
    return {str(name): _shaped(inner) for name, inner in tree.items()}


def _shaped(tree: phpform.Tree) -> JsonValue:
    if isinstance(tree, str):
        return tree
    if list(tree) == list(range(len(tree))):
        return [_shaped(inner) for inner in tree.values()]
    return {str(key): _shaped(inner) for key, inner in tree.items()}


def _in_list(items: list[JsonValue], method: str) -> Iterator[Found]:
    first = items[0] if items else None
    if isinstance(first, str) and _REGISTERING.match(first):  # a command of BX24.callBatch
        for item in items[1:]:
            yield from find(item, first)
        return
    for item in items:
        yield from find(item, method)


def _in_command(text: str) -> Iterator[Found]:
    method = text.partition("?")[0]
    if _REGISTERING.match(method):
        yield from find(command(text)[1], method)


def _in_map(value: dict[str, JsonValue], method: str, code: str) -> Iterator[Found]:
    fields = in_capitals(value)
    named = fields.get("METHOD")
    if isinstance(named, str) and any(name in fields for name in _PARAMETERS):
        if _REGISTERING.match(named):
            for name in _PARAMETERS:
                yield from find(fields.get(name), named)
        return
    changes = fields.get("FIELDS")
    if isinstance(changes, dict):
        whole = {name: inner for name, inner in fields.items() if name != "FIELDS"} | changes
        is_update = "CODE" in fields or method.lower().endswith(".update")
        yield _found(whole, Scope.CHANGES if is_update else Scope.WHOLE, method)
    elif (method and fields) or _is_registration(fields):
        given = value if "CODE" in fields or not code else {"CODE": code, **value}
        yield _found(given, Scope.WHOLE, method)
    elif _is_schema(value):
        yield _found({"RETURN_PROPERTIES": value}, Scope.SCHEMA, method)
    else:
        for name, inner in value.items():
            if name.upper() != "AUTH" and isinstance(inner, dict | list | str):
                yield from find(inner, code=name if isinstance(inner, dict) else "")


def _found(value: dict[str, JsonValue], scope: Scope, method: str) -> Found:
    fields, left_out = without_secrets(value)
    known = _REGISTERING.match(method)
    given = in_capitals(fields)
    given = {name: inner for name, inner in given.items() if inner != HANDLER_PLACEHOLDER}
    if known and "KIND" not in given:
        given["KIND"] = RuleKind(known.group(1).lower()).value
    registration = read_registration(given)
    return Found(registration, scope, tuple(dict.fromkeys(left_out)), tuple(_odd(given)))


def _odd(fields: dict[str, JsonValue]) -> Iterator[tuple[str, str]]:
    for field in _SCHEMAS:
        schema = fields.get(field)
        if isinstance(schema, dict):
            yield from ((field, name) for name, inner in schema.items() if not _is_map(inner))


def _is_registration(fields: dict[str, JsonValue]) -> bool:
    if any(_is_properties(fields.get(field)) for field in _SCHEMAS):
        return True
    given = {name for name, inner in fields.items() if isinstance(inner, str) and inner}
    has_name = bool(fields.get("NAME")) and is_text(fields.get("NAME"))
    return "CODE" in given and (has_name or "HANDLER" in given)


def _is_properties(value: JsonValue) -> bool:
    return value == [] or (isinstance(value, dict) and all(map(_is_map, value.values())))


def _is_schema(value: dict[str, JsonValue]) -> bool:
    return bool(value) and all(map(_is_property, value.values()))


def _is_property(value: JsonValue) -> bool:
    fields = in_capitals(value) if isinstance(value, dict) else {}
    kind = fields.get("TYPE")
    has_name = "NAME" in fields and is_text(fields["NAME"])
    return (isinstance(kind, str) or (kind is None and has_name)) and not _is_registration(fields)


def _is_map(value: JsonValue) -> bool:
    return isinstance(value, dict) or value == []
