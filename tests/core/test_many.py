from __future__ import annotations

from dataclasses import replace

from factories import NOW, call_detail

from bxgui.core.explanations import BY_KEY, Outcome
from bxgui.core.findings import Finding, FindingCode
from bxgui.core.many import ManyResult, Plan, PlannedReply, counted, unsent
from bxgui.core.outcome import Verdict
from bxgui.core.records import EVENT_SEND, Portal, Reply

UNKNOWN_NAME = Finding(FindingCode.UNKNOWN_NAME, "Aproved")


def portal(portal_id: int) -> Portal:
    return Portal(portal_id, "m", "m", "", "", "", None, NOW, NOW)


def planned(call_id: int = 1, portal_id: int | None = 1, **changes: object) -> PlannedReply:
    detail = call_detail()
    of = None if portal_id is None else portal(portal_id)
    call = replace(detail, row=replace(detail.row, id=call_id), portal=of)
    plain = PlannedReply(call, Reply(call_id, EVENT_SEND, [], ""), command="m?a=1")
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_what_cannot_be_filled_or_sent_does_not_go() -> None:
    assert planned().goes
    assert planned(findings=(UNKNOWN_NAME,)).goes
    assert not planned(reply=None).goes
    assert not planned(problem="The portal is not trusted yet.").goes
    assert not planned(findings=(Finding(FindingCode.UNREADABLE, "A"),)).goes


def test_requests_are_counted_by_portal_and_by_what_goes_alone() -> None:
    together = [planned(n) for n in range(51)]
    elsewhere = [planned(100, portal_id=2)]
    alone = [planned(200, command=None), planned(201, portal_id=None)]
    stays = [planned(300, reply=None)]

    assert Plan((*together, *elsewhere, *alone, *stays)).requests == 2 + 1 + 2
    assert Plan(()).requests == 0


def test_warnings_are_asked_about_unless_they_were_waived() -> None:
    plan = Plan((planned(1, findings=(UNKNOWN_NAME,)), planned(2)))

    assert [one.call.row.id for one in plan.asked_about()] == [1]
    assert UNKNOWN_NAME.waiver is not None
    assert plan.asked_about({UNKNOWN_NAME.waiver}) == ()


def test_each_thing_to_ask_about_is_counted_once_for_each_reply() -> None:
    other = Finding(FindingCode.NO_VALUES)
    plan = Plan(
        (
            planned(1, findings=(UNKNOWN_NAME, UNKNOWN_NAME)),
            planned(2, findings=(UNKNOWN_NAME, other)),
            planned(3, findings=(UNKNOWN_NAME,), problem="The portal is not trusted yet."),
        )
    )

    assert plan.asked_how_often() == [(UNKNOWN_NAME, 2), (other, 1)]
    assert other.waiver is not None
    assert plan.asked_how_often({other.waiver}) == [(UNKNOWN_NAME, 2)]


def test_reply_to_a_token_that_no_longer_waits_is_told_apart() -> None:
    assert planned(findings=(Finding(FindingCode.ANSWERED_BEFORE),)).is_late
    assert not planned(findings=(UNKNOWN_NAME,)).is_late


def test_problem_that_may_have_come_after_sending_leaves_the_outcome_unknown() -> None:
    results = [
        ManyResult(1, code="outcome_not_stored", problem="The reply was sent, but …"),
        ManyResult(2, code="bug", problem="'x'"),
        ManyResult(3, code="not_trusted", problem="Not trusted."),
    ]

    assert unsent(results) == [3]
    assert counted(results) == {"unknown": 2, "not_sent": 1}


def test_a_part_of_a_plan_keeps_its_order() -> None:
    plan = Plan(tuple(planned(n) for n in (3, 1, 2)))

    assert [one.call.row.id for one in plan.only({1, 3}).replies] == [3, 1]


def test_results_are_counted_and_the_unsent_are_told() -> None:
    results = [
        ManyResult(1, Verdict(BY_KEY["accepted"]), 1),
        ManyResult(2, Verdict(BY_KEY["connection_lost"]), 2),
        ManyResult(3, Verdict(BY_KEY["workflow_busy"]), 3),
        ManyResult(4, Verdict(BY_KEY["workflow_gone"]), 4),
        ManyResult(5, code="not_trusted", problem="Not trusted."),
        ManyResult(6),
    ]

    assert results[0].outcome is Outcome.ACCEPTED
    assert counted(results) == {
        "accepted": 1,
        "unknown": 1,
        "retry_later": 1,
        "refused": 1,
        "not_sent": 1,
        "taken_back": 1,
    }
    assert unsent(results) == [3, 5, 6]
