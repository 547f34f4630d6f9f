"""The emergency file: what is written is read again, whatever happened in between."""

from __future__ import annotations

import errno
import stat
from io import FileIO
from pathlib import Path

import pytest
from emergencies import leave
from posts import FORM, NAMES, NOW, Post, recorded, secrets_in

from bxgui.core.records import Arrival, Rejection
from bxgui.services.intake import prepare, prepare_rejection
from bxgui.services.listener import emergency as emergency_module
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.listener.emergency_lines import Line, read_calls, read_lines
from bxgui.services.processes import THIS_PROCESS
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import StoreKey

ROOM = 200_000


@pytest.fixture
def emergency(tmp_path: Path) -> EmergencyFile:
    return EmergencyFile(tmp_path, THIS_PROCESS, ROOM)


def call(key: StoreKey, number: int = 1) -> PreparedCall:
    return prepare(Post(number).arrival(), key)


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_call_is_read_as_it_was_written_and_shows_no_secret(
    emergency: EmergencyFile, key: StoreKey, name: str
) -> None:
    body, query = recorded(name)
    prepared = prepare(Arrival(NOW, body, FORM, query, (("content-type", FORM),)), key)

    emergency.write([prepared])

    assert read_calls(emergency.path) == [prepared]
    written = emergency.path.read_bytes()
    assert not [secret for secret in secrets_in(body, query) if secret in written]


def test_rejection_is_read_as_it_was_written(emergency: EmergencyFile, key: StoreKey) -> None:
    arrival = Arrival(NOW, b"\xff<a>", None)
    prepared = prepare_rejection(Rejection(arrival, 400, "json", "no JSON", at_handler=True), key)

    emergency.write([prepared])

    assert read_calls(emergency.path) == [prepared]


def test_calls_come_back_in_their_order(emergency: EmergencyFile, key: StoreKey) -> None:
    calls = [call(key, number) for number in range(5)]
    emergency.write(calls[:2])
    emergency.write(calls[2:])

    assert read_calls(emergency.path) == calls
    assert emergency.waiting


def test_room_is_kept_before_it_is_needed_and_after_it_was_used(
    emergency: EmergencyFile, key: StoreKey
) -> None:
    sizes = [emergency.path.stat().st_size]
    emergency.write([call(key)])
    sizes.append(emergency.path.stat().st_size)
    emergency.clear()
    sizes.append(emergency.path.stat().st_size)

    assert sizes == [ROOM] * 3
    assert not emergency.waiting
    assert emergency.path.read_bytes() == bytes(ROOM)


def test_room_that_an_ended_listener_has_not_used_is_taken_where_no_other_is_to_be_had(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "the disk is full")

    EmergencyFile(tmp_path, "1:0.5:used", ROOM).write([call(key)])
    EmergencyFile(tmp_path, "1:0.5:void", ROOM)
    monkeypatch.setattr(emergency_module, "_fill", refuse)

    emergency = EmergencyFile(tmp_path, THIS_PROCESS, ROOM)

    assert emergency.path.stat().st_size == ROOM
    assert len(list(tmp_path.iterdir())) == 2


def test_room_that_was_deleted_is_made_again(emergency: EmergencyFile) -> None:
    emergency.path.unlink()

    emergency.keep_room()

    assert emergency.path.read_bytes() == bytes(ROOM)


def test_what_does_not_fit_into_the_room_is_written_behind_it(
    tmp_path: Path, key: StoreKey
) -> None:
    small = EmergencyFile(tmp_path, THIS_PROCESS, 100)
    calls = [call(key, number) for number in range(20)]

    small.write(calls)

    assert read_calls(small.path) == calls
    small.clear()
    assert read_calls(small.path) == []


def test_shorter_calls_after_longer_ones_are_read_alone(
    emergency: EmergencyFile, key: StoreKey
) -> None:
    emergency.write([prepare(Post(properties={"text": "x" * 50_000}).arrival(), key)])
    emergency.clear()
    short = call(key)
    emergency.write([short])

    assert read_calls(emergency.path) == [short]


