"""What a reply says as it is given on the command line: a preset, values, a log message."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.json_values import is_whole
from bxgui.core.preset import Fault, Filled, Preset, PresetProblem, VariableProblem
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, CallDetail, Reply
from bxgui.core.rule import Rule
from bxgui.core.value_rows import ValueRow, from_values
from bxgui.core.variables import FORMATS
from bxgui.given_values import given_rows, wire_values

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

_FAULTS = {
    "unknown": "there is no variable {variable}",
    "missing": "this call has no {variable}",
    "secret": "{variable} is a secret, and no preset tells it",
    "format": f"{{variable}}: formats are {', '.join(FORMATS)}, and only moments have one",
    "not_text": "{variable} holds bytes that are no text",
    "broken": "{{{{{variable} is no variable; write {{{{{{{{ for two braces",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that begin a reply with a preset."""
    preset = parser.add_mutually_exclusive_group()
    preset.add_argument(
        "--preset", metavar="NAME", help="begin with a preset of the rule, filled from the call"
    )
    preset.add_argument(
        "--like-last", action="store_true", help="begin with the last reply to the same rule"
    )


@dataclass(frozen=True, slots=True)
class GivenContent:
    """The values of a reply as rows, and its log message."""

    rows: list[ValueRow]
    log_message: str


def given_content(
    options: argparse.Namespace, workspace: Workspace, call: CallDetail
) -> GivenContent:
    """What a reply says; values given one by one go before those of a preset.

    Raises `CommandProblem`, also where the preset cannot be filled from the call.
    """
    if options.only_log and (options.value or options.values is not None):
        raise CommandProblem("--only-log sends no values; leave out --value and --values.", USAGE)
    given = given_rows(options, call.schema, call.date_format)
    with preset_problems():
        begun = _begun(options, workspace, call)
    rows = [] if options.only_log else from_values((), begun.values, call.date_format)
    log_message = options.log or begun.log_message
    if not is_whole(log_message):
        raise CommandProblem("The log message holds half of a character. Type it again.", USAGE)
    return GivenContent(_overridden(rows, given), log_message)


def given_template(
    options: argparse.Namespace, workspace: Workspace, rule: Rule, call: CallDetail
) -> Preset:
    """What many replies to a rule say: a preset that is filled from each of its calls.

    Values given one by one may hold variables too. Raises `CommandProblem`.
    """
    given = given_rows(options, call.schema, call.date_format, with_variables=True)
    with preset_problems():
        begun = _template(options, workspace, rule, call)
    rows = [] if options.only_log else from_values((), begun.values, call.date_format)
    values = wire_values(_overridden(rows, given), call.date_format)
    return Preset("", values, options.log or begun.log_message)


def given_reply(options: argparse.Namespace, call: CallDetail, content: GivenContent) -> Reply:
    """The reply of this content; raises `CommandProblem` for a text that is no value."""
    if options.only_log:
        return Reply(call.row.id, ACTIVITY_LOG, [], content.log_message)
    values = wire_values(content.rows, call.date_format)
    return Reply(call.row.id, EVENT_SEND, values, content.log_message)


def mark_used(options: argparse.Namespace, workspace: Workspace, call: CallDetail) -> None:
    """Put the preset that a reply begins with first among those of its rule."""
    if options.preset is not None:
        presets = workspace.presets
        presets.mark_used(presets.rule_of(call.row.id), options.preset)


@contextmanager
def preset_problems() -> Iterator[None]:
    """Raise what is wrong with a preset as `CommandProblem`."""
    try:
        yield
    except VariableProblem as problem:
        message = f"The preset cannot be filled: {faults_text(problem.faults)}."
        raise CommandProblem(message, USAGE) from problem
    except PresetProblem as problem:
        advice = " Say which with --portal." if problem.code == "several_rules" else ""
        raise CommandProblem(f"{problem}{advice}", USAGE) from problem


def faults_text(faults: Sequence[Fault]) -> str:
    """Faults in a line."""
    return "; ".join(map(_fault_text, faults))


def _fault_text(fault: Fault) -> str:
    places = [f"preset {fault.preset}"] if fault.preset else []
    place = ", ".join([*places, fault.place or "log message"])
    text = f"{place}: {_FAULTS[fault.code].format(variable=fault.variable)}"
    return f"{text} (did you mean {fault.nearest}?)" if fault.nearest else text


def _begun(options: argparse.Namespace, workspace: Workspace, call: CallDetail) -> Filled:
    if options.preset is None and not options.like_last:
        return Filled([], "")
    rule = None if options.preset is None else workspace.presets.rule_of(call.row.id)
    return workspace.presets.fill(_for(options, _template(options, workspace, rule, call)), call)


def _template(
    options: argparse.Namespace, workspace: Workspace, rule: Rule | None, call: CallDetail
) -> Preset:
    presets = workspace.presets
    if options.like_last:
        last = presets.last_reply(call.row.id)
        if last is None:
            raise PresetProblem("no_reply", f"No reply to {call.row.rule} was sent yet.")
        return last
    if options.preset is None or rule is None:
        return Preset("")
    return presets.named(rule, options.preset)


def _for(options: argparse.Namespace, preset: Preset) -> Preset:
    """The preset as far as it is sent: a log message alone needs no variables of values."""
    return replace(preset, values=[]) if options.only_log else preset


def _overridden(begun: Sequence[ValueRow], given: Sequence[ValueRow]) -> list[ValueRow]:
    """The rows with those given in their places; the portal compares names without case."""
    wanted = {row.name.lower() for row in given}
    left = {row.name.lower(): row for row in given}
    kept: list[ValueRow] = []
    for row in begun:
        if row.name.lower() not in wanted:
            kept.append(row)
        elif row.name.lower() in left:
            kept.append(left.pop(row.name.lower()))
    return kept + [row for row in given if row.name.lower() in left]
