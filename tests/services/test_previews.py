from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from portal_server import PortalServer, portal, raw_server, read_request
from posts import FORM, NOW, Post, recorded

from bxgui.core.copying import CopyAs
from bxgui.core.json_values import Pairs
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, Arrival, Reply
from bxgui.services.intake import prepare
from bxgui.services.replies import ReplyProblem
from bxgui.services.store import Store
from bxgui.services.vault import SecretsLocked, StoreKey
from bxgui.services.workspace import Workspace

WAIT = 20
VALUES: Pairs = [("Approved", "Y"), ("Счёт", ["ж", 123456789012345678901234567890])]


class Caught:
    """A workspace and the calls that have come to it."""

    def __init__(self, workspace: Workspace, key: StoreKey) -> None:
        self.workspace = workspace
        self._key = key

    def take(self, post: Post, *, trusted: bool = True) -> int:
        return self.take_arrival(post.arrival(), trusted=trusted)

    def take_arrival(self, arrival: Arrival, *, trusted: bool = False) -> int:
        (stored,) = self.workspace.store.calls.record([prepare(arrival, self._key)])
        if trusted:
            call = self.workspace.call(stored.call_id)
            assert call is not None
            self.workspace.trust_call(call)
        return stored.call_id


@pytest.fixture
def caught(tmp_path: Path, key: StoreKey) -> Iterator[Caught]:
    store = Store.open(tmp_path / "data")
    with closing(Workspace(store, lambda _: key, lambda: NOW)) as workspace:
        yield Caught(workspace, key)


@pytest.fixture
def server() -> Iterator[PortalServer]:
    with portal() as running:
        yield running


def answer(call_id: int, values: Pairs = VALUES, log: str = "готово") -> Reply:
    return Reply(call_id, EVENT_SEND, values, log)


def only_log(call_id: int) -> Reply:
    return Reply(call_id, ACTIVITY_LOG, [], "half way")


@pytest.mark.parametrize("reply", [answer(1), answer(1, [], ""), only_log(1)])
def test_preview_is_what_goes_over_the_wire_byte_for_byte(caught: Caught, reply: Reply) -> None:
    requests: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        requests.append(read_request(connection))
        body = b'{"result": true}'
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    with raw_server(serve) as running:
        caught.take(Post(endpoint=running.endpoint))
        seen = caught.workspace.preview(reply, revealed=True)
        attempt = caught.workspace.submit(reply).result(WAIT)

    assert seen.problem is None
    assert requests == [seen.raw]
    assert attempt.exchange.http_status == 200


def test_preview_hides_every_secret_until_it_is_revealed(caught: Caught) -> None:
    post = Post()
    reply = answer(caught.take(post), [("a", post.token)], f"{post.refresh_token}")

    masked = caught.workspace.preview(reply)
    revealed = caught.workspace.preview(reply, revealed=True)

    assert not any(secret in masked.raw for secret in post.secrets)
    assert post.token.encode() in revealed.raw
    assert post.token not in repr(revealed)
    assert masked.text.endswith(
        '\n\n{"EVENT_TOKEN": "***", "RETURN_VALUES": {"a": "***"}, "LOG_MESSAGE": "***", '
        '"auth": "***"}'
    )


def test_preview_as_text_has_lines(caught: Caught) -> None:
    text = caught.workspace.preview(answer(caught.take(Post()), [], "")).text

    assert text.split("\n")[:2] == [
        "POST /rest/bizproc.event.send HTTP/1.1",
        "Host: portal.example.org",
    ]
    assert "\r" not in text


def test_looking_sends_and_stores_nothing(caught: Caught, server: PortalServer) -> None:
    reply = answer(caught.take(Post(endpoint=server.endpoint)))

    caught.workspace.preview(reply, revealed=True)
    for kind in CopyAs:
        caught.workspace.snippet(reply, kind)

    assert not server.was_asked()
    assert caught.workspace.history() == []
    assert caught.workspace.store.replies.last_reply(reply.call_id) is None


