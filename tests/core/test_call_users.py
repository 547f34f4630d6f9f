from __future__ import annotations

import pytest

from bxgui.core.call_users import CallUser, users_of


def test_the_user_of_the_access_comes_first_then_those_of_properties() -> None:
    fields = {
        "auth": {"user_id": "7", "access_token": "***"},
        "properties": {"Manager": "user_5", "Viewers": ["user_7", "user_9", ""], "Sum": "10"},
    }

    assert users_of(fields) == (
        CallUser("user_7"),
        CallUser("user_5", "Manager"),
        CallUser("user_9", "Viewers"),
    )


@pytest.mark.parametrize(
    "fields",
    [
        None,
        {},
        {"auth": "x", "properties": "y"},
        {"auth": {"user_id": ["1"]}, "properties": {"a": {"b": "user_1"}}},
        {"auth": {"user_id": "***"}, "properties": {"a": "user_1 and others", "b": [["user_1"]]}},
        {"auth": {"user_id": "1\n"}, "properties": {"a": "group_1"}},
    ],
)
def test_what_is_no_user_is_not_offered(fields: object) -> None:
    assert users_of(fields) == ()
