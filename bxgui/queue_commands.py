"""`bxgui queue`: what waits to be sent; paused, resumed, taken back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bxgui.command_problem import ACCEPTED, CommandProblem
from bxgui.core.queued import QueuedReply, Waits
from bxgui.exit_status import outcome_status, problem_status
from bxgui.opened_workspace import opened_workspace

if TYPE_CHECKING:
    from bxgui.core.records import AttemptDetail
    from bxgui.services.workspace import Workspace

_REASONS = {
    Waits.SENDING: "is on its way",
    Waits.HELD: "held: the program that queued it has ended; resume or cancel it",
    Waits.PAUSED: "paused",
    Waits.REPEAT: "tried again",
    Waits.PORTAL: "the portal takes nothing now",
    Waits.TURN: "its turn comes",
}


def add_options(
    parser: argparse.ArgumentParser, common: Callable[[], argparse.ArgumentParser]
) -> None:
    """The actions on the queue."""
    actions = parser.add_subparsers(metavar="ACTION")

    def action(
        name: str, command: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=text, description=text, parents=[common()])
        added.set_defaults(command=command)
        return added

    for name, command, text in (
        ("pause", pause, "Send nothing more, in no program, until it is resumed."),
        ("resume", resume, "Go on, and send what programs that have ended had queued."),
    ):
        action(name, command, text).add_argument(
            "--portal", metavar="KEY", help="only to this portal: its member id, name or host"
        )
    cancelling = action("cancel", cancel, "Take a reply back that is not on its way yet.")
    cancelling.add_argument("reply", type=int, metavar="REPLY", help="as the queue names it")


def queue(options: argparse.Namespace) -> int:
    """List what waits to be sent."""
    from bxgui import terminal

    with opened_workspace(options, to_read=True) as workspace:
        found = workspace.outbox.queue()
    if options.json:
        terminal.write_json(sys.stdout, [_document(one) for one in found])
    else:
        terminal.write_lines(sys.stdout, _lines(found))
    return ACCEPTED


def pause(options: argparse.Namespace) -> int:
    """Begin nothing more."""
    with opened_workspace(options) as workspace:
        workspace.outbox.pause(_portal_id(options, workspace))
    return ACCEPTED


def resume(options: argparse.Namespace) -> int:
    """Go on, and wait for what this program has taken over."""
    from bxgui import terminal

    with opened_workspace(options) as workspace:
        futures = workspace.outbox.resume(_portal_id(options, workspace))
        wait(futures.values())
    resumed = [
        _resumed(reply_id, future) for reply_id, future in futures.items() if not future.cancelled()
    ]
    if options.json:
        terminal.write_json(sys.stdout, [one.document for one in resumed])
    else:
        sent = sum(one.outcome is not None for one in resumed)
        told = f"{terminal.numbered(sent, 'reply was', 'replies were')} sent."
        terminal.write_lines(sys.stdout, [*(one.line for one in resumed), told])
    return max((one.status for one in resumed), default=ACCEPTED)


def cancel(options: argparse.Namespace) -> int:
    """Take one reply back."""
    with opened_workspace(options) as workspace:
        if not workspace.outbox.cancel(options.reply):
            message = f"Reply {options.reply} does not wait in the queue, or is on its way."
            raise CommandProblem(message)
    return ACCEPTED


@dataclass(frozen=True, slots=True)
class _Resumed:
    """What became of a reply that this program has gone on with."""

    reply_id: int
    status: int
    call_id: int | None = None
    outcome: str | None = None
    problem: str | None = None

    @property
    def line(self) -> str:
        if self.problem is not None:
            return f"reply {self.reply_id}: {self.problem}"
        return f"reply {self.reply_id}, call {self.call_id}: {self.outcome}"

    @property
    def document(self) -> dict[str, object]:
        return {
            "reply": self.reply_id,
            "call": self.call_id,
            "outcome": self.outcome,
            "problem": self.problem,
        }


def _resumed(reply_id: int, future: Future[AttemptDetail]) -> _Resumed:
    from bxgui.services.replies import ReplyProblem
    from bxgui.services.store import StoreProblem

    problem = future.exception()
    if isinstance(problem, ReplyProblem | StoreProblem):
        return _Resumed(reply_id, problem_status(problem.code), problem=str(problem))
    row = future.result().row
    return _Resumed(reply_id, outcome_status(row.outcome), row.call_id, row.outcome)


def _portal_id(options: argparse.Namespace, workspace: Workspace) -> int | None:
    from bxgui.services.portal_book import UnknownPortal

    if options.portal is None:
        return None
    try:
        return workspace.portal_book.find(options.portal).id
    except UnknownPortal as error:
        raise CommandProblem(f"No portal is known as {options.portal}.") from error


def _document(one: QueuedReply) -> dict[str, object]:
    from bxgui.terminal import moment

    return {
        "position": one.position,
        "reply": one.reply_id,
        "call": one.call_id,
        "portal": one.portal,
        "rule": one.rule,
        "document": one.document,
        "method": one.method,
        "created_at": moment(one.created_at),
        "waits": one.waits.value,
        "tries": one.tries,
        "may_try": one.may_try,
        "next_try_at": moment(one.next_try_at),
        "explanation": one.explanation.title if one.explanation else None,
    }


def _lines(found: Sequence[QueuedReply]) -> Iterable[str]:
    from bxgui.terminal import columns, moment

    if not found:
        return ["Nothing waits to be sent."]
    table = [("portal", "", "reply", "call", "rule", "document", "tries", "next", "")]
    for one in found:
        why = one.explanation.title if one.explanation else ""
        table.append(
            (
                one.portal,
                str(one.position),
                str(one.reply_id),
                str(one.call_id),
                one.rule,
                one.document,
                f"{one.tries} of {one.may_try}",
                moment(one.next_try_at) or "",
                " ".join(filter(None, (_REASONS[one.waits], why))),
            )
        )
    return columns(table)
