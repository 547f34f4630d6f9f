from __future__ import annotations

import gzip
import json
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
import trustme
from portal_server import (
    TRUE,
    PortalAnswer,
    PortalServer,
    portal,
    raw_server,
    read_request,
    refusal,
    reset,
)
from posts import NOW

from bxgui import __version__
from bxgui.core.json_values import Pairs, parse_object
from bxgui.core.outcome import Answer, Failure, Outcome, Verdict
from bxgui.core.reach import Reach
from bxgui.core.records import Exchange
from bxgui.core.rest_request import json_request
from bxgui.services import portal_client
from bxgui.services.portal_client import USER_AGENT, PortalClient

SEND = "bizproc.event.send"
TOKEN = "62c6c762f552c6.20116410|A1_2|uc8dWrdE03WKpm15UELhUOuZAzHx4LP4"
ACCESS = "72d5c662006d64d6008a39670000000400000013d2a43a6ada270691286d33cd6909d4"
DOCUMENT: Pairs = [("EVENT_TOKEN", TOKEN), ("RETURN_VALUES", {"Ж": "да"}), ("auth", ACCESS)]
BODY = json.dumps(dict(DOCUMENT), ensure_ascii=False).encode()
MASKED = BODY.replace(TOKEN.encode(), b"***").replace(ACCESS.encode(), b"***")


@pytest.fixture
def client() -> Iterator[PortalClient]:
    with closing(PortalClient(lambda: NOW, connect_seconds=5, read_seconds=5)) as made:
        yield made


@pytest.fixture
def hasty() -> Iterator[PortalClient]:
    """A client that gives up almost at once."""
    with closing(PortalClient(lambda: NOW, connect_seconds=0.2, read_seconds=0.2)) as made:
        yield made


@pytest.fixture
def server() -> Iterator[PortalServer]:
    with portal() as running:
        yield running


def send(client: PortalClient, endpoint: str) -> tuple[Exchange, Verdict]:
    return client.call(json_request(endpoint, SEND, DOCUMENT, USER_AGENT))


def failed(client: PortalClient, endpoint: str) -> tuple[str, Outcome]:
    exchange, verdict = send(client, endpoint)
    assert exchange.http_status == 0 or exchange.failure != ""
    assert verdict.code == exchange.failure
    shown = repr(exchange)
    assert TOKEN not in shown
    assert ACCESS not in shown
    return exchange.failure, verdict.outcome


def test_request_goes_out_exactly_as_meant(client: PortalClient, server: PortalServer) -> None:
    send(client, server.endpoint)

    received = server.next_request()
    assert (received.method, received.path) == ("POST", "/rest/bizproc.event.send")
    assert received.body == BODY
    assert sorted(received.headers) == [
        ("Accept", "application/json"),
        ("Accept-Encoding", "gzip"),
        ("Content-Length", str(len(BODY))),
        ("Content-Type", "application/json"),
        ("Host", f"127.0.0.1:{server.port}"),
        ("User-Agent", f"bxgui/{__version__}"),
    ]


def test_exchange_is_recorded_byte_for_byte_with_its_secrets_masked(
    client: PortalClient, server: PortalServer
) -> None:
    document = {**TRUE, "access_token": ACCESS, "text": "ж"}
    raw = json.dumps(document).encode()
    headers = {"Content-Type": "application/json", "X-One": "1", "Set-Cookie": "sid=private"}
    server.will_answer(PortalAnswer(200, raw, headers))

    exchange, verdict = send(client, server.endpoint)

    assert verdict.outcome is Outcome.ACCEPTED
    assert exchange.method == "POST"
    assert exchange.url == f"{server.endpoint}{SEND}"
    assert exchange.started_at == NOW
    assert exchange.request_body == MASKED
    assert dict(exchange.request_headers)["Content-Type"] == "application/json"
    assert dict(exchange.request_headers)["Content-Length"] == str(len(BODY))
    assert (exchange.http_status, exchange.reason) == (200, "OK")
    assert exchange.response_body == raw.replace(ACCESS.encode(), b"***")
    assert dict(exchange.response_headers)["X-One"] == "1"
    assert dict(exchange.response_headers)["Set-Cookie"] == "***"
    assert exchange.milliseconds >= 0
    assert (exchange.failure, exchange.failure_text) == ("", "")


