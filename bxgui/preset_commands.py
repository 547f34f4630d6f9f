"""`bxgui presets`: named values and log messages of rules, listed, kept, carried elsewhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bxgui.command_problem import ACCEPTED, CommandProblem, remark
from bxgui.core.json_values import JsonValue, dump, dump_object
from bxgui.core.plain_text import brief
from bxgui.core.preset import Preset, PresetProblem, VariableProblem
from bxgui.core.preset_file import PresetFile, preset_json, read_presets
from bxgui.core.rule import Rule
from bxgui.given_files import STANDARD, given_text
from bxgui.given_preset import faults_text, preset_problems
from bxgui.given_values import add_value_options, given_rows, wire_values
from bxgui.opened_workspace import found_call, opened_workspace
from bxgui.registration_lines import rule_json, rule_text
from bxgui.rule_options import Add, actions_of, add_portal, whole_text

if TYPE_CHECKING:
    from bxgui.core.preset import Imported
    from bxgui.core.records import CallDetail
    from bxgui.services.workspace import Workspace

_LONGEST_SHOWN = 50
_SAVE = """\
Keep values and a log message under a name for the rule of a call. A text may hold variables, which
are filled from the call that is answered: {{properties.sum}}, {{document_id.2}}, {{now|date}},
{{properties.note|default:none}}. Write {{{{ for two braces."""


def add_options(
    parser: argparse.ArgumentParser, common: Callable[[], argparse.ArgumentParser]
) -> None:
    """What stands behind `bxgui presets`; `common` makes the options of every command."""
    parser.add_argument(
        "--rule", type=whole_text, default="", metavar="CODE", help="only of this rule"
    )
    add_portal(parser, "")
    add = actions_of(parser, common)
    _add_carrying(add)
    saving = add("save", save, _SAVE)
    saving.add_argument("id", type=int, metavar="ID", help="a call of the rule")
    saving.add_argument("name", type=whole_text, metavar="NAME")
    add_value_options(saving)
    deleting = add("delete", delete, "Remove a preset of a rule.")
    deleting.add_argument("code", type=whole_text, metavar="CODE")
    deleting.add_argument("name", type=whole_text, metavar="NAME")
    add_portal(deleting)


def _add_carrying(add: Add) -> None:
    exporting = add("export", export, "Write the presets of a rule as JSON.")
    exporting.add_argument("code", type=whole_text, metavar="CODE")
    exporting.add_argument("file", nargs="?", default=STANDARD, metavar="FILE|-")
    add_portal(exporting)
    importing = add("import", import_, "Keep the presets of a JSON document for its rule.")
    importing.add_argument("file", metavar="FILE|-")
    importing.add_argument(
        "--replace", action="store_true", help="replace presets whose names are taken"
    )
    add_portal(importing)


def presets(options: argparse.Namespace) -> int:
    """List presets, those of a rule used last first."""
    from bxgui import terminal

    with opened_workspace(options, to_read=True) as workspace:
        rules = workspace.presets.rules(options.rule, options.portal)
        found = [(rule, one) for rule in rules for one in workspace.presets.of_rule(rule)]
    if options.json:
        document = dump([_document(*one) for one in found], indent=2)
        terminal.write_json_text(sys.stdout, document)
    else:
        terminal.write_lines(sys.stdout, _lines(found))
    return ACCEPTED


def export(options: argparse.Namespace) -> int:
    """Write a rule's presets to a file or to standard output."""
    from bxgui import terminal
    from bxgui.services import preset_files

    with opened_workspace(options, to_read=True) as workspace, preset_problems():
        document = workspace.presets.export(workspace.presets.rule(options.code, options.portal))
    if options.file == STANDARD:
        terminal.write_json_text(sys.stdout, document.rstrip("\n"))
        return ACCEPTED
    try:
        preset_files.write_file(Path(options.file), document)
    except PresetProblem as problem:
        raise CommandProblem(str(problem)) from problem
    return ACCEPTED


def import_(options: argparse.Namespace) -> int:
    """Keep the presets of a document, and tell what became of each."""
    from bxgui import terminal

    document = _read(options.file)
    with opened_workspace(options) as workspace, preset_problems():
        rule = workspace.presets.rule_to_be(document.rule, options.portal)
        done = workspace.presets.import_all(rule, document.presets, replace=options.replace)
    if options.json:
        names = {"added": done.added, "replaced": done.replaced, "skipped": done.skipped}
        terminal.write_json(sys.stdout, {**rule_json(rule), **names})
    else:
        terminal.write_lines(sys.stdout, _imported_lines(rule, done))
    return ACCEPTED


def save(options: argparse.Namespace) -> int:
    """Keep a preset for the rule of a call."""
    from bxgui import terminal

    with opened_workspace(options) as workspace:
        call = found_call(workspace, options.id)
        rows = given_rows(options, call.schema, call.date_format, with_variables=True)
        values = wire_values(rows, call.date_format)
        preset = Preset(options.name.strip(), values, options.log)
        with preset_problems():
            rule = workspace.presets.rule_of(options.id)
            replaced = workspace.presets.save(rule, preset)
        _warn(workspace, preset, call)
    if options.json:
        document = {**rule_json(rule), "name": preset.name, "replaced": replaced}
        terminal.write_json(sys.stdout, document)
    else:
        done = "Replaced" if replaced else "Saved"
        terminal.write_lines(sys.stdout, [f"{done}: {preset.name}, for {rule_text(rule)}."])
    return ACCEPTED


def delete(options: argparse.Namespace) -> int:
    """Remove a preset."""
    from bxgui import terminal

    with opened_workspace(options) as workspace, preset_problems():
        rule = workspace.presets.rule(options.code, options.portal)
        workspace.presets.delete(rule, options.name)
    if options.json:
        terminal.write_json(sys.stdout, {**rule_json(rule), "deleted": options.name})
    else:
        terminal.write_lines(sys.stdout, [f"Deleted: {options.name}, of {rule_text(rule)}."])
    return ACCEPTED


def _warn(workspace: Workspace, preset: Preset, call: CallDetail) -> None:
    """What the call at hand does not have, another one may."""
    try:
        workspace.presets.fill(preset, call)
    except VariableProblem as problem:
        remark(f"warning: {faults_text(problem.faults)}")


def _read(file: str) -> PresetFile:
    text = given_text(file)
    with preset_problems():
        return read_presets(text)


def _document(rule: Rule, preset: Preset) -> JsonValue:
    """A preset as `bxgui presets --json` lists it."""
    from bxgui import terminal

    used_at = terminal.moment(preset.used_at)
    return {**rule_json(rule), **preset_json(preset), "used_at": used_at}


def _lines(found: Sequence[tuple[Rule, Preset]]) -> Iterable[str]:
    """A table of presets."""
    from bxgui import terminal

    if not found:
        return ["No presets."]
    table = [("rule", "portal", "name", "used", "values", "log message")]
    table += [
        (
            rule.code,
            rule.host or rule.portal,
            preset.name,
            terminal.moment(preset.used_at) or "",
            brief(dump_object(preset.values), _LONGEST_SHOWN),
            brief(preset.log_message, _LONGEST_SHOWN),
        )
        for rule, preset in found
    ]
    return terminal.columns(table)


def _imported_lines(rule: Rule, done: Imported) -> Iterable[str]:
    yield f"Presets for {rule_text(rule)}:"
    for label, names in (
        ("added", done.added),
        ("replaced", done.replaced),
        ("skipped, as the name is taken (--replace replaces)", done.skipped),
    ):
        yield from (f"  {label}: {name}" for name in names)
