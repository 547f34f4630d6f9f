"""What a person may sensibly do after an attempt."""

from __future__ import annotations

from bxgui.core.explanations import Explanation, Outcome
from bxgui.core.moves import Move, MoveObstacle

_HEALS_OR_UNKNOWN = frozenset({Outcome.RETRY_LATER, Outcome.UNKNOWN})


def may_check(entry: Explanation) -> bool:
    """Whether the portal can tell more of it: of what may have been executed, or is locked."""
    if entry.key == "logged":
        return False
    return entry.executed != "no" or entry.key == "workflow_busy"


def may_send_again(entry: Explanation, move: Move | None = None) -> bool:
    """Whether the same reply may come to more: not after what refuses it for good.

    A portal that has moved is asked at its new address, once the user has had it follow there.
    """
    followed = move is not None and move.obstacle is MoveObstacle.ALREADY_THERE
    return followed or entry.outcome in _HEALS_OR_UNKNOWN
