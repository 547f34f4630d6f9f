from __future__ import annotations

from bxgui.core.listing import Group, SortKey, TokenQuery


def test_the_list_shows_the_newest_tokens_of_all_states_first() -> None:
    query = TokenQuery()

    assert (query.state, query.group, query.portal_id, query.text) == (None, Group.TOKENS, None, "")
    assert (query.sort, query.descending) == (SortKey.ARRIVED, True)
