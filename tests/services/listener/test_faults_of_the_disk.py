"""The real listener on a small file system of its own, and what happens to its store there."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from listening import Listening, ask, command, listening, without_keyring
from posts import NOW, Post, secrets_in

from bxgui.core.listing import TokenQuery
from bxgui.services.intake import reopen
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, key_line

MEGABYTE = 1024 * 1024


def can_mount() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB in memory."""
    if not can_mount():
        pytest.skip("only root can mount a file system")
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(folder: Path) -> Path:
    """A file that leaves not a byte free."""
    path = folder / "ballast"
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    with suppress(OSError), path.open("ab", buffering=0) as file:
        while True:
            file.write(b"\0")
    return path


def numbers_in(data: Path, key: StoreKey) -> list[int]:
    """The numbers of the calls that are in a store, each as often as it is there."""
    with closing(Store.open(data)) as store:
        bodies = []
        for call_id in store.calls.ids(TokenQuery(), NOW):
            sealed = store.calls.sealed(call_id)
            assert sealed is not None
            bodies.append(reopen(sealed, key).body)
    return sorted(number for body in bodies for number in range(20) if post(number).body == body)


def post(number: int) -> Post:
    return Post(number, properties={"text": "x" * 20_000})


def send(running: Listening, number: int) -> int:
    return ask(running.url, post(number).body)[0]


@contextmanager
def listening_at(data: Path, key: StoreKey) -> Iterator[Listening]:
    with listening(data, "--key-from-stdin", first_input=key_line(key)) as running:
        yield running


def test_a_full_disk_costs_no_call_and_needs_no_restart(small_disk: Path, key: StoreKey) -> None:
    with listening_at(small_disk, key) as running:
        assert send(running, 1) == 200
        ballast = fill(small_disk)
        during = [send(running, number) for number in (2, 3, 4)]
        told = running.next_event("not_stored")
        secrets = secrets_in(*(post(number).body for number in (2, 3, 4)))
        written = b"".join(path.read_bytes() for path in small_disk.glob("emergency*"))
        ballast.unlink()
        recovered = running.next_event("recovered")
        after = send(running, 5)
        numbers = numbers_in(small_disk, key)

    assert during == [503, 503, 503]
    assert told["kept"]
    assert "disk is full" in told["reason"]
    assert recovered["calls"] == 3
    assert after == 200
    assert numbers == [1, 2, 3, 4, 5]
    assert written.strip(b"\0")
    assert not [secret for secret in secrets if secret in written]


def test_what_a_full_disk_left_is_taken_in_at_the_next_start(
    small_disk: Path, tmp_path: Path, key: StoreKey
) -> None:
    with listening_at(small_disk, key) as running:
        ballast = fill(small_disk)
        assert send(running, 1) == 503
        running.process.kill()
        running.wait()
    ballast.unlink()

    with listening_at(small_disk, key) as running:
        recovered = running.next_event("recovered")

    assert recovered["calls"] == 1
    with closing(Store.open(small_disk)) as store:
        assert len(store.calls.ids(TokenQuery(), NOW)) == 1
    assert list(small_disk.glob("emergency*")) == []


