from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from posts import NOW, Post

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import BY_KEY, CATALOGUE, Outcome
from bxgui.core.json_values import Pairs
from bxgui.core.outcome import Verdict
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, Exchange, Reply
from bxgui.services.intake import prepare
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import StoreKey

LATER = NOW + timedelta(minutes=5)
OURS = "100:ours"
THEIRS = "200:theirs"
EXCHANGE = Exchange(
    method="POST",
    url="https://portal.example.org/rest/bizproc.event.send",
    started_at=LATER,
    milliseconds=143,
    request_headers=(("Content-Type", "application/json"),),
    request_body=b'{"EVENT_TOKEN": "***"}\xff',
    http_status=400,
    reason="Bad Request",
    response_headers=(("Server", "nginx"), ("X", "1"), ("X", "2")),
    response_body="{ответ}".encode() + b"\xff",
)
KEY_OF = {
    Outcome.ACCEPTED: "accepted",
    Outcome.REFUSED: "workflow_gone",
    Outcome.RETRY_LATER: "workflow_busy",
    Outcome.UNKNOWN: "read_timeout",
}


@pytest.fixture(autouse=True)
def calls(store: Store, key: StoreKey) -> list[int]:
    """Two tokens of one rule, one of another, one that does not wait."""
    posts = (
        Post(number=1),
        Post(number=2),
        Post(number=3, code="other_rule"),
        Post(number=4, use_subscription="N"),
    )
    return [
        one.call_id for one in store.calls.record([prepare(post.arrival(), key) for post in posts])
    ]


def answer(call_id: int = 1, values: Pairs | None = None, log: str = "") -> Reply:
    return Reply(call_id, EVENT_SEND, values or [], log)


def state(store: Store, call_id: int = 1) -> TokenState | None:
    return store.calls.rows([call_id], NOW)[0].state


def verdict(outcome: Outcome) -> Verdict:
    return Verdict(BY_KEY[KEY_OF[outcome]], "423", "its words")


def attempted(store: Store, reply: Reply, outcome: Outcome, owner: str = OURS) -> int:
    reply_id = store.replies.create(reply, owner, NOW)
    attempt_id = store.replies.begin_attempt(reply_id, owner, NOW)
    store.replies.finish_attempt(attempt_id, EXCHANGE, verdict(outcome))
    return attempt_id


def test_token_is_sending_from_the_moment_its_reply_is_stored(store: Store) -> None:
    reply_id = store.replies.create(answer(), OURS, NOW)
    stored = state(store)
    store.replies.begin_attempt(reply_id, OURS, NOW)

    assert stored is TokenState.SENDING
    assert state(store) is TokenState.SENDING
    (row,) = store.replies.history()
    assert row.outcome is None
    assert row.explanation is None


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        (Outcome.ACCEPTED, TokenState.ACCEPTED),
        (Outcome.REFUSED, TokenState.REFUSED),
        (Outcome.RETRY_LATER, TokenState.WAITING),
        (Outcome.UNKNOWN, TokenState.UNKNOWN),
    ],
)
def test_outcome_decides_the_state(store: Store, outcome: Outcome, after: TokenState) -> None:
    attempted(store, answer(), outcome)

    assert state(store) is after


@pytest.mark.parametrize("outcome", list(Outcome))
def test_answered_token_stays_answered_whatever_a_second_reply_meets(
    store: Store, outcome: Outcome
) -> None:
    attempted(store, answer(), Outcome.ACCEPTED)

    attempted(store, answer(), outcome)

    assert state(store) is TokenState.ACCEPTED


@pytest.mark.parametrize("outcome", list(Outcome))
def test_log_message_leaves_the_state_alone(store: Store, outcome: Outcome) -> None:
    reply = Reply(1, ACTIVITY_LOG, [], "half way")
    reply_id = store.replies.create(reply, OURS, NOW)
    during = state(store)
    attempt_id = store.replies.begin_attempt(reply_id, OURS, NOW)
    store.replies.finish_attempt(attempt_id, EXCHANGE, verdict(outcome))

    assert during is TokenState.WAITING
    assert state(store) is TokenState.WAITING


