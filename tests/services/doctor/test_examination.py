from __future__ import annotations

import logging
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import trustme
from answering import listener
from listening import listening
from portal_server import raw_server
from posts import NOW

from bxgui.core.checks import Check, Severity, Subject
from bxgui.services.doctor import Asked, examination, examine
from bxgui.services.paths import Paths
from bxgui.services.store import Store
from bxgui.services.store.store import FILE_NAME


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def look(folder: Path, **asked: Any) -> list[Check]:
    return list(examine(Paths(folder, folder, folder), Asked(**asked), lambda: NOW))


def of(checks: list[Check], subject: Subject) -> Check:
    """The worst check on a subject."""
    found = [check for check in checks if check.subject is subject]
    return max(found, key=lambda check: list(Severity).index(check.severity))


def contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def test_before_the_first_start_nothing_is_a_problem_and_nothing_is_made(
    tmp_path: Path, free_port: int
) -> None:
    checks = look(tmp_path / "none", port=free_port)

    subjects = list(dict.fromkeys(check.subject for check in checks))
    assert subjects == [
        Subject.SETTINGS, Subject.STORE, Subject.DISK, Subject.KEYRING, Subject.CERTIFICATE,
        Subject.PORT, Subject.ADDRESS,
    ]  # fmt: skip
    assert not [check for check in checks if check.severity is Severity.PROBLEM]
    assert list(tmp_path.iterdir()) == []


def test_a_running_listener_is_found_and_a_test_call_comes_back(tmp_path: Path) -> None:
    with listening(tmp_path) as running:
        port = int(running.url.split(":")[2].partition("/")[0])
        quiet = look(tmp_path, port=port)
        checks = look(tmp_path, port=port, public_url="", test_call=True)
        running.next_event("stored", kind="event")

    secret = running.url.rpartition("/")[2]
    assert Subject.TEST_CALL not in {check.subject for check in quiet}
    assert of(checks, Subject.PORT).severity is Severity.OK
    assert of(checks, Subject.TEST_CALL).severity is Severity.OK
    assert not [check for check in checks if secret in check.text + check.advice]


def test_a_listener_with_a_certificate_is_asked_over_tls(tmp_path: Path) -> None:
    issued = trustme.CA().issue_cert("hook.example.com")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    issued.cert_chain_pems[0].write_to_path(str(certificate))
    issued.private_key_pem.write_to_path(str(key))
    key.chmod(0o600)
    files = {"tls_certificate": str(certificate), "tls_key": str(key)}
    options = ("--tls-certificate", str(certificate), "--tls-key", str(key))

    with listening(tmp_path / "data", *options) as running:
        port = int(running.url.split(":")[2].partition("/")[0])
        checks = look(tmp_path / "data", port=port, test_call=True, **files)

    assert "hook.example.com" in of(checks, Subject.CERTIFICATE).text
    assert of(checks, Subject.PORT).text == f"Our listener answers at https://127.0.0.1:{port}."
    assert of(checks, Subject.TEST_CALL).severity is Severity.OK


def test_a_store_that_is_gone_was_used_before(tmp_path: Path, free_port: int) -> None:
    with closing(Store.open(tmp_path)) as store:
        store.listener_paths.honoured(NOW)
        store.keep_identity()
    (tmp_path / FILE_NAME).unlink()

    assert of(look(tmp_path, port=free_port), Subject.PORT).severity is Severity.PROBLEM


def test_a_test_call_takes_the_public_address_where_there_is_one(tmp_path: Path) -> None:
    with listening(tmp_path) as running:
        port = int(running.url.split(":")[2].partition("/")[0])
        address = f"http://127.0.0.1:{port}"
        (tmp_path / "settings.toml").write_text(
            f'[listener]\nport = 1\npublic_url = "{address}"\n', "utf-8"
        )
        checks = look(tmp_path, test_call=True)
        running.next_event("stored", kind="event")

    assert of(checks, Subject.PORT).severity is Severity.PROBLEM
    assert f"through {address} came back" in of(checks, Subject.TEST_CALL).text


