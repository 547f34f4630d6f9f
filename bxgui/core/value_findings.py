"""All that can be found in the values of a reply, as the wire, the form and a person see them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bxgui.core.coercion import ValueProblem
from bxgui.core.content_findings import of_content, of_name
from bxgui.core.date_findings import of_typed_date
from bxgui.core.dates import SITE_DATES, DateFormat
from bxgui.core.findings import (
    Drop,
    Finding,
    FindingCode,
    Give,
    Replace,
    Severity,
    by_severity,
    shown,
)
from bxgui.core.json_values import JsonProblem, JsonValue, Pairs
from bxgui.core.name_findings import repeated_names, unknown_names
from bxgui.core.schema import RuleProperty
from bxgui.core.type_findings import of_type
from bxgui.core.value_rows import ValueRow, value_of


def of_values(
    schema: Sequence[RuleProperty], values: Pairs, dates: DateFormat = SITE_DATES
) -> list[Finding]:
    """What is wrong with values as they go over the wire; `row` counts them."""
    return by_severity(_of_values(schema, values, dates, frozenset()))


def of_rows(
    schema: Sequence[RuleProperty], rows: Sequence[ValueRow], dates: DateFormat = SITE_DATES
) -> list[Finding]:
    """What is wrong with the rows of a form; `row` counts all of them, sent or not.

    Of a row whose text is not a value nothing else is said.
    """
    unreadable: list[Finding] = []
    of_dates: list[Finding] = []
    numbers: list[int] = []
    values: Pairs = []
    for number, row in enumerate(rows):
        if not row.sent:
            continue
        try:
            values.append((row.name, value_of(row, dates)))
            numbers.append(number)
            told_of_date = of_typed_date(number, row, dates)
            if told_of_date is not None:
                of_dates.append(told_of_date)
        except ValueProblem as problem:
            told = _unreadable(number, row, dates)
            cause = problem.__cause__
            if isinstance(cause, JsonProblem):
                told = replace(told, line=cause.line, column=cause.column)
            unreadable.append(told)
    also = frozenset(finding.name.lower() for finding in unreadable)
    found = _of_values(schema, values, dates, also)
    unsent = {row.name.lower(): number for number, row in enumerate(rows) if not row.sent}
    moved = [
        replace(
            finding,
            row=unsent.get(finding.name.lower()) if finding.row is None else numbers[finding.row],
        )
        for finding in found
    ]
    return by_severity([*unreadable, *of_dates, *moved])


def _of_values(
    schema: Sequence[RuleProperty], values: Pairs, dates: DateFormat, also_given: Collection[str]
) -> list[Finding]:
    names = [name for name, _ in values]
    known = {entry.name.lower(): entry for entry in schema}
    given = {name.lower() for name in names}.union(also_given)
    found = [
        *unknown_names(known, names, given),
        *repeated_names(names),
        *_missing(schema, given, dates),
    ]
    for row, (name, value) in enumerate(values):
        entry = known.get(name.lower())
        found += [replace(finding, row=row) for finding in _of_value(entry, name, value, dates)]
    uncounted = {finding.row for finding in found if finding.code is FindingCode.REPEATED_NAME}
    return [finding for finding in found if finding.row not in uncounted or _matters(finding)]


def _matters(finding: Finding) -> bool:
    """Whether a finding matters for a value that the same name further down replaces."""
    return finding.code is FindingCode.REPEATED_NAME or finding.severity is Severity.ERROR


def _of_value(
    entry: RuleProperty | None, name: str, value: JsonValue, dates: DateFormat
) -> Iterator[Finding]:
    if not name:
        yield Finding(FindingCode.NO_NAME, given=shown(value), mend=Drop())
    broken_name = of_name(name)
    if broken_name is not None:
        yield broken_name
    of_its_type = None if entry is None else _of_entry(entry, value, dates)
    is_too_great = of_its_type is not None and of_its_type.code is FindingCode.TOO_GREAT
    for found in of_content(name, value):
        if not (is_too_great and found.code is FindingCode.INEXACT_NUMBER):
            yield found
    if of_its_type is not None:
        yield replace(of_its_type, name=name)


def _of_entry(entry: RuleProperty, value: JsonValue, dates: DateFormat) -> Finding | None:
    found = of_type(entry, value, dates)
    is_silent = found is None or found.code is FindingCode.RAW_VALUE
    if entry.required and is_silent and _is_empty(value):
        default = _default(entry, dates)
        has_default = default is not None and not _is_empty(default.value)
        mend = Replace(default.value) if default and has_default else None
        return Finding(FindingCode.REQUIRED_EMPTY, mend=mend)
    return found


def _is_empty(value: JsonValue) -> bool:
    if isinstance(value, list):
        return all(item is None or item == "" for item in value)
    return value is None or value == ""


def _missing(
    schema: Sequence[RuleProperty], given: Collection[str], dates: DateFormat
) -> list[Finding]:
    """Required properties that get no value, with their default as the mend."""
    found = [
        Finding(
            FindingCode.REQUIRED_MISSING,
            entry.name,
            wanted=shown(mend.value) if mend else "",
            kind=entry.type,
            mend=mend,
        )
        for entry in schema
        if entry.required and entry.name.lower() not in given
        for mend in [_default(entry, dates)]
    ]
    return [Finding(FindingCode.NO_VALUES), *found] if found and not given else found


def _default(entry: RuleProperty, dates: DateFormat) -> Give | None:
    """The default that a registration names, as it can be sent."""
    value = entry.default
    if value is None or value == "" or of_content(entry.name, value):
        return None
    found = of_type(entry, value, dates)
    if found is None or found.severity is Severity.NOTE:
        return Give(value)
    return Give(found.mend.value) if isinstance(found.mend, Replace) else None


def _unreadable(number: int, row: ValueRow, dates: DateFormat) -> Finding:
    """About a row whose text, or the first such item, is not a value of its type."""
    texts = row.items if row.multiple else (row.text,)
    text = next(text for text in texts if not _is_readable(row, text, dates))
    return Finding(
        FindingCode.UNREADABLE, row.name, number, given=shown(text), kind=row.type, dates=dates
    )


def _is_readable(row: ValueRow, text: str, dates: DateFormat) -> bool:
    try:
        value_of(replace(row, multiple=False, text=text, items=()), dates)
    except ValueProblem:
        return False
    return True