@pytest.mark.parametrize("method", [EVENT_SEND, ACTIVITY_LOG])
def test_second_reply_while_one_is_under_way_is_refused(store: Store, method: str) -> None:
    store.replies.create(answer(), OURS, NOW)
    second = Reply(1, EVENT_SEND if method == EVENT_SEND else ACTIVITY_LOG, [], "x")

    with pytest.raises(StoreProblem) as caught:
        store.replies.create(second, THEIRS, NOW)

    assert caught.value.code == "already_sending"
    assert store.replies.last_reply(1) == answer()


def test_token_that_could_not_be_sent_is_sent_again(store: Store) -> None:
    attempted(store, answer(), Outcome.RETRY_LATER)
    attempted(store, answer(), Outcome.ACCEPTED)

    assert state(store) is TokenState.ACCEPTED
    assert store.calls.rows([1], NOW)[0].attempts == 2


def test_exchange_comes_back_byte_for_byte(store: Store) -> None:
    values: Pairs = [("A", Decimal("1.10")), ("A", ["x", None]), ("Ж", {"b": True})]
    attempt_id = attempted(store, answer(1, values, "строка\n2"), Outcome.REFUSED)

    attempt = store.replies.attempt(attempt_id)

    assert attempt is not None
    assert attempt.exchange == EXCHANGE
    assert attempt.values == values
    assert attempt.log_message == "строка\n2"
    assert attempt.row.at == LATER
    assert attempt.row.outcome is Outcome.REFUSED
    assert (attempt.row.code, attempt.row.description) == ("423", "its words")
    assert attempt.row.explanation == BY_KEY["workflow_gone"]
    assert attempt.row.http_status == 400
    assert attempt.row.milliseconds == 143
    assert (attempt.row.rule, attempt.row.document) == ("approve_invoice", "DEAL_42")
    assert attempt.row.portal == "portal.example.org"


def test_attempt_that_does_not_exist_is_none(store: Store) -> None:
    assert store.replies.attempt(1) is None
    assert store.replies.last_reply(1) is None
    assert store.replies.last_reply_to_rule(1) is None


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.key)
def test_every_entry_of_the_catalogue_is_kept_by_its_key(store: Store, entry: object) -> None:
    explanation = next(one for one in CATALOGUE if one is entry)
    reply_id = store.replies.create(answer(), OURS, NOW)
    attempt_id = store.replies.begin_attempt(reply_id, OURS, NOW)
    store.replies.finish_attempt(attempt_id, EXCHANGE, Verdict(explanation))

    (row,) = store.replies.history()

    assert row.explanation is explanation
    assert row.outcome is explanation.outcome


def test_history_is_the_newest_first_and_filtered(store: Store) -> None:
    for call_id, outcome in zip((1, 2, 3, 1), Outcome, strict=True):
        attempted(store, answer(call_id), outcome)
    store.replies.begin_attempt(store.replies.create(answer(4), OURS, NOW), OURS, NOW)

    def outcomes(**options: object) -> list[Outcome | None]:
        return [row.outcome for row in store.replies.history(**options)]  # type: ignore[arg-type]

    accepted, refused, later, unknown = Outcome
    assert outcomes() == [None, unknown, later, refused, accepted]
    assert outcomes(errors=True) == [unknown, later, refused]
    assert outcomes(call_id=1) == [unknown, accepted]
    assert outcomes(call_id=1, errors=True) == [unknown]
    assert outcomes(limit=2) == [None, unknown]
    assert outcomes(call_id=99) == []


def test_last_reply_is_the_newest_whatever_became_of_it(store: Store) -> None:
    attempted(store, answer(1, [("A", "1")]), Outcome.REFUSED)
    store.replies.create(answer(1, [("A", "2")]), OURS, NOW)

    assert store.replies.last_reply(1) == answer(1, [("A", "2")])


