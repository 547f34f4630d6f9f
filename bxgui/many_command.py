"""`bxgui reply --all`: one set of values for many tokens of a rule."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from bxgui.command_problem import ACCEPTED, ASKS_FIRST, USAGE, CommandProblem, complain, remark
from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.findings import Waiver, errors
from bxgui.core.json_values import dump_object
from bxgui.core.many import ManyResult, Plan, PlannedReply, counted, unsent
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND
from bxgui.core.rule import Rule
from bxgui.exit_status import outcome_status, problem_status
from bxgui.given_patience import given_patience
from bxgui.given_preset import faults_text, given_template, preset_problems
from bxgui.opened_workspace import found_call, opened_workspace

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

# Of the outcomes of many, the first of these decides on the exit status.
_WORST_FIRST = (Outcome.UNKNOWN, Outcome.REFUSED, Outcome.RETRY_LATER)
_NAMES = {
    "accepted": "accepted",
    "refused": "refused",
    "retry_later": "not executed, to be sent again later",
    "unknown": "unknown",
    "not_sent": "not sent",
    "taken_back": "taken back",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """What makes `bxgui reply` answer many tokens."""
    many = parser.add_argument_group("many tokens of one rule")
    many.add_argument(
        "--all",
        action="store_true",
        help="answer every token of the rule; values may hold variables, as in presets",
    )
    many.add_argument("--rule", metavar="CODE", help="the rule, by its code")
    many.add_argument(
        "--portal", default="", metavar="KEY", help="in this portal: its member id, name or host"
    )
    many.add_argument(
        "--state",
        type=TokenState,
        choices=list(TokenState),
        default=TokenState.WAITING,
        metavar="S",
        help="tokens in this state (waiting)",
    )
    many.add_argument(
        "--dry-run", action="store_true", help="list exactly what would go out, and send nothing"
    )


def reply_all(options: argparse.Namespace) -> int:
    """Answer every token of a rule, or tell what would be sent."""
    _check(options)
    with opened_workspace(options) as workspace:
        with preset_problems():
            rule = workspace.presets.rule(options.rule, options.portal)
        plan = _planned(options, workspace, rule)
        waived = workspace.waived(plan.replies[0].call.row.id) if plan.replies else frozenset()
        if options.dry_run:
            return _show(options, plan, waived)
        stopped = _stopped(options, plan, waived)
        if stopped is not None:
            return stopped
        return _send(options, workspace, plan)


def _check(options: argparse.Namespace) -> None:
    if options.id is not None:
        raise CommandProblem("Give an ID, or --all with --rule; not both.", USAGE)
    if not options.all or not options.rule:
        raise CommandProblem("Give the ID of a call, or --all with --rule CODE.", USAGE)
    if options.only_log and (options.value or options.values is not None):
        raise CommandProblem("--only-log sends no values; leave out --value and --values.", USAGE)


def _planned(options: argparse.Namespace, workspace: Workspace, rule: Rule) -> Plan:
    from bxgui.services.workspace import utc_now

    ids = workspace.store.calls.of_rule(rule.id, options.state, utc_now())
    if not ids:
        return Plan(())
    content = given_template(options, workspace, rule, found_call(workspace, ids[0]))
    return workspace.many.plan(ids, content, ACTIVITY_LOG if options.only_log else EVENT_SEND)


def _show(options: argparse.Namespace, plan: Plan, waived: Collection[Waiver]) -> int:
    from bxgui import terminal

    if options.json:
        terminal.write_json(sys.stdout, [_planned_json(one, waived) for one in plan.replies])
    else:
        terminal.write_lines(sys.stdout, _plan_lines(plan, waived))
    return ACCEPTED


def _planned_json(one: PlannedReply, waived: Collection[Waiver]) -> dict[str, object]:
    from bxgui.finding_output import findings_text

    return {
        "call": one.call.row.id,
        "document": one.call.row.document,
        "portal": one.call.row.portal,
        "goes": one.goes,
        "together": one.goes and one.command is not None,
        "method": one.reply.method if one.reply else None,
        "values": json.loads(dump_object(one.reply.values)) if one.reply else None,
        "log_message": one.reply.log_message if one.reply else None,
        "findings": json.loads(findings_text(one.findings, waived)),
        "problem": _problem_of(one) or None,
    }


def _plan_lines(plan: Plan, waived: Collection[Waiver]) -> Iterator[str]:
    from bxgui.terminal import numbered

    if not plan.replies:
        yield "No tokens."
    for one in plan.replies:
        said = f"call {one.call.row.id}  {one.call.row.document}"
        if one.reply is None or not one.goes:
            yield f"{said}  stays: {_problem_of(one)}"
            continue
        log = f"  log: {one.reply.log_message}" if one.reply.log_message else ""
        yield f"{said}  {dump_object(one.reply.values)}{log}"
        yield from (f"  {text}" for text in _warnings(one, waived))
    going = numbered(len(plan.going), "reply", "replies")
    requests = numbered(plan.requests, "request", "requests")
    yield f"{going} would go in {requests}. Nothing was sent."


def _warnings(one: PlannedReply, waived: Collection[Waiver]) -> list[str]:
    from bxgui.finding_output import advised_text

    return [
        f"{finding.severity}: {advised_text(finding)}"
        for finding in one.findings
        if finding.waiver is None or finding.waiver not in waived
    ]


def _problem_of(one: PlannedReply) -> str:
    """Why one of them cannot go; empty where it can."""
    from bxgui.finding_output import advised_text

    if one.faults:
        return faults_text(one.faults)
    wrong = errors(one.findings)
    return one.problem or (advised_text(wrong[0]) if wrong else "")


def _stopped(options: argparse.Namespace, plan: Plan, waived: Collection[Waiver]) -> int | None:
    """Tell what speaks against it, and the exit status where that keeps all of them back."""
    if not plan.replies:
        remark(f"No token of {options.rule} is {options.state.value.replace('_', ' ')}.")
        return ACCEPTED
    for one in plan.replies:
        if not one.goes:
            remark(f"call {one.call.row.id} is left out: {_problem_of(one)}")
    if not plan.going:
        return next((problem_status(one.code) for one in plan.replies if one.code), USAGE)
    asked = plan.asked_about(waived)
    if not asked or options.force:
        return None
    for text in dict.fromkeys(text for one in asked for text in _warnings(one, waived)):
        remark(text)
    message = (
        f"Nothing was sent: {len(asked)} of {len(plan.replies)} want a look first; --dry-run lists "
        "them all. Correct the reply, or send it as it is with --force."
    )
    return complain(message, ASKS_FIRST)


def _send(options: argparse.Namespace, workspace: Workspace, plan: Plan) -> int:
    from bxgui import terminal

    run = workspace.many.send(plan, patience=given_patience(options))
    try:
        results = run.wait()
    except KeyboardInterrupt:
        remark("Taking back what is not on its way yet.")
        run.cancel()
        results = run.wait()
    if options.json:
        document = {"results": [_result_json(one) for one in results], "counts": counted(results)}
        terminal.write_json(sys.stdout, document)
    else:
        terminal.write_lines(sys.stdout, _result_lines(plan, results))
    return _status(results)


def _result_json(one: ManyResult) -> dict[str, object]:
    return {
        "call": one.call_id,
        "outcome": one.outcome.value if one.outcome else None,
        "code": one.verdict.code or None if one.verdict else None,
        "explanation": one.verdict.explanation.title if one.verdict else None,
        "attempt": one.attempt_id,
        "problem": one.problem or None,
    }


def _result_lines(plan: Plan, results: Sequence[ManyResult]) -> Iterator[str]:
    from bxgui.terminal import numbered

    documents = {one.call.row.id: one.call.row.document for one in plan.replies}
    for one in results:
        if one.outcome is not Outcome.ACCEPTED:
            yield f"call {one.call_id}  {documents[one.call_id]}  {_result_text(one)}"
    counts = counted(results)
    told = ", ".join(f"{counts[name]} {text}" for name, text in _NAMES.items() if name in counts)
    yield f"{numbered(len(results), 'reply', 'replies')}: {told}."
    if unsent(results):
        yield "What was not executed still waits: the same command sends it again."
    if "unknown" in counts:
        yield "Look at the unknown ones with `bxgui check-workflow ID` before you send them again."


def _result_text(one: ManyResult) -> str:
    if one.verdict is None:
        return one.problem or "taken back before it was sent"
    return f"{one.verdict.outcome}: {one.verdict.explanation.title}"


def _status(results: Sequence[ManyResult]) -> int:
    found = {one.outcome for one in results}
    for outcome in _WORST_FIRST:
        if outcome in found:
            return outcome_status(outcome)
    return next((problem_status(one.code) for one in results if one.outcome is None), ACCEPTED)
