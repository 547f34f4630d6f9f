"""Sends a reply and tells what became of it."""

from __future__ import annotations

import argparse
import shlex
import sys
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING

from bxgui.command_problem import CommandProblem, remark
from bxgui.core.records import AttemptDetail, CallDetail, Reply
from bxgui.exit_status import outcome_status, problem_status
from bxgui.given_move import offered_text
from bxgui.given_patience import given_patience

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace


def send(options: argparse.Namespace, workspace: Workspace, call: CallDetail, wanted: Reply) -> int:
    """Send a reply and tell its outcome; raises `CommandProblem` when it cannot go."""
    from bxgui.services.replies import ReplyProblem

    try:
        future = workspace.submit(wanted, patience=given_patience(options))
    except ReplyProblem as problem:
        raise CommandProblem(_advice(problem, call), problem_status(problem.code)) from problem
    return tell_outcome(options, workspace, call, future)


def follow_move(
    options: argparse.Namespace, workspace: Workspace, call: CallDetail, attempt: AttemptDetail
) -> int:
    """Follow the redirect that an attempt met, and tell the outcome; raises as `send`."""
    from bxgui.services.portal_book import PortalProblem
    from bxgui.services.replies import ReplyProblem

    try:
        future = workspace.follow_move(attempt, patience=given_patience(options))
    except (PortalProblem, ReplyProblem) as problem:
        raise CommandProblem(_advice(problem, call), problem_status(problem.code)) from problem
    return tell_outcome(options, workspace, call, future)


def tell_outcome(
    options: argparse.Namespace,
    workspace: Workspace,
    call: CallDetail,
    future: Future[AttemptDetail],
) -> int:
    """Tell the outcome of a reply that is under way, and give the exit status for it."""
    from bxgui import terminal
    from bxgui.services.replies import ReplyProblem

    try:
        attempt = future.result()
    except ReplyProblem as problem:
        raise CommandProblem(_advice(problem, call), problem_status(problem.code)) from problem
    except CancelledError:
        raise CommandProblem("The reply was taken out of the queue.") from None
    except KeyboardInterrupt:
        _take_back(workspace, call.row.id)
        raise
    if options.json:
        terminal.write_json(sys.stdout, terminal.exchange_json(attempt))
    else:
        terminal.write_lines(sys.stdout, terminal.attempt_lines(attempt))
    _offer_move(workspace, attempt)
    return outcome_status(attempt.row.outcome)


def _offer_move(workspace: Workspace, attempt: AttemptDetail) -> None:
    """Tell beside the outcome how a portal that has moved can be followed."""
    move = workspace.moved_to(attempt)
    if move is not None and (text := offered_text(move, attempt.row.call_id)):
        remark(text)


def _take_back(workspace: Workspace, call_id: int) -> None:
    """Leave nothing in the queue that the user has interrupted."""
    for one in workspace.outbox.queue():
        if one.call_id == call_id and workspace.outbox.cancel(one.reply_id):
            remark("The reply was taken out of the queue.")


def _advice(problem: Exception, call: CallDetail) -> str:
    if getattr(problem, "code", "") != "not_trusted" or call.portal is None:
        return str(problem)
    key = shlex.quote(call.portal.key)
    return f"{problem} Look at the call, then: bxgui portals trust {key} --call {call.row.id}"
