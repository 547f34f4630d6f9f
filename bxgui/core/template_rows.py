"""Rows of a form whose texts may hold variables, to be filled from each call."""

from __future__ import annotations

from dataclasses import replace

from bxgui.core.schema import ValueType
from bxgui.core.template import escape, is_template
from bxgui.core.value_rows import ValueRow, retyped

_TEXTS = frozenset({ValueType.STRING, ValueType.TEXT})


def as_template(row: ValueRow) -> ValueRow:
    """The row as it is sent to be filled: what holds a variable is a text, and of no other type.

    JSON stays JSON: its texts hold the variables.
    """
    holds = any(map(is_template, row.items if row.multiple else (row.text,)))
    if not holds or row.type in _TEXTS or row.type is ValueType.JSON:
        return row
    return retyped(row, ValueType.STRING, row.multiple)


def escaped(row: ValueRow) -> ValueRow:
    """The row written so that filling leaves its texts as they are."""
    return replace(row, text=escape(row.text), items=tuple(map(escape, row.items)))


def with_variable(row: ValueRow, variable: str) -> ValueRow:
    """The row with a variable behind what is typed, or as one more item of its list."""
    if row.type not in _TEXTS:
        row = retyped(row, ValueType.STRING, row.multiple)
    if row.multiple:
        return replace(row, items=(*row.items, variable), sent=True)
    return replace(row, text=row.text + variable, sent=True)
