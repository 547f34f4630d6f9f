"""Which replies are sent again by themselves, when, and which never are."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from queue import Queue

import pytest
from portal_server import portal, raw_server, read_request
from posts import NOW, Post
from sending import WAIT, Desk, FastTime, answer, desk, log_message, outbox_of
from simulated import LOG, SEND, Clock

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.portal_settings import PortalSettings
from bxgui.core.queued import QueuedReply, Waits
from bxgui.core.rate import Rate
from bxgui.core.retrying import Patience
from bxgui.services.queue_item import Conclusion, ManyReply
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey
from bxgui.simulator import oauth
from bxgui.simulator.limiter import Plan


@pytest.fixture
def fast(store: Store, key: StoreKey) -> Iterator[Desk]:
    with desk(store, key) as made:
        yield made


def is_repeated(queue: list[QueuedReply]) -> bool:
    return [one.waits for one in queue] == [Waits.REPEAT]


def read_and_close(connection: socket.socket) -> None:
    read_request(connection)


def sends(made: Desk) -> int:
    """How many requests have reached the portal."""
    return len(made.client.served.requests)


@pytest.mark.parametrize(
    ("fault", "explanation"),
    [
        ("locked", "workflow_busy"),
        ("rate_limit", "rate_limit"),
        ("time_limit", "operation_limit"),
        ("connection_error", "authorization_server"),
    ],
)
def test_what_was_not_executed_and_heals_is_sent_again(
    fast: Desk, fault: str, explanation: str
) -> None:
    call_id = fast.caught()
    fast.client.served.faults.add(fault, method=SEND, count=2)

    attempt = fast.outbox.submit(answer(call_id)).result(WAIT)

    assert attempt.row.outcome is Outcome.ACCEPTED
    assert fast.keys(call_id) == [explanation, explanation, "accepted"]
    assert fast.state(call_id) is TokenState.ACCEPTED


def test_pauses_grow_from_try_to_try(fast: Desk) -> None:
    call_id = fast.caught()
    fast.client.served.faults.add("locked", method=SEND, count=4)

    fast.outbox.submit(answer(call_id)).result(WAIT)

    assert fast.time.pauses == pytest.approx([2, 4, 8, 16])


@pytest.mark.parametrize("fault", ["locked", "connection_error"])
def test_tries_end_and_the_token_waits_as_before(fast: Desk, fault: str) -> None:
    call_id = fast.caught()
    fast.client.served.faults.add(fault, method=SEND, count=9)

    attempt = fast.outbox.submit(answer(call_id), patience=Patience(attempts=3)).result(WAIT)

    assert attempt.row.outcome is Outcome.RETRY_LATER
    assert len(fast.attempts(call_id)) == 3
    assert fast.state(call_id) is TokenState.WAITING
    assert fast.outbox.queue() == []


def test_tries_end_with_the_time_that_there_is_for_them(fast: Desk) -> None:
    call_id = fast.caught()
    fast.client.served.faults.add("locked", method=SEND, count=50)
    patience = Patience(attempts=50, seconds=20)
    begun = fast.time.clock.now

    fast.outbox.submit(answer(call_id), patience=patience).result(WAIT)

    assert fast.time.clock.now - begun == pytest.approx(20)
    assert len(fast.attempts(call_id)) == 5


def test_reply_between_two_tries_is_in_the_queue_and_can_be_stopped(
    store: Store, key: StoreKey
) -> None:
    with desk(store, key, real_time=True, patience=Patience(first_pause=500)) as made:
        call_id = made.caught()
        made.client.served.faults.add("locked", method=SEND)
        future = made.outbox.submit(answer(call_id))
        (queued,) = made.wait_for_queue(is_repeated)

        stopped = made.outbox.cancel(queued.reply_id)

        assert future.cancelled()
        assert made.state(call_id) is TokenState.WAITING
    assert stopped
    assert queued.waits is Waits.REPEAT
    assert (queued.tries, queued.may_try) == (1, 8)
    assert queued.explanation is not None
    assert queued.explanation.key == "workflow_busy"
    assert queued.next_try_at is not None
    assert queued.next_try_at > made.time.moment() + timedelta(seconds=60)


def test_busy_workflow_holds_up_no_other_reply(store: Store, key: StoreKey) -> None:
    with desk(store, key, real_time=True, patience=Patience(first_pause=500)) as made:
        busy, free = made.caught(), made.caught()
        made.client.served.faults.add("locked", method=SEND)

        made.outbox.submit(answer(busy))
        attempt = made.outbox.submit(answer(free)).result(WAIT)

    assert attempt.row.outcome is Outcome.ACCEPTED


def test_portal_at_its_limit_holds_up_all_its_replies(store: Store, key: StoreKey) -> None:
    with desk(store, key, real_time=True, patience=Patience(first_pause=0.01)) as made:
        first, second = made.caught(), made.caught()
        quick = PortalSettings(rate=Rate(per_second=1000))
        store.portal_register.change(made.portal.id, quick)
        made.client.served.faults.add("rate_limit", method=SEND, count=3)
        made.outbox.pause()
        futures = [made.outbox.submit(answer(call_id)) for call_id in (first, second)]
        made.outbox.resume()

        for future in futures:
            future.result(WAIT)

    assert len(made.attempts(first)) == 4
    assert len(made.attempts(second)) == 1


def test_held_portal_is_seen_in_the_queue(store: Store, key: StoreKey) -> None:
    with desk(store, key, real_time=True, patience=Patience(first_pause=500)) as made:
        first, second = made.caught(), made.caught()
        made.client.served.faults.add("rate_limit", method=SEND)
        made.outbox.submit(answer(first))
        made.wait_for_queue(is_repeated)
        made.outbox.submit(answer(second))

        _, behind = made.outbox.queue()

    assert behind.waits is Waits.PORTAL
    assert behind.next_try_at is not None
    assert behind.explanation is not None
    assert behind.explanation.key == "rate_limit"


def test_real_limit_of_a_portal_is_waited_for(fast: Desk) -> None:
    fast.client.served.limit(Plan(5, 0.1))
    ids = [fast.caught() for _ in range(8)]

    futures = [fast.outbox.submit(answer(call_id)) for call_id in ids]

    assert {future.result(WAIT).row.outcome for future in futures} == {Outcome.ACCEPTED}


def test_blocked_method_is_tried_when_the_portal_forgets_what_it_took(fast: Desk) -> None:
    before, blocked = fast.caught(), fast.caught()
    fast.outbox.submit(answer(before)).result(WAIT)
    free_at = fast.client.served.portal.operating.reset_at(SEND)
    fast.client.served.faults.add("time_limit", method=SEND)
    fast.time.clock.advance(100)

    fast.outbox.submit(answer(blocked)).result(WAIT)

    assert free_at is not None
    assert fast.time.clock.now == pytest.approx(free_at, abs=1)


def test_blocked_method_that_named_no_moment_is_tried_after_ten_minutes(fast: Desk) -> None:
    call_id = fast.caught()
    fast.client.served.faults.add("time_limit", method=SEND)

    fast.outbox.submit(answer(call_id)).result(WAIT)

    assert fast.time.pauses == pytest.approx([600])


def test_block_that_outlasts_the_time_there_is_ends_the_tries_at_once(fast: Desk) -> None:
    call_id = fast.caught()
    fast.client.served.faults.add("time_limit", method=SEND)
    patience = Patience(seconds=599)

    attempt = fast.outbox.submit(answer(call_id), patience=patience).result(WAIT)

    assert attempt.row.explanation_key == "operation_limit"
    assert fast.time.pauses == []
    assert fast.state(call_id) is TokenState.WAITING
    assert fast.outbox.queue() == []


def test_block_ends_the_tries_of_all_that_have_no_time_left(fast: Desk) -> None:
    busy, blocked = fast.caught(), fast.caught()
    fast.client.served.faults.add("locked", method=SEND)
    fast.client.served.faults.add("time_limit", method=SEND)
    together = [ManyReply(fast.portal.id, answer(call_id)) for call_id in (busy, blocked)]
    told: Queue[Conclusion] = Queue()

    fast.outbox.submit_all(
        together,
        told.put,
        generation=fast.store.database.generation,
        patience=Patience(first_pause=100, seconds=400),
    )
    ends = [told.get(timeout=WAIT) for _ in together]

    assert {one.call_id: one.verdict and one.verdict.explanation.key for one in ends} == {
        busy: "workflow_busy",
        blocked: "operation_limit",
    }
    assert fast.time.pauses == []
    assert [fast.state(call_id) for call_id in (busy, blocked)] == [TokenState.WAITING] * 2
    assert fast.outbox.queue() == []


@pytest.mark.parametrize("fault", ["reset_after", "html_502", "plain_500", "truncated_json"])
def test_what_was_perhaps_executed_is_never_sent_again_by_itself(fast: Desk, fault: str) -> None:
    call_id = fast.caught()
    fast.client.served.faults.add(fault, method=SEND)

    attempt = fast.outbox.submit(answer(call_id)).result(WAIT)

    assert attempt.row.outcome is Outcome.UNKNOWN
    assert sends(fast) == 1
    assert fast.state(call_id) is TokenState.UNKNOWN


@pytest.mark.parametrize(
    "fault", ["portal_deleted", "free_plan", "overload", "confirm_waiting", "confirm_denied"]
)
def test_what_wants_a_person_is_not_sent_again(fast: Desk, fault: str) -> None:
    call_id = fast.caught()
    fast.client.served.faults.add(fault, method=SEND)

    fast.outbox.submit(answer(call_id)).result(WAIT)

    assert sends(fast) == 1


def test_redirect_is_told_and_not_followed(fast: Desk) -> None:
    with portal() as elsewhere:
        call_id = fast.caught()
        fast.client.served.faults.add(f"redirect:{elsewhere.endpoint}{SEND}", method=SEND)

        attempt = fast.outbox.submit(answer(call_id)).result(WAIT)

        assert attempt.row.explanation_key == "moved"
        assert attempt.row.description.startswith(elsewhere.endpoint)
        assert not elsewhere.was_asked()
    assert sends(fast) == 1


def test_log_message_is_repeated_too_and_the_step_goes_on_waiting(fast: Desk) -> None:
    call_id = fast.caught()
    fast.client.served.faults.add("locked", method=LOG)

    fast.outbox.submit(log_message(call_id)).result(WAIT)

    assert fast.keys(call_id) == ["workflow_busy", "logged"]
    assert fast.state(call_id) is TokenState.WAITING


def test_portal_that_is_down_is_tried_until_it_is_up(store: Store, key: StoreKey) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    time = FastTime(Clock(NOW.timestamp()))
    post = Post(endpoint=f"http://127.0.0.1:{port}/rest/")
    outbox = outbox_of(store, key, time.moment, pace=time.pace, patience=Patience(attempts=3))
    with closing(outbox):
        made = Desk(None, store, key, time, outbox)  # type: ignore[arg-type]
        call_id = made.catch(post.body)

        outbox.submit(answer(call_id)).result(WAIT)

    assert made.keys(call_id) == ["connection_refused"] * 3
    assert made.state(call_id) is TokenState.WAITING


def test_connection_that_breaks_after_the_reply_went_out_is_not_repeated(
    store: Store, key: StoreKey
) -> None:
    time = FastTime(Clock(NOW.timestamp()))
    with raw_server(read_and_close) as server:
        outbox = outbox_of(store, key, time.moment, pace=time.pace)
        with closing(outbox):
            made = Desk(None, store, key, time, outbox)  # type: ignore[arg-type]
            call_id = made.catch(Post(endpoint=server.endpoint).body)
            outbox.submit(answer(call_id)).result(WAIT)

    assert made.keys(call_id) == ["connection_lost"]
    assert server.connections == 1


def test_expired_token_of_a_call_gives_way_to_that_of_a_newer_one(fast: Desk) -> None:
    call_id = fast.caught()
    fast.client.served.portal.accounts.expire_access_tokens()
    fast.time.clock.advance(3700)
    fast.caught()

    fast.outbox.submit(answer(call_id)).result(WAIT)

    assert fast.keys(call_id) == ["accepted"]


def test_expired_token_without_another_source_leaves_the_token_waiting(fast: Desk) -> None:
    call_id = fast.caught()
    fast.client.served.portal.accounts.expire_access_tokens()

    attempt = fast.outbox.submit(answer(call_id)).result(WAIT)

    assert attempt.row.explanation_key == "access_expired"
    assert sends(fast) == 1
    assert fast.state(call_id) is TokenState.WAITING
    assert fast.outbox.queue() == []


def test_expired_token_is_renewed_once_by_the_application(fast: Desk) -> None:
    call_id = fast.caught()
    fast.enter_application()
    fast.client.served.portal.accounts.expire_access_tokens()

    fast.outbox.submit(answer(call_id)).result(WAIT)

    assert fast.keys(call_id) == ["access_expired", "accepted"]
    assert fast.state(call_id) is TokenState.ACCEPTED


def test_where_the_application_has_nothing_the_webhook_answers(fast: Desk) -> None:
    call_id = fast.caught()
    fast.enter_webhook()
    fast.client.served.portal.accounts.expire_access_tokens()

    attempt = fast.outbox.submit(answer(call_id)).result(WAIT)

    assert fast.keys(call_id) == ["access_expired", "accepted"]
    assert fast.secrets is not None
    webhook = fast.secrets.read(fast.portal.id).webhook
    assert webhook is not None
    assert webhook.code not in repr(attempt)


def test_what_authorized_the_first_try_is_kept_for_the_next(fast: Desk) -> None:
    call_id = fast.caught()
    fast.enter_webhook()
    fast.client.served.portal.accounts.expire_access_tokens()
    fast.client.served.faults.add("locked", method=SEND, skip=1)

    fast.outbox.submit(answer(call_id)).result(WAIT)

    assert fast.keys(call_id) == ["access_expired", "workflow_busy", "accepted"]


def test_authorization_server_that_is_down_is_tried_again(fast: Desk) -> None:
    call_id = fast.caught()
    fast.enter_application()
    fast.client.served.portal.accounts.expire_access_tokens()
    fast.client.served.faults.add("connection_error", method=oauth.METHOD)

    fast.outbox.submit(answer(call_id)).result(WAIT)

    assert fast.keys(call_id) == ["access_expired", "access_expired", "accepted"]
    asked = [one.verdict.explanation.key for one in fast.store.exchanges.of_portal(1)]
    assert asked == ["accepted", "authorization_server"]
