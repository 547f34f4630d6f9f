"""The reply form's rows and its JSON view: the same values either way, losing nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bxgui.core.coercion import (
    ValueProblem,
    Writing,
    from_text,
    infer_type,
    keeps,
    list_from_items,
    to_text,
)
from bxgui.core.dates import SITE_DATES, DateFormat
from bxgui.core.json_values import (
    JsonValue,
    Pairs,
    editable,
    editable_object,
    parse_object,
)
from bxgui.core.schema import RuleProperty, ValueType


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One row of the form: a `text`, or the `items` of a list when it is `multiple`.

    A row that is not `sent` (unset) keeps what was typed for the person only. One that is sent
    with nothing typed is empty: it goes as "", or as an empty list.
    """

    name: str = ""
    type: ValueType = ValueType.STRING
    multiple: bool = False
    text: str = ""
    items: tuple[str, ...] = ()
    sent: bool = True
    entry: RuleProperty | None = None


class RowProblem(ValueError):
    """A row whose text is not a value: its number from 0, and the rule's code."""

    def __init__(self, row: int, code: str) -> None:
        super().__init__(code)
        self.row = row
        self.code = code


def value_of(row: ValueRow, dates: DateFormat = SITE_DATES) -> JsonValue:
    """What the row puts on the wire; raises `ValueProblem`."""
    writing = writing_of(row, dates)
    if row.multiple:
        return list_from_items(row.type, row.items, writing)
    return from_text(row.type, row.text, writing)


def to_pairs(rows: Sequence[ValueRow], dates: DateFormat = SITE_DATES) -> Pairs:
    """The values that the rows send, in order; raises `RowProblem` at the first bad one."""
    pairs: Pairs = []
    for number, row in enumerate(rows):
        if not row.sent:
            continue
        if not row.name:
            raise RowProblem(number, "no_name")
        try:
            pairs.append((row.name, value_of(row, dates)))
        except ValueProblem as problem:
            raise RowProblem(number, problem.code) from problem
    return pairs


def from_values(
    schema: Sequence[RuleProperty], values: Pairs, dates: DateFormat = SITE_DATES
) -> list[ValueRow]:
    """The rows of a form: the schema's, with the values given, then values outside the schema."""
    empty = [
        ValueRow(entry.name, entry.type, entry.multiple, sent=False, entry=entry)
        for entry in schema
    ]
    return merge(empty, values, dates)


def with_schema(
    rows: Sequence[ValueRow],
    schema: Sequence[RuleProperty],
    dates: DateFormat = SITE_DATES,
) -> list[ValueRow]:
    """The rows under a schema that has become known: nothing typed is lost, rows take its order.

    Names are as they were typed: to the portal, capital letters in them do not matter.
    """
    left = [row for row in rows if row.name or _is_typed(row)]
    ordered: list[ValueRow] = []
    for entry in schema:
        found = _named(entry.name, left)
        if found is None:
            ordered.append(
                ValueRow(entry.name, entry.type, entry.multiple, sent=False, entry=entry)
            )
            continue
        left.remove(found)
        ordered.append(_under(entry, found, dates))
    return ordered + [replace(row, entry=None) for row in left]


def merge(
    rows: Sequence[ValueRow], values: Pairs, dates: DateFormat = SITE_DATES
) -> list[ValueRow]:
    """The rows carrying exactly `values`; types and what is not sent are kept.

    Rows keep their places while the names sent stay the same; else the values' order rules and
    the rows not sent follow. The row of a property takes its name as the value spells it.
    """
    if [row.name for row in rows if row.sent] == [name for name, _ in values]:
        incoming = iter(values)
        return [_carrying(row, next(incoming)[1], dates) if row.sent else row for row in rows]
    rows = _respelt(rows, [name for name, _ in values])
    in_place = _in_schema_order(rows, values, dates)
    if in_place is not None:
        return in_place
    left = list(rows)
    merged = [_taken(left, name, value, dates) for name, value in values]
    return merged + [replace(row, sent=False) for row in left]


def as_json(rows: Sequence[ValueRow], dates: DateFormat = SITE_DATES) -> str:
    """The JSON view of the rows; raises `RowProblem`."""
    return editable_object(to_pairs(rows, dates))


def from_json(
    rows: Sequence[ValueRow], text: str, dates: DateFormat = SITE_DATES
) -> list[ValueRow]:
    """The rows after the JSON view was edited; raises `JsonProblem`."""
    return merge(rows, parse_object(text), dates)


