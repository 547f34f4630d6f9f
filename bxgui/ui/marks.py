"""The marks of token states, outcomes and findings: shape and colour both tell them apart."""

from __future__ import annotations

from PySide6.QtGui import QColor, QIcon

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.findings import Severity
from bxgui.ui.theme import BAD, CALM, GOOD, QUIET, WARN, Shape, Tint, mark

_STATES: dict[TokenState, tuple[Tint, Shape]] = {
    TokenState.WAITING: (CALM, "disc"),
    TokenState.SENDING: (CALM, "ring"),
    TokenState.ACCEPTED: (GOOD, "check"),
    TokenState.REFUSED: (BAD, "cross"),
    TokenState.UNKNOWN: (WARN, "question"),
    TokenState.EXPIRED: (WARN, "clock"),
    TokenState.NOT_WAITING: (QUIET, "ring"),
    TokenState.DISMISSED: (QUIET, "dash"),
}
_OUTCOMES: dict[Outcome, tuple[Tint, Shape]] = {
    Outcome.ACCEPTED: (GOOD, "check"),
    Outcome.REFUSED: (BAD, "cross"),
    Outcome.RETRY_LATER: (WARN, "clock"),
    Outcome.UNKNOWN: (WARN, "question"),
}
_SEVERITIES: dict[Severity, tuple[Tint, Shape]] = {
    Severity.ERROR: (BAD, "cross"),
    Severity.WARNING: (WARN, "warning"),
    Severity.NOTE: (CALM, "info"),
}


def state_icon(state: TokenState | None, size: int = 14) -> QIcon:
    """A state's mark: shape and colour both tell it apart."""
    tint, shape = _STATES[state] if state is not None else (QUIET, "dash")
    return mark(shape, tint.colour, size)


def outcome_icon(outcome: Outcome | None, size: int = 14) -> QIcon:
    """An outcome's mark."""
    tint, shape = _OUTCOMES[outcome] if outcome is not None else (QUIET, "ring")
    return mark(shape, tint.colour, size)


def outcome_colour(outcome: Outcome | None) -> QColor:
    """An outcome's colour."""
    return (_OUTCOMES[outcome][0] if outcome is not None else QUIET).colour


def severity_icon(severity: Severity, size: int = 14, tint: Tint | None = None) -> QIcon:
    """A finding's mark, in its own colour or in another."""
    own, shape = _SEVERITIES[severity]
    return mark(shape, (tint or own).colour, size)
