"""Return values as they are given on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.dates import SITE_DATES, DateFormat
from bxgui.core.finding_texts import finding_text
from bxgui.core.json_values import JsonProblem, Pairs, parse_object
from bxgui.core.schema import RuleProperty
from bxgui.core.template import is_template
from bxgui.core.value_findings import of_rows
from bxgui.core.value_rows import RowProblem, ValueRow, from_values, to_pairs
from bxgui.given_files import given_text


def add_value_options(parser: argparse.ArgumentParser) -> None:
    """The options that return values and a log message are given with."""
    parser.add_argument(
        "--value",
        action="append",
        default=[],
        metavar="NAME=TEXT",
        help="a return value; the same name again makes a list",
    )
    parser.add_argument(
        "--values", metavar="JSON|@FILE", help="return values as a JSON object, or a file of one"
    )
    parser.add_argument("--log", default="", metavar="TEXT", help="the log message")


def given_rows(
    options: argparse.Namespace,
    schema: Sequence[RuleProperty],
    dates: DateFormat = SITE_DATES,
    *,
    with_variables: bool = False,
) -> list[ValueRow]:
    """The values of `--values` and `--value` as rows; raises `CommandProblem` for what is none.

    A text of `--value` is read by the type of its name, and goes before the same name in
    `--values`; whether it is a value of that type is left to the findings. One that may hold
    variables is no value of its type yet.
    """
    values = _json_values(options.values) if options.values is not None else []
    entries = {entry.name.lower(): entry for entry in schema}
    given: dict[str, list[str]] = {}
    for text in options.value:
        name, equals, value = text.partition("=")
        if not equals or not name:
            message = f"--value wants NAME=TEXT, not {text!r}."
            raise CommandProblem(message, USAGE)
        given.setdefault(name, []).append(value)
    kept = [(name, value) for name, value in values if name not in given]
    return [
        *from_values((), kept, dates),
        *(
            _row(name, texts, None if with_variables and any(map(is_template, texts)) else entry)
            for name, texts in given.items()
            for entry in [entries.get(name.lower())]
        ),
    ]


def wire_values(rows: Sequence[ValueRow], dates: DateFormat) -> Pairs:
    """What the rows send; raises `CommandProblem` for one without a name, or no value."""
    try:
        return to_pairs(rows, dates)
    except RowProblem as problem:
        found = next(one for one in of_rows((), rows, dates) if one.row == problem.row)
        raise CommandProblem(finding_text(found), USAGE) from problem


def _row(name: str, texts: Sequence[str], entry: RuleProperty | None) -> ValueRow:
    entry = entry or RuleProperty(name)
    if entry.multiple or len(texts) > 1:
        return ValueRow(name, entry.type, multiple=True, items=tuple(texts), entry=entry)
    return ValueRow(name, entry.type, text=texts[0], entry=entry)


def _json_values(text: str) -> Pairs:
    try:
        return parse_object(given_text(text[1:]) if text.startswith("@") else text)
    except JsonProblem as problem:
        message = f"--values is not a JSON object: {problem}."
        raise CommandProblem(message, USAGE) from problem