@pytest.mark.parametrize(
    ("status", "media_type", "repeat"),
    [
        (200, "text/html", "<p>You sent {}</p>"),
        (500, "application/json", '["{}"]'),
        (400, "application/json", '{{"error": "X", "error_description": "bad {}"}}'),
        (200, "application/json", '{{"result": {{"{}": "cut off'),
    ],
)
def test_answer_that_repeats_what_was_sent_is_masked(
    client: PortalClient, server: PortalServer, status: int, media_type: str, repeat: str
) -> None:
    body = repeat.format(f"{TOKEN} {ACCESS}").encode()
    server.will_answer(PortalAnswer(status, body, {"Content-Type": media_type, "X": TOKEN}))

    exchange, verdict = send(client, server.endpoint)

    shown = repr((exchange, verdict))
    assert TOKEN not in shown
    assert ACCESS not in shown
    assert exchange.response_body == repeat.format("*** ***").encode()


@pytest.mark.parametrize(
    ("answer", "outcome", "key"),
    [
        (PortalAnswer(), Outcome.ACCEPTED, "accepted"),
        (refusal(403, "ACCESS_DENIED", "Access denied!"), Outcome.REFUSED, "token_not_recognised"),
        (refusal(400, "404", "gone"), Outcome.REFUSED, "workflow_gone"),
        (refusal(400, 423, "hung"), Outcome.RETRY_LATER, "workflow_busy"),
        (refusal(503, "QUERY_LIMIT_EXCEEDED"), Outcome.RETRY_LATER, "rate_limit"),
        (refusal(401, "expired_token"), Outcome.RETRY_LATER, "access_expired"),
        (PortalAnswer(502, b"<html>", {}), Outcome.UNKNOWN, "server_error"),
        (PortalAnswer(200, b"", {}), Outcome.UNKNOWN, "unreadable_answer"),
        (PortalAnswer(200, b"{}", {}), Outcome.UNKNOWN, "no_result"),
        (PortalAnswer(200, b'{"error": "WRONG_ENCODING"}', {}), Outcome.UNKNOWN, None),
    ],
)
def test_answers_are_classified(
    client: PortalClient,
    server: PortalServer,
    answer: PortalAnswer,
    outcome: Outcome,
    key: str | None,
) -> None:
    server.will_answer(answer)

    exchange, verdict = send(client, server.endpoint)

    assert verdict.outcome is outcome
    assert key is None or verdict.explanation.key == key
    assert exchange.http_status == answer.status
    assert exchange.response_body == answer.body


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(client: PortalClient, server: PortalServer, status: int) -> None:
    with portal() as elsewhere:
        location = f"{elsewhere.endpoint}{SEND}"
        server.will_answer(PortalAnswer(status, b"", {"Location": location}))

        _, verdict = send(client, server.endpoint)

        assert verdict.outcome is Outcome.REFUSED
        assert verdict.explanation.key == "moved"
        assert verdict.description == location
        assert not elsewhere.was_asked()


