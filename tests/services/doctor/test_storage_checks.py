from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from posts import NOW, Post
from unusable_places import NO_FILES, long_folder, posix

from bxgui.core.checks import Check, Severity
from bxgui.services.doctor import storage
from bxgui.services.doctor.storage import check_disk, check_files, check_store, size
from bxgui.services.intake import prepare
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.store import Store
from bxgui.services.store.inspection import Inspection
from bxgui.services.store.store import FILE_NAME
from bxgui.services.vault import StoreKey


class Usage(NamedTuple):
    """What a disk has."""

    total: int
    used: int
    free: int


@pytest.fixture
def folder(tmp_path: Path, key: StoreKey) -> Path:
    """A folder with a store of one call."""
    data = tmp_path / "data"
    with closing(Store.open(data)) as store:
        store.calls.record([prepare(Post(1).arrival(), key)])
    return data


def set_version(folder: Path, version: str) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", [version])


def told(checks: Sequence[Check]) -> list[tuple[Severity, str]]:
    return [(check.severity, check.text) for check in checks]


def worst(checks: Sequence[Check]) -> Check:
    return max(checks, key=lambda check: list(Severity).index(check.severity))


@posix
@pytest.mark.parametrize("begin", NO_FILES.values(), ids=NO_FILES)
def test_something_else_in_the_place_of_the_store_is_a_problem(
    tmp_path: Path, begin: Callable[[Path], None]
) -> None:
    begin(tmp_path / FILE_NAME)

    (check,), facts = check_store(tmp_path, NOW, 60)

    assert facts is None
    assert check.severity is Severity.PROBLEM
    assert "is no regular file" in check.text


@posix
def test_a_place_whose_path_is_too_long_for_a_store_is_a_problem(tmp_path: Path) -> None:
    (check,), _ = check_store(long_folder(tmp_path), NOW, 60)

    assert check.severity is Severity.PROBLEM
    assert "the longest that SQLite takes" in check.text


@posix
def test_the_disk_of_a_folder_whose_name_cannot_be_is_that_of_the_one_above(
    tmp_path: Path,
) -> None:
    assert check_disk(tmp_path / ("x" * 300)).severity is check_disk(tmp_path).severity


def test_a_sound_store_is_told_with_what_it_holds(folder: Path) -> None:
    checks, facts = check_store(folder, NOW, 60)

    assert [check.severity for check in checks] == [Severity.OK, Severity.OK]
    assert "calls: 1, waiting tokens: 1" in checks[0].text
    assert facts is not None


