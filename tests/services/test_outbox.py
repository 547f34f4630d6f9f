from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest
from portal_server import PortalAnswer, PortalServer, portal, raw_server, read_request, refusal
from portal_server import reset as reset_connection
from posts import FORM, NOW, Post
from sending import FailingTable

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.json_values import Pairs
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, Arrival, AttemptDetail, Reply
from bxgui.core.redact import digest
from bxgui.core.retrying import Patience
from bxgui.services.authorization import Authorization
from bxgui.services.intake import prepare
from bxgui.services.portal_client import PortalClient
from bxgui.services.portal_secrets import PortalSecrets
from bxgui.services.processes import THIS_PROCESS, is_alive
from bxgui.services.replies import Outbox, ReplyProblem
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import StoreKey, new_key

WAIT = 20


@pytest.fixture
def server() -> Iterator[PortalServer]:
    with portal() as running:
        yield running


@pytest.fixture
def outbox(store: Store, key: StoreKey) -> Iterator[Outbox]:
    client = PortalClient(lambda: NOW, connect_seconds=5, read_seconds=5)
    with closing(outbox_of(store, client, key)) as made:
        yield made


def outbox_of(store: Store, client: PortalClient, key: StoreKey) -> Outbox:
    secrets = PortalSecrets(lambda: store.id)
    authorization = Authorization(store, client, lambda: key, secrets, lambda: NOW)
    once = Patience(attempts=1)
    return Outbox(store, client, lambda: key, lambda: NOW, authorization, patience=lambda: once)


def caught(store: Store, key: StoreKey, post: Post, *, trusted: bool = True) -> int:
    """The id of a call that has come, of a portal that is trusted or not."""
    (stored,) = store.calls.record([prepare(post.arrival(), key)])
    if trusted:
        trust(store, post)
    return stored.call_id


def trust(store: Store, post: Post) -> None:
    known = store.portals.by_key(post.member_id)
    assert known is not None
    host = post.endpoint.split("/")[2]
    store.portals.trust(known.id, post.endpoint, host, digest(post.application_token), NOW)


def answer(call_id: int, values: Pairs | None = None, log: str = "") -> Reply:
    return Reply(call_id, EVENT_SEND, values or [], log)


def state(store: Store, call_id: int) -> TokenState | None:
    return store.calls.rows([call_id], NOW)[0].state


