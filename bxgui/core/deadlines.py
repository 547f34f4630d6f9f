"""Token states, deadlines and countdowns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bxgui.core.handler_call import Auth, HandlerCall

# The portal's own cap on a step's timeout, five years (contract §1.2).
MAX_TIMEOUT = timedelta(seconds=157_680_000)
ACCESS_TOKEN_LIFE = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
# The last moment a four-digit year can write, far enough from its end for any zone.
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)


class TokenState(StrEnum):
    """Where a token stands; `expired` is `waiting` whose deadline has passed by our clock."""

    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    NOT_WAITING = "not_waiting"
    DISMISSED = "dismissed"


def first_state(call: HandlerCall) -> TokenState:
    """The state a token is stored with."""
    return TokenState.WAITING if call.waits else TokenState.NOT_WAITING


def shown_state(stored: TokenState, deadline: datetime | None, now: datetime) -> TokenState:
    """The state as a person sees it at `now`."""
    if stored is TokenState.WAITING and deadline is not None and deadline <= now:
        return TokenState.EXPIRED
    return stored


def deadline_of(call: HandlerCall, arrived_at: datetime) -> datetime | None:
    """When the step stops waiting, counted from the arrival by our clock; None for never."""
    if not call.timeout_seconds:
        return None
    return arrived_at + timedelta(seconds=min(call.timeout_seconds, MAX_TIMEOUT // _SECOND))


def access_expires_at(auth: Auth, sent_at: int | None, arrived_at: datetime) -> datetime | None:
    """When the call's access token expires; an hour after `ts` where the portal does not say."""
    if not auth.access_token:
        return None
    if auth.expires is not None:
        return from_unix(auth.expires)
    return (from_unix(sent_at) if sent_at is not None else arrived_at) + ACCESS_TOKEN_LIFE


def from_unix(seconds: int) -> datetime:
    """A moment from unix seconds; beyond the calendar, its last year."""
    try:
        return min(datetime.fromtimestamp(seconds, tz=UTC), _LATEST)
    except (OverflowError, ValueError, OSError):
        return _LATEST
