from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest
from posts import Post
from sending import WAIT, Desk, answer, desk
from simulated import SEND, rule

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.findings import FindingCode
from bxgui.core.many import ManyResult, counted, unsent
from bxgui.core.preset import Preset
from bxgui.core.records import ACTIVITY_LOG
from bxgui.core.retrying import Patience
from bxgui.services.many import ManyReplies
from bxgui.services.presets import RulePresets
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, new_key
from bxgui.simulator.limiter import STANDARD

COMMENT = Preset("", [("Comment", "Deal {{document_id.2}}: + # ~ & %41 ж")], "done")


@pytest.fixture
def made(store: Store, key: StoreKey) -> Iterator[Desk]:
    with desk(store, key) as one:
        yield one


def many(made: Desk) -> ManyReplies:
    presets = RulePresets(made.store, made.time.moment)
    return ManyReplies(made.store, made.outbox, presets, made.time.moment)


def deal(number: int) -> tuple[str, str, str]:
    return ("crm", "CCrmDocumentDeal", f"DEAL_{number}")


def caught(made: Desk, count: int) -> list[int]:
    return [made.caught(document_id=deal(number)) for number in range(count)]


def sent(made: Desk, ids: list[int], content: Preset = COMMENT) -> list[ManyResult]:
    return many(made).send(many(made).plan(ids, content)).wait(WAIT)


def applied(made: Desk) -> dict[str, object]:
    """What reached the workflow of each document."""
    views = made.client.served.portal.engine.workflows()
    return {view.scenario.document_id[2]: view.applied.get("Comment") for view in views}


def test_plan_lists_exactly_what_goes_out(made: Desk) -> None:
    ids = caught(made, 2)

    plan = many(made).plan(ids, COMMENT)

    replies = [one.reply for one in plan.replies]
    assert replies == [
        answer(ids[n], [("Comment", f"Deal DEAL_{n}: + # ~ & %41 ж")], "done") for n in (0, 1)
    ]
    assert plan.requests == 1
    assert made.client.served.requests == []


def test_a_thousand_replies_take_twenty_requests_and_each_reaches_its_own_token(
    made: Desk,
) -> None:
    made.client.served.limit(STANDARD)
    ids = caught(made, 1000)

    results = sent(made, ids)

    assert [one.call_id for one in results] == ids
    assert counted(results) == {"accepted": 1000}
    assert len(made.client.served.requests) == 20
    assert applied(made) == {f"DEAL_{n}": f"Deal DEAL_{n}: + # ~ & %41 ж" for n in range(1000)}
    assert {made.state(call_id) for call_id in ids} == {TokenState.ACCEPTED}


def test_huge_replies_share_a_request_only_as_far_as_the_portal_reads_it(made: Desk) -> None:
    ids = caught(made, 3)
    content = Preset("", [("Comment", "x" * 1_500_000)])

    requests = many(made).plan(ids, content).requests
    results = sent(made, ids, content)

    assert requests == 2
    assert len(made.client.served.requests) == 2
    assert counted(results) == {"accepted": 3}


def test_broken_connection_leaves_its_fifty_unknown_and_the_rest_go_on(made: Desk) -> None:
    ids = caught(made, 120)
    made.client.served.faults.add("reset_after", method=SEND, skip=70)

    results = sent(made, ids)

    outcomes = [one.outcome for one in results]
    assert outcomes == [Outcome.ACCEPTED] * 50 + [Outcome.UNKNOWN] * 50 + [Outcome.ACCEPTED] * 20
    assert [one.verdict.explanation.key for one in results if one.verdict][50:51] == [
        "connection_lost"
    ]
    assert made.state(ids[60]) is TokenState.UNKNOWN
    assert len(made.client.served.requests) == 3
    assert unsent(results) == []


def test_each_command_has_its_own_outcome_and_attempt(made: Desk) -> None:
    outgoing = [made.client.start() for _ in range(4)]
    ids = [made.catch(one.body) for one in outgoing]
    made.client.served.portal.engine.end(outgoing[1].workflow_id)
    made.client.served.faults.add("locked", method=SEND, skip=2)

    results = sent(made, ids)

    assert [one.outcome for one in results] == [
        Outcome.ACCEPTED,
        Outcome.REFUSED,
        Outcome.ACCEPTED,
        Outcome.ACCEPTED,
    ]
    assert [made.keys(call_id) for call_id in ids] == [
        ["accepted"],
        ["workflow_gone"],
        ["workflow_busy", "accepted"],
        ["accepted"],
    ]


def test_attempt_in_a_batch_has_the_whole_exchange_and_its_name_there(made: Desk) -> None:
    ids = caught(made, 3)

    results = sent(made, ids)

    found = [made.store.replies.attempt(one.attempt_id) for one in results if one.attempt_id]
    for attempt in found:
        assert attempt is not None
        assert attempt.exchange.url.endswith("/rest/batch")
        request = json.loads(attempt.exchange.request_body)
        answered = json.loads(attempt.exchange.response_body)["result"]["result"]
        assert attempt.command in request["cmd"]
        assert answered[attempt.command] is True
    assert len({one.command for one in found if one}) == 3


