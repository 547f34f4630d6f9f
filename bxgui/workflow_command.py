"""`bxgui check-workflow`: whether a call's workflow lives, hangs or is gone; changes nothing."""

from __future__ import annotations

import argparse
import sys

from bxgui.command_problem import ACCEPTED, OTHER
from bxgui.core.workflow_life import WorkflowLife
from bxgui.exit_status import problem_status
from bxgui.opened_workspace import found_call, opened_workspace

EPILOG = """\
exit status: 0 when the portal told; the first word is lives, runs, hangs or gone.
1 when nobody could be asked, 6 when the portal is not trusted"""


def check_workflow(options: argparse.Namespace) -> int:
    """Ask the portal about the workflow of a call."""
    from bxgui import terminal

    with opened_workspace(options) as workspace:
        call = found_call(workspace, options.id)
        found = workspace.workflow_checks.check(call)
    told = found.told
    if options.json:
        document = {
            "call": options.id,
            "workflow": found.workflow_id or None,
            "life": found.life.value,
            "code": found.code,
            "text": found.text,
            "asked_by": found.source.value if found.source else None,
            "changed_at": terminal.moment(told.changed_at) if told else None,
            "owned_until": terminal.moment(told.owned_until) if told else None,
        }
        terminal.write_json(sys.stdout, document)
    else:
        changed_at = terminal.moment(told.changed_at) if told else None
        since = f" It last changed at {changed_at}." if changed_at else ""
        terminal.write_lines(sys.stdout, [f"{found.life}: {found.text}{since}"])
    if found.life is WorkflowLife.NOT_TOLD:
        return problem_status(found.code) or OTHER
    return ACCEPTED
