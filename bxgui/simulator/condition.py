"""What keeps a whole portal, or one method of it, from serving (contract §8 rows 37-47, 63)."""

from __future__ import annotations

from enum import StrEnum

from bxgui.simulator import refusals
from bxgui.simulator.refusals import Refused


class Condition(StrEnum):
    """How a portal stands; requests are refused as long as it is not `open`."""

    OPEN = "open"
    CLOSED = "closed"
    FREE_PLAN = "free_plan"
    SUBSCRIPTION_ENDED = "subscription_ended"
    OVERLOADED = "overloaded"
    OAUTH_UNREACHABLE = "oauth_unreachable"


class Confirmation(StrEnum):
    """What an administrator says to a method that asks first: nothing yet, or no."""

    WAITING = "waiting"
    DENIED = "denied"


_FOR_APPLICATIONS = {
    Condition.FREE_PLAN: refusals.FREE_PLAN,
    Condition.SUBSCRIPTION_ENDED: refusals.SUBSCRIPTION_ENDED,
    Condition.OVERLOADED: refusals.OVERLOAD,
    Condition.OAUTH_UNREACHABLE: refusals.CONNECTION_ERROR,
}
# A webhook needs no OAuth server and has no subscription of its own.
_FOR_WEBHOOKS = {
    Condition.FREE_PLAN: refusals.FREE_PLAN_WEBHOOK,
    Condition.OVERLOADED: refusals.OVERLOAD,
}
_CONFIRMATIONS = {
    Confirmation.WAITING: refusals.CONFIRM_WAITING,
    Confirmation.DENIED: refusals.CONFIRM_DENIED,
}


def check_site(condition: Condition) -> None:
    """Raise `Refused` where nothing is served, which a portal looks at first of all."""
    if condition is Condition.CLOSED:
        raise Refused(refusals.PORTAL_DELETED)


def check_caller(condition: Condition, *, webhook: bool) -> None:
    """Raise `Refused` where the credentials of this kind are not even looked at."""
    refusal = (_FOR_WEBHOOKS if webhook else _FOR_APPLICATIONS).get(condition)
    if refusal is not None:
        raise Refused(refusal)


def check_confirmation(confirmation: Confirmation | None) -> None:
    """Raise `Refused` where an administrator has not allowed the method."""
    if confirmation is not None:
        raise Refused(_CONFIRMATIONS[confirmation])
