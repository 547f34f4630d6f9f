from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from itertools import cycle
from typing import Any

import pytest
from posts import NOW, Post
from sending import WAIT, Desk, FailingTable, answer, desk, log_message, outbox_of
from simulated import SEND

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.portal_settings import PortalSettings
from bxgui.core.queued import QueuedReply, TakenOver, Waits
from bxgui.core.rate import Rate
from bxgui.core.retrying import Patience
from bxgui.services.processes import THIS_PROCESS
from bxgui.services.replies import ReplyProblem
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import StoreKey
from bxgui.simulator.limiter import STANDARD

DEAD = "1:0:dead"


@pytest.fixture
def real(store: Store, key: StoreKey) -> Iterator[Desk]:
    with desk(store, key, real_time=True) as made:
        yield made


@pytest.fixture
def fast(store: Store, key: StoreKey) -> Iterator[Desk]:
    with desk(store, key) as made:
        yield made


def shown(queue: list[QueuedReply]) -> list[tuple[int, int, Waits]]:
    return [(one.position, one.call_id, one.waits) for one in queue]


def test_queue_shows_what_waits_where_and_why(real: Desk) -> None:
    ids = [real.caught(document_id=("crm", "CCrmDocumentDeal", f"DEAL_{n}")) for n in (1, 2)]
    real.outbox.pause()
    for call_id in ids:
        real.outbox.submit(answer(call_id))

    first, second = real.outbox.queue()

    assert shown([first, second]) == [(1, ids[0], Waits.PAUSED), (2, ids[1], Waits.PAUSED)]
    assert (first.rule, first.document, first.method) == ("ask", "DEAL_1", SEND)
    assert first.portal == real.portal.host
    assert (first.tries, first.may_try) == (0, Patience().attempts)
    assert first.next_try_at is None
    assert first.explanation is None


def test_paused_portal_gets_nothing_until_it_is_resumed(real: Desk) -> None:
    call_id = real.caught()
    real.outbox.pause(real.portal.id)
    future = real.outbox.submit(answer(call_id))
    before = list(real.client.served.requests)

    real.outbox.resume(real.portal.id)

    assert future.result(WAIT).row.outcome is Outcome.ACCEPTED
    assert before == []
    assert real.outbox.queue() == []


def test_pause_of_one_portal_leaves_the_others_alone(store: Store, key: StoreKey) -> None:
    with desk(store, key, real_time=True) as paused, desk(store, key, seed=8) as other:
        held, free = paused.caught(), other.caught()
        paused.outbox.pause(paused.portal.id)
        kept = paused.outbox.submit(answer(held))
        sent = paused.outbox.submit(answer(free))

        assert sent.result(WAIT).row.outcome is Outcome.ACCEPTED
        assert not kept.done()


def test_portal_that_becomes_known_while_all_are_paused_is_paused_too(
    store: Store, key: StoreKey
) -> None:
    with desk(store, key, real_time=True) as known:
        known.caught()
        known.outbox.pause()
        with desk(store, key, seed=8) as new:
            store.portal_register.add("host:added", "https://added/rest/", "added", NOW)
            kept = known.outbox.submit(answer(new.caught()))
            (waits,) = known.outbox.queue()

            assert waits.waits is Waits.PAUSED
            assert len(store.queue.paused()) == 3

            known.outbox.resume()

            assert kept.result(WAIT).row.outcome is Outcome.ACCEPTED
            assert store.queue.paused() == []


@pytest.mark.parametrize("only_one", [False, True])
def test_portal_that_becomes_known_once_one_goes_on_is_not_paused(
    store: Store, key: StoreKey, only_one: bool
) -> None:
    with desk(store, key) as known:
        known.caught()
        known.outbox.pause()
        known.outbox.resume(known.portal.id if only_one else None)
        with desk(store, key, seed=8) as new:
            new.caught()
            assert not store.queue.is_paused(new.portal.id)