def test_call_of_an_unknown_portal_is_previewed_with_what_is_missing(caught: Caught) -> None:
    reply = answer(caught.take(Post(), trusted=False))

    seen = caught.workspace.preview(reply)

    assert seen.problem is not None
    assert seen.problem.code == "not_trusted"
    assert "\nHost: portal.example.org\n" in seen.text


@pytest.mark.parametrize(
    ("post", "code", "host"),
    [
        (Post(2, endpoint="https://moved.example.org/rest/"), "other_address", "moved.example.org"),
        (Post(2, application_token="f" * 32), "other_application_token", "portal.example.org"),
    ],
)
def test_suspicious_call_is_previewed_with_what_is_wrong(
    caught: Caught, post: Post, code: str, host: str
) -> None:
    caught.take(Post())
    reply = answer(caught.take(post, trusted=False))

    seen = caught.workspace.preview(reply)
    copy = caught.workspace.snippet(reply, CopyAs.CURL)

    assert seen.problem is not None
    assert copy.problem is not None
    assert seen.problem.code == copy.problem.code == code
    assert f"\nHost: {host}\n" in seen.text
    assert f"'https://{host}/rest/bizproc.event.send'" in copy.text


def code_of(caught: Caught, reply: Reply, *, revealed: bool = False) -> str:
    with pytest.raises(ReplyProblem) as problem:
        caught.workspace.preview(reply, revealed=revealed)
    return problem.value.code


def test_secrets_are_not_revealed_beside_an_address_that_nobody_trusts(caught: Caught) -> None:
    unknown = answer(caught.take(Post(), trusted=False))
    assert code_of(caught, unknown, revealed=True) == "not_trusted"
    caught.take(Post(2))
    moved = Post(3, endpoint="https://moved.example.org/rest/")
    other = answer(caught.take(moved, trusted=False))
    assert code_of(caught, other, revealed=True) == "other_address"
    with pytest.raises(ReplyProblem, match="Trust the new address first"):
        caught.workspace.snippet(other, CopyAs.CURL, revealed=True)


def test_another_application_token_does_not_keep_secrets_from_their_own_portal(
    caught: Caught,
) -> None:
    caught.take(Post())
    post = Post(2, application_token="f" * 32)

    seen = caught.workspace.preview(answer(caught.take(post, trusted=False)), revealed=True)

    assert seen.problem is not None
    assert post.token.encode() in seen.raw


def test_reply_without_a_request_is_refused_as_sending_refuses_it(caught: Caught) -> None:
    call_id = caught.take(Post())
    body, query = recorded("40-event-onappinstall-2020")
    event = caught.take_arrival(Arrival(NOW, body, FORM, query))
    without_address = Post(3, endpoint="", member_id="a" * 32)
    without_token, _ = recorded("26-auth-without-user-tokens")

    assert code_of(caught, answer(999)) == "no_such_call"
    assert code_of(caught, answer(event)) == "not_a_token"
    assert code_of(caught, Reply(call_id, ACTIVITY_LOG, [], " ")) == "empty_log"
    assert code_of(caught, answer(call_id, [("a", "\ud800")])) == "bad_value"
    assert code_of(caught, answer(caught.take(without_address, trusted=False))) == "not_trusted"
    at = caught.take_arrival(Arrival(NOW, without_token, FORM))
    assert code_of(caught, answer(at)) == "no_access_token"


def test_secrets_that_are_locked_make_no_preview(caught: Caught, tmp_path: Path) -> None:
    call_id = caught.take(Post())

    def locked(_store_id: str) -> StoreKey:
        raise SecretsLocked

    other = Workspace(Store.open(tmp_path / "data"), locked, lambda: NOW)
    with closing(other), pytest.raises(ReplyProblem) as problem:
        other.preview(answer(call_id))

    assert problem.value.code == "secrets_locked"