def test_no_secret_of_a_batch_reaches_any_file(made: Desk) -> None:
    (portal,) = [made.client.served]
    outgoing = [made.client.start(), made.client.start()]
    ids = [made.catch(one.body) for one in outgoing]

    sent(made, ids)

    folder = made.store.database.path.parent
    written = b"".join(path.read_bytes() for path in folder.iterdir())
    for one in outgoing:
        auth = one.fields["auth"]
        assert isinstance(auth, dict)
        for secret in (one.event_token, auth["access_token"], auth["refresh_token"]):
            assert secret.encode() not in written
            assert secret.replace("|", "%7C").encode() not in written
    assert portal.requests[-1].method == "batch"


@pytest.mark.parametrize(
    "content",
    [
        Preset("", [("Comment", "costs $result[0] dollars")]),
        Preset("", [("days", 5)]),
        Preset("", [("Approved", None)]),
        Preset("", [("tags", [])]),
    ],
)
def test_what_a_batch_would_change_goes_alone(made: Desk, content: Preset) -> None:
    ids = caught(made, 2)

    plan = many(made).plan(ids, content)
    results = many(made).send(plan).wait(WAIT)

    assert plan.requests == 2
    assert counted(results) == {"accepted": 2}
    assert [one.method for one in made.client.served.requests] == [SEND, SEND]


def test_one_reply_alone_goes_as_any_other(made: Desk) -> None:
    sent(made, caught(made, 1))

    assert [one.method for one in made.client.served.requests] == [SEND]


def test_log_messages_go_together_too(made: Desk) -> None:
    ids = caught(made, 3)

    results = many(made).send(many(made).plan(ids, COMMENT, ACTIVITY_LOG)).wait(WAIT)

    assert counted(results) == {"accepted": 3}
    assert {made.state(call_id) for call_id in ids} == {TokenState.WAITING}


def test_variable_that_a_call_does_not_have_keeps_that_one_from_going(made: Desk) -> None:
    endpoint = made.client.served.endpoint
    posts = [Post(endpoint=endpoint), Post(number=2, endpoint=endpoint, properties={"sum": "5"})]
    ids = [made.catch(post.body) for post in posts]

    plan = many(made).plan(ids, Preset("", [("Comment", "{{properties.sum}}")]))

    assert [one.goes for one in plan.replies] == [False, True]
    assert plan.replies[0].faults[0].code == "missing"
    assert plan.requests == 1


def test_what_cannot_be_sent_is_told_in_the_plan(made: Desk) -> None:
    (call_id,) = caught(made, 1)
    portal = made.portal
    forged = made.catch(
        Post(
            number=2,
            endpoint=portal.endpoint,
            member_id=portal.member_id,
            application_token="f" * 32,
        ).body
    )

    plan = many(made).plan([call_id, forged, 4711], COMMENT)

    assert [one.code for one in plan.replies] == ["", "other_application_token"]
    assert [one.call.row.id for one in plan.going] == [call_id]


def test_tokens_whose_key_is_gone_are_told_in_the_plan(made: Desk) -> None:
    made.key = new_key("of a program that has ended")
    (call_id,) = caught(made, 1)

    plan = many(made).plan([call_id], COMMENT)

    assert [one.code for one in plan.replies] == ["secrets_locked"]


def test_findings_of_each_call_are_there_to_be_asked_about(made: Desk) -> None:
    (call_id,) = caught(made, 1)
    sent(made, [call_id])
    schema = {name: dict(entry) for name, entry in rule().return_properties.items()}
    made.store.portals.keep_registration(
        made.portal.id, "ask", {"RETURN_PROPERTIES": schema}, made.time.moment()
    )
    fresh = made.caught()

    plan = many(made).plan([call_id, fresh], Preset("", [("Coment", "x")]))

    codes = [{finding.code for finding in one.findings} for one in plan.replies]
    assert FindingCode.ANSWERED_BEFORE in codes[0]
    assert FindingCode.UNKNOWN_NAME in codes[1]
    assert len(plan.asked_about()) == 2
    assert plan.only({fresh}).going[0].call.row.id == fresh


def test_cancelling_takes_back_what_is_not_on_its_way(store: Store, key: StoreKey) -> None:
    arrived, go_on = threading.Event(), threading.Event()
    with desk(store, key, real_time=True) as made:

        def hold(_seconds: float) -> None:
            arrived.set()
            go_on.wait(WAIT)

        made.client.served._gateway._wait = hold
        made.client.served.faults.add("slow:1", method="batch")
        ids = caught(made, 70)
        run = many(made).send(many(made).plan(ids, COMMENT))
        try:
            assert arrived.wait(WAIT)
            run.cancel()
        finally:
            go_on.set()
        results = run.wait(WAIT)
        states = [made.state(call_id) for call_id in ids]

    assert counted(results) == {"accepted": 50, "taken_back": 20}
    assert unsent(results) == ids[50:]
    assert states == [TokenState.ACCEPTED] * 50 + [TokenState.WAITING] * 20