def test_no_store_yet_is_no_problem_and_none_is_made(tmp_path: Path) -> None:
    checks, facts = check_store(tmp_path / "none", NOW, 60)

    assert ([check.severity for check in checks], facts) == ([Severity.NOTE], None)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_counts_as_no_store_yet(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()

    checks, _ = check_store(tmp_path, NOW, 60)

    assert worst(checks).severity is Severity.NOTE


def test_a_store_that_is_gone_is_told_from_one_to_be(folder: Path) -> None:
    with closing(Store.open(folder)) as store:
        store.keep_identity()
    (folder / FILE_NAME).unlink()

    (check,), facts = check_store(folder, NOW, 60)

    assert (check.severity, facts) == (Severity.WARNING, None)
    assert "is gone" in check.text


def test_a_newer_store_is_a_problem(folder: Path) -> None:
    set_version(folder, "99")

    checks, facts = check_store(folder, NOW, 60)

    assert facts is None
    assert worst(checks).severity is Severity.PROBLEM
    assert "newer bxgui: it has version 99" in worst(checks).text


def test_an_older_store_is_told_as_such(folder: Path) -> None:
    set_version(folder, "1")

    checks, facts = check_store(folder, NOW, 60)

    assert facts is not None
    assert worst(checks).severity is Severity.NOTE
    assert "has version 1" in worst(checks).text


@pytest.mark.parametrize("content", [b"not a store " * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_store_is_a_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)

    checks, facts = check_store(tmp_path, NOW, 60)

    assert facts is None
    assert worst(checks).severity is Severity.PROBLEM


def test_hidden_damage_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inspection, "damage", lambda *_: "*** in database main ***\nPage 4: x")

    checks, _ = check_store(folder, NOW, 60)

    assert worst(checks).severity is Severity.PROBLEM
    assert worst(checks).text == "The store is damaged: *** in database main *** Page 4: x."


def test_a_store_too_large_to_be_checked_is_told(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        rows = ((f"name {number}", "x" * 100) for number in range(20_000))
        connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)

    checks, facts = check_store(folder, NOW, -1)

    assert facts is not None
    assert worst(checks).severity is Severity.NOTE
    assert "not all of its pages" in worst(checks).text


def test_a_data_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    checks, _ = check_store(tmp_path / "file", NOW, 60)

    assert "cannot be read: Not a directory" in worst(checks).text


@posix
def test_files_of_the_user_alone_are_right(folder: Path) -> None:
    assert [check.severity for check in check_files(folder)] == [Severity.OK]


@posix
def test_rights_of_others_are_told_with_the_file(folder: Path) -> None:
    folder.chmod(0o755)
    (folder / FILE_NAME).chmod(0o640)

    (check,) = check_files(folder)

    assert check.severity is Severity.WARNING
    assert f"{folder} (755), {folder / FILE_NAME} (640)" in check.text


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_a_store_that_cannot_be_written_is_a_problem(folder: Path) -> None:
    (folder / FILE_NAME).chmod(0o400)

    check = worst(check_files(folder))

    assert check.severity is Severity.PROBLEM
    assert f"may not write to {folder / FILE_NAME}" in check.text


def test_the_right_to_write_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: path != folder)

    assert f"may not write to {folder}," in worst(check_files(folder)).text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (f"{FILE_NAME}.damaged-20261124", "A damaged store was set aside as"),
        (f"{FILE_NAME}.v1.bak", "A copy of the store from before an update"),
    ],
)
def test_what_is_left_over_is_named_with_its_size(folder: Path, name: str, text: str) -> None:
    for suffix in ("", "-wal"):
        (folder / f"{name}{suffix}").write_bytes(b"x" * 1500)
        (folder / f"{name}{suffix}").chmod(0o600)

    check = check_files(folder)[-1]

    assert check.severity is Severity.NOTE
    assert f"{name}-wal" not in check.text
    assert check.text.startswith(text)
    assert f"{name} (1.5 KB)" in check.text
    assert check.advice


def test_calls_that_wait_in_an_emergency_file_are_counted(folder: Path, key: StoreKey) -> None:
    emergency = EmergencyFile(folder, "1:2:3", room=1000)
    assert {check.severity for check in check_files(folder)} <= {Severity.OK}

    emergency.write([prepare(Post(number).arrival(), key) for number in (1, 2)])

    check = check_files(folder)[-1]
    assert check.severity is Severity.WARNING
    assert check.text == f"Calls that could not be stored wait in {emergency.path.name}: 2."


def test_nothing_is_said_of_files_where_there_are_none(tmp_path: Path) -> None:
    assert check_files(tmp_path / "none") == []


def test_a_folder_that_cannot_be_looked_into_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(storage, "_rights", refuse)

    assert told(check_files(folder)) == [
        (Severity.PROBLEM, f"The folder {folder} cannot be looked into: Permission denied.")
    ]


@pytest.mark.parametrize(
    ("free", "severity", "shown"),
    [
        (2_000_000_000, Severity.OK, "2.0 GB"),
        (499_000_000, Severity.WARNING, "499.0 MB"),
        (49_000_000, Severity.PROBLEM, "49.0 MB"),
        (0, Severity.PROBLEM, "0 B"),
    ],
)
def test_a_disk_that_is_nearly_full_is_told(
    tmp_path: Path,
    free: int,
    severity: Severity,
    shown: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Path] = []

    def usage(path: Path) -> Usage:
        asked.append(path)
        return Usage(0, 0, free)

    monkeypatch.setattr(shutil, "disk_usage", usage)

    check = check_disk(tmp_path / "not" / "there")

    assert check.severity is severity
    assert check.text == f"{shown} are free on the disk of the store."
    assert asked == [tmp_path]


def test_sizes_are_short() -> None:
    assert [size(n) for n in (999, 1000, 1_234_567, 5_000_000_000)] == [
        "999 B", "1.0 KB", "1.2 MB", "5.0 GB",
    ]  # fmt: skip
