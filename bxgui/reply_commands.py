"""What `reply` and `check` do, and how a portal is sent dates."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Collection, Sequence

from bxgui.command_problem import (
    ACCEPTED,
    ASKS_FIRST,
    NOT_TRUSTED,
    OTHER,
    REFUSED,
    RETRY_LATER,
    UNKNOWN,
    USAGE,
    CommandProblem,
    complain,
)
from bxgui.core.call_findings import of_call
from bxgui.core.dates import DateStyle, read_date_format
from bxgui.core.explanations import Outcome
from bxgui.core.findings import (
    Finding,
    FindingCode,
    Waiver,
    by_severity,
    errors,
    questions,
)
from bxgui.core.records import CallDetail
from bxgui.core.value_findings import of_rows
from bxgui.core.value_rows import ValueRow
from bxgui.given_preset import given_content, given_reply, mark_used
from bxgui.opened_workspace import found_call, opened_workspace

_STATUS = {
    Outcome.ACCEPTED: ACCEPTED,
    Outcome.REFUSED: REFUSED,
    Outcome.UNKNOWN: UNKNOWN,
    Outcome.RETRY_LATER: RETRY_LATER,
}
_TRUST_CODES = {"no_portal", "not_trusted", "other_address", "other_application_token"}
_SENT_CODES = {"outcome_not_stored"}
_USAGE_CODES = {"bad_value", "empty_log"}
# What the outbox refuses with a text and a status of its own, whatever is forced.
_REFUSED_ANYWAY = frozenset(
    {
        FindingCode.NO_TOKEN,
        FindingCode.NO_PORTAL,
        FindingCode.NOT_TRUSTED,
        FindingCode.OTHER_ADDRESS,
        FindingCode.OTHER_APPLICATION_TOKEN,
    }
)


def check(options: argparse.Namespace) -> int:
    """Tell what would be found in a reply, and send nothing."""
    from bxgui import terminal
    from bxgui.finding_output import finding_lines, findings_text
    from bxgui.services.workspace import utc_now

    with opened_workspace(options) as workspace:
        call = found_call(workspace, options.id)
        rows = given_content(options, workspace, call).rows
        of_reply = of_rows(call.schema, rows, call.date_format)
        found = by_severity([*of_reply, *of_call(call, utc_now())])
        waived = workspace.waived(options.id)
    if options.json:
        terminal.write_json_text(sys.stdout, findings_text(found, waived))
    else:
        terminal.write_lines(sys.stdout, finding_lines(found, waived))
    if errors(found):
        return USAGE
    return ASKS_FIRST if questions(found, waived) else ACCEPTED


def reply(options: argparse.Namespace) -> int:
    """Answer a token and tell the outcome, unless something speaks against it."""
    from bxgui import terminal
    from bxgui.services.replies import ReplyProblem

    with opened_workspace(options) as workspace:
        call = found_call(workspace, options.id)
        content = given_content(options, workspace, call)
        stopped = _stopped(options, call, content.rows, workspace.waived(options.id))
        if stopped is not None:
            return stopped
        wanted = given_reply(options, call, content)
        try:
            attempt = workspace.submit(wanted).result()
        except ReplyProblem as problem:
            raise CommandProblem(_advice(problem, call), _problem_status(problem.code)) from problem
        mark_used(options, workspace, call)
    if options.json:
        terminal.write_json(sys.stdout, terminal.exchange_json(attempt))
    else:
        terminal.write_lines(sys.stdout, terminal.attempt_lines(attempt))
    return _STATUS[attempt.row.outcome] if attempt.row.outcome else OTHER


def _stopped(
    options: argparse.Namespace,
    call: CallDetail,
    rows: Sequence[ValueRow],
    waived: Collection[Waiver],
) -> int | None:
    """Tell what is found, and the exit status where it keeps the reply from going."""
    from bxgui.services.workspace import utc_now

    of_values = [] if options.only_log else of_rows(call.schema, rows, call.date_format)
    if errors(of_values):
        _tell(of_values, waived)
        return USAGE
    about_call = of_call(call, utc_now())
    if any(finding.code in _REFUSED_ANYWAY for finding in about_call):
        return None
    # Whether an access token has really expired, the portal says itself.
    found = [*of_values, *about_call]
    found = [one for one in by_severity(found) if one.code is not FindingCode.ACCESS_EXPIRED]
    _tell(found, waived)
    if options.force or not questions(found, waived):
        return None
    message = "Nothing was sent. Correct the reply, or send it as it is with --force."
    return complain(message, ASKS_FIRST)


def _tell(found: Sequence[Finding], waived: Collection[Waiver]) -> None:
    """A line for each finding that was not waived."""
    from bxgui.finding_output import advised_text

    for finding in found:
        if finding.waiver is None or finding.waiver not in waived:
            complain(f"{finding.severity}: {advised_text(finding)}", OTHER)


def set_dates(options: argparse.Namespace) -> int:
    """Choose how a portal is sent dates."""
    from bxgui import terminal
    from bxgui.services.workspace import UnknownPortal

    date_format = read_date_format(options.format)
    if date_format is None:
        names = ", ".join(DateStyle)
        message = f"{options.format!r} is none of {names}, with or without an offset like +03:00."
        raise CommandProblem(message, USAGE)
    with opened_workspace(options) as workspace:
        try:
            portal = workspace.set_date_format(options.member_id, date_format)
        except UnknownPortal as error:
            message = f"No portal is known as {options.member_id}."
            raise CommandProblem(message) from error
    if options.json:
        terminal.write_json(sys.stdout, terminal.portal_json(portal))
    else:
        line = f"{portal.host or portal.key} is sent dates as {portal.date_format}."
        terminal.write_lines(sys.stdout, [line])
    return ACCEPTED


def _problem_status(code: str) -> int:
    if code in _TRUST_CODES:
        return NOT_TRUSTED
    if code in _SENT_CODES:
        return UNKNOWN
    return USAGE if code in _USAGE_CODES else OTHER


def _advice(problem: Exception, call: CallDetail) -> str:
    if getattr(problem, "code", "") != "not_trusted" or call.portal is None:
        return str(problem)
    key = shlex.quote(call.portal.key)
    return f"{problem} Look at the call, then: bxgui portals trust {key} --call {call.row.id}"
