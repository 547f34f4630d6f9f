from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import pytest
from factories import MEMBER_ID, NOW

from bxgui.core.authorization import DEFAULT_ORDER
from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import BY_KEY, Outcome
from bxgui.core.listing import SortKey
from bxgui.core.portal_settings import PortalSettings
from bxgui.core.rate import Rate
from bxgui.core.reach import Reach
from bxgui.core.records import (
    ACTIVITY_LOG,
    EVENT_SEND,
    AttemptDetail,
    AttemptRow,
    CallKind,
    Counts,
    Exchange,
    Portal,
    Reply,
    Suspicion,
)
from bxgui.core.schema import ValueType

ATTEMPT = AttemptRow(
    id=1,
    call_id=2,
    reply_id=3,
    at=NOW,
    method=EVENT_SEND,
    http_status=0,
    outcome=None,
    code="",
    description="",
    explanation_key="",
    milliseconds=0,
    rule="approve_invoice",
    document="DEAL_42",
    portal="portal.example.org",
)
PORTAL = Portal(
    id=1,
    key=MEMBER_ID,
    member_id=MEMBER_ID,
    endpoint="https://portal.example.org/rest/",
    host="portal.example.org",
    application_digest="",
    trusted_at=None,
    first_seen=NOW,
    last_seen=NOW,
)


def test_a_portal_is_called_by_its_name_else_by_its_host_or_key() -> None:
    named = replace(PORTAL, settings=PortalSettings("Office"))

    assert [named.title, PORTAL.title, replace(PORTAL, host="").title] == [
        "Office",
        "portal.example.org",
        MEMBER_ID,
    ]


def test_a_portal_is_usually_set_up_as_bitrix24_limits_it() -> None:
    assert PORTAL.order == DEFAULT_ORDER
    assert PORTAL.rate == Rate(2.0, 50)
    assert PORTAL.reach == Reach()


def test_the_methods_are_those_of_the_portal() -> None:
    assert (EVENT_SEND, ACTIVITY_LOG) == ("bizproc.event.send", "bizproc.activity.log")


def test_a_portal_is_trusted_from_the_moment_the_user_says_so() -> None:
    assert not PORTAL.trusted
    assert replace(PORTAL, trusted_at=NOW).trusted


def test_an_attempt_under_way_has_no_explanation() -> None:
    assert ATTEMPT.explanation is None


def test_an_attempt_is_explained_by_the_catalogue() -> None:
    done = replace(ATTEMPT, outcome=Outcome.RETRY_LATER, explanation_key="workflow_busy")

    assert done.explanation is BY_KEY["workflow_busy"]


def test_an_attempt_of_a_newer_program_has_no_explanation() -> None:
    assert replace(ATTEMPT, explanation_key="a_key_to_come").explanation is None


def test_details_do_not_share_their_values() -> None:
    exchange = Exchange("POST", "https://portal.example.org/rest/x", NOW, 0)
    one, other = AttemptDetail(ATTEMPT, exchange), AttemptDetail(ATTEMPT, exchange)

    one.values.append(("a", 1))

    assert other.values == []


def test_an_attempt_knows_the_reply_that_it_was_made_for() -> None:
    exchange = Exchange("POST", "https://portal.example.org/rest/x", NOW, 0)
    attempt = AttemptDetail(ATTEMPT, exchange, [("a", 1)], "note")

    assert attempt.reply == Reply(ATTEMPT.call_id, ATTEMPT.method, [("a", 1)], "note")


def test_all_tokens_are_those_of_every_state() -> None:
    counts = Counts({TokenState.WAITING: 2, TokenState.ACCEPTED: 3}, others=7)

    assert counts.tokens == 5
    assert Counts({}, others=7).tokens == 0


@pytest.mark.parametrize(
    ("member", "stored"),
    [
        (CallKind.TOKEN, "token"),
        (CallKind.EVENT, "event"),
        (CallKind.OPENING, "opening"),
        (CallKind.OTHER, "other"),
        (Suspicion.NONE, ""),
        (Suspicion.APPLICATION_TOKEN, "application_token"),
        (Suspicion.ADDRESS, "address"),
    ],
)
def test_what_is_stored_for_a_name_stays_the_same(member: str, stored: str) -> None:
    assert str(member) == stored


@pytest.mark.parametrize(
    ("names", "stored"),
    [
        (
            TokenState,
            "waiting sending accepted refused unknown expired not_waiting dismissed",
        ),
        (Outcome, "accepted refused retry_later unknown"),
        (SortKey, "state rule document arrived deadline"),
        (ValueType, "string text int double bool date datetime time select user file json"),
    ],
)
def test_what_is_stored_for_names_stays_the_same(names: type[StrEnum], stored: str) -> None:
    assert [name.value for name in names] == stored.split()


@pytest.mark.parametrize("text", [PORTAL.key, PORTAL.host, "Office"])
def test_portal_goes_by_key_host_and_name(text: str) -> None:
    named = replace(PORTAL, settings=PortalSettings(name="Office"))

    assert named.goes_by(text)
    assert not named.goes_by("portal")