def test_another_listener_in_the_place_of_ours_is_told_apart(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        secret = store.listener_paths.honoured(NOW)[0].secret
    with raw_server(listener(secret, instance="two")) as server:
        checks = look(tmp_path, port=server.port, instance="one")

    assert of(checks, Subject.PORT).severity is Severity.WARNING


@pytest.mark.parametrize(
    "line", ['public_url = "https://"', 'allowed_networks = ["office"]', "port = 99999"]
)
def test_what_stops_the_start_of_a_listener_is_a_problem(
    tmp_path: Path, free_port: int, line: str
) -> None:
    (tmp_path / "settings.toml").write_text(f"[listener]\n{line}\n", "utf-8")

    check = of(look(tmp_path, port=free_port), Subject.SETTINGS)

    assert check.severity is Severity.PROBLEM
    assert check.text.startswith(line.partition(" ")[0])


def test_settings_are_looked_at_as_the_listener_goes_by_them(
    tmp_path: Path, free_port: int
) -> None:
    (tmp_path / "settings.toml").write_text(
        f"[listener]\npublic_url = '127.0.0.1:{free_port}/h/s3cret'\n"
        "tls_certificate = 'hook.pem'\ntls_key = 'hook.key'\n",
        "utf-8",
    )

    checks = look(tmp_path, port=free_port)

    assert of(checks, Subject.SETTINGS).severity is Severity.OK
    assert str(tmp_path / "hook.pem") in of(checks, Subject.CERTIFICATE).text
    assert not [check for check in checks if "secret path" in check.text]


def test_settings_that_cannot_be_read_keep_nothing_back(tmp_path: Path, free_port: int) -> None:
    (tmp_path / "settings.toml").write_text("[listener", "utf-8")

    checks = look(tmp_path, port=free_port)

    assert of(checks, Subject.SETTINGS).severity is Severity.PROBLEM
    assert checks[-1].subject is Subject.ADDRESS


def test_a_damaged_store_keeps_nothing_back_and_stays_as_it_is(
    tmp_path: Path, free_port: int
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no store" * 1000)
    before = contents(tmp_path)

    checks = look(tmp_path, port=free_port, test_call=True)

    assert of(checks, Subject.STORE).severity is Severity.PROBLEM
    assert of(checks, Subject.PORT).severity is Severity.PROBLEM
    assert of(checks, Subject.TEST_CALL).severity is Severity.PROBLEM
    assert contents(tmp_path) == before


def test_a_listener_is_recognised_by_the_copy_beside_a_damaged_store(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        secret = store.listener_paths.honoured(NOW)[0].secret
        store.keep_identity()
    (tmp_path / FILE_NAME).write_bytes(b"no store" * 1000)

    with raw_server(listener(secret)) as server:
        checks = look(tmp_path, port=server.port)

    assert of(checks, Subject.PORT).text.startswith("Our listener answers")


def test_where_any_port_will_do_none_is_looked_at(tmp_path: Path) -> None:
    assert of(look(tmp_path, port=0), Subject.PORT).severity is Severity.NOTE


def test_a_newer_store_is_not_touched(tmp_path: Path, free_port: int) -> None:
    Store.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'")
    before = contents(tmp_path)

    checks = look(tmp_path, port=free_port)

    assert "newer bxgui" in of(checks, Subject.STORE).text
    assert contents(tmp_path) == before


@pytest.fixture
def never() -> Iterator[threading.Event]:
    """Comes only after the test."""
    event = threading.Event()
    yield event
    event.set()


def test_a_check_that_hangs_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, never: threading.Event
) -> None:
    monkeypatch.setattr(examination, "check_disk", lambda _: never.wait())
    monkeypatch.setattr(examination, "_LIMIT", 0.05)

    checks = look(tmp_path, port=0)

    assert of(checks, Subject.DISK).severity is Severity.PROBLEM
    assert of(checks, Subject.DISK).text == "This could not be looked at within 0.05 s."
    assert checks[-1].subject is Subject.ADDRESS


def test_a_bug_in_a_check_is_logged_and_keeps_the_others_going(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Path) -> Check:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(examination, "check_disk", fail)

    checks = look(tmp_path, port=0)

    assert "a bug in bxgui (ZeroDivisionError)" in of(checks, Subject.DISK).text
    assert checks[-1].subject is Subject.ADDRESS
    (record,) = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert "a bug in the check of the disk" in record.getMessage()
    assert "secret" not in record.getMessage()
    caplog.clear()
