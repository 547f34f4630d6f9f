"""`bxgui rules import`: tells what is understood of a text, and keeps it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bxgui import registration_lines
from bxgui.command_problem import ACCEPTED, USAGE, CommandProblem
from bxgui.core.findings import Severity
from bxgui.core.json_values import JsonValue, dump
from bxgui.core.registration import Registration, to_document
from bxgui.core.registration_rules import RegistrationFinding, registration_findings
from bxgui.core.registration_sentences import FORMATS, problem_text
from bxgui.core.registration_text import Read, TextProblem, Understood, read_text
from bxgui.core.rule import RuleProblem
from bxgui.given_files import STANDARD, given_text
from bxgui.opened_workspace import opened_workspace

if TYPE_CHECKING:
    from bxgui.core.records import Portal
    from bxgui.services.rules import PortalRules

_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Planned:
    """A registration that was read, as it would be kept, and where."""

    code: str
    portal: Portal | None
    registration: Registration
    read: Read
    findings: tuple[RegistrationFinding, ...]

    @property
    def is_bad(self) -> bool:
        return any(one.severity is Severity.ERROR for one in self.findings)


def import_(options: argparse.Namespace) -> int:
    """Tell what is understood of a text, and keep it."""
    understood = _understood(options.file)
    with opened_workspace(options) as workspace, rule_problems():
        chosen = list(_chosen(understood, options))
        planned = [_planned(workspace.rules, code, read, options) for code, read in chosen]
        is_bad = any(one.is_bad for one in planned)
        keeps = not is_bad and not options.dry_run
        for one in planned if keeps else ():
            if one.portal is not None:
                workspace.rules.keep(one.portal, one.code, one.registration)
    _print_import(options, understood, planned, kept=keeps)
    if is_bad:
        raise CommandProblem("Nothing was kept: mend the errors first.")
    return ACCEPTED


@contextmanager
def rule_problems() -> Iterator[None]:
    """Raise what is wrong with the choice of a rule as `CommandProblem`."""
    try:
        yield
    except RuleProblem as problem:
        several = problem.code in {"several_rules", "several_portals"}
        advice = " Say which one with --portal KEY." if several else ""
        raise CommandProblem(f"{problem}{advice}") from problem


def _understood(file: str) -> Understood:
    text = given_text(file, _MOST_BYTES)
    try:
        return read_text(text)
    except TextProblem as problem:
        name = "standard input" if file == STANDARD else file
        message = f"{name} is not understood. {problem_text(problem)}"
        raise CommandProblem(message, USAGE) from problem


def _chosen(understood: Understood, options: argparse.Namespace) -> Iterator[tuple[str, Read]]:
    """The registrations that are meant, each with its code."""
    found = understood.registrations
    if options.code:
        named = [read for read in found if read.registration.code == options.code]
        found = tuple(named) or tuple(read for read in found if not read.registration.code)
        if len(found) != 1:
            message = f"The text holds no registration of {options.code}."
            raise CommandProblem(message, USAGE)
    for read in found:
        code = read.registration.code or options.code
        if not code:
            raise CommandProblem("The text does not name its rule. Name it with --code.", USAGE)
        yield code, read


def _planned(known: PortalRules, code: str, read: Read, options: argparse.Namespace) -> _Planned:
    try:
        portal = known.portal_for(code, options.portal)
    except RuleProblem:
        if not options.dry_run or options.portal:
            raise
        portal = None
    registration = known.proposed(read, code, portal)
    findings = registration_findings(registration, whole=read.is_whole)
    return _Planned(code, portal, registration, read, findings)


def _print_import(
    options: argparse.Namespace, understood: Understood, planned: Sequence[_Planned], *, kept: bool
) -> None:
    from bxgui import terminal

    if options.json:
        document: JsonValue = {
            "format": understood.format.value,
            "kept": kept,
            "registrations": [_planned_json(one) for one in planned],
            "remarks": [registration_lines.remark_json(one) for one in understood.remarks],
        }
        terminal.write_json_text(sys.stdout, dump(document, indent=2))
        return
    lines = [f"Read as {FORMATS[understood.format]}."]
    lines += map(registration_lines.remark_line, understood.remarks)
    for one in planned:
        lines += _planned_lines(one)
    if kept:
        lines.append("Kept.")
    elif options.dry_run:
        lines.append("Nothing was kept.")
    terminal.write_lines(sys.stdout, lines)


def _planned_lines(one: _Planned) -> Iterator[str]:
    portal = f" of {one.portal.host or one.portal.key}" if one.portal else ""
    yield f"{one.code}{portal}"
    yield from registration_lines.registration_lines(one.registration)
    yield from (f"  {registration_lines.finding_line(finding)}" for finding in one.findings)


def _planned_json(one: _Planned) -> JsonValue:
    return {
        "rule": one.code,
        "portal": one.portal.host if one.portal else None,
        "key": one.portal.key if one.portal else None,
        "scope": one.read.scope.value,
        "registration": to_document(one.registration),
        "findings": [registration_lines.finding_json(finding) for finding in one.findings],
    }
