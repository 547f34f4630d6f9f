"""What a reply says as it is given on the command line: a preset, values, a log message."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.json_values import Pairs
from bxgui.core.preset import Fault, Filled, Preset, PresetProblem, VariableProblem
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, CallDetail, Reply
from bxgui.core.variables import FORMATS
from bxgui.given_values import given_values

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


def given_content(options: argparse.Namespace, workspace: Workspace, call: CallDetail) -> Filled:
    """Values and log message of a reply; those given one by one go before those of a preset.

    Raises `CommandProblem`, also where the preset cannot be filled from the call.
    """
    given = given_values(options, call.schema)
    with preset_problems():
        begun = _begun(options, workspace, call)
    return Filled(_overridden(begun.values, given), options.log or begun.log_message)


def given_reply(options: argparse.Namespace, workspace: Workspace, call: CallDetail) -> Reply:
    """The reply that the options describe; raises `CommandProblem`."""
    if options.only_log and (options.value or options.values is not None):
        raise CommandProblem("--only-log sends no values; leave out --value and --values.", USAGE)
    content = given_content(options, workspace, call)
    if options.only_log:
        return Reply(call.row.id, ACTIVITY_LOG, [], content.log_message)
    return Reply(call.row.id, EVENT_SEND, content.values, content.log_message)


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
    presets = workspace.presets
    if options.like_last:
        last = presets.last_reply(call.row.id)
        if last is None:
            raise PresetProblem("no_reply", f"No reply to {call.row.rule} was sent yet.")
        return presets.fill(_for(options, last), call)
    if options.preset is None:
        return Filled([], "")
    rule = presets.rule_of(call.row.id)
    filled = presets.fill(_for(options, presets.named(rule, options.preset)), call)
    presets.mark_used(rule, options.preset)
    return filled


def _for(options: argparse.Namespace, preset: Preset) -> Preset:
    """The preset as far as it is sent: a log message alone needs no variables of values."""
    return replace(preset, values=[]) if options.only_log else preset


def _overridden(begun: Pairs, given: Pairs) -> Pairs:
    """The values with those given in their places; the portal compares names without case."""
    left = {name.lower(): (name, value) for name, value in given}
    kept = [left.pop(name.lower(), (name, value)) for name, value in begun]
    return kept + [pair for pair in given if pair[0].lower() in left]
