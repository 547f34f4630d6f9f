from __future__ import annotations

import http.client
import json
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import pytest
from certificates import EXPIRES_AT, HOST, der, files_in, issued, presented, put, trusting
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from listening import (
    WAIT,
    Listening,
    ask,
    command,
    complaint_of,
    connect,
    listening,
    without_keyring,
)
from posts import NOW, Post
from simulated import portal, scenario
from unusable_places import NO_FILES, posix

from bxgui.services import settings
from bxgui.services.listener import ListenProblem, TlsFiles
from bxgui.services.listener.announcements import Announcements
from bxgui.services.listener.announcer import Announcer
from bxgui.services.listener.tls import LiveCertificate, load
from bxgui.services.settings import Settings
from bxgui.services.vault import StoreKey
from bxgui.simulator.delivery import deliver


@pytest.fixture
def files(tmp_path: Path) -> TlsFiles:
    return files_in(tmp_path)


class Live:
    """A certificate in use, its clock, and what it has announced."""

    def __init__(self, files: TlsFiles, events: Path, output: BinaryIO) -> None:
        self.now = NOW
        self._events = events
        self._announcer = Announcer(output.fileno(), as_json=True)
        tell = Announcements(self._announcer)
        tell.listening("", "", HOST, 0, StoreKey(b"", keeper="a test"), "one")
        self.certificate = LiveCertificate(files, tell, lambda: self.now)

    def look(self, times: int = 2) -> None:
        for _ in range(times):
            self.certificate.look()

    def presented(self) -> bytes:
        return presented(self.certificate.context, trusting())

    def close(self) -> None:
        self._announcer.close()

    def events(self) -> list[dict[str, Any]]:
        """Everything announced behind the first line; the last thing to ask for."""
        self.close()
        return [json.loads(line) for line in self._events.read_bytes().splitlines()[1:]]


Go = Callable[[], Live]


@pytest.fixture
def go(files: TlsFiles, tmp_path: Path) -> Iterator[Go]:
    """Puts the certificate of the files to use."""
    with ExitStack() as ending:
        output = ending.enter_context((tmp_path / "events").open("wb"))
        yield lambda: ending.enter_context(closing(Live(files, tmp_path / "events", output)))


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize("name", [HOST, "hook.example.com", None])
def test_certificate_is_presented_over_every_modern_tls(
    files: TlsFiles, go: Go, newest: ssl.TLSVersion, name: str | None
) -> None:
    certificate, key = issued()
    put(files, certificate, key)
    client = trusting()
    client.maximum_version = newest
    client.check_hostname = name is not None

    assert presented(go().certificate.context, client, name) == der(certificate)


def test_old_tls_is_refused(files: TlsFiles) -> None:
    put(files, *issued())

    assert load(files).context.minimum_version is ssl.TLSVersion.TLSv1_2


def encrypted(key: bytes) -> bytes:
    return load_pem_private_key(key, None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"passphrase")
    )


GOOD, GOOD_KEY = issued()
FAULTS = [
    (
        None,
        GOOD_KEY,
        "The TLS file {certificate} cannot be read: No such file or directory.",
    ),
    (GOOD, None, "The TLS file {key} cannot be read: No such file or directory."),
    (b"\x30\x82", GOOD_KEY, "The TLS certificate {certificate} is not a PEM certificate."),
    (b"", GOOD_KEY, "The TLS certificate {certificate} is not a PEM certificate."),
    (GOOD_KEY, GOOD, "The TLS certificate {certificate} is not a PEM certificate."),
    (GOOD, b"key", "The TLS key {key} is not a PEM private key."),
    (GOOD, GOOD, "The TLS key {key} is not a PEM private key."),
    (GOOD, issued()[1], "The TLS key {key} does not fit the certificate {certificate}."),
    (GOOD, encrypted(GOOD_KEY), "The TLS key {key} needs a passphrase. Save it without one."),
]


def write(files: TlsFiles, certificate: bytes | None, key: bytes | None) -> None:
    for path, content in ((files.certificate, certificate), (files.key, key)):
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)


