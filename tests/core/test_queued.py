from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import NOW

from bxgui.core.explanations import BY_KEY
from bxgui.core.queued import Hold, OpenReply, QueuedReply, Waits, shown_queue
from bxgui.core.records import EVENT_SEND

OURS, THEIRS = "100:ours", "200:theirs"
LATER, BEFORE = NOW + timedelta(seconds=8), NOW - timedelta(seconds=8)


def open_reply(**changes: object) -> OpenReply:
    plain = OpenReply(
        reply_id=1,
        call_id=10,
        portal_id=5,
        portal="portal.example.org",
        rule="ask",
        document="DEAL_42",
        method=EVENT_SEND,
        created_at=NOW,
        owner=OURS,
        begun=False,
        paused=False,
        tries=0,
        may_try=8,
        next_try_at=None,
        explanation_key="",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def shown(*found: OpenReply, holds: dict[int, Hold] | None = None) -> list[QueuedReply]:
    return shown_queue(found, frozenset({OURS}), holds or {}, NOW, OURS)


@pytest.mark.parametrize(
    ("changes", "waits"),
    [
        ({}, Waits.TURN),
        ({"begun": True}, Waits.SENDING),
        ({"begun": True, "owner": THEIRS}, Waits.HELD),
        ({"owner": THEIRS, "paused": True}, Waits.HELD),
        ({"paused": True, "next_try_at": LATER}, Waits.PAUSED),
        ({"next_try_at": LATER, "tries": 2}, Waits.REPEAT),
        ({"next_try_at": BEFORE, "tries": 2}, Waits.TURN),
    ],
)
def test_why_a_reply_waits(changes: dict[str, object], waits: Waits) -> None:
    (one,) = shown(open_reply(**changes))

    assert one.waits is waits


def test_what_another_program_sends_is_told_apart() -> None:
    assert [one.ours for one in shown(open_reply(), open_reply(owner=THEIRS))] == [True, False]


def test_positions_count_within_each_portal() -> None:
    found = [open_reply(reply_id=n, portal_id=portal) for n, portal in ((1, 5), (2, 5), (3, 6))]

    assert [(one.reply_id, one.position) for one in shown(*found)] == [(1, 1), (2, 2), (3, 1)]


def test_reply_that_is_repeated_tells_when_and_after_what() -> None:
    (one,) = shown(open_reply(next_try_at=LATER, tries=3, explanation_key="workflow_busy"))

    assert one.next_try_at == LATER
    assert (one.tries, one.may_try) == (3, 8)
    assert one.explanation is BY_KEY["workflow_busy"]


def test_portal_that_takes_nothing_is_told_with_its_reason() -> None:
    hold = Hold(LATER, "rate_limit")

    held, elsewhere = shown(open_reply(), open_reply(portal_id=6), holds={5: hold})

    assert (held.waits, held.next_try_at) == (Waits.PORTAL, LATER)
    assert held.explanation is BY_KEY["rate_limit"]
    assert (elsewhere.waits, elsewhere.next_try_at) == (Waits.TURN, None)
    assert elsewhere.explanation is None


def test_hold_that_is_over_holds_nothing() -> None:
    (one,) = shown(open_reply(), holds={5: Hold(NOW, "rate_limit")})

    assert one.waits is Waits.TURN
