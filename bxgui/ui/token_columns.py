"""The columns of the token list."""

from __future__ import annotations

from bxgui.core.listing import SortKey

STATE, RULE, DOCUMENT, ARRIVED, DEADLINE = range(5)
SORT_KEYS = (SortKey.STATE, SortKey.RULE, SortKey.DOCUMENT, SortKey.ARRIVED, SortKey.DEADLINE)
