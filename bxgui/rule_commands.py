"""`bxgui rules`: what rules were registered with, listed, shown, exported, forgotten."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from bxgui import registration_lines, rule_import_command
from bxgui.command_problem import ACCEPTED, CommandProblem, remark
from bxgui.core.json_values import JsonValue, dump
from bxgui.core.local_text import write_local_text
from bxgui.core.registration import to_document
from bxgui.core.registration_export import export_call, export_json
from bxgui.core.registration_rules import registration_findings
from bxgui.core.rule import Rule
from bxgui.core.schema import write_schema
from bxgui.opened_workspace import opened_workspace, paths_of
from bxgui.rule_import_command import rule_problems
from bxgui.rule_options import Add, actions_of, add_portal, whole_text

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

_IMPORT = """\
Keep the registration that a text holds, so that replies to its rule can be checked. The text may be
JSON, a cURL command, PHP or JavaScript, with the call of bizproc.robot.add around it or not."""


def add_options(
    parser: argparse.ArgumentParser, common: Callable[[], argparse.ArgumentParser]
) -> None:
    """What stands behind `bxgui rules`; `common` makes the options of every command."""
    add_portal(parser, "")
    add = actions_of(parser, common)
    importing = add("import", rule_import_command.import_, _IMPORT)
    importing.add_argument("file", metavar="FILE|-")
    importing.add_argument(
        "--code",
        type=whole_text,
        default="",
        metavar="CODE",
        help="the rule, where the text does not name it or names several",
    )
    importing.add_argument(
        "--dry-run", action="store_true", help="tell what is understood, and keep nothing"
    )
    add_portal(importing)
    _add_rule(add, "show", show, "Show a rule and its registration.")
    exporting = _add_rule(add, "export", export, "Write a rule's registration as JSON.")
    exporting.add_argument(
        "--as",
        dest="form",
        choices=["json", "call"],
        default="json",
        help="as a document, or as the body of the call that registers the rule",
    )
    exporting.add_argument(
        "--with-address",
        action="store_true",
        help="put this bxgui's own address, which is a secret, into the call",
    )
    _add_rule(add, "forget", forget, "Remove a rule's registration. Its calls stay.")


def _add_rule(
    add: Add, name: str, command: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    action = add(name, command, text)
    action.add_argument("code", type=whole_text, metavar="CODE")
    add_portal(action)
    return action


def rules(options: argparse.Namespace) -> int:
    """List rules."""
    from bxgui import terminal

    with opened_workspace(options, to_read=True) as workspace:
        found = workspace.rules.all(portal=options.portal)
    if options.json:
        terminal.write_json_text(sys.stdout, dump([_rule_json(rule) for rule in found], indent=2))
    elif found:
        table = registration_lines.rule_rows(found)
        terminal.write_lines(sys.stdout, terminal.columns(table))
    else:
        terminal.write_lines(sys.stdout, ["No rules."])
    return ACCEPTED


def show(options: argparse.Namespace) -> int:
    """Show a rule, and what its replies have returned where nothing else is known."""
    from bxgui import terminal

    with opened_workspace(options, to_read=True) as workspace, rule_problems():
        rule = workspace.rules.only(options.code, options.portal)
        learned = () if rule.has_schema else workspace.rules.learned(rule)
    if options.json:
        document = {
            **_rule_json(rule),
            "registration": to_document(rule.registration) if rule.registration else None,
            "learned": write_schema(learned),
        }
        terminal.write_json_text(sys.stdout, dump(document, indent=2))
        return ACCEPTED
    lines = [f"{registration_lines.rule_text(rule)}, calls: {rule.calls}"]
    if rule.registration is not None:
        lines += registration_lines.registration_lines(rule.registration)
        found = registration_findings(rule.registration, whole=False)
        lines += (f"  {registration_lines.finding_line(one)}" for one in found)
    else:
        lines.append("  Its registration is not known; `bxgui rules import` reads it.")
    if learned:
        lines.append("  Its replies have returned")
        lines += registration_lines.schema_lines(learned)
    terminal.write_lines(sys.stdout, lines)
    return ACCEPTED


def export(options: argparse.Namespace) -> int:
    """Write a registration, or the call that makes it, to standard output."""
    from bxgui import terminal

    with opened_workspace(options, to_read=True) as workspace, rule_problems():
        rule = workspace.rules.only(options.code, options.portal)
        endpoint = workspace.rules.portal_for(rule.code, rule.portal).endpoint
        handler = _own_address(options, workspace) if options.with_address else ""
    if rule.registration is None:
        raise CommandProblem(_not_known(rule))
    if options.form == "json":
        terminal.write_json_text(sys.stdout, export_json(rule.registration))
        return ACCEPTED
    call = export_call(rule.registration, handler)
    terminal.write_json_text(sys.stdout, call.text)
    for finding in registration_findings(rule.registration):
        remark(registration_lines.finding_line(finding))
    base = endpoint or f"https://{rule.host or 'PORTAL'}/rest/"
    remark(f"note: POST it to {base}{call.method} as an administrator.")
    return ACCEPTED


def forget(options: argparse.Namespace) -> int:
    """Remove a registration."""
    from bxgui import terminal

    with opened_workspace(options) as workspace, rule_problems():
        rule = workspace.rules.only(options.code, options.portal)
        if rule.registration is None:
            raise CommandProblem(_not_known(rule))
        workspace.rules.forget(rule)
    if options.json:
        document = {**registration_lines.rule_json(rule), "forgotten": True}
        terminal.write_json_text(sys.stdout, dump(document, indent=2))
    else:
        text = f"Forgotten: the registration of {registration_lines.rule_text(rule)}."
        terminal.write_lines(sys.stdout, [text])
    return ACCEPTED


def _rule_json(rule: Rule) -> dict[str, JsonValue]:
    """A rule as `bxgui rules --json` lists it."""
    kept = rule.registration
    return {
        **registration_lines.rule_json(rule),
        "name": write_local_text(kept.name) if kept else None,
        "calls": rule.calls,
        "registered": kept is not None,
        "has_schema": rule.has_schema,
        "return_properties": len(kept.return_properties) if kept else None,
    }


def _not_known(rule: Rule) -> str:
    return f"The registration of {registration_lines.rule_text(rule)} is not known."


def _own_address(options: argparse.Namespace, workspace: Workspace) -> str:
    """The address that rules are to be registered with: a secret, and asked for."""
    from bxgui import handler_addresses
    from bxgui.services import settings
    from bxgui.services.workspace import utc_now

    try:
        where = handler_addresses.address_in(paths_of(options).settings)
    except settings.SettingsProblem as problem:
        raise CommandProblem(str(problem)) from problem
    return where.url(workspace.store.listener_paths.honoured(utc_now())[0].secret)