@pytest.mark.parametrize(("certificate", "key", "text"), FAULTS)
def test_fault_of_a_pair_is_said_in_one_line(
    files: TlsFiles, certificate: bytes | None, key: bytes | None, text: str
) -> None:
    write(files, certificate, key)

    with pytest.raises(ListenProblem) as caught:
        load(files)

    assert str(caught.value) == text.format(certificate=files.certificate, key=files.key)


@posix
@pytest.mark.parametrize("name", ["certificate", "key"])
@pytest.mark.parametrize("begin", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_not_waited_for(
    files: TlsFiles, go: Go, name: str, begin: Callable[[Path], None]
) -> None:
    put(files, GOOD, GOOD_KEY)
    live = go()
    path: Path = getattr(files, name)
    path.unlink()
    begin(path)

    live.look()

    assert live.presented() == der(GOOD)
    (event,) = live.events()
    assert event["reason"] == f"The TLS file {path} cannot be read: it is no regular file."


def test_pair_that_is_damaged_is_named(files: TlsFiles) -> None:
    write(files, GOOD[:60] + b"\n-----END CERTIFICATE-----\n", GOOD_KEY)

    with pytest.raises(ListenProblem, match=r"The TLS certificate .* cannot be used with its key"):
        load(files)


def test_certificate_and_key_may_share_a_file(files: TlsFiles) -> None:
    files.certificate.write_bytes(GOOD_KEY + GOOD)

    loaded = load(TlsFiles(files.certificate, files.certificate))

    assert presented(loaded.context, trusting()) == der(GOOD)
    assert loaded.expires_at == EXPIRES_AT


def test_replaced_pair_is_presented_once_its_files_have_come_to_rest(
    files: TlsFiles, go: Go
) -> None:
    put(files, GOOD, GOOD_KEY)
    live = go()
    live.look()
    put(files, *(renewed := issued(EXPIRES_AT - timedelta(days=1))))

    live.look(times=1)
    assert live.presented() == der(GOOD)
    live.look(times=1)

    assert live.presented() == der(renewed[0])
    live.look()
    assert live.events() == [{"event": "tls_reloaded", "expires_at": "2399-12-31T00:00:00+00:00"}]


@pytest.mark.parametrize(("certificate", "key", "text"), FAULTS)
def test_bad_replacement_is_told_once_and_changes_nothing(
    files: TlsFiles, go: Go, certificate: bytes | None, key: bytes | None, text: str
) -> None:
    put(files, GOOD, GOOD_KEY)
    live = go()

    write(files, certificate, key)
    live.look(times=5)

    assert live.presented() == der(GOOD)
    (event,) = live.events()
    assert event == {
        "event": "tls_problem",
        "reason": text.format(certificate=files.certificate, key=files.key),
    }


def test_good_pair_after_a_bad_one_is_taken(files: TlsFiles, go: Go) -> None:
    put(files, GOOD, GOOD_KEY)
    live = go()
    files.key.write_bytes(b"")
    live.look()
    put(files, *(renewed := issued()))

    live.look()

    assert live.presented() == der(renewed[0])
    assert [event["event"] for event in live.events()] == ["tls_problem", "tls_reloaded"]


def test_certificate_that_expires_in_use_is_told_once(files: TlsFiles, go: Go) -> None:
    put(files, GOOD, GOOD_KEY)
    live = go()
    live.look()
    live.now = EXPIRES_AT

    live.look()

    assert live.events() == [
        {
            "event": "tls_warning",
            "reason": "The TLS certificate expired on 2400-01-01: portals refuse it. Renew it.",
        }
    ]


def test_renewed_certificate_that_has_expired_too_is_told_again(files: TlsFiles, go: Go) -> None:
    put(files, *issued(NOW - timedelta(days=2)))
    live = go()
    live.look()
    put(files, *issued(NOW - timedelta(days=1)))

    live.look()

    assert [event["event"] for event in live.events()] == [
        "tls_warning",
        "tls_reloaded",
        "tls_warning",
    ]


def arguments(files: TlsFiles) -> list[str]:
    return ["--tls-certificate", str(files.certificate), "--tls-key", str(files.key)]


def certificate_of(running: Listening) -> bytes:
    """What the process presents to a new connection."""
    with (
        connect(running.url) as connection,
        trusting().wrap_socket(connection, server_hostname=HOST) as secure,
    ):
        return secure.getpeercert(binary_form=True) or b""


def test_listener_takes_calls_over_tls(tmp_path: Path, files: TlsFiles) -> None:
    put(files, GOOD, GOOD_KEY)
    with listening(tmp_path / "data", *arguments(files)) as running:
        status, _ = ask(running.url, Post().body, tls=trusting())
        running.next_event("stored")
        practice = deliver(portal().engine.start(scenario()), running.url)

    assert running.url.startswith("https://127.0.0.1:")
    assert json.loads(running.lines[0])["url"] == running.url
    assert (status, practice.status) == (200, 200)
    assert running.complaints == ""


def test_plain_http_to_the_tls_port_does_no_harm(tmp_path: Path, files: TlsFiles) -> None:
    put(files, GOOD, GOOD_KEY)
    with listening(tmp_path / "data", *arguments(files)) as running:
        with pytest.raises((http.client.HTTPException, OSError)):
            ask(running.url, Post().body)

        assert ask(running.url, Post(2).body, tls=trusting())[0] == 200

    assert running.complaints == ""
    assert not (tmp_path / "data" / "bxgui.log").exists()


def test_certificate_is_replaced_while_connections_live(tmp_path: Path, files: TlsFiles) -> None:
    put(files, GOOD, GOOD_KEY)
    renewed, renewed_key = issued()
    with listening(tmp_path / "data", *arguments(files)) as running:
        parts = urlsplit(running.url)
        with closing(
            http.client.HTTPSConnection(HOST, parts.port, timeout=WAIT, context=trusting())
        ) as lasting:
            lasting.request("GET", parts.path)
            lasting.getresponse().read()
            kept = lasting.sock
            put(files, renewed, renewed_key)
            reloaded = running.next_event("tls_reloaded")
            lasting.request("POST", parts.path, Post().body)
            answer = lasting.getresponse().status
            assert lasting.sock is kept
        after_renewal = certificate_of(running)
        put(files, b"broken", renewed_key)
        problem = running.next_event("tls_problem")
        after_the_broken_one = certificate_of(running)

    assert reloaded["expires_at"] == EXPIRES_AT.isoformat()
    assert answer == 200
    assert after_renewal == after_the_broken_one == der(renewed)
    assert problem["reason"] == (
        f"The TLS certificate {files.certificate} is not a PEM certificate."
    )


def failed_start(data: Path, *options: str) -> str:
    """What a listener complains of that does not start."""
    ended = subprocess.run(
        command(data, "listen", "--json", "--port", "0", *options),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=WAIT,
        check=False,
        env=without_keyring(data),
    )
    assert ended.returncode == 1
    assert ended.stdout == b""
    return complaint_of(ended.stderr)


def test_listener_does_not_start_with_a_bad_pair(tmp_path: Path, files: TlsFiles) -> None:
    put(files, GOOD, b"key")

    complaint = failed_start(tmp_path, *arguments(files))

    assert complaint == f"The TLS key {files.key} is not a PEM private key."


def test_listener_does_not_start_with_a_name_that_no_file_has(tmp_path: Path) -> None:
    settings.save(tmp_path, Settings(tls_certificate="a\0b", tls_key="a\0b"))

    assert "cannot be read: its name is none that a file can have." in failed_start(tmp_path)


def test_expired_certificate_is_a_warning(tmp_path: Path, files: TlsFiles) -> None:
    put(files, *issued(datetime(2020, 1, 1, tzinfo=UTC)))
    with listening(tmp_path / "data", *arguments(files)) as running:
        warning = running.next_event("tls_warning")

    assert warning["reason"] == (
        "The TLS certificate expired on 2020-01-01: portals refuse it. Renew it."
    )