def replaced(row: ValueRow, value: JsonValue, dates: DateFormat = SITE_DATES) -> ValueRow:
    """The row with another value, edited by the schema's type where that can show it."""
    if row.sent and _is_value_of(row, value, dates):
        return row
    if row.entry is not None:
        row = retyped(row, row.entry.type, row.entry.multiple)
    return _carrying(replace(row, sent=False), value, dates)


def retyped(row: ValueRow, kind: ValueType, multiple: bool) -> ValueRow:
    """The row with another type; what was typed stays, a line of a text being an item of a list."""
    text, items = row.text, row.items
    if multiple and not row.multiple:
        text, items = "", tuple(text.split("\n")) if text else ()
    elif row.multiple and not multiple:
        text, items = "\n".join(items), ()
    return replace(row, type=kind, multiple=multiple, text=text, items=items)


def _named(name: str, rows: Sequence[ValueRow]) -> ValueRow | None:
    """The row of this name, or one whose name differs in capital letters only."""
    alike = [row for row in rows if row.name.lower() == name.lower()]
    return next((row for row in alike if row.name == name), alike[0] if alike else None)


def _under(entry: RuleProperty, row: ValueRow, dates: DateFormat) -> ValueRow:
    """The row as its schema edits it, if it sends the same so; a type chosen by hand stays."""
    under = replace(row, entry=entry)
    if not row.sent and not _is_typed(row):
        return retyped(under, entry.type, entry.multiple)
    if row.entry is not None or not _is_typed(row):
        return under
    try:
        value = value_of(row, dates)
    except ValueProblem:
        return under
    if not keeps(entry.type, entry.multiple, value, writing_of(under, dates)):
        return under
    blank = replace(under, type=entry.type, multiple=entry.multiple, sent=False)
    return replace(_carrying(blank, value, dates), sent=row.sent)


def _is_typed(row: ValueRow) -> bool:
    return bool(row.text or row.items)


def writing_of(row: ValueRow, dates: DateFormat) -> Writing:
    """How the row's property is written."""
    return Writing(dates, row.entry.options if row.entry is not None else ())


def _in_schema_order(
    rows: Sequence[ValueRow], values: Pairs, dates: DateFormat
) -> list[ValueRow] | None:
    """The rows in their own order when each value has its row and their order agrees."""
    merged: list[ValueRow] = []
    waiting = list(values)
    for row in rows:
        if waiting and row.name == waiting[0][0]:
            merged.append(_carrying(row, waiting.pop(0)[1], dates))
        else:
            merged.append(replace(row, sent=False))
    if any(name == row.name for name, _ in waiting for row in rows):
        return None
    return merged + [_new_row(name, value, dates) for name, value in waiting]


def _respelt(rows: Sequence[ValueRow], names: Sequence[str]) -> list[ValueRow]:
    """The rows of properties with names as they are given, where they differ in capital letters."""
    given, spelt = set(names), {row.name for row in rows}
    others = {name.lower(): name for name in names if name not in spelt}
    respelt: list[ValueRow] = []
    for row in rows:
        is_waiting = row.entry is not None and row.name not in given
        other = others.pop(row.name.lower(), None) if is_waiting else None
        respelt.append(row if other is None else replace(row, name=other))
    return respelt


def _is_value_of(row: ValueRow, value: JsonValue, dates: DateFormat) -> bool:
    """Whether the row sends exactly this value: 1.0 is not 1.00, true is not 1."""
    try:
        return editable(value_of(row, dates)) == editable(value)
    except ValueProblem:
        return False


def _taken(rows: list[ValueRow], name: str, value: JsonValue, dates: DateFormat) -> ValueRow:
    """The row of this name, taken out of `rows`, with the value; a new row where there is none."""
    for number, row in enumerate(rows):
        if row.name == name:
            return _carrying(rows.pop(number), value, dates)
    return _new_row(name, value, dates)


def _new_row(name: str, value: JsonValue, dates: DateFormat) -> ValueRow:
    return _carrying(ValueRow(name), value, dates)


def _carrying(row: ValueRow, value: JsonValue, dates: DateFormat) -> ValueRow:
    kind, multiple = row.type, row.multiple
    if row.sent and _is_value_of(row, value, dates):
        return row
    if not keeps(kind, multiple, value, writing_of(row, dates)):
        kind, multiple = infer_type(value)
    items = tuple(map(str, value)) if multiple and isinstance(value, list) else ()
    text = "" if multiple else to_text(kind, value)
    return replace(row, type=kind, multiple=multiple, text=text, items=items, sent=True)
