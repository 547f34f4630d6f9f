from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from factories import EVENT_TOKEN, NOW

from bxgui.core.deadlines import TokenState
from bxgui.core.findings import Finding, of_call, of_values
from bxgui.core.json_values import Pairs
from bxgui.core.records import CallDetail, CallKind, TokenRow
from bxgui.core.schema import ReturnProperty

SCHEMA = (ReturnProperty("approved", required=True), ReturnProperty("Comment"))
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
    portal=None,
)


def call(state: TokenState | None, access_expires_at: datetime | None = None) -> CallDetail:
    return replace(CALL, row=replace(CALL.row, state=state), access_expires_at=access_expires_at)


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        pytest.param([("approved", "Y"), ("Comment", "")], [], id="all_is_well"),
        pytest.param([("APPROVED", "Y"), ("comment", "")], [], id="case_does_not_matter"),
        pytest.param([("approved", "Y")], [], id="what_is_not_required_may_be_missing"),
        pytest.param([("Comment", "x")], [Finding("required_missing", "approved")], id="missing"),
        pytest.param(
            [("Aproved", "Y"), ("approved", "Y")],
            [Finding("unknown_name", "Aproved", "approved")],
            id="misspelt",
        ),
        pytest.param(
            [("approved", "Y"), ("coment", "Y")],
            [Finding("unknown_name", "coment", "Comment")],
            id="the_nearest_is_spelt_as_in_the_schema",
        ),
        pytest.param(
            [("approved", "Y"), ("zzz", "Y")], [Finding("unknown_name", "zzz")], id="unlike_any"
        ),
        pytest.param(
            [("approved", "Y"), ("Approved", "N"), ("x", 1), ("approved", 1)],
            [
                Finding("unknown_name", "x"),
                Finding("repeated_name", "Approved"),
                Finding("repeated_name", "approved"),
            ],
            id="repeated_in_any_case",
        ),
        pytest.param([], [Finding("required_missing", "approved")], id="nothing_at_all"),
    ],
)
def test_names_are_compared_with_the_schema(values: Pairs, findings: list[Finding]) -> None:
    assert of_values(SCHEMA, values) == findings


def test_without_a_schema_no_name_is_unknown() -> None:
    assert of_values((), [("a", 1), ("b", 2), ("A", 3)]) == [Finding("repeated_name", "A")]


@pytest.mark.parametrize(
    ("state", "codes"),
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
    state: TokenState | None, codes: list[str]
) -> None:
    assert [finding.code for finding in of_call(call(state), NOW)] == codes


@pytest.mark.parametrize(
    ("seconds_left", "codes"), [(1, []), (0, ["access_expired"]), (-1, ["access_expired"])]
)
def test_an_access_token_expires_at_its_moment(seconds_left: int, codes: list[str]) -> None:
    waiting = call(TokenState.WAITING, NOW + timedelta(seconds=seconds_left))

    assert [finding.code for finding in of_call(waiting, NOW)] == codes


def test_the_state_is_named_before_the_access_token() -> None:
    assert of_call(call(TokenState.EXPIRED, NOW), NOW) == [
        Finding("expired"),
        Finding("access_expired"),
    ]
