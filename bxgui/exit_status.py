"""The exit statuses of commands that send."""

from __future__ import annotations

from bxgui.command_problem import (
    ACCEPTED,
    NOT_TRUSTED,
    OTHER,
    REFUSED,
    RETRY_LATER,
    UNKNOWN,
    USAGE,
)
from bxgui.core.explanations import Outcome

_STATUS = {
    Outcome.ACCEPTED: ACCEPTED,
    Outcome.REFUSED: REFUSED,
    Outcome.UNKNOWN: UNKNOWN,
    Outcome.RETRY_LATER: RETRY_LATER,
}
_TRUST_CODES = {"no_portal", "not_trusted", "other_address", "other_application_token"}
_SENT_CODES = {"outcome_not_stored"}
_USAGE_CODES = {"bad_value", "empty_log"}


def outcome_status(outcome: Outcome | None) -> int:
    """The exit status for an outcome."""
    return OTHER if outcome is None else _STATUS[outcome]


def problem_status(code: str) -> int:
    """The exit status for a reply that could not be sent."""
    if code in _TRUST_CODES:
        return NOT_TRUSTED
    if code in _SENT_CODES:
        return UNKNOWN
    return USAGE if code in _USAGE_CODES else OTHER
