from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from factories import EVENT_TOKEN, NOW

from bxgui.core.call_findings import of_call
from bxgui.core.dates import SITE_DATES, DateFormat, DateStyle
from bxgui.core.deadlines import TokenState
from bxgui.core.findings import Finding, FindingCode
from bxgui.core.records import CallDetail, CallKind, Portal, Suspicion, TokenRow

PORTAL = Portal(
    id=1,
    key="8b7f",
    member_id="8b7f",
    endpoint="https://portal.example.org/rest/",
    host="portal.example.org",
    application_digest="",
    trusted_at=NOW,
    first_seen=NOW,
    last_seen=NOW,
)
CALL = CallDetail(
    row=TokenRow(
        id=1,
        kind=CallKind.TOKEN,
        state=TokenState.WAITING,
        rule="approve_invoice",
        portal="portal.example.org",
        document="DEAL_42",
        arrived_at=NOW,
        deadline=None,
        deliveries=1,
        attempts=0,
        use_subscription="Y",
        token=EVENT_TOKEN,
    ),
    body=b"",
    query=b"",
    content_type=None,
    headers=(),
    peer="",
    last_arrived_at=NOW,
    access_expires_at=None,
    has_secrets=True,
    endpoint="https://portal.example.org/rest/",
    application_digest="",
    portal=PORTAL,
)


def call(state: TokenState | None, access_expires_at: datetime | None = None) -> CallDetail:
    return replace(CALL, row=replace(CALL.row, state=state), access_expires_at=access_expires_at)


def codes(call: CallDetail) -> list[str]:
    return [finding.code.value for finding in of_call(call, NOW)]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (TokenState.WAITING, []),
        (TokenState.SENDING, []),
        (TokenState.REFUSED, []),
        (TokenState.DISMISSED, []),
        (None, []),
        (TokenState.EXPIRED, ["expired"]),
        (TokenState.NOT_WAITING, ["not_waiting"]),
        (TokenState.ACCEPTED, ["answered_before"]),
        (TokenState.UNKNOWN, ["perhaps_answered"]),
    ],
)
def test_the_state_of_a_token_may_speak_against_an_answer(
    state: TokenState | None, found: list[str]
) -> None:
    assert codes(call(state)) == found


@pytest.mark.parametrize(
    ("seconds_left", "found"), [(1, []), (0, ["access_expired"]), (-1, ["access_expired"])]
)
def test_an_access_token_expires_at_its_moment(seconds_left: int, found: list[str]) -> None:
    assert codes(call(TokenState.WAITING, NOW + timedelta(seconds=seconds_left))) == found


def test_the_state_is_named_before_the_access_token() -> None:
    assert of_call(call(TokenState.EXPIRED, NOW), NOW) == [
        Finding(FindingCode.EXPIRED),
        Finding(FindingCode.ACCESS_EXPIRED),
    ]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (replace(CALL, portal=None), ["no_portal"]),
        (replace(CALL, portal=replace(PORTAL, trusted_at=None)), ["not_trusted"]),
        (replace(CALL, row=replace(CALL.row, suspicion=Suspicion.ADDRESS)), ["other_address"]),
        (
            replace(CALL, row=replace(CALL.row, suspicion=Suspicion.APPLICATION_TOKEN)),
            ["other_application_token"],
        ),
        (replace(CALL, row=replace(CALL.row, kind=CallKind.OTHER, state=None)), ["no_token"]),
    ],
)
def test_a_call_that_cannot_be_answered_or_not_be_believed_says_so(
    changed: CallDetail, found: list[str]
) -> None:
    assert codes(changed) == found


def test_dates_go_as_the_portal_of_the_call_wants_them() -> None:
    iso = DateFormat(DateStyle.ISO, 180)

    assert CALL.date_format == SITE_DATES
    assert replace(CALL, portal=None).date_format == SITE_DATES
    assert replace(CALL, portal=replace(PORTAL, date_format=iso)).date_format == iso