def test_pause_of_one_portal_is_none_of_those_to_come(store: Store, key: StoreKey) -> None:
    with desk(store, key) as known:
        known.caught()
        known.outbox.pause(known.portal.id)
        with desk(store, key, seed=8) as new:
            new.caught()
            assert store.queue.paused() == [known.portal.id]
            assert not store.queue.is_paused(new.portal.id)


def test_pause_by_another_program_holds_until_that_one_resumes(real: Desk) -> None:
    call_id = real.caught()
    other = outbox_of(real.store, real.key, real.time.moment)
    with closing(other):
        other.pause()
        future = real.outbox.submit(answer(call_id))
        waits = [one.waits for one in other.queue()]
        other.resume()

        assert future.result(WAIT).row.outcome is Outcome.ACCEPTED
    assert waits == [Waits.PAUSED]


def test_what_is_cancelled_before_it_goes_leaves_the_token_as_it_was(real: Desk) -> None:
    ids = [real.caught(), real.caught()]
    real.outbox.pause()
    futures = [real.outbox.submit(answer(call_id)) for call_id in ids]
    first, _ = real.outbox.queue()

    cancelled = real.outbox.cancel(first.reply_id)
    again = real.outbox.cancel(first.reply_id)
    real.outbox.resume()

    assert (cancelled, again) == (True, False)
    with pytest.raises(CancelledError):
        futures[0].result(WAIT)
    assert futures[1].result(WAIT).row.outcome is Outcome.ACCEPTED
    assert [real.state(call_id) for call_id in ids] == [TokenState.WAITING, TokenState.ACCEPTED]
    assert real.attempts(ids[0]) == []


def test_what_another_program_cancels_is_not_sent(real: Desk) -> None:
    call_id = real.caught()
    real.outbox.pause()
    future = real.outbox.submit(answer(call_id))
    (queued,) = real.outbox.queue()
    with closing(outbox_of(real.store, real.key, real.time.moment)) as other:
        assert other.cancel(queued.reply_id)

    real.outbox.resume()

    with pytest.raises(CancelledError):
        future.result(WAIT)
    assert real.client.served.requests == []
    assert real.state(call_id) is TokenState.WAITING


def test_looking_at_the_queue_shows_what_another_program_has_taken_back(
    store: Store, key: StoreKey
) -> None:
    """Whoever waits for a reply is told before its next try, which may be minutes away."""
    with desk(store, key, patience=Patience(first_pause=600), real_time=True) as made:
        call_id = made.caught()
        made.client.served.faults.add("locked", method=SEND)
        future = made.outbox.submit(answer(call_id))
        made.wait_for_queue(lambda queue: [one.waits for one in queue] == [Waits.REPEAT])
        (queued,) = made.outbox.queue()
        with closing(outbox_of(store, key, made.time.moment)) as other:
            other.cancel(queued.reply_id)

        assert made.outbox.queue() == []
        with pytest.raises(CancelledError):
            future.result(WAIT)


def test_what_is_on_its_way_cannot_be_cancelled(store: Store, key: StoreKey) -> None:
    arrived, go_on = threading.Event(), threading.Event()

    with desk(store, key, real_time=True) as made:
        call_id = made.caught()

        def hold(_seconds: float) -> None:
            arrived.set()
            go_on.wait(WAIT)

        made.client.served._gateway._wait = hold
        made.client.served.faults.add("slow:1", method=SEND)
        future = made.outbox.submit(answer(call_id))
        try:
            assert arrived.wait(WAIT)
            (queued,) = made.outbox.queue()
            cancelled = made.outbox.cancel(queued.reply_id)
        finally:
            go_on.set()

        assert future.result(WAIT).row.outcome is Outcome.ACCEPTED
    assert queued.waits is Waits.SENDING
    assert not cancelled


