from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from answering import head_of, listener, stranger
from portal_server import raw_server

from bxgui.core.checks import Check, Severity
from bxgui.services.doctor.address import check_address, shown_base
from bxgui.services.probe import Answer

SECRET = "s3cret"
NOW = datetime.now(UTC)
PUBLIC = "203.0.114.7"
Serve = Callable[[socket.socket], None]


class Names:
    """Stands for the names of the internet: what they lead to is told, and reached here."""

    def __init__(self) -> None:
        self.known = {"hook.example.com": PUBLIC}
        self.look_up = socket.getaddrinfo

    def __call__(self, host: str, port: Any, *rest: Any, **named: Any) -> Any:
        if port is not None or host not in self.known:
            here = "127.0.0.1" if host in self.known else host
            return self.look_up(here, port, *rest, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (self.known[host], 0))]


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    made = Names()
    monkeypatch.setattr(socket, "getaddrinfo", made)
    return made


def look(public_url: str, secret: str = SECRET) -> tuple[list[Check], Answer | None]:
    return check_address(public_url, secret, "one", NOW)


def tls(monkeypatch: pytest.MonkeyPatch, folder: Path, days: int = 90) -> ssl.SSLContext:
    """TLS for hook.example.com of an authority that this computer knows."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made = authority.issue_cert("hook.example.com", not_after=NOW + timedelta(days=days))
    made.configure_cert(context)
    return context


def test_without_a_public_address_that_is_all_there_is_to_say() -> None:
    (check,), answer = look("")

    assert (check.severity, answer) == (Severity.NOTE, None)


def test_a_good_address_is_followed_to_our_listener(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    context = tls(monkeypatch, tmp_path)
    with raw_server(listener(SECRET), context) as server:
        checks, answer = look(f"https://hook.example.com:{server.port}/")

    assert answer is Answer.OURS
    assert [check.severity for check in checks] == [Severity.OK] * 4
    rules, name, certificate, listens = (check.text for check in checks)
    assert "rules" in rules
    assert name == f"The name hook.example.com leads to {PUBLIC}."
    assert certificate.startswith("The certificate for hook.example.com is valid until")
    assert listens == f"Through https://hook.example.com:{server.port} our listener answers."


def test_another_listener_of_the_store_will_do() -> None:
    with raw_server(listener(SECRET, instance="two")) as server:
        checks, answer = look(f"http://hook.example.com:{server.port}")

    assert answer is Answer.OTHER_LISTENER
    assert checks[-1].severity is Severity.OK


def test_a_certificate_about_to_end_is_warned_about(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    context = tls(monkeypatch, tmp_path, days=5)
    with raw_server(listener(SECRET), context) as server:
        checks, answer = look(f"https://hook.example.com:{server.port}")

    assert answer is Answer.OURS
    assert [check.severity for check in checks if "expire" in check.text] == [Severity.WARNING]


def test_a_certificate_nobody_knows_is_a_problem_and_nobody_is_probed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    context = tls(monkeypatch, tmp_path)
    monkeypatch.delenv("SSL_CERT_FILE")
    with raw_server(listener(SECRET), context) as server:
        checks, answer = look(f"https://hook.example.com:{server.port}")

    assert answer is None
    assert checks[-1].severity is Severity.PROBLEM
    assert checks[-1].text.startswith("The certificate of hook.example.com is not accepted: ")


def test_plain_http_where_https_should_be_is_a_problem() -> None:
    def refuse(connection: socket.socket) -> None:
        connection.sendall(head_of(400))

    with raw_server(refuse) as server:
        checks, answer = look(f"https://hook.example.com:{server.port}")

    assert answer is None
    assert checks[-1].text == "What answers at hook.example.com does not speak https."


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_tunnel_that_is_down_is_a_problem(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    checks, answer = look(f"{scheme}://hook.example.com:{port}")

    assert answer is Answer.SILENT
    assert checks[-1].severity is Severity.PROBLEM
    assert checks[-1].text == f"Nobody answers at {scheme}://hook.example.com:{port}."


@pytest.mark.parametrize(
    ("serve", "text"),
    [
        (stranger(502), "answers HTTP 502: it reaches no listener."),
        (stranger(301, location="https://hook.example.com/"), "leads elsewhere (HTTP 301)."),
        (stranger(404), "(HTTP 404) does not prove to be our listener."),
        (listener("another"), "(HTTP 404) does not prove to be our listener."),
    ],
)
def test_whoever_is_not_our_listener_is_a_problem(serve: Serve, text: str) -> None:
    with raw_server(serve) as server:
        checks, answer = look(f"http://hook.example.com:{server.port}")

    assert answer is Answer.OTHER_PROGRAM
    assert checks[-1].severity is Severity.PROBLEM
    assert checks[-1].text.endswith(text)


def test_a_name_that_is_not_known_is_a_problem(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(names, "look_up", unknown)

    checks, answer = look("https://nowhere.example.com")

    assert answer is None
    assert (
        checks[-1].text == "The name nowhere.example.com is not known on this computer's network."
    )


def test_a_name_of_the_local_network_is_warned_about(names: Names) -> None:
    names.known["hook.example.com"] = "192.168.1.5"
    with raw_server(listener(SECRET)) as server:
        checks, answer = look(f"http://hook.example.com:{server.port}")

    assert answer is Answer.OURS
    assert any(
        check.severity is Severity.WARNING and "leads to 192.168.1.5, which is no" in check.text
        for check in checks
    )


def test_an_ip_address_is_asked_as_it_is() -> None:
    with raw_server(listener(SECRET)) as server:
        checks, answer = look(f"http://127.0.0.1:{server.port}")

    assert answer is Answer.OURS
    assert checks[0].severity is Severity.PROBLEM
    assert "is local" in checks[0].text


def test_before_the_first_start_nobody_is_probed() -> None:
    with raw_server(stranger()) as server:
        checks, answer = look(f"http://hook.example.com:{server.port}", "")
        assert server.connections == 0

    assert answer is None
    assert checks[-1].severity is Severity.OK


@pytest.mark.parametrize(
    ("public_url", "text"),
    [
        ("hook.example.com", "begins neither with"),
        ("https://", "cannot be read"),
        ("https://hook.example.com/?x=1", "no path any more"),
        ("https://hook.example.com/#x", "never arrives"),
        ("https://user:word@hook.example.com", "user name"),
        ("https://hook.example.com/h/s3cret", "holds a secret path"),
        ("http://hook.example.com", "plain HTTP"),
        ("https://hook/", "has no dot"),
    ],
)
def test_what_is_wrong_with_an_address_has_a_sentence(
    public_url: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bxgui.services.doctor.address._SECONDS", 0.2)

    checks, _ = look(public_url)

    found = [check for check in checks if text in check.text]
    assert [bool(check.advice) for check in found] == [True]
    assert not [c for c in checks if "word" in c.text + c.advice or SECRET in c.text + c.advice]


def test_a_base_is_shown_without_what_is_private() -> None:
    assert shown_base("https://me:word@hook.example.com/in/") == "https://hook.example.com/in"
