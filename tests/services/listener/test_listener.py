from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from listening import (
    WAIT,
    Listening,
    ask,
    command,
    complaint_of,
    connect,
    head,
    listening,
    status_of,
    without_keyring,
)
from posts import NAMES, NOW, Post, recorded, secrets_in

from bxgui.core.listing import Group, TokenQuery
from bxgui.core.phpform import LIMITS
from bxgui.services import key_sharing
from bxgui.services.intake import reopen
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, key_line, key_to_text, new_key


@pytest.fixture(scope="module")
def shared() -> Iterator[Listening]:
    """One listener for all tests that leave it running."""
    with tempfile.TemporaryDirectory() as folder, listening(Path(folder)) as running:
        yield running


def ids_in(data: Path) -> list[int]:
    with closing(Store.open(data)) as store:
        others = store.calls.ids(TokenQuery(group=Group.OTHERS), NOW)
        return sorted([*store.calls.ids(TokenQuery(), NOW), *others])


def calls_in(data: Path) -> int:
    return len(ids_in(data))


def files_in(data: Path) -> bytes:
    return b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())


def until_nobody_listens(url: str) -> None:
    """Return once new connections are refused; the operating system refuses them at once."""
    for _ in range(100_000):
        try:
            connect(url).close()
        except OSError:
            return
    raise AssertionError("it still takes connections")


def test_first_line_names_the_address_and_the_next_the_missing_keyring(tmp_path: Path) -> None:
    with listening(tmp_path, "--public-url", "https://hook.example.com/") as running:
        first = json.loads(running.lines[0])
        warning = running.next_event("no_keyring")

    path = first["local_url"].partition(f"127.0.0.1:{first['port']}")[2]
    assert first["event"] == "listening"
    assert first["url"] == f"https://hook.example.com{path}"
    assert first["pid"] == running.process.pid
    assert path.startswith("/h/")
    assert len(path) >= 3 + 24
    assert first["keyring"] == ""
    assert warning["reason"] == first["keyring_reason"] != ""


@pytest.mark.parametrize("name", NAMES)
def test_every_payload_is_answered_200_and_kept_byte_for_byte(
    shared: Listening, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body, query = recorded(name)
    # Two samples of the documentation share a token.
    body = body.replace(b"event_token=", b"event_token=%s." % name[:2].encode())
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(shared.data))

    status, answer = ask(shared.url, body, query=query)
    newest = ids_in(shared.data)[-1]
    shared.next_event("stored", id=newest, deliveries=1)

    with closing(Store.open(shared.data)) as store:
        sealed = store.calls.sealed(newest)
        key = key_sharing.borrow(store.id)
    assert sealed is not None
    arrival = reopen(sealed, key)
    assert (status, json.loads(answer)) == (200, {"result": "stored"})
    assert (arrival.body, arrival.query) == (body, query)
    secrets = secrets_in(body, query)
    written = files_in(shared.data) + b"".join(shared.lines)
    assert not [secret for secret in secrets if secret in written]


def test_second_delivery_of_a_token_is_announced_as_such(shared: Listening) -> None:
    body = Post(number=101).body

    assert [ask(shared.url, body)[0] for _ in range(2)] == [200, 200]

    newest = ids_in(shared.data)[-1]
    first = shared.next_event("stored", id=newest)
    second = shared.next_event("stored", id=newest)
    assert (first["deliveries"], second["deliveries"]) == (1, 2)
    assert first["kind"] == "token"
    assert first["state"] == "waiting"
    assert first["rule"] == "approve_invoice"
    assert first["document"] == "DEAL_42"
    assert first["portal"] == "portal.example.org"


def test_many_posts_at_once_are_all_stored(shared: Listening) -> None:
    before = calls_in(shared.data)
    bodies = [Post(number=200 + n).body for n in range(40)]

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda body: ask(shared.url, body)[0], bodies))

    assert statuses == [200] * 40
    assert calls_in(shared.data) == before + 40


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "", 200),
        ("HEAD", "", 200),
        ("GET", "/", 200),
        ("PUT", "", 405),
        ("DELETE", "", 405),
        ("GET", "x", 404),
        ("POST", "x", 404),
        ("POST", "/more", 404),
    ],
)
def test_only_posts_at_exactly_the_secret_path_are_calls(
    shared: Listening, method: str, path: str, status: int
) -> None:
    before = calls_in(shared.data)

    answered, text = ask(shared.url + path, b"", method=method)

    assert answered == status
    assert shared.url.rpartition("/")[2].encode() not in text
    assert calls_in(shared.data) == before


