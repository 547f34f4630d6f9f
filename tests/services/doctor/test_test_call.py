from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from answering import head_of, listener, stranger
from portal_server import raw_server, read_request, reset
from posts import FORM, NOW

from bxgui.core.checks import Severity
from bxgui.core.records import Arrival
from bxgui.services.doctor.calling import check_call
from bxgui.services.intake import prepare
from bxgui.services.probe import Answer
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey

SECRET = "s3cret"
Serve = Callable[[socket.socket], None]


def storing(store: Store, key: StoreKey, heard: list[str]) -> Serve:
    """Stores what is posted, as the listener does."""

    def serve(connection: socket.socket) -> None:
        head, _, body = read_request(connection).partition(b"\r\n\r\n")
        heard.append(head.decode())
        store.calls.record([prepare(Arrival(NOW, body, FORM), key)])
        connection.sendall(head_of(200))

    return serve


def test_a_call_that_is_stored_has_come_back(store: Store, key: StoreKey) -> None:
    heard: list[str] = []
    with raw_server(storing(store, key, heard)) as server:
        base = f"http://127.0.0.1:{server.port}/in"
        check = check_call(f"{base}/", SECRET, Answer.OURS, store.database.path.parent, 10)

    assert check.severity is Severity.OK
    assert check.text.startswith(f"The test call through {base} came back after ")
    assert check.text.endswith(" ms; it is call 1, among the other posts.")
    assert heard[0].startswith(f"POST /in/h/{SECRET} HTTP/1.1")
    assert SECRET not in check.text


@pytest.mark.parametrize("answer", [None, Answer.SILENT, Answer.OTHER_PROGRAM])
def test_nobody_but_our_listener_is_shown_the_secret_path(
    store: Store, answer: Answer | None
) -> None:
    with raw_server(stranger()) as server:
        base = f"http://127.0.0.1:{server.port}"
        check = check_call(base, SECRET, answer, store.database.path.parent, 10)
        assert server.connections == 0

    assert check.severity is Severity.PROBLEM
    assert (
        check.text == f"The test call was not sent: nobody at {base} has proved to be our listener."
    )


@pytest.mark.parametrize(
    ("serve", "text"),
    [
        (stranger(503), "The test call was answered with HTTP 503 (without a reason)."),
        (stranger(200), "The test call was answered with HTTP 200, and is not in the store"),
        (reset, "The test call broke off (ConnectionResetError)."),
        (listener(), "The test call was answered with HTTP 404"),
    ],
)
def test_a_call_that_does_not_come_back_is_a_problem(store: Store, serve: Serve, text: str) -> None:
    with raw_server(serve) as server:
        base = f"http://127.0.0.1:{server.port}"
        check = check_call(base, SECRET, Answer.OURS, store.database.path.parent, 0)

    assert check.severity is Severity.PROBLEM
    assert check.text.startswith(text)
    assert SECRET not in check.text + check.advice


def test_the_reason_of_a_refusal_is_told(store: Store) -> None:
    def refuse(connection: socket.socket) -> None:
        read_request(connection)
        body = b'{"error": "not_stored", "message": "The call was not stored."}'
        connection.sendall(head_of(503, content_length=str(len(body))) + body)

    with raw_server(refuse) as server:
        base = f"http://127.0.0.1:{server.port}"
        check = check_call(base, SECRET, Answer.OURS, store.database.path.parent, 0)

    assert check.text == "The test call was answered with HTTP 503 (The call was not stored)."


def test_a_computer_outside_the_allowed_networks_is_no_problem(store: Store) -> None:
    with raw_server(stranger(403)) as server:
        base = f"http://127.0.0.1:{server.port}"
        check = check_call(base, SECRET, Answer.OURS, store.database.path.parent, 0)

    assert check.severity is Severity.WARNING
    assert "was not let in" in check.text


def test_a_store_that_cannot_be_read_is_told(store: Store) -> None:
    folder = store.database.path.parent
    store.close()
    store.database.path.write_bytes(b"no store" * 1000)

    check = check_call("http://127.0.0.1:1", SECRET, Answer.OURS, folder, 0)

    assert check.severity is Severity.PROBLEM
    assert "not a bxgui store" in check.text
