"""Values between what a person types and the wire."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    (contract §2). An empty text is an empty value of any type but JSON.
    """
    if kind is ValueType.JSON:
        try:
            return parse(text)
        except JsonProblem as problem:
            raise ValueProblem("json") from problem
    if not text:
        return text
    if kind is ValueType.BOOL:
        return _flag(text)
    if kind is ValueType.INT:
        return _integer(text)
    if kind is ValueType.DOUBLE:
        return _double(text)
    return text


def list_from_items(kind: ValueType, items: Sequence[str]) -> list[JsonValue]:
    """The values of a Multiple property; raises `ValueProblem`."""
    return [from_text(kind, item) for item in items]


def to_text(kind: ValueType, value: JsonValue) -> str:
    """The text a person edits for a value."""
    if kind is ValueType.JSON or not isinstance(value, str):
        return dump(value)
    return value


def infer_type(value: JsonValue) -> tuple[ValueType, bool]:
    """Type and multiplicity that edit a value without changing it."""
    kinds = [(kind, isinstance(value, list)) for kind in (ValueType.STRING, ValueType.TEXT)]
    return next((kind for kind in kinds if keeps(*kind, value)), (ValueType.JSON, False))


def keeps(kind: ValueType, multiple: bool, value: JsonValue) -> bool:
    """Whether an editor of this type gives back exactly this value."""
    if multiple:
        # The items of a list are texts, so a list of any JSON is one JSON value instead.
        return (
            kind is not ValueType.JSON
            and isinstance(value, list)
            and all(keeps(kind, False, item) for item in value)
        )
    if kind is not ValueType.JSON and not (isinstance(value, str) and _can_show(kind, value)):
        return False
    try:
        return from_text(kind, to_text(kind, value)) == value
    except ValueProblem:
        return False


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
