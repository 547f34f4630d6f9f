"""The new host of a portal, as whoever follows it there has to name it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.moves import Move, MoveObstacle
from bxgui.core.records import AttemptDetail

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

_OBSTACLES = {
    MoveObstacle.NO_ADDRESS: "The redirect names no address of a portal. Nothing was sent.",
    MoveObstacle.PLAIN_HTTP: "The redirect leads to plain http, where bxgui sends no secrets "
    "unasked. Nothing was sent: `bxgui portals move … --allow-http HOST` allows it for that host.",
    MoveObstacle.ALREADY_THERE: "bxgui has the portal there by now. Nothing was sent: send the "
    "reply again without --follow-move.",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """The option that says yes to a redirect."""
    parser.add_argument(
        "--follow-move",
        metavar="HOST",
        help="the last attempt met a redirect, and the portal is at HOST now: keep that as its "
        "address, let its secrets go there, and send the reply there",
    )


def given_move(options: argparse.Namespace, workspace: Workspace) -> AttemptDetail:
    """The last attempt of a call, whose redirect leads to the host that was named.

    Raises `CommandProblem` where it does not: whoever says yes has to know to what.
    """
    rows = workspace.history(call_id=options.id, limit=1)
    attempt = workspace.attempt(rows[0].id) if rows else None
    move = None if attempt is None else workspace.moved_to(attempt)
    if attempt is None or move is None:
        message = f"The last attempt to answer call {options.id} met no redirect."
        raise CommandProblem(message)
    if move.obstacle is not None:
        raise CommandProblem(_OBSTACLES[move.obstacle])
    if options.follow_move.lower() != move.new_host:
        message = (
            f"The redirect leads to {move.new_host}, not to {options.follow_move}. "
            "Nothing was sent."
        )
        raise CommandProblem(message, USAGE)
    return attempt


def offered_text(move: Move, call_id: int) -> str:
    """How a redirect is followed; empty where it cannot be."""
    if move.obstacle is not None:
        return ""
    return (
        f"To follow the portal from {move.old_host} to {move.new_host}: "
        f"bxgui retry {call_id} --follow-move {move.new_host}"
    )