@pytest.mark.parametrize(
    "location", ["http://[bad", "", "::", "http://", "https://x:99999999/", "\\\\x", "//", "ж"]
)
def test_redirect_to_nonsense_is_a_redirect_all_the_same(
    client: PortalClient, server: PortalServer, location: str
) -> None:
    headers = {"Location": location.encode().decode("latin-1")}
    server.will_answer(PortalAnswer(302, b"moved", headers))

    exchange, verdict = send(client, server.endpoint)

    assert verdict.explanation.key == "moved"
    assert exchange.response_body == b"moved"


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://portal.example.org/rest/",
        "http://10.0.0.5/rest/",
        "http://127.0.0.1.example.org/rest/",
        "http://0.0.0.0:1/rest/",
    ],
)
def test_secrets_do_not_go_over_plain_http_to_another_computer(
    client: PortalClient, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", NoNames())

    assert failed(client, endpoint) == (Failure.PLAIN_HTTP.value, Outcome.REFUSED)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "/rest/",
        "portal.example.org/rest/",
        "ftp://portal.example.org/rest/",
        "https://",
        "https:///rest/",
        "https://user:password@127.0.0.1/rest/",
        "https://[::1/rest/",
        "https://portal.example.org:port/rest/",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_web_address_is_refused(
    client: PortalClient, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", NoNames())

    assert failed(client, endpoint) == (Failure.BAD_ADDRESS.value, Outcome.REFUSED)


class NoNames:
    """A resolver on a computer that is offline."""

    def __call__(self, *_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_unknown_host_proves_that_nothing_was_sent(
    client: PortalClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", NoNames())

    exchange, verdict = send(client, "https://no-such-portal.example.org/rest/")

    assert exchange.failure == Failure.DNS
    assert exchange.failure_text == "Name or service not known"
    assert verdict.outcome is Outcome.RETRY_LATER


def test_host_name_no_resolver_takes_is_an_address_that_cannot_be_used(
    client: PortalClient,
) -> None:
    assert failed(client, f"https://{'x' * 70}.example.org/rest/") == (
        Failure.BAD_ADDRESS.value,
        Outcome.REFUSED,
    )


def test_closed_port_proves_that_nothing_was_sent(client: PortalClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    exchange, verdict = send(client, f"http://127.0.0.1:{port}/rest/")

    assert exchange.failure == Failure.CONNECTION_REFUSED
    assert exchange.failure_text == "Connection refused"
    assert verdict.outcome is Outcome.RETRY_LATER


@pytest.mark.skipif(os.name != "posix", reason="a full backlog drops connections on POSIX")
def test_connection_nobody_takes_proves_that_nothing_was_sent(hasty: PortalClient) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(address)
            waiting.append(one)
        try:
            result = failed(hasty, f"http://127.0.0.1:{address[1]}/rest/")
        finally:
            for one in waiting:
                one.close()

    assert result == (Failure.CONNECT_TIMEOUT.value, Outcome.RETRY_LATER)


def test_answer_that_does_not_come_leaves_the_outcome_unknown(
    hasty: PortalClient, server: PortalServer
) -> None:
    go_on = threading.Event()
    server.will_answer(PortalAnswer(wait_for=go_on))
    try:
        result = failed(hasty, server.endpoint)
    finally:
        go_on.set()

    assert result == (Failure.READ_TIMEOUT.value, Outcome.UNKNOWN)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def reset_after_request(connection: socket.socket) -> None:
    read_request(connection)
    reset(connection)


def close_after_request(connection: socket.socket) -> None:
    read_request(connection)


def cut_the_answer_short(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(HEAD + b'Content-Length: 100\r\n\r\n{"result": tr')


def cut_the_chunks_short(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(HEAD + b'Transfer-Encoding: chunked\r\n\r\n10\r\n{"result": tr')


def answer_with_broken_gzip(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!")


def answer_with_noise(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(b"220 mail.example.org ESMTP\r\n")


@pytest.mark.parametrize(
    "serve",
    [
        reset_after_request,
        close_after_request,
        cut_the_answer_short,
        cut_the_chunks_short,
        answer_with_broken_gzip,
        answer_with_noise,
    ],
)
def test_connection_that_breaks_after_sending_leaves_the_outcome_unknown(
    client: PortalClient, serve: Callable[[socket.socket], None]
) -> None:
    with raw_server(serve) as server:
        assert failed(client, server.endpoint) == (
            Failure.CONNECTION_LOST.value,
            Outcome.UNKNOWN,
        )


def test_answer_that_stalls_half_way_leaves_the_outcome_unknown(hasty: PortalClient) -> None:
    go_on = threading.Event()

    def stall(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(HEAD + b'Content-Length: 100\r\n\r\n{"res')
        go_on.wait(20)

    with raw_server(stall) as server:
        try:
            exchange, verdict = send(hasty, server.endpoint)
        finally:
            go_on.set()

    assert exchange.failure == Failure.READ_TIMEOUT
    assert verdict.outcome is Outcome.UNKNOWN
    assert exchange.http_status == 200
    assert exchange.response_body in {b"", b'{"res'}


def test_answer_without_end_is_given_up(
    client: PortalClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal_client, "_LONGEST_ANSWER", 200_000)

    def flood(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(HEAD + b"\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with raw_server(flood) as server:
        exchange, verdict = send(client, server.endpoint)

    assert verdict.outcome is Outcome.UNKNOWN
    assert len(exchange.response_body) <= 200_000 + 65536


def test_answer_that_drips_without_end_is_given_up(
    client: PortalClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal_client, "_WHOLE_ANSWER_SECONDS", -1)

    def drip(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(HEAD + b"Content-Length: 2\r\n\r\n{}")

    with raw_server(drip) as server:
        assert failed(client, server.endpoint) == (Failure.READ_TIMEOUT.value, Outcome.UNKNOWN)


def test_compressed_answer_is_recorded_as_it_reads(
    client: PortalClient, server: PortalServer
) -> None:
    raw = json.dumps(TRUE).encode()
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    server.will_answer(PortalAnswer(200, gzip.compress(raw), headers))

    exchange, verdict = send(client, server.endpoint)

    assert verdict.outcome is Outcome.ACCEPTED
    assert exchange.response_body == raw


def test_small_answer_that_grows_without_end_is_given_up(
    client: PortalClient, server: PortalServer
) -> None:
    bomb = gzip.compress(b"x" * 50_000_000)
    server.will_answer(PortalAnswer(200, bomb, {"Content-Encoding": "gzip"}))

    exchange, verdict = send(client, server.endpoint)

    assert verdict.outcome is Outcome.UNKNOWN
    assert len(exchange.response_body) < 10_000_000


@pytest.fixture
def self_signed() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


def test_certificate_nobody_vouches_for_proves_that_nothing_was_sent(
    client: PortalClient, self_signed: ssl.SSLContext
) -> None:
    seen: list[bytes] = []
    with raw_server(lambda connection: seen.append(read_request(connection)), self_signed) as tls:
        endpoint = f"https://127.0.0.1:{tls.port}/rest/"
        result = failed(client, endpoint)

    assert result == (Failure.CERTIFICATE.value, Outcome.RETRY_LATER)
    assert [data for data in seen if data] == []


def test_certificate_of_a_trusted_authority_is_accepted(
    client: PortalClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    monkeypatch.setattr(
        requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(tmp_path / "ca.pem"), raising=True
    )

    def serve(connection: socket.socket) -> None:
        read_request(connection)
        raw = json.dumps(TRUE).encode()
        connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(raw) + raw)

    with raw_server(serve, context) as tls:
        _, verdict = send(client, f"https://127.0.0.1:{tls.port}/rest/")

    assert verdict.outcome is Outcome.ACCEPTED


def test_server_that_speaks_no_tls_proves_that_nothing_was_sent(client: PortalClient) -> None:
    def speak_plainly(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with raw_server(speak_plainly) as plain:
        result = failed(client, f"https://127.0.0.1:{plain.port}/rest/")

    assert result == (Failure.TLS.value, Outcome.RETRY_LATER)


def test_proxy_that_refuses_proves_that_nothing_was_sent(
    client: PortalClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def refuse(connection: socket.socket) -> None:
        asked.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

    with raw_server(refuse) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        result = failed(client, "https://portal.example.org/rest/")

    assert result == (Failure.PROXY.value, Outcome.RETRY_LATER)
    assert asked[0].startswith(b"CONNECT portal.example.org:443 ")
    assert TOKEN.encode() not in asked[0]


def test_no_proxy_stands_between_this_computer_and_itself(
    client: PortalClient, server: PortalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with raw_server(lambda _: None) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        _, verdict = send(client, server.endpoint)

        assert verdict.outcome is Outcome.ACCEPTED
        assert proxy.connections == 0


def test_no_password_of_a_netrc_goes_out(
    client: PortalClient,
    server: PortalServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password mine\n", "utf-8")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setattr(portal_client, "is_loopback", lambda _: True)
    session = portal_client._new_session(loopback=False)
    with session:
        request = session.prepare_request(requests.Request("POST", server.endpoint))
    send(client, server.endpoint)

    assert "Authorization" not in request.headers
    assert server.next_request().header("Authorization") == []


def test_second_request_uses_the_first_ones_connection(
    client: PortalClient, server: PortalServer
) -> None:
    for _ in range(3):
        send(client, server.endpoint)

    assert len({server.next_request().client for _ in range(3)}) == 1


def test_connection_that_the_portal_has_closed_meanwhile_is_made_anew(
    client: PortalClient, server: PortalServer
) -> None:
    outcomes = []
    for _ in range(3):
        outcomes.append(send(client, server.endpoint)[1].outcome)
        server.drop_idle_connections()

    assert outcomes == [Outcome.ACCEPTED] * 3


def test_cookies_of_a_portal_do_not_come_back_to_it(
    client: PortalClient, server: PortalServer
) -> None:
    server.will_answer(PortalAnswer(headers={"Set-Cookie": "qmb=0.; path=/"}))
    for _ in range(2):
        send(client, server.endpoint)
    server.next_request()

    assert server.next_request().header("Cookie") == []


def test_closed_client_has_no_connections_left(server: PortalServer) -> None:
    client = PortalClient(lambda: NOW)
    send(client, server.endpoint)

    client.close()

    assert client._sessions == {}


def test_value_is_sent_as_it_was_typed(client: PortalClient, server: PortalServer) -> None:
    body = '{"RETURN_VALUES": {"big": 123456789012345678901234567890, "ж": "\\u0000"}}'

    client.call(json_request(server.endpoint, SEND, parse_object(body), USER_AGENT))

    assert server.next_request().body == body.encode()


FORM_OF_SECRETS = b"grant_type=authorization_code&code=c0de+1&client_secret=the+secret"


def test_form_is_posted_and_recorded_without_its_secrets(
    client: PortalClient, server: PortalServer
) -> None:
    said = b'{"access_token": "granted", "echo": "c0de 1"}'
    server.will_answer(PortalAnswer(200, said))

    exchange, answer = client.post_form(
        f"{server.endpoint}token/", FORM_OF_SECRETS, (b"c0de 1", b"the secret")
    )

    received = server.next_request()
    assert received.body == FORM_OF_SECRETS
    assert received.header("Content-Type") == ["application/x-www-form-urlencoded"]
    assert exchange.request_body == b"grant_type=authorization_code&code=***&client_secret=***"
    assert exchange.response_body == b'{"access_token": "***", "echo": "***"}'
    assert answer == Answer(200, said)


def test_secret_of_an_address_is_in_no_record(client: PortalClient, server: PortalServer) -> None:
    location = f"https://new.example.org/rest/1/shortone/{SEND}"
    server.will_answer(PortalAnswer(302, b"<a>shortone</a>", {"Location": location}))

    request = json_request(f"{server.endpoint}1/shortone/", SEND, [], USER_AGENT)

    exchange, verdict = client.call(request, secrets=(b"shortone",))

    assert server.next_request().path == f"/rest/1/shortone/{SEND}"
    assert verdict.explanation.key == "moved"
    assert verdict.description == f"https://new.example.org/rest/1/***/{SEND}"
    assert "shortone" not in repr(exchange)


def test_plain_http_goes_where_it_is_allowed_by_name(
    client: PortalClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", NoNames())
    reach = Reach(plain_http_host="box.example.org")

    def failure(endpoint: str) -> str:
        request = json_request(endpoint, SEND, DOCUMENT, USER_AGENT)
        return client.call(request, reach=reach)[0].failure

    assert failure("http://box.example.org/rest/") == Failure.DNS.value
    assert failure("http://other.example.org/rest/") == Failure.PLAIN_HTTP.value


def test_ca_file_that_cannot_be_read_sends_nothing(
    client: PortalClient, server: PortalServer, tmp_path: Path
) -> None:
    request = json_request(server.endpoint, SEND, DOCUMENT, USER_AGENT)

    exchange, verdict = client.call(request, reach=Reach(ca_file=str(tmp_path / "gone.pem")))

    assert verdict.explanation.key == "certificate"
    assert exchange.failure_text == "the CA file cannot be read: No such file or directory"
    assert not server.was_asked()