def test_replies_go_out_at_the_rate_of_the_portal_and_meet_no_limit(fast: Desk) -> None:
    fast.client.served.limit(STANDARD)
    ids = [fast.caught() for _ in range(60)]

    futures = [fast.outbox.submit(answer(call_id)) for call_id in ids]
    outcomes = {future.result(WAIT).row.outcome for future in futures}

    assert outcomes == {Outcome.ACCEPTED}
    assert len(fast.client.served.requests) == 60
    assert {exchange.status for exchange in fast.client.served.requests} == {200}


def test_several_programs_together_keep_to_the_rate_of_the_portal(fast: Desk) -> None:
    fast.client.served.limit(STANDARD)
    ids = [fast.caught() for _ in range(80)]
    other = outbox_of(fast.store, fast.key, fast.time.moment, pace=fast.time.pace)
    with closing(other):
        futures = [
            outbox.submit(answer(call_id))
            for outbox, call_id in zip(cycle([fast.outbox, other]), ids)
        ]

        assert {future.result(WAIT).row.outcome for future in futures} == {Outcome.ACCEPTED}
    assert all(fast.keys(call_id) == ["accepted"] for call_id in ids)


def test_portal_that_says_it_is_full_is_left_alone_by_every_program(fast: Desk) -> None:
    first, second = fast.caught(), fast.caught()
    fast.client.served.faults.add("rate_limit", method=SEND)
    impatient = Patience(attempts=1)
    fast.outbox.submit(answer(first), patience=impatient).result(WAIT)
    other = outbox_of(fast.store, fast.key, fast.time.moment, pace=fast.time.pace)
    with closing(other):
        other.submit(answer(second)).result(WAIT)

    assert fast.time.pauses == pytest.approx([0.5], abs=1e-3)


def test_rate_of_a_portal_is_the_one_that_was_set_for_it(fast: Desk) -> None:
    first, second = fast.caught(), fast.caught()
    settings = PortalSettings(rate=Rate(0.1, 1))
    fast.store.portal_register.change(fast.portal.id, settings)

    for call_id in (first, second):
        fast.outbox.submit(answer(call_id)).result(WAIT)

    assert fast.time.pauses[-1] == pytest.approx(10)


def test_listener_hears_of_every_change(real: Desk) -> None:
    call_id = real.caught()
    seen: list[int] = []
    real.outbox.on_change(lambda: seen.append(len(real.outbox.queue())))

    real.outbox.pause()
    future = real.outbox.submit(answer(call_id))
    real.outbox.resume()
    future.result(WAIT)
    real.outbox.close()

    assert seen[0] == 0
    assert 1 in seen
    assert seen[-1] == 0


def test_queue_of_a_stopped_program_waits_for_a_person(real: Desk) -> None:
    call_id = real.caught()
    reply_id = real.store.replies.create(answer(call_id), DEAD, NOW)
    real.outbox.recover()

    (held,) = real.outbox.queue()
    before = list(real.client.served.requests)
    futures = real.outbox.resume()

    assert (held.reply_id, held.waits) == (reply_id, Waits.HELD)
    assert before == []
    assert futures[reply_id].result(WAIT).row.outcome is Outcome.ACCEPTED
    assert real.state(call_id) is TokenState.ACCEPTED


def test_one_held_reply_is_resumed_or_cancelled_by_itself(real: Desk) -> None:
    ids = [real.caught() for _ in range(3)]
    replies = [real.store.replies.create(answer(call_id), DEAD, NOW) for call_id in ids]

    sent = real.outbox.resume_reply(replies[0])
    outcome = sent[replies[0]].result(WAIT).row.outcome
    cancelled = real.outbox.cancel(replies[1])

    assert outcome is Outcome.ACCEPTED
    assert cancelled
    states = [real.state(call_id) for call_id in ids]
    assert states == [TokenState.ACCEPTED, TokenState.WAITING, TokenState.SENDING]
    assert [one.reply_id for one in real.outbox.queue()] == replies[2:]