def test_a_store_locked_by_another_program_is_told_and_survived(
    tmp_path: Path, key: StoreKey
) -> None:
    data = tmp_path / "data"
    with listening_at(data, key) as running:
        assert send(running, 1) == 200
        with closing(sqlite3.connect(data / "store.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            during = [send(running, number) for number in (2, 3)]
            told = running.next_event("not_stored")
        running.next_event("recovered")
        after = send(running, 4)
        numbers = numbers_in(data, key)

    assert during == [503, 503]
    assert told["kept"]
    assert "locked" in told["reason"]
    assert after == 200
    assert numbers == [1, 2, 3, 4]


def test_a_store_deleted_under_the_listener_begins_afresh_at_the_same_path(
    tmp_path: Path, key: StoreKey
) -> None:
    data = tmp_path / "data"
    with listening_at(data, key) as running:
        assert send(running, 1) == 200
        for path in data.glob("store.sqlite3*"):
            path.unlink()
        statuses = [send(running, number) for number in (2, 3)]
        told = running.next_event("set_aside")
        numbers = numbers_in(data, key)
        first = running.url
    with listening_at(data, key) as running:
        second = running.url

    assert statuses == [200, 200]
    assert told["name"] == ""
    assert 2 in numbers
    assert 3 in numbers
    assert first.partition("/h/")[2] == second.partition("/h/")[2]


@pytest.mark.parametrize("damage", [b"", b"This is a letter to my aunt. " * 3000])
def test_a_store_damaged_under_the_listener_is_set_aside_and_the_next_one_begins_at_once(
    tmp_path: Path, damage: bytes, key: StoreKey
) -> None:
    data = tmp_path / "data"
    with listening_at(data, key) as running:
        assert send(running, 1) == 200
        with closing(sqlite3.connect(data / "store.sqlite3")) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with (data / "store.sqlite3").open("r+b") as file:
            file.write(damage)
            file.truncate()
        statuses = [send(running, number) for number in (2, 3)]
        told = running.next_event("set_aside")
        numbers = numbers_in(data, key)

    assert statuses == [200, 200]
    assert numbers[-2:] == [2, 3]
    assert (data / told["name"]).exists()


def test_a_store_that_is_damaged_at_the_start_is_set_aside(tmp_path: Path, key: StoreKey) -> None:
    data = tmp_path / "data"
    with listening_at(data, key) as running:
        first = running.url
    damaged = b"This is a letter to my aunt. " * 1000
    (data / "store.sqlite3").write_bytes(damaged)

    with listening_at(data, key) as running:
        told = running.next_event("set_aside")
        status = send(running, 1)
        second = running.url

    assert (data / told["name"]).read_bytes() == damaged
    assert status == 200
    assert first.partition("/h/")[2] == second.partition("/h/")[2]


def test_a_disk_that_is_full_at_the_start_is_waited_for(small_disk: Path, tmp_path: Path) -> None:
    ballast = fill(small_disk)
    with subprocess.Popen(
        command(small_disk, "listen", "--json", "--port", "0"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=without_keyring(tmp_path),
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            complaint = json.loads(process.stderr.readline())
            ballast.unlink()
            first = json.loads(process.stdout.readline())
        finally:
            process.kill()

    assert complaint["remark"].startswith("NOT LISTENING: The disk is full.")
    assert first["event"] == "listening"


def test_a_listener_that_starts_on_a_locked_store_serves_and_opens_it_later(
    tmp_path: Path, key: StoreKey
) -> None:
    data = tmp_path / "data"
    with listening_at(data, key) as running:
        assert send(running, 1) == 200
    with closing(sqlite3.connect(data / "store.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with listening_at(data, key) as running:
            told = running.next_event("cannot_store")
            during = send(running, 2)
            kept = running.next_event("not_stored")
            written = b"".join(path.read_bytes() for path in data.glob("emergency*"))
            other.execute("ROLLBACK")
            recovered = running.next_event("recovered")
            after = send(running, 3)
            numbers = numbers_in(data, key)

    assert "locked" in told["reason"]
    assert (during, after) == (503, 200)
    assert kept["kept"]
    assert not [secret for secret in secrets_in(post(2).body) if secret in written]
    assert recovered["calls"] == 1
    assert numbers == [1, 2, 3]


def test_a_listener_that_starts_on_a_full_disk_serves_and_opens_its_store_later(
    small_disk: Path, key: StoreKey
) -> None:
    with listening_at(small_disk, key) as running:
        assert send(running, 1) == 200
        first = running.url
    ballast = fill(small_disk)

    with listening_at(small_disk, key) as running:
        told = running.next_event("cannot_store")
        during = send(running, 2)
        ballast.unlink()
        running.next_event("recovered")
        after = send(running, 3)
        second = running.url
        numbers = numbers_in(small_disk, key)

    assert told["reason"].startswith("The disk is full.")
    assert (during, after) == (503, 200)
    assert {1, 3} <= set(numbers)
    assert first.partition("/h/")[2] == second.partition("/h/")[2]


@contextmanager
def read_only(place: Path) -> Iterator[Callable[[], None]]:
    """A file system that may only be read, until what is given is called."""

    def remount(how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(place)], check=True)

    remount("ro")
    try:
        yield lambda: remount("rw")
    finally:
        remount("rw")


def test_a_listener_that_starts_in_a_read_only_folder_serves_and_opens_its_store_later(
    small_disk: Path, tmp_path: Path, key: StoreKey
) -> None:
    with listening_at(small_disk, key) as running:
        assert send(running, 1) == 200

    with (
        read_only(small_disk) as make_writable,
        listening(
            small_disk,
            "--key-from-stdin",
            first_input=key_line(key),
            errors=tmp_path / "stderr.txt",
            environment=without_keyring(tmp_path),
        ) as running,
    ):
        during = send(running, 2)
        lost = running.next_event("not_stored")
        make_writable()
        running.next_event("recovered")
        after = send(running, 3)

    assert (during, after) == (503, 200)
    assert not lost["kept"]
    assert numbers_in(small_disk, key) == [1, 3]


@pytest.mark.parametrize("is_killed", [False, True])
def test_what_is_in_a_read_only_store_can_be_read(
    small_disk: Path, tmp_path: Path, key: StoreKey, is_killed: bool
) -> None:
    with listening_at(small_disk, key) as running:
        assert send(running, 1) == 200
        if is_killed:
            running.process.kill()
            running.wait()

    with read_only(small_disk):
        ended = [
            subprocess.run(
                command(small_disk, *arguments, "--json"),
                check=False,
                capture_output=True,
                env=without_keyring(tmp_path),
            )
            for arguments in (("tokens",), ("show", "1"), ("history",), ("portals",), ("address",))
        ]

    assert [(one.returncode, one.stderr) for one in ended] == [(0, b"")] * 5
    assert [row["id"] for row in json.loads(ended[0].stdout)] == [1]


def test_a_read_only_folder_without_a_store_is_waited_for(small_disk: Path, tmp_path: Path) -> None:
    with (
        read_only(small_disk) as make_writable,
        subprocess.Popen(
            command(small_disk / "data", "listen", "--json", "--port", "0"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=without_keyring(tmp_path),
        ) as process,
    ):
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            complaint = json.loads(process.stderr.readline())
            make_writable()
            first = json.loads(process.stdout.readline())
        finally:
            process.kill()

    assert complaint["remark"].startswith("NOT LISTENING: The store cannot be written:")
    assert first["event"] == "listening"


def test_another_file_moved_over_the_store_under_the_listener_costs_no_call_from_then_on(
    tmp_path: Path, key: StoreKey
) -> None:
    data = tmp_path / "data"
    store, copy = data / "store.sqlite3", data / "backup"
    with listening_at(data, key) as running:
        statuses = [send(running, 1)]
        with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        statuses += [send(running, number) for number in range(2, 6)]
        copy.replace(store)
        statuses += [send(running, number) for number in range(6, 10)]
        told = running.next_event("replaced")
        numbers = numbers_in(data, key)
    events = [json.loads(line)["event"] for line in running.lines]

    assert statuses == [200] * 9
    assert numbers == list(range(1, 10))
    assert (data / told["name"]).exists()
    assert not {"set_aside", "not_stored"} & set(events)


def test_another_file_moved_over_the_store_is_sound_for_whoever_opens_it_next(
    tmp_path: Path, key: StoreKey
) -> None:
    data = tmp_path / "data"
    store, copy = data / "store.sqlite3", data / "backup"
    with listening_at(data, key) as running:
        send(running, 1)
        with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        for number in range(2, 10):
            send(running, number)
        copy.replace(store)
        ended = subprocess.run(
            command(data, "tokens", "--json"),
            check=False,
            capture_output=True,
            env=without_keyring(data),
        )
        told = running.next_event("replaced")
        send(running, 10)

    assert ended.stderr == b""
    assert 1 in [row["id"] for row in json.loads(ended.stdout)]
    assert {1, 10} <= set(numbers_in(data, key))
    with closing(sqlite3.connect(data / told["name"])) as kept:
        assert kept.execute("SELECT count(*) FROM calls").fetchone() == (9,)
