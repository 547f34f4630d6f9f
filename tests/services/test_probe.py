from __future__ import annotations

import hmac
import socket
import ssl
import threading
from collections.abc import Callable

import pytest
import trustme
from answering import asked_header, head_of, listener, stranger
from portal_server import raw_server, read_request, reset

from bxgui.services.probe import HEADER, Answer, Heard, answer_to, hear, probe

SECRET = "s3cret-path"


def digest(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), "sha256").hexdigest()


def tls(*names: str) -> tuple[trustme.CA, ssl.SSLContext]:
    """An authority, and TLS for a server under names that it certifies."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return authority, context


def test_our_listener_is_recognised() -> None:
    with raw_server(listener(SECRET)) as server:
        assert probe(server.endpoint, SECRET) is Answer.OURS
        assert probe(server.endpoint, SECRET, "one") is Answer.OURS


def test_a_listener_that_honours_an_older_path_too_is_ours() -> None:
    with raw_server(listener("newer", SECRET)) as server:
        assert probe(server.endpoint, SECRET) is Answer.OURS


def test_another_listener_of_the_same_store_is_told_apart() -> None:
    with raw_server(listener(SECRET, instance="two")) as server:
        assert hear(server.endpoint, SECRET, "one") == Heard(Answer.OTHER_LISTENER, 404)


@pytest.mark.parametrize(
    ("serve", "status"), [(listener("other"), 404), (stranger(200), 200), (stranger(502), 502)]
)
def test_what_proves_nothing_is_another_program(
    serve: Callable[[socket.socket], None], status: int
) -> None:
    with raw_server(serve) as server:
        assert hear(server.endpoint, SECRET) == Heard(Answer.OTHER_PROGRAM, status)


def test_a_program_that_repeats_what_it_heard_is_not_ours() -> None:
    def echo(connection: socket.socket) -> None:
        said = asked_header(read_request(connection).decode())
        connection.sendall(head_of(200, **{HEADER: said}))

    with raw_server(echo) as server:
        assert hear(server.endpoint, SECRET) == Heard(Answer.OTHER_PROGRAM, 200)


def test_the_secret_path_does_not_travel_and_no_two_probes_are_alike() -> None:
    heard: list[str] = []
    with raw_server(listener(heard=heard)) as server:
        probe(f"http://127.0.0.1:{server.port}/in/h/{SECRET}", SECRET)
        probe(f"http://127.0.0.1:{server.port}/in", SECRET)

    assert [text.partition("\r\n")[0] for text in heard] == ["GET /in/h/ HTTP/1.1"] * 2
    assert not [text for text in heard if SECRET in text]
    assert asked_header(heard[0]) != asked_header(heard[1])


@pytest.mark.parametrize(
    "header", ["", ".", "nonce", "nonce.", f"nonce.{'0' * 64}", f".{'é' * 64}", "a.b.c"]
)
def test_whoever_proves_nothing_is_answered_nothing(header: str) -> None:
    assert answer_to(header, [SECRET], "one") == ""


def test_a_proof_is_bound_to_its_number_and_is_no_answer() -> None:
    proof = digest(SECRET, "asknonce")

    assert answer_to(f"nonce.{proof}", [SECRET], "one") == f"one.{digest(SECRET, 'answernonceone')}"
    assert answer_to(f"other.{proof}", [SECRET], "one") == ""


def test_nobody_answers_at_a_port_that_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"

    assert hear(address, SECRET) == Heard(Answer.SILENT)


@pytest.mark.parametrize("address", ["", "http://[::1", "http://127.0.0.1:port", "http://.."])
def test_nobody_answers_at_what_is_no_address(address: str) -> None:
    assert hear(address, SECRET) == Heard(Answer.SILENT)


def test_a_program_that_says_nothing_is_not_waited_for() -> None:
    over = threading.Event()

    def wait(_: socket.socket) -> None:
        over.wait()

    with raw_server(wait) as server:
        heard = hear(server.endpoint, SECRET, seconds=0.2)
        over.set()

    assert heard == Heard(Answer.SILENT)


def test_a_program_that_drips_is_not_waited_for() -> None:
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 404 Not found\r\n")
        while not over.wait(0.05):
            connection.sendall(b"x: y\r\n")

    with raw_server(drip) as server:
        heard = hear(server.endpoint, SECRET, seconds=0.3)
        over.set()

    assert heard == Heard(Answer.SILENT)


def hang_up(_: socket.socket) -> None:
    pass


def greet(connection: socket.socket) -> None:
    connection.sendall(b"220 mail.example.org ESMTP\r\n")
    read_request(connection)


@pytest.mark.parametrize("serve", [hang_up, greet, reset])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_speaks_something_else_is_another_program(
    serve: Callable[[socket.socket], None], scheme: str
) -> None:
    with raw_server(serve) as server:
        assert hear(f"{scheme}://127.0.0.1:{server.port}", SECRET) == Heard(Answer.OTHER_PROGRAM)


def test_on_this_computer_any_certificate_will_do() -> None:
    _, context = tls("hook.example.com")
    with raw_server(listener(SECRET), context) as server:
        assert probe(f"https://127.0.0.1:{server.port}", SECRET) is Answer.OURS
        assert probe(f"https://localhost:{server.port}", SECRET) is Answer.OURS


def test_elsewhere_the_certificate_is_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    authority, context = tls("hook.example.com")
    trusted = tmp_path_factory.mktemp("trusted") / "ca.pem"
    authority.cert_pem.write_to_path(str(trusted))
    everywhere = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _host, *rest, **named: everywhere("127.0.0.1", *rest, **named)
    )
    with raw_server(listener(SECRET), context) as server:
        address = f"https://hook.example.com:{server.port}"
        before = hear(address, SECRET)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        other_name = hear(address.replace("hook", "other"), SECRET)
        after = hear(address, SECRET)

    assert before == other_name == Heard(Answer.OTHER_PROGRAM)
    assert after == Heard(Answer.OURS, 404)
