"""Values between what a person types and the wire."""

from __future__ import annotations

import re

from bxgui.core.json_values import JsonProblem, JsonValue, dump, parse
from bxgui.core.schema import ValueType


class ValueProblem(ValueError):
    """A typed text that is not a value of its type; `code` names the rule it breaks."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_LINE_ENDS = frozenset("\n\r\u2028\u2029")
_YES = frozenset({"y", "yes", "true", "1", "да"})
_NO = frozenset({"n", "no", "false", "0", "нет"})
_INT = re.compile(r"[+-]?[0-9]+\Z")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")


def from_text(kind: ValueType, text: str) -> JsonValue:
    """The value the wire carries for what a person typed; raises `ValueProblem`.

    Numbers go as digits and booleans as `Y` or `N`, which every portal version stores right
    (contract §2).
    """
    if kind is ValueType.JSON:
        try:
            return parse(text)
        except JsonProblem as problem:
            raise ValueProblem("json") from problem
    if kind is ValueType.BOOL:
        return _flag(text)
    if kind is ValueType.INT:
        return _integer(text)
    if kind is ValueType.DOUBLE:
        return _double(text)
    return text


def list_from_text(kind: ValueType, text: str) -> list[JsonValue]:
    """The values of a Multiple property, one a line; a single empty line is an empty list."""
    return [from_text(kind, line) for line in text.split("\n")] if text else []


def to_text(kind: ValueType, value: JsonValue) -> str:
    """The text a person edits for a value."""
    if kind is ValueType.JSON or not isinstance(value, str):
        return dump(value)
    return value


def infer_type(value: JsonValue) -> tuple[ValueType, bool]:
    """Type and multiplicity that edit a value without changing it."""
    if isinstance(value, str):
        kinds = (ValueType.STRING, ValueType.TEXT, ValueType.JSON)
        return next(kind for kind in kinds if _can_show(kind, value)), False
    if isinstance(value, list) and value not in ([], [""]) and all(map(_fits_a_line, value)):
        return ValueType.STRING, True
    return ValueType.JSON, False


def keeps(kind: ValueType, multiple: bool, value: JsonValue) -> bool:
    """Whether an editor of this type gives back exactly this value."""
    try:
        if multiple:
            return (
                isinstance(value, list)
                and all(_fits_a_line(item) for item in value)
                and list_from_text(kind, "\n".join(map(str, value))) == value
            )
        if kind is not ValueType.JSON and not (isinstance(value, str) and _can_show(kind, value)):
            return False
        return from_text(kind, to_text(kind, value)) == value
    except ValueProblem:
        return False


def _fits_a_line(item: JsonValue) -> bool:
    return isinstance(item, str) and not _LINE_ENDS.intersection(item)


def _can_show(kind: ValueType, text: str) -> bool:
    """Whether an editor of this type shows the text's line ends: one of lines knows only one."""
    if kind is ValueType.JSON:
        return True
    return _LINE_ENDS.intersection(text) <= ({"\n"} if kind is ValueType.TEXT else set())


def _flag(text: str) -> str:
    word = text.strip().lower()
    if word in _YES:
        return "Y"
    if word in _NO:
        return "N"
    raise ValueProblem("bool")


def _integer(text: str) -> str:
    digits = text.strip().replace(" ", "").replace("\u00a0", "")
    if not _INT.match(digits):
        raise ValueProblem("int")
    return digits


def _double(text: str) -> str:
    digits = text.strip().replace(" ", "").replace("\u00a0", "").replace(",", ".")
    if not _DOUBLE.match(digits):
        raise ValueProblem("double")
    return digits
