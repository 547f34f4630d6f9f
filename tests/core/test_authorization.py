from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bxgui.core.authorization import (
    DEFAULT_ORDER,
    Access,
    Source,
    read_order,
    refuses_source,
    sources_to_try,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOON, PAST = NOW + timedelta(minutes=5), NOW - timedelta(minutes=5)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("", DEFAULT_ORDER),
        (" , ", DEFAULT_ORDER),
        ("webhook", (Source.WEBHOOK,)),
        ("Application, call", (Source.APPLICATION, Source.CALL)),
    ],
)
def test_order_is_read_as_it_is_typed(text: str, order: tuple[Source, ...]) -> None:
    assert read_order(text) == order


@pytest.mark.parametrize("text", ["call,call", "token", "call;webhook"])
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_order(text)


def test_sources_at_hand_are_tried_in_the_order() -> None:
    offered = {Source.WEBHOOK: None, Source.CALL: SOON}

    assert sources_to_try(DEFAULT_ORDER, offered, NOW) == (Source.CALL, Source.WEBHOOK)
    assert sources_to_try((Source.WEBHOOK,), offered, NOW) == (Source.WEBHOOK,)


@pytest.mark.parametrize("expired", [NOW, PAST])
def test_what_is_surely_too_old_is_tried_when_nothing_else_is_left(expired: datetime) -> None:
    offered = {Source.CALL: expired, Source.APPLICATION: None, Source.WEBHOOK: None}

    tried = sources_to_try(DEFAULT_ORDER, offered, NOW)

    assert tried == (Source.APPLICATION, Source.WEBHOOK, Source.CALL)
    assert sources_to_try(DEFAULT_ORDER, {Source.CALL: expired}, NOW) == (Source.CALL,)


def test_access_carries_the_member_of_a_request_and_shows_no_secret() -> None:
    token = Access(Source.CALL, "https://portal.example.org/rest/", "the token")
    webhook = Access(Source.WEBHOOK, "https://portal.example.org/rest/1/code/", secrets=(b"code",))

    assert token.members == [("auth", "the token")]
    assert webhook.members == []
    assert "the token" not in repr(token)
    assert "code" not in repr(webhook)


def test_another_source_is_worth_trying_where_the_first_was_refused_for_what_it_is() -> None:
    assert refuses_source("user_dismissed")
    assert not refuses_source("workflow_gone")
    assert not refuses_source("read_timeout")
