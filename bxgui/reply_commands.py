"""What `reply`, `retry` and `check` do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence

from bxgui import many_command
from bxgui.command_problem import ACCEPTED, ASKS_FIRST, USAGE, CommandProblem, complain, remark
from bxgui.core.call_findings import of_call
from bxgui.core.findings import (
    Finding,
    FindingCode,
    Waiver,
    by_severity,
    errors,
    questions,
)
from bxgui.core.queued import Waits
from bxgui.core.records import ACTIVITY_LOG, CallDetail
from bxgui.core.value_findings import of_rows
from bxgui.core.value_rows import ValueRow, from_values
from bxgui.given_move import given_move
from bxgui.given_preset import given_content, given_reply, mark_used
from bxgui.opened_workspace import found_call, opened_workspace
from bxgui.told_outcome import follow_move, send, tell_outcome

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
    if options.all or options.id is None:
        return many_command.reply_all(options)
    with opened_workspace(options) as workspace:
        call = found_call(workspace, options.id)
        content = given_content(options, workspace, call)
        stopped = _stopped(options, call, content.rows, workspace.waived(options.id))
        if stopped is not None:
            return stopped
        wanted = given_reply(options, call, content)
        status = send(options, workspace, call, wanted)
        mark_used(options, workspace, call)
    return status


def retry(options: argparse.Namespace) -> int:
    """Send the last reply to a token again, unless something speaks against it."""
    with opened_workspace(options) as workspace:
        call = found_call(workspace, options.id)
        held = [one for one in workspace.outbox.queue() if one.call_id == options.id]
        if held and held[0].waits is Waits.HELD:
            (future,) = workspace.outbox.resume_reply(held[0].reply_id).values()
            return tell_outcome(options, workspace, call, future)
        moved = None if options.follow_move is None else given_move(options, workspace)
        wanted = moved.reply if moved else workspace.store.replies.last_reply(options.id)
        if wanted is None:
            raise CommandProblem(f"No reply to call {options.id} was sent yet.")
        options.only_log = wanted.method == ACTIVITY_LOG
        rows = from_values((), wanted.values, call.date_format)
        stopped = _stopped(options, call, rows, workspace.waived(options.id))
        if stopped is not None:
            return stopped
        if moved is not None:
            return follow_move(options, workspace, call, moved)
        return send(options, workspace, call, wanted)


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
            remark(f"{finding.severity}: {advised_text(finding)}")
