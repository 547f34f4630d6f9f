from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from factories import NOW, SENT_AT, handler_body

from bxgui.core.deadlines import (
    ACCESS_TOKEN_LIFE,
    TokenState,
    access_expires_at,
    deadline_of,
    first_state,
    from_unix,
    shown_state,
)
from bxgui.core.handler_call import Auth, HandlerCall, recognise
from bxgui.core.phpform import decode

SECOND = timedelta(seconds=1)


def call(**changes: object) -> HandlerCall:
    recognised = recognise(decode(handler_body(**changes)), {})
    assert isinstance(recognised, HandlerCall)
    return recognised


@pytest.mark.parametrize(
    ("use_subscription", "state"),
    [
        ("Y", TokenState.WAITING),
        ("N", TokenState.NOT_WAITING),
        ("y", TokenState.NOT_WAITING),
        ("", TokenState.NOT_WAITING),
        (None, TokenState.NOT_WAITING),
    ],
)
def test_a_token_waits_only_when_its_call_says_so(
    use_subscription: str | None, state: TokenState
) -> None:
    assert first_state(call(use_subscription=use_subscription)) is state


@pytest.mark.parametrize(
    ("deadline", "shown"),
    [
        (None, TokenState.WAITING),
        (NOW + SECOND, TokenState.WAITING),
        (NOW, TokenState.EXPIRED),
        (NOW - SECOND, TokenState.EXPIRED),
    ],
)
def test_a_waiting_token_expires_at_its_deadline(
    deadline: datetime | None, shown: TokenState
) -> None:
    assert shown_state(TokenState.WAITING, deadline, NOW) is shown


@pytest.mark.parametrize("state", [state for state in TokenState if state != TokenState.WAITING])
def test_only_a_waiting_token_expires(state: TokenState) -> None:
    assert shown_state(state, NOW - SECOND, NOW) is state


@pytest.mark.parametrize("timeout", ["0", "", "abc", "-5", "1.5", None])
def test_a_call_without_a_timeout_has_no_deadline(timeout: str | None) -> None:
    assert deadline_of(call(timeout_duration=timeout), NOW) is None


def test_a_deadline_is_counted_from_the_arrival() -> None:
    assert deadline_of(call(timeout_duration="600", ts="0"), NOW) == NOW + timedelta(minutes=10)


@pytest.mark.parametrize("timeout", ["157680000", "157680001", "9" * 15])
def test_no_step_waits_longer_than_five_years(timeout: str) -> None:
    assert deadline_of(call(timeout_duration=timeout), NOW) == NOW + timedelta(days=5 * 365)


def test_an_access_token_expires_when_the_portal_says() -> None:
    auth = Auth(access_token="x", expires=SENT_AT + 7)

    assert access_expires_at(auth, SENT_AT, NOW) == NOW + 7 * SECOND


def test_an_access_token_lives_an_hour_from_the_call() -> None:
    auth = Auth(access_token="x")

    assert access_expires_at(auth, SENT_AT - 60, NOW) == NOW + timedelta(minutes=59)


def test_an_access_token_of_a_call_without_a_time_lives_an_hour_from_the_arrival() -> None:
    assert access_expires_at(Auth(access_token="x"), None, NOW) == NOW + ACCESS_TOKEN_LIFE
    assert timedelta(hours=1) == ACCESS_TOKEN_LIFE


def test_a_call_without_an_access_token_has_none_to_expire() -> None:
    assert access_expires_at(Auth(expires=SENT_AT), SENT_AT, NOW) is None


@pytest.mark.parametrize("seconds", [0, 1, SENT_AT, 2**31])
def test_unix_seconds_are_a_moment_in_utc(seconds: int) -> None:
    moment = from_unix(seconds)

    assert moment == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("seconds", [253_402_300_799, 253_402_300_800, 10**15 - 1, 10**30])
def test_the_end_of_the_calendar_is_the_latest_moment(seconds: int) -> None:
    moment = from_unix(seconds)

    assert moment == datetime(9999, 1, 1, tzinfo=UTC)
    assert moment.astimezone(timezone(timedelta(hours=14))) == moment


def test_a_call_from_the_end_of_the_calendar_has_an_access_token_that_expires() -> None:
    recognised = call(ts="253402300799", auth={"access_token": "x"})

    assert access_expires_at(recognised.auth, recognised.sent_at, NOW) == datetime(
        9999, 1, 1, 1, tzinfo=UTC
    )


def test_an_expiry_beyond_the_calendar_is_far_away() -> None:
    auth = replace(Auth(access_token="x"), expires=10**15 - 1)

    assert access_expires_at(auth, SENT_AT, NOW) == datetime(9999, 1, 1, tzinfo=UTC)
