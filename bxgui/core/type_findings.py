"""What a portal makes of one value, by the type of its return property (contract §2)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import isinf

from bxgui.core.coercion import ValueProblem, Writing, from_text
from bxgui.core.dates import DateFormat, has_offset, is_read_by_portal
from bxgui.core.findings import Finding, FindingCode, Replace, shown
from bxgui.core.json_values import JsonValue
from bxgui.core.nearest import nearest
from bxgui.core.schema import RuleProperty, ValueType

_TEXTS = frozenset({ValueType.STRING, ValueType.TEXT})
_DATES = frozenset({ValueType.DATE, ValueType.DATETIME})
_LEAST = -(2**63)
_MOST_DIGITS = 19
_CODES = {
    ValueType.SELECT: FindingCode.UNKNOWN_OPTION,
    ValueType.USER: FindingCode.NOT_A_USER,
    ValueType.FILE: FindingCode.NOT_A_FILE,
}


def of_type(entry: RuleProperty, value: JsonValue, dates: DateFormat) -> Finding | None:
    """What is wrong with a value for this property, and the value that would be right."""
    found = _found(entry, value, dates)
    if found is None:
        return None
    code, about = found
    finding = Finding(code, entry.name, given=shown(about), kind=entry.type, dates=dates)
    right = None if code is FindingCode.RAW_VALUE else _right(entry, value, dates)
    if right is None or not _is_right(entry, right, dates):
        return finding
    return replace(finding, wanted=shown(right), mend=Replace(right))


def _is_right(entry: RuleProperty, value: JsonValue, dates: DateFormat) -> bool:
    found = _found(entry, value, dates)
    return found is None or found[0] is FindingCode.RAW_VALUE


def _found(
    entry: RuleProperty, value: JsonValue, dates: DateFormat
) -> tuple[FindingCode, JsonValue] | None:
    """The code of what is wrong, and the value or the item that it is about."""
    if entry.type is ValueType.JSON:
        return None
    if not entry.multiple:
        code = _code(entry, value, dates)
        return None if code is None else (code, value)
    if not isinstance(value, list):
        return FindingCode.SINGLE_FOR_LIST, value
    codes = ((_code(entry, item, dates), item) for item in value)
    return next(((code, item) for code, item in codes if code is not None), None)


def _code(entry: RuleProperty, value: JsonValue, dates: DateFormat) -> FindingCode | None:
    if isinstance(value, list | dict):
        if entry.type is ValueType.FILE:
            return FindingCode.NOT_A_FILE
        is_list = isinstance(value, list) and not entry.multiple
        return FindingCode.LIST_FOR_SINGLE if is_list else FindingCode.WRONG_TYPE
    if isinstance(value, bool):
        is_flag = entry.type is ValueType.BOOL
        return FindingCode.TRUE_FALSE if is_flag else _CODES.get(entry.type, FindingCode.WRONG_TYPE)
    if value is None or value == "":
        return None if value == "" and entry.type in _TEXTS else FindingCode.RAW_VALUE
    if not _fits(entry, str(value), dates):
        is_shifted = entry.type in _DATES and has_offset(str(value))
        unfit = _CODES.get(entry.type, FindingCode.WRONG_TYPE)
        return FindingCode.SHIFTED_DATE if is_shifted else unfit
    if _is_too_great(entry.type, str(value)):
        return FindingCode.TOO_GREAT
    is_raw = value in {0, "0"} and entry.type not in _TEXTS
    return FindingCode.RAW_VALUE if is_raw else None


def _is_too_great(kind: ValueType, digits: str) -> bool:
    """Whether PHP has no number of this type that is as great."""
    if kind is ValueType.INT:
        return len(digits.lstrip("+-0")) > _MOST_DIGITS or not _LEAST <= int(digits) < -_LEAST
    return kind is ValueType.DOUBLE and isinf(float(digits))


def _fits(entry: RuleProperty, text: str, dates: DateFormat) -> bool:
    """Whether the portal takes a text, or the digits of a number, for a value of the type."""
    if entry.type in _DATES:
        return is_read_by_portal(text, dates)
    if entry.type is ValueType.SELECT:
        return not entry.options or any(text == key for key, _ in entry.options)
    try:
        return from_text(entry.type, text) == text
    except ValueProblem:
        return False


def _right(entry: RuleProperty, value: JsonValue, dates: DateFormat) -> JsonValue:
    """The value that was meant, as far as it can be told; None when it cannot."""
    if entry.multiple:
        right = [_right_item(entry, item, dates) for item in _items(value)]
        return None if None in right else right
    items = _items(value)
    if isinstance(value, list) and not items:
        return ""
    return _right_item(entry, items[0], dates) if len(items) == 1 else None


def _items(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def _right_item(entry: RuleProperty, value: JsonValue, dates: DateFormat) -> JsonValue:
    if isinstance(value, bool) and entry.type is ValueType.BOOL:
        return "Y" if value else "N"
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    if _fits(entry, str(value), dates):
        return value
    try:
        right = from_text(entry.type, str(value), Writing(dates, entry.options))
    except ValueProblem:
        return None
    if entry.type is ValueType.SELECT and right == value:
        return _nearest_option(entry, str(value))
    return right


def _nearest_option(entry: RuleProperty, text: str) -> str | None:
    words = {title: key for key, local in entry.options for _, title in local.texts}
    words.update({key: key for key, _ in entry.options})
    return words.get(nearest(text, words))