def test_what_a_program_killed_meanwhile_had_begun_is_unknown_at_the_next_look(real: Desk) -> None:
    """Nobody restarts a window to be told of a command that was killed beside it."""
    sent, queued = real.caught(), real.caught()
    begun = real.store.replies.create(answer(sent), DEAD, NOW)
    waiting = real.store.replies.create(answer(queued), DEAD, NOW)
    real.store.replies.begin_attempt(begun, DEAD, NOW)

    found = real.outbox.queue()

    assert [(one.reply_id, one.waits) for one in found] == [(waiting, Waits.HELD)]
    assert real.state(sent) is TokenState.UNKNOWN
    assert real.client.served.requests == []


def test_queue_can_be_looked_at_while_nothing_can_be_settled(real: Desk) -> None:
    begun = real.store.replies.create(answer(real.caught()), DEAD, NOW)
    real.store.replies.begin_attempt(begun, DEAD, NOW)

    with FailingTable(real.store, "UPDATE"):
        found = real.outbox.queue()

    assert [one.reply_id for one in found] == [begun]
    assert real.outbox.queue() == []


def test_outcome_that_could_not_be_stored_is_unknown_at_the_next_look(real: Desk) -> None:
    call_id = real.caught()
    with FailingTable(real.store, "UPDATE attempts"):
        problem = real.outbox.submit(answer(call_id)).exception(WAIT)

    found = real.outbox.queue()

    assert isinstance(problem, ReplyProblem)
    assert problem.code == "outcome_not_stored"
    assert found == []
    assert real.state(call_id) is TokenState.UNKNOWN


def test_what_a_running_program_has_queued_is_not_taken_over(real: Desk) -> None:
    call_id = real.caught()
    real.store.replies.create(answer(call_id), THIS_PROCESS, NOW)

    assert real.outbox.resume() == {}


def test_reply_that_was_taken_over_is_not_begun_by_its_former_owner(real: Desk) -> None:
    call_id = real.caught()
    reply_id = real.store.replies.create(answer(call_id), DEAD, NOW)
    real.store.queue.take_over("2:0:other", lambda _: False)

    with pytest.raises(StoreProblem) as caught:
        real.store.replies.begin_attempt(reply_id, DEAD, NOW)

    assert caught.value.code == "settled"


def test_what_is_taken_over_belongs_to_the_store_that_it_was_found_in(
    real: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids of a store that another has taken the place of mean other replies there."""
    call_id = real.caught()
    reply_id = real.store.replies.create(answer(call_id), DEAD, NOW)
    queue = real.store.queue
    take_over = queue.take_over

    def replaced_after(*given: Any, **named: Any) -> list[TakenOver]:
        taken = take_over(*given, **named)
        real.store.database.generation += 1
        return taken

    monkeypatch.setattr(queue, "take_over", replaced_after)
    future = real.outbox.resume()[reply_id]

    problem = future.exception(WAIT)
    assert isinstance(problem, StoreProblem)
    assert problem.code == "replaced"
    assert real.client.served.requests == []


def test_terms_of_a_reply_outlive_the_program_that_queued_it(real: Desk) -> None:
    real.caught()
    portal = real.portal
    forged = Post(
        number=2,
        endpoint=portal.endpoint,
        member_id=portal.member_id,
        application_token="f" * 32,
    )
    call_id = real.catch(forged.body)
    real.outbox.pause()
    real.outbox.submit(answer(call_id), suspicious_too=True, patience=Patience(attempts=3))
    real.outbox.close()

    (taken,) = real.store.queue.take_over("2:0:other", lambda _: False)

    assert taken.terms.suspicious_too
    assert taken.terms.most_tries == 3


def test_log_message_in_the_queue_leaves_the_state_alone(real: Desk) -> None:
    call_id = real.caught()
    real.outbox.pause()
    real.outbox.submit(log_message(call_id))
    (queued,) = real.outbox.queue()

    during = real.state(call_id)
    real.outbox.cancel(queued.reply_id)

    assert during is TokenState.WAITING
    assert real.state(call_id) is TokenState.WAITING
