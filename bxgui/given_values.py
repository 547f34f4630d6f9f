"""Return values as they are given on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.coercion import ValueProblem, from_text
from bxgui.core.json_values import JsonProblem, JsonValue, Pairs, parse_object
from bxgui.core.schema import ReturnProperty, ValueType
from bxgui.core.template import is_template


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


def given_values(
    options: argparse.Namespace,
    schema: Sequence[ReturnProperty],
    *,
    with_variables: bool = False,
) -> Pairs:
    """The values of `--values` and `--value`; raises `CommandProblem` for what is none.

    A text that may hold variables is no value of its type yet: it stays as it is.
    """
    values = _json_values(options.values) if options.values is not None else []
    types = {entry.name.lower(): entry for entry in schema}
    given: dict[str, list[JsonValue]] = {}
    for text in options.value:
        name, equals, value = text.partition("=")
        if not equals or not name:
            message = f"--value wants NAME=TEXT, not {text!r}."
            raise CommandProblem(message, USAGE)
        is_open = with_variables and is_template(value)
        entry = None if is_open else types.get(name.lower())
        given.setdefault(name, []).append(_typed(name, value, entry))
    kept = [(name, value) for name, value in values if name not in given]
    return kept + [
        (name, _one_or_list(items, types.get(name.lower()))) for name, items in given.items()
    ]


def _one_or_list(items: list[JsonValue], entry: ReturnProperty | None) -> JsonValue:
    return items if len(items) > 1 or (entry is not None and entry.multiple) else items[0]


def _typed(name: str, text: str, entry: ReturnProperty | None) -> JsonValue:
    kind = entry.type if entry else ValueType.STRING
    try:
        return from_text(kind, text)
    except ValueProblem as problem:
        message = f"{text!r} is not a value for {name}, which is of the type {kind}."
        raise CommandProblem(message, USAGE) from problem


def _json_values(text: str) -> Pairs:
    try:
        if text.startswith("@"):
            text = Path(text[1:]).read_text("utf-8")
        return parse_object(text)
    except (OSError, UnicodeDecodeError) as error:
        message = f"The file of --values cannot be read: {error}."
        raise CommandProblem(message, USAGE) from error
    except JsonProblem as problem:
        message = f"--values is not a JSON object: {problem}."
        raise CommandProblem(message, USAGE) from problem