def test_progress_hears_of_each_result_once(made: Desk) -> None:
    ids = caught(made, 55)
    heard: list[int] = []

    run = many(made).send(many(made).plan(ids, COMMENT), lambda one: heard.append(one.call_id))
    run.wait(WAIT)

    assert sorted(heard) == ids
    assert run.total == 55


def test_the_failed_are_sent_again_as_they_were_planned(made: Desk) -> None:
    ids = caught(made, 3)
    made.client.served.faults.add("locked", method=SEND, skip=1)
    plan = many(made).plan(ids, COMMENT)
    first = many(made).send(plan, patience=Patience(attempts=1)).wait(WAIT)

    second = many(made).send(plan.only(unsent(first))).wait(WAIT)

    assert counted(first) == {"accepted": 2, "retry_later": 1}
    assert counted(second) == {"accepted": 1}


def test_token_that_is_being_sent_to_is_left_alone(store: Store, key: StoreKey) -> None:
    with desk(store, key, real_time=True) as made:
        ids = caught(made, 2)
        made.outbox.pause()
        made.outbox.submit(answer(ids[0]))
        run = many(made).send(many(made).plan(ids, COMMENT))
        made.outbox.resume()
        results = run.wait(WAIT)

    assert [one.code for one in results] == ["already_sending", ""]
    assert counted(results) == {"not_sent": 1, "accepted": 1}


def test_trust_taken_back_meanwhile_keeps_all_of_them(store: Store, key: StoreKey) -> None:
    with desk(store, key, real_time=True) as made:
        ids = caught(made, 3)
        made.outbox.pause()
        run = many(made).send(many(made).plan(ids, COMMENT))
        store.portals.distrust(made.portal.id)
        made.outbox.resume()
        results = run.wait(WAIT)
        states = {made.state(call_id) for call_id in ids}

    assert {one.code for one in results} == {"not_trusted"}
    assert states == {TokenState.WAITING}
    assert made.client.served.requests == []


def test_expired_token_of_a_batch_is_renewed_for_all_of_it(made: Desk) -> None:
    ids = caught(made, 60)
    made.enter_application()
    made.client.served.portal.accounts.expire_access_tokens()

    results = sent(made, ids)

    assert counted(results) == {"accepted": 60}
    assert made.keys(ids[0]) == ["access_expired", "accepted"]


def test_batch_at_the_limit_of_the_portal_is_sent_again_whole(made: Desk) -> None:
    ids = caught(made, 60)
    made.client.served.faults.add("rate_limit", method="batch")

    results = sent(made, ids)

    assert counted(results) == {"accepted": 60}
    assert len(made.client.served.requests) == 3


def test_batch_that_is_moved_is_not_followed(made: Desk) -> None:
    ids = caught(made, 2)
    made.client.served.faults.add("redirect:https://new.example.org/rest/batch", method="batch")

    results = sent(made, ids)

    assert {one.verdict.explanation.key for one in results if one.verdict} == {"moved"}


def test_replies_of_a_replaced_store_are_told_apart_from_those_of_the_same_numbers(
    store: Store, key: StoreKey
) -> None:
    with desk(store, key, real_time=True) as made:
        arrived, go_on = threading.Event(), threading.Event()

        def hold(_seconds: float) -> None:
            arrived.set()
            go_on.wait(WAIT)

        made.client.served._gateway._wait = hold
        made.client.served.faults.add("slow:1", method="batch")
        run = many(made).send(many(made).plan(caught(made, 70), COMMENT))
        try:
            assert arrived.wait(WAIT)
            store.begin_anew(made.time.moment())
            later = many(made).send(many(made).plan(caught(made, 70), COMMENT))
        finally:
            go_on.set()
        late, results = later.wait(WAIT), run.wait(WAIT)

    assert [one.code for one in results] == ["outcome_not_stored"] * 50 + ["replaced"] * 20
    assert unsent(results) == [one.call_id for one in results[50:]]
    assert {one.outcome for one in late} == {Outcome.ACCEPTED}


def test_tokens_of_one_rule_are_told_from_others(made: Desk) -> None:
    first, second = caught(made, 2)
    endpoint = made.client.served.endpoint
    other = made.catch(Post(endpoint=endpoint, code="another").body)
    elsewhere = made.catch(Post(number=2, code="ask", member_id="f" * 32).body)

    replies = many(made)

    assert replies.of_same_rule(first, [other, second, elsewhere, first, 4711]) == [second, first]
    assert replies.of_same_rule(4711, [first]) == []


def test_tokens_of_a_rule_that_wait_are_found(made: Desk) -> None:
    ids = caught(made, 3)
    sent(made, ids[:1])

    assert many(made).waiting_of_rule(ids[0]) == ids[1:]
    assert many(made).waiting_of_rule(4711) == []