@pytest.mark.parametrize("path", ["/", "/h/", "/h", "/h/%00", "/favicon.ico", "//"])
def test_without_the_secret_path_nothing_is_told(shared: Listening, path: str) -> None:
    base = shared.url.rpartition("/h/")[0]

    assert ask(base + path, method="GET") == (404, b"Not found.\n")


def test_a_body_declared_too_long_is_refused_before_it_is_read(shared: Listening) -> None:
    before = calls_in(shared.data)
    with connect(shared.url) as connection:
        connection.sendall(head(shared.url, Content_Length=LIMITS.max_bytes + 1))
        status = status_of(connection)

    assert status == 413
    assert shared.next_event("rejected", status=413)["reason"]
    assert calls_in(shared.data) == before


def test_a_chunked_body_that_grows_too_long_is_refused(shared: Listening) -> None:
    before = calls_in(shared.data)
    with connect(shared.url) as connection:
        connection.sendall(head(shared.url, Transfer_Encoding="chunked"))
        size = LIMITS.max_bytes + 1
        connection.sendall(b"%x\r\n" % size)
        block = b"a" * 65536
        for _ in range(size // len(block)):
            connection.sendall(block)
        connection.sendall(b"a" * (size % len(block)))
        status = status_of(connection)

    assert status == 413
    assert calls_in(shared.data) == before


@pytest.mark.parametrize(
    ("media_type", "body", "status", "error"),
    [
        ("multipart/form-data; boundary=x", b"--x--", 415, "media_type"),
        ("text/xml", b"<a/>", 415, "media_type"),
        ("application/json", b"{", 400, "json"),
        ("application/json", b"[]", 400, "json"),
        ("application/x-www-form-urlencoded", b"a" + b"[b]" * 20 + b"=1", 400, "too_deep"),
        ("application/x-www-form-urlencoded", b"a=1&" * 20_001, 400, "too_many_pairs"),
    ],
)
def test_what_cannot_be_decoded_is_refused_with_its_reason(
    shared: Listening, media_type: str, body: bytes, status: int, error: str
) -> None:
    before = calls_in(shared.data)

    answered, text = ask(shared.url, body, headers={"Content-Type": media_type})

    assert answered == status
    assert json.loads(text)["error"] == error
    assert shared.next_event("rejected", status=status)["reason"]
    assert calls_in(shared.data) == before


def test_a_body_cut_short_is_not_a_call(shared: Listening) -> None:
    before = calls_in(shared.data)
    body = Post(number=301).body
    with connect(shared.url) as connection:
        connection.sendall(head(shared.url, Content_Length=len(body)) + body[:-10])

    assert shared.next_event("rejected", status=0)["reason"] == "the sender broke off"
    assert calls_in(shared.data) == before


def test_a_post_of_two_lengths_is_not_a_call(shared: Listening) -> None:
    before = calls_in(shared.data)
    with connect(shared.url) as connection:
        both = head(shared.url, Content_Length=5, Transfer_Encoding="chunked")
        connection.sendall(both + b"0\r\n\r\n")
        status = status_of(connection)

    assert status == 400
    assert calls_in(shared.data) == before


def test_senders_that_dawdle_hold_nobody_up(shared: Listening) -> None:
    dawdlers = [connect(shared.url) for _ in range(20)]
    try:
        for connection in dawdlers:
            connection.sendall(head(shared.url, Content_Length=1000) + b"a=")

        assert ask(shared.url, Post(number=302).body)[0] == 200
    finally:
        for connection in dawdlers:
            connection.close()


def test_listener_ends_with_its_input_and_has_the_same_path_at_the_next_start(
    tmp_path: Path,
) -> None:
    with listening(tmp_path) as running:
        first = running.url
        running.close_input()
        status = running.wait()
        last = json.loads(running.lines[-1])
        complaints = running.complaints
    with listening(tmp_path) as running:
        second = running.url

    assert status == 0
    assert last == {"event": "stopped"}
    assert complaints == ""
    assert first.partition("/h/")[2] == second.partition("/h/")[2] != ""


@pytest.mark.skipif(not hasattr(signal, "SIGTERM"), reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_listener_told_to_stop_finishes_what_is_in_flight(
    tmp_path: Path, number: signal.Signals
) -> None:
    body = Post(number=401).body
    with (
        listening(tmp_path, stdin=subprocess.DEVNULL) as running,
        connect(running.url) as connection,
    ):
        connection.sendall(head(running.url, Content_Length=len(body)) + body[:50])
        assert ask(running.url, Post(number=402).body)[0] == 200
        running.process.send_signal(number)
        until_nobody_listens(running.url)
        connection.sendall(body[50:])
        status = status_of(connection)
        ended = running.wait()

    assert status == 200
    assert ended == 0
    assert running.complaints == ""
    assert calls_in(tmp_path) == 2


@pytest.mark.skipif(os.name != "posix", reason="sockets of POSIX")
def test_survivor_of_two_listeners_lends_their_key(
    short_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_path))
    with listening(short_path) as first, listening(short_path) as second:
        ask(first.url, Post(1).body)
        first.stop()
        for number in (2, 3):
            # The second is told in a later round than the first, and in each it looks.
            ask(second.url, Post(number).body)
            second.next_event("status", calls_per_minute=number - 1)
        with closing(Store.open(short_path)) as store:
            lent = key_sharing.borrow(store.id)
            sealed = store.calls.sealed(ids_in(short_path)[0])

    assert sealed is not None
    assert reopen(sealed, lent).body == Post(1).body


def test_listener_told_to_stop_at_its_first_line_ends_well(tmp_path: Path) -> None:
    with listening(tmp_path, stdin=subprocess.DEVNULL) as running:
        running.process.terminate()
        status = running.wait()

    assert status == 0


def test_listener_with_a_null_device_as_input_goes_on(tmp_path: Path) -> None:
    with listening(tmp_path, stdin=subprocess.DEVNULL) as running:
        statuses = [ask(running.url, Post(number=n).body)[0] for n in range(3)]

    assert statuses == [200, 200, 200]


def test_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            command(tmp_path, "listen", "--json", "--port", str(port)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=WAIT,
            check=False,
            env=without_keyring(tmp_path),
        )

    assert ended.returncode == 1
    assert ended.stdout == b""
    assert complaint_of(ended.stderr) == (
        f"Port {port} is taken by another program, perhaps a second bxgui. "
        "Close it, or choose another port."
    )


def test_key_comes_over_the_pipe_and_is_seen_nowhere_else(tmp_path: Path) -> None:
    key = StoreKey(new_key("").secret, keeper="Secret Service")
    body = Post(number=501).body
    with listening(tmp_path, "--key-from-stdin", first_input=key_line(key)) as running:
        announced = json.loads(running.lines[0])
        status = ask(running.url, body)[0]
        call_id = running.next_event("stored")["id"]
        process = Path("/proc") / str(running.process.pid)
        visible = b"".join(
            (process / name).read_bytes() if process.exists() else b""
            for name in ("cmdline", "environ")
        )
        lines = b"".join(running.lines)

    with closing(Store.open(tmp_path)) as store:
        sealed = store.calls.sealed(call_id)
    assert sealed is not None
    text = key_to_text(key).encode()
    assert status == 200
    assert announced["keyring"] == "Secret Service"
    assert reopen(sealed, key).body == body
    assert text not in visible
    assert text not in lines
    assert text not in files_in(tmp_path)
    assert key.secret not in files_in(tmp_path)


@pytest.mark.parametrize("line", [b"", b"\n", b"{}\n", b'{"key": "AAAA"}\n', b"nonsense"])
def test_listener_that_gets_no_key_says_so(tmp_path: Path, line: bytes) -> None:
    ended = subprocess.run(
        command(tmp_path, "listen", "--json", "--port", "0", "--key-from-stdin"),
        input=line,
        capture_output=True,
        timeout=WAIT,
        check=False,
        env=without_keyring(tmp_path),
    )

    assert ended.returncode == 1
    assert complaint_of(ended.stderr) == "No key came on standard input."


def test_a_person_reads_sentences(tmp_path: Path) -> None:
    post = Post(number=601)
    with listening(tmp_path, options=("--port", "0")) as running:
        listening_line = running.next_line().decode()
        warning = running.next_line().decode()
        url = listening_line.removeprefix("listening: ").strip()
        ask(url, post.body)
        stored = running.next_line().decode()
        ask(url, post.body)
        again = running.next_line().decode()
        ask(url, b"", headers={"Content-Type": "text/css"})
        rejected = running.next_line().decode()
        running.close_input()
        assert running.wait() == 0

    assert url.startswith("http://127.0.0.1:")
    assert warning.startswith("secrets are kept in memory only")
    assert stored == "stored token 1: approve_invoice DEAL_42 from portal.example.org\n"
    assert again == (
        "stored token 1: approve_invoice DEAL_42 from portal.example.org, delivery 2\n"
    )
    assert rejected.startswith("rejected (415): ")
    assert running.lines[-1] == b"stopped\n"
    assert not [secret for secret in post.secrets if secret in b"".join(running.lines)]