def test_reply_goes_to_the_trusted_portal_with_everything_it_carries(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    post = Post(endpoint=server.endpoint)
    call_id = caught(store, key, post)

    attempt = outbox.submit(
        answer(call_id, [("Approved", "Y"), ("List", ["a", "ж"])], "готово")
    ).result(WAIT)

    received = server.next_request()
    assert received.path == "/rest/bizproc.event.send"
    assert received.document == {
        "EVENT_TOKEN": post.token,
        "RETURN_VALUES": {"Approved": "Y", "List": ["a", "ж"]},
        "LOG_MESSAGE": "готово",
        "auth": post.access_token,
    }
    assert attempt.row.outcome is Outcome.ACCEPTED
    assert state(store, call_id) is TokenState.ACCEPTED


def test_reply_without_values_and_message_leaves_both_out(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    call_id = caught(store, key, Post(endpoint=server.endpoint))

    outbox.submit(answer(call_id)).result(WAIT)

    assert server.next_request().document.keys() == {"EVENT_TOKEN", "auth"}


def test_log_message_goes_alone_and_the_token_goes_on_waiting(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    call_id = caught(store, key, Post(endpoint=server.endpoint))

    attempt = outbox.submit(Reply(call_id, ACTIVITY_LOG, [("A", "1")], "half way")).result(WAIT)

    received = server.next_request()
    assert received.path == "/rest/bizproc.activity.log"
    assert received.document.keys() == {"EVENT_TOKEN", "LOG_MESSAGE", "auth"}
    assert attempt.row.outcome is Outcome.ACCEPTED
    assert state(store, call_id) is TokenState.WAITING


def test_of_a_name_given_twice_the_portal_gets_the_last(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    call_id = caught(store, key, Post(endpoint=server.endpoint))

    attempt = outbox.submit(answer(call_id, [("A", "1"), ("A", "2")])).result(WAIT)

    assert server.next_request().document["RETURN_VALUES"] == {"A": "2"}
    assert attempt.values == [("A", "1"), ("A", "2")]


def test_no_secret_of_a_reply_reaches_any_file(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer, tmp_path: Path
) -> None:
    post = Post(endpoint=server.endpoint)
    call_id = caught(store, key, post)
    echo = f"<p>{post.token} {post.access_token}</p>".encode()
    server.will_answer(PortalAnswer(500, echo, {"X-Echo": post.access_token}))

    outbox.submit(answer(call_id, [("A", "1")])).result(WAIT)

    written = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(written) >= 3
    for name, content in written.items():
        assert not [secret for secret in post.secrets if secret in content], name


@pytest.mark.parametrize(
    ("said", "outcome", "after"),
    [
        (refusal(403, "ACCESS_DENIED"), Outcome.REFUSED, TokenState.REFUSED),
        (refusal(400, "423"), Outcome.RETRY_LATER, TokenState.WAITING),
        (refusal(500, "INTERNAL_SERVER_ERROR"), Outcome.UNKNOWN, TokenState.UNKNOWN),
    ],
)
def test_outcome_and_state_follow_from_what_the_portal_says(
    outbox: Outbox,
    store: Store,
    key: StoreKey,
    server: PortalServer,
    said: PortalAnswer,
    outcome: Outcome,
    after: TokenState,
) -> None:
    call_id = caught(store, key, Post(endpoint=server.endpoint))
    server.will_answer(said)

    attempt = outbox.submit(answer(call_id)).result(WAIT)

    assert attempt.row.outcome is outcome
    assert state(store, call_id) is after


def test_reply_is_never_repeated_by_itself(outbox: Outbox, store: Store, key: StoreKey) -> None:
    def break_off(connection: Any) -> None:
        read_request(connection)
        reset_connection(connection)

    with raw_server(break_off) as broken:
        call_id = caught(store, key, Post(endpoint=broken.endpoint))
        attempt = outbox.submit(answer(call_id)).result(WAIT)
        connections = broken.connections

    assert attempt.row.outcome is Outcome.UNKNOWN
    assert connections == 1
    assert state(store, call_id) is TokenState.UNKNOWN


def problem(outbox: Outbox, reply: Reply, *, suspicious_too: bool = False) -> str:
    with pytest.raises(ReplyProblem) as caught_problem:
        outbox.submit(reply, suspicious_too=suspicious_too)
    assert str(caught_problem.value).endswith(".")
    return caught_problem.value.code


def test_credentials_do_not_go_to_a_portal_that_is_not_trusted(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    call_id = caught(store, key, Post(endpoint=server.endpoint), trusted=False)

    assert problem(outbox, answer(call_id)) == "not_trusted"
    assert problem(outbox, answer(call_id), suspicious_too=True) == "not_trusted"
    assert not server.was_asked()
    assert state(store, call_id) is TokenState.WAITING


def test_call_that_names_another_address_than_the_trusted_one_is_not_answered(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    home = Post(number=1, endpoint=server.endpoint)
    caught(store, key, home)
    with portal() as elsewhere:
        forged = caught(store, key, Post(number=2, endpoint=elsewhere.endpoint), trusted=False)

        assert problem(outbox, answer(forged)) == "other_address"
        assert problem(outbox, answer(forged), suspicious_too=True) == "other_address"
        assert not elsewhere.was_asked()
    assert not server.was_asked()


def test_call_with_another_application_token_is_answered_only_on_purpose(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    caught(store, key, Post(number=1, endpoint=server.endpoint))
    other = Post(number=2, endpoint=server.endpoint, application_token="f" * 32)
    call_id = caught(store, key, other, trusted=False)

    silently = problem(outbox, answer(call_id))
    asked_before = server.was_asked()
    attempt = outbox.submit(answer(call_id), suspicious_too=True).result(WAIT)

    assert silently == "other_application_token"
    assert not asked_before
    assert attempt.row.outcome is Outcome.ACCEPTED


def test_reply_goes_to_the_trusted_address_even_if_the_call_writes_it_otherwise(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    caught(store, key, Post(number=1, endpoint=server.endpoint))
    aside = Post(number=2, endpoint=server.endpoint.replace("/rest/", "/other/"))
    call_id = caught(store, key, aside, trusted=False)

    outbox.submit(answer(call_id)).result(WAIT)

    assert server.next_request().path == "/rest/bizproc.event.send"


def test_what_cannot_be_sent_says_why(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    post = Post(endpoint=server.endpoint)
    call_id = caught(store, key, post)
    elsewhere = Post(number=9, endpoint=server.endpoint, member_id="e" * 32)
    arrivals = [
        Arrival(NOW, b"event=ONAPPTEST&auth[member_id]=x", FORM),
        Arrival(NOW, b"event_token=no-portal&code=x", FORM),
        Arrival(NOW, elsewhere.body.replace(b"access_token", b"no_token"), FORM),
    ]
    event_id, homeless, tokenless = (
        stored.call_id for stored in store.calls.record([prepare(one, key) for one in arrivals])
    )
    trust(store, elsewhere)

    assert problem(outbox, answer(4711)) == "no_such_call"
    assert problem(outbox, answer(event_id)) == "not_a_token"
    assert problem(outbox, answer(homeless)) == "no_portal"
    assert problem(outbox, answer(tokenless)) == "no_access_token"
    assert problem(outbox, Reply(call_id, ACTIVITY_LOG, [], " \n")) == "empty_log"
    assert problem(outbox, answer(call_id, [("A", "\ud800")])) == "bad_value"
    assert problem(outbox, answer(call_id, [("\udcff", "x")])) == "bad_value"
    assert store.replies.last_reply(call_id) is None
    assert state(store, call_id) is TokenState.WAITING
    assert not server.was_asked()


def test_tokens_whose_key_is_gone_are_not_sent(
    outbox: Outbox, store: Store, server: PortalServer
) -> None:
    call_id = caught(store, new_key("of a program that has ended"), Post(endpoint=server.endpoint))

    assert problem(outbox, answer(call_id)) == "secrets_locked"
    assert state(store, call_id) is TokenState.WAITING


def test_second_reply_while_the_first_is_under_way_is_refused(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    call_id = caught(store, key, Post(endpoint=server.endpoint))
    go_on = threading.Event()
    server.will_answer(PortalAnswer(wait_for=go_on))
    first = outbox.submit(answer(call_id))
    try:
        server.next_request()
        with pytest.raises(StoreProblem) as caught_problem:
            outbox.submit(answer(call_id))
    finally:
        go_on.set()

    assert caught_problem.value.code == "already_sending"
    assert first.result(WAIT).row.outcome is Outcome.ACCEPTED
    assert not server.was_asked()


def test_slow_portal_holds_up_its_own_replies_only(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    go_on = threading.Event()
    server.will_answer(PortalAnswer(wait_for=go_on))
    slow = [caught(store, key, Post(number=n, endpoint=server.endpoint)) for n in (1, 2)]
    with portal() as other:
        quick = caught(store, key, Post(number=3, endpoint=other.endpoint, member_id="b" * 32))
        try:
            waiting = [outbox.submit(answer(call_id)) for call_id in slow]
            server.next_request()
            done = outbox.submit(answer(quick)).result(WAIT)
            held_up = [future.done() for future in waiting]
            second_was_sent = server.was_asked()
        finally:
            go_on.set()
        results = [future.result(WAIT).row.outcome for future in waiting]

    assert done.row.outcome is Outcome.ACCEPTED
    assert held_up == [False, False]
    assert not second_was_sent
    assert results == [Outcome.ACCEPTED] * 2


def test_replies_to_one_portal_go_out_in_order(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    ids = [caught(store, key, Post(number=n, endpoint=server.endpoint)) for n in range(1, 6)]

    futures = [outbox.submit(answer(call_id, log=str(call_id))) for call_id in ids]
    for future in futures:
        future.result(WAIT)

    sent = [server.next_request().document["LOG_MESSAGE"] for _ in ids]
    assert sent == [str(call_id) for call_id in ids]


def failed(future: Future[AttemptDetail]) -> str:
    error = future.exception(WAIT)
    assert isinstance(error, (ReplyProblem, StoreProblem))
    return error.code


def test_nothing_is_sent_when_the_attempt_cannot_be_stored_and_the_token_can_be_tried_again(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    call_id = caught(store, key, Post(endpoint=server.endpoint))
    with FailingTable(store, "INTO attempts"):
        code = failed(outbox.submit(answer(call_id)))

    assert code == "disk_full"
    assert not server.was_asked()
    assert state(store, call_id) is TokenState.WAITING
    assert outbox.submit(answer(call_id)).result(WAIT).row.outcome is Outcome.ACCEPTED


def test_outcome_that_cannot_be_stored_is_unknown_as_soon_as_the_store_works_again(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    first, second = (caught(store, key, Post(number=n, endpoint=server.endpoint)) for n in (1, 2))
    with FailingTable(store, "UPDATE attempts"):
        code = failed(outbox.submit(answer(first)))
        stuck = state(store, first)
    outbox.submit(answer(second)).result(WAIT)

    assert code == "outcome_not_stored"
    assert stuck is TokenState.SENDING
    assert state(store, first) is TokenState.UNKNOWN


def test_outcome_is_not_written_into_another_store_that_has_begun_meanwhile(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    go_on = threading.Event()
    server.will_answer(PortalAnswer(wait_for=go_on))
    future = outbox.submit(answer(caught(store, key, Post(endpoint=server.endpoint))))
    server.next_request()
    store.begin_anew(NOW)
    other = caught(store, key, Post(number=2, endpoint=server.endpoint))
    reply_id = store.replies.create(answer(other), THIS_PROCESS, NOW)
    attempt_id = store.replies.begin_attempt(reply_id, THIS_PROCESS, NOW)
    go_on.set()

    code = failed(future)

    assert code == "outcome_not_stored"
    attempt = store.replies.attempt(attempt_id)
    assert attempt is not None
    assert attempt.row.outcome is None
    assert state(store, other) is TokenState.SENDING


def test_reply_in_the_queue_is_not_sent_from_another_store(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    go_on = threading.Event()
    server.will_answer(PortalAnswer(wait_for=go_on))
    ids = [caught(store, key, Post(number=n, endpoint=server.endpoint)) for n in (1, 2)]
    first, queued = (outbox.submit(answer(call_id)) for call_id in ids)
    server.next_request()
    store.begin_anew(NOW)
    for number in (3, 4):
        caught(store, key, Post(number=number, endpoint=server.endpoint))
    go_on.set()

    assert failed(first) == "outcome_not_stored"
    assert failed(queued) == "replaced"
    assert not server.was_asked()


def test_reply_in_the_queue_does_not_go_to_a_portal_no_longer_trusted(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    call_id = caught(store, key, Post(endpoint=server.endpoint))
    portal = store.portals.all()[0]
    outbox.pause()
    future = outbox.submit(answer(call_id))
    store.portals.distrust(portal.id)
    outbox.resume()

    code = failed(future)

    assert code == "not_trusted"
    assert not server.was_asked()
    assert state(store, call_id) is TokenState.WAITING


def test_closing_finishes_what_is_being_sent_and_leaves_the_rest_in_the_queue(
    store: Store, key: StoreKey, server: PortalServer
) -> None:
    client = PortalClient(lambda: NOW, read_seconds=WAIT)
    outbox = outbox_of(store, client, key)
    go_on = threading.Event()
    server.will_answer(PortalAnswer(wait_for=go_on))
    ids = [caught(store, key, Post(number=n, endpoint=server.endpoint)) for n in (1, 2)]
    begun, queued = (outbox.submit(answer(call_id)) for call_id in ids)
    server.next_request()
    queued.add_done_callback(lambda _: go_on.set())

    outbox.close()

    assert begun.result(WAIT).row.outcome is Outcome.ACCEPTED
    assert queued.cancelled()
    assert [state(store, call_id) for call_id in ids] == [TokenState.ACCEPTED, TokenState.SENDING]
    assert [one.call_id for one in store.queue.open()] == ids[1:]
    assert not server.was_asked()


def test_own_process_is_alive_and_one_that_has_ended_is_not() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait(WAIT)

    assert is_alive(THIS_PROCESS)
    assert not is_alive(f"{ended.pid}::x")
    assert not is_alive(f"{os.getpid()}::of a former process with this number")
    for nonsense in ("", "x", "-1:x", "99999999999999999999:x"):
        assert not is_alive(nonsense)


_TELL_AND_WAIT = (
    "import sys; from bxgui.services.processes import THIS_PROCESS as name; "
    "print(name, flush=True); sys.stdin.read()"
)


def test_other_process_is_alive_as_long_as_it_is_that_process() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _TELL_AND_WAIT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        owner = other.stdout.readline().decode().strip()
        during = is_alive(owner)
        number, started, _ = owner.split(":")
        reused = is_alive(f"{number}:{float(started) - 60}:x")
        other.stdin.close()
        other.wait(WAIT)

    assert during
    assert not reused
    assert not is_alive(owner)


def test_process_that_may_not_be_asked_is_taken_for_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(_number: int) -> psutil.Process:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "Process", deny)

    assert is_alive("4711:0:x")


def test_recovery_settles_what_a_dead_process_had_begun_though_its_number_is_in_use_again(
    outbox: Outbox, store: Store, key: StoreKey, server: PortalServer
) -> None:
    call_id = caught(store, key, Post(endpoint=server.endpoint))
    reply_id = store.replies.create(answer(call_id), f"{os.getpid()}:0:dead", NOW)
    store.replies.begin_attempt(reply_id, f"{os.getpid()}:0:dead", NOW)

    settled = outbox.recover()

    assert settled == 1
    assert state(store, call_id) is TokenState.UNKNOWN
