"""`bxgui preview`: the request that a reply would send, or code that makes it; sends nothing."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bxgui.command_problem import ACCEPTED, OTHER, USAGE, CommandProblem, remark
from bxgui.core.copying import CopyAs
from bxgui.core.records import Reply
from bxgui.given_preset import given_content, given_reply
from bxgui.opened_workspace import found_call, opened_workspace

if TYPE_CHECKING:
    from bxgui.services.previews import Preview, Snippet
    from bxgui.services.workspace import Workspace

_USAGE_CODES = {"bad_value", "empty_log"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `bxgui preview` takes beside the reply itself."""
    parser.add_argument(
        "--as",
        dest="kind",
        type=CopyAs,
        choices=list(CopyAs),
        metavar="KIND",
        help="code that makes the request instead: " + ", ".join(CopyAs),
    )
    parser.add_argument(
        "--reveal", action="store_true", help="print its secrets, which are masked otherwise"
    )


def preview(options: argparse.Namespace) -> int:
    """Print what a reply would send."""
    from bxgui import terminal
    from bxgui.services.replies import ReplyProblem

    with opened_workspace(options, to_read=True) as workspace:
        call = found_call(workspace, options.id)
        reply = given_reply(options, call, given_content(options, workspace, call))
        try:
            shown = _shown(options, workspace, reply)
        except ReplyProblem as problem:
            status = USAGE if problem.code in _USAGE_CODES else OTHER
            raise CommandProblem(str(problem), status) from problem
    problem_code = shown.problem.code if shown.problem else None
    if options.json:
        terminal.write_json(sys.stdout, {"text": shown.text, "problem": problem_code})
    else:
        terminal.write_lines(sys.stdout, shown.text.removesuffix("\n").split("\n"))
    if shown.problem is not None:
        remark(f"warning: {shown.problem}")
    return ACCEPTED


def _shown(options: argparse.Namespace, workspace: Workspace, reply: Reply) -> Preview | Snippet:
    if options.kind is None:
        return workspace.preview(reply, revealed=options.reveal)
    return workspace.snippet(reply, options.kind, revealed=options.reveal)
