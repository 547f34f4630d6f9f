"""What the token list shows, and in which order."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from bxgui.core.deadlines import TokenState


class Group(StrEnum):
    """The three lists of the window: tokens, other posts, and what was not taken."""

    TOKENS = "tokens"
    OTHERS = "others"
    REJECTED = "rejected"


class SortKey(StrEnum):
    """Columns the token list sorts by."""

    STATE = "state"
    RULE = "rule"
    DOCUMENT = "document"
    ARRIVED = "arrived"
    DEADLINE = "deadline"


class TokenQuery(NamedTuple):
    """What the token list shows and in which order; only tokens have a state."""

    state: TokenState | None = None
    group: Group = Group.TOKENS
    portal_id: int | None = None
    text: str = ""
    sort: SortKey = SortKey.ARRIVED
    descending: bool = True