@pytest.mark.parametrize("cut", [2, 100, 1000])
def test_line_that_a_crash_cut_short_is_no_call_and_hides_none(
    emergency: EmergencyFile, key: StoreKey, cut: int
) -> None:
    whole = call(key, 1)
    emergency.write([whole, call(key, 2)])
    written = emergency.path.read_bytes().rstrip(b"\0")
    emergency.path.write_bytes(written[:-cut] + bytes(1000))

    assert read_calls(emergency.path) == [whole]


def test_calls_are_kept_as_far_as_there_is_room(
    emergency: EmergencyFile, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [call(key, number) for number in range(5)]
    write_whole = emergency_module._write_whole
    written: list[bytes] = []

    def write_until_the_disk_is_full(file: FileIO, data: bytes) -> None:
        if len(written) == 2:
            file.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "the disk is full")
        written.append(data)
        write_whole(file, data)

    with monkeypatch.context() as patch:
        patch.setattr(emergency_module, "_write_whole", write_until_the_disk_is_full)
        kept = emergency.write(calls)
    emergency.write(calls[4:])

    assert kept == 2
    assert read_calls(emergency.path) == [*calls[:2], calls[4]]


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 200_000,
        b"[]",
        b"{}",
        b"nonsense",
        b'{"kind": 1}',
        b'{"a": {"bytes": 5}}',
        b'{"a": {}}',
    ],
    ids=range(7),
)
def test_line_of_another_kind_is_no_call(tmp_path: Path, key: StoreKey, line: bytes) -> None:
    path = tmp_path / "emergency-1-2-3.jsonl"
    kept = call(key)
    leave(path, [kept])
    path.write_bytes(line + b"\n" + path.read_bytes())

    assert read_calls(path) == [kept]
    assert read_lines(path).lines[0] == Line(line + b"\n", None)


@pytest.mark.parametrize("before", [0, 1])
def test_deleted_file_is_made_anew(emergency: EmergencyFile, key: StoreKey, before: int) -> None:
    emergency.write([call(key, number) for number in range(before)])
    emergency.path.unlink()
    kept = call(key, 9)

    emergency.write([kept])

    assert read_calls(emergency.path) == [kept]
    assert stat.S_IMODE(emergency.path.stat().st_mode) == 0o600


def test_file_without_calls_is_taken_away_and_one_with_calls_stays(
    tmp_path: Path, key: StoreKey
) -> None:
    for number, calls in enumerate(([], [call(key)])):
        emergency = EmergencyFile(tmp_path, f"9:{number}:x", ROOM)
        if calls:
            emergency.write(calls)
        emergency.remove()

    assert [path.name for path in tmp_path.iterdir()] == ["emergency-9-1-x.jsonl"]


def test_folder_that_is_gone_is_no_obstacle_until_something_is_written(
    tmp_path: Path, key: StoreKey
) -> None:
    emergency = EmergencyFile(tmp_path / "nowhere", THIS_PROCESS, ROOM)

    kept = emergency.write([call(key)])

    assert kept == 0
    assert not emergency.waiting
    emergency.remove()


def test_file_is_for_this_user_only(emergency: EmergencyFile) -> None:
    assert stat.S_IMODE(emergency.path.stat().st_mode) == 0o600


def test_only_files_of_programs_that_have_ended_are_taken_over(
    tmp_path: Path, emergency: EmergencyFile
) -> None:
    dead = EmergencyFile(tmp_path, "1:0.5:abc", ROOM)
    (tmp_path / "emergency-what.jsonl").touch()
    (tmp_path / "emergency.txt").touch()

    first = list(emergency.take_over())
    again = list(emergency.take_over())

    assert len(first) == 2
    assert all(path.name.startswith(emergency.path.stem) for path in first)
    assert not dead.path.exists()
    assert sorted(first) == again


def test_file_that_one_listener_has_taken_over_is_no_other_ones(
    tmp_path: Path, emergency: EmergencyFile
) -> None:
    EmergencyFile(tmp_path, "1:0.5:abc", ROOM)
    other = EmergencyFile(tmp_path, THIS_PROCESS.rpartition(":")[0] + ":other", ROOM)

    first = list(emergency.take_over())

    assert len(first) == 1
    assert list(other.take_over()) == []
