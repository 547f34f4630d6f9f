"""The default that a registration gives for a return property."""

from __future__ import annotations

from dataclasses import replace

from bxgui.core.coercion import ValueProblem, from_text, to_text
from bxgui.core.json_values import JsonValue
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_rows import ValueRow, value_of


def default_items(entry: RuleProperty | None) -> tuple[str, ...]:
    """The default as it is typed: the items of a list, else one text; none where it has none."""
    if entry is None or entry.default in (None, "", []):
        return ()
    given = entry.default
    items = given if entry.multiple and isinstance(given, list) else [given]
    return tuple(_typed(entry.type, item) for item in items)


def defaulted(row: ValueRow) -> ValueRow:
    """The row with its default, to be sent; as it is where it has none."""
    entry, items = row.entry, default_items(row.entry)
    if entry is None or not items:
        return row
    made = replace(row, type=entry.type, multiple=entry.multiple, sent=True)
    if entry.multiple:
        return replace(made, text="", items=items)
    return replace(made, text=items[0], items=())


def default_row(entry: RuleProperty) -> ValueRow:
    """The default as a row to be edited; one that the type's editor cannot show is JSON."""
    given, row = entry.default, ValueRow(entry.name, entry.type, entry.multiple, entry=entry)
    if given is None:
        return replace(row, sent=False)
    if isinstance(given, dict) or _is_nested(given, entry.multiple):
        text = to_text(ValueType.JSON, given)
        return replace(row, type=ValueType.JSON, multiple=False, text=text)
    items = default_items(entry)
    if entry.multiple:
        return replace(row, items=items)
    return replace(row, text="".join(items))


def with_default(entry: RuleProperty, row: ValueRow) -> RuleProperty:
    """The property with the default that a row carries; what is no value is kept as it is typed."""
    value: JsonValue = None
    if row.sent:
        try:
            value = value_of(row)
        except ValueProblem:
            value = [*row.items] if row.multiple else row.text
    return replace(entry, default=value)


def _is_nested(value: JsonValue, multiple: bool) -> bool:
    """Whether the value is a list that no list of texts can show."""
    if not isinstance(value, list):
        return False
    return not multiple or any(item is None or isinstance(item, list | dict) for item in value)


def _typed(kind: ValueType, value: JsonValue) -> str:
    """The text of a default; a flag is Y or N, however the registration writes it."""
    text = to_text(kind, value)
    if kind is not ValueType.BOOL:
        return text
    try:
        return str(from_text(kind, text))
    except ValueProblem:
        return text