def test_last_reply_to_a_rule_is_an_answer_to_another_token_of_it(store: Store) -> None:
    attempted(store, answer(2, [("A", "2")]), Outcome.ACCEPTED)
    attempted(store, answer(3, [("A", "3")]), Outcome.ACCEPTED)
    attempted(store, Reply(2, ACTIVITY_LOG, [], "only a message"), Outcome.ACCEPTED)

    assert store.replies.last_reply_to_rule(1) == answer(2, [("A", "2")])


def test_recovery_leaves_living_processes_alone(store: Store) -> None:
    store.replies.create(answer(), OURS, NOW)

    settled = store.replies.recover(lambda owner: owner == OURS)

    assert settled == 0
    assert state(store) is TokenState.SENDING


def test_attempt_of_a_dead_process_may_have_been_executed(store: Store) -> None:
    reply_id = store.replies.create(answer(), THEIRS, NOW)
    store.replies.begin_attempt(reply_id, THEIRS, NOW)

    settled = store.replies.recover(lambda owner: owner == OURS)

    (row,) = store.replies.history()
    assert settled == 1
    assert state(store) is TokenState.UNKNOWN
    assert row.outcome is Outcome.UNKNOWN
    assert row.explanation == BY_KEY["interrupted"]
    assert row.code == "interrupted"


def test_reply_a_dead_process_never_began_stays_in_the_queue(store: Store) -> None:
    reply_id = store.replies.create(answer(), THEIRS, NOW)

    settled = store.replies.recover(lambda _: False)

    assert settled == 0
    assert state(store) is TokenState.SENDING
    assert [one.reply_id for one in store.queue.open()] == [reply_id]


def test_interrupted_second_reply_leaves_the_token_answered(store: Store) -> None:
    attempted(store, answer(), Outcome.ACCEPTED)
    store.replies.begin_attempt(store.replies.create(answer(), THEIRS, NOW), THEIRS, NOW)

    store.replies.recover(lambda _: False)

    assert state(store) is TokenState.ACCEPTED


def test_interrupted_log_message_leaves_the_state_alone(store: Store) -> None:
    reply = Reply(1, ACTIVITY_LOG, [], "half way")
    store.replies.begin_attempt(store.replies.create(reply, THEIRS, NOW), THEIRS, NOW)

    store.replies.recover(lambda _: False)

    assert state(store) is TokenState.WAITING
    (row,) = store.replies.history()
    assert row.outcome is Outcome.UNKNOWN


def test_finished_replies_are_not_recovered(store: Store) -> None:
    attempted(store, answer(), Outcome.ACCEPTED, owner=THEIRS)

    assert store.replies.recover(lambda _: False) == 0


def test_reply_that_was_given_up_is_not_begun(store: Store) -> None:
    reply_id = store.replies.create(answer(), THEIRS, NOW)
    store.replies.settle(reply_id)

    with pytest.raises(StoreProblem) as caught:
        store.replies.begin_attempt(reply_id, THEIRS, NOW)

    assert caught.value.code == "settled"
    assert store.replies.history() == []


def test_late_outcome_of_a_reply_taken_for_interrupted_leaves_an_answered_token_answered(
    store: Store,
) -> None:
    first = store.replies.create(answer(), THEIRS, NOW)
    late = store.replies.begin_attempt(first, THEIRS, NOW)
    store.replies.recover(lambda owner: owner == OURS)
    second = store.replies.begin_attempt(store.replies.create(answer(), OURS, NOW), OURS, NOW)
    store.replies.finish_attempt(second, EXCHANGE, Verdict(BY_KEY["accepted"]))

    store.replies.finish_attempt(late, EXCHANGE, Verdict(BY_KEY["workflow_gone"]))

    assert state(store) is TokenState.ACCEPTED
