"""Stores that are damaged, deleted or replaced, at the start and while they are in use."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from posts import NOW, Post

from bxgui.core.listing import TokenQuery
from bxgui.core.redact import digest
from bxgui.services.intake import prepare
from bxgui.services.store import (
    Store,
    StoreProblem,
    beginning,
    database,
    files,
    former,
    readiness,
)
from bxgui.services.store.files import log_of
from bxgui.services.store.identity import FILE_NAME, Identity, keep_copy, kept_copy
from bxgui.services.store.schema_version import stored_version
from bxgui.services.store.tables import SCHEMA_VERSION
from bxgui.services.vault import StoreKey

ANOTHER_FILE = b"This is a letter to my aunt. " * 400


def store_file(folder: Path) -> Path:
    return folder / "store.sqlite3"


def record(store: Store, key: StoreKey, number: int) -> int:
    return store.calls.record([prepare(Post(number).arrival(), key)])[0].call_id


def tokens_in(store: Store) -> int:
    return len(store.calls.ids(TokenQuery(), NOW))


def left_behind_by_a_kill(folder: Path, copy: Path) -> int:
    """How many tokens the next start would find: a killed program leaves files, not memory."""
    shutil.copytree(folder, copy)
    with closing(Store.open(copy)) as found:
        return tokens_in(found)


def numbers_in(path: Path) -> set[int]:
    """Which of the first hundred calls a file holds, by itself."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        found = {one for (one,) in connection.execute("SELECT token_digest FROM calls")}
    return {number for number in range(100) if digest(Post(number).token) in found}


def copy_of(store: Store) -> Path:
    """An older copy, as a person makes a backup."""
    copy = store.database.path.with_name("backup")
    with (
        closing(sqlite3.connect(store.database.path)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    return copy


def replacements_of(store: Store) -> list[str]:
    """Grows with the name of each former file that was kept."""
    told: list[str] = []
    store.database.on_replaced = told.append
    return told


def in_a_thread(work: Callable[[], int]) -> int:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def overwrite(path: Path) -> None:
    path.write_bytes(ANOTHER_FILE)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(0)


def spoil_pages(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * (path.stat().st_size - 100))


def closed_with_a_call(folder: Path, key: StoreKey) -> Identity:
    with closing(Store.open(folder)) as store:
        store.listener_paths.honoured(NOW)
        record(store, key, 1)
        store.keep_identity()
    identity = kept_copy(folder)
    assert identity is not None
    return identity


@pytest.mark.parametrize("spoil", [overwrite, spoil_pages])
def test_a_damaged_store_is_set_aside_and_a_fresh_one_has_its_id_and_paths(
    tmp_path: Path, key: StoreKey, spoil: Callable[[Path], None]
) -> None:
    identity = closed_with_a_call(tmp_path, key)
    spoil(store_file(tmp_path))
    damaged = store_file(tmp_path).read_bytes()

    with closing(Store.open_or_begin_anew(tmp_path, NOW)) as store:
        paths = store.listener_paths.honoured(NOW)
        found = (store.id, tokens_in(store))
        record(store, key, 2)

    assert found == (identity.store_id, 0)
    assert [path.secret for path in paths] == [identity.paths[0][0]]
    assert store.set_aside.startswith("store.sqlite3.damaged-20260304-120000")
    assert (tmp_path / store.set_aside).read_bytes() == damaged


def test_a_damaged_store_whose_identity_is_lost_begins_with_a_new_one(tmp_path: Path) -> None:
    overwrite(store_file(tmp_path))

    with closing(Store.open_or_begin_anew(tmp_path, NOW)) as store:
        assert len(store.id) == 32

    assert (tmp_path / store.set_aside).read_bytes() == ANOTHER_FILE


def test_a_store_with_a_page_that_nothing_reads_at_the_start_is_set_aside(
    tmp_path: Path, key: StoreKey
) -> None:
    with closing(Store.open(tmp_path)) as store:
        for number in range(100):
            record(store, key, number)
    with store_file(tmp_path).open("r+b") as file:
        file.seek(-3 * 4096, os.SEEK_END)
        file.write(b"\xff" * 4096)

    with closing(Store.open_or_begin_anew(tmp_path, NOW)) as store:
        assert (bool(store.set_aside), tokens_in(store)) == (True, 0)


def test_a_sound_store_is_opened_as_it_is(tmp_path: Path, key: StoreKey) -> None:
    closed_with_a_call(tmp_path, key)

    with closing(Store.open_or_begin_anew(tmp_path, NOW)) as store:
        assert (tokens_in(store), store.set_aside) == (1, "")


def test_a_newer_store_is_never_set_aside(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    with closing(sqlite3.connect(store_file(tmp_path))) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
        connection.commit()

    with pytest.raises(StoreProblem) as caught:
        Store.open_or_begin_anew(tmp_path, NOW)

    assert caught.value.code == "newer"


def test_a_store_deleted_under_us_takes_nothing_more_and_says_so(
    store: Store, key: StoreKey
) -> None:
    store_file(store.database.path.parent).unlink()

    with pytest.raises(StoreProblem) as caught:
        record(store, key, 1)

    assert caught.value.code == "gone"
    assert not store.database.path.exists()


def test_a_store_deleted_during_a_commit_is_noticed_before_the_commit_counts(
    store: Store,
) -> None:
    def commit() -> None:
        with store.database.write() as connection:
            connection.exec_driver_sql("UPDATE meta SET value = value")
            store.database.path.unlink()

    with pytest.raises(StoreProblem) as caught:
        commit()

    assert caught.value.code == "gone"


def test_a_fresh_store_takes_the_place_of_a_deleted_one(store: Store, key: StoreKey) -> None:
    paths = store.listener_paths.honoured(NOW)
    store.keep_identity()
    before = store.id
    record(store, key, 1)
    store.database.path.unlink()

    store.begin_anew(NOW)
    record(store, key, 2)

    assert (store.id, store.listener_paths.honoured(NOW)) == (before, paths)
    assert tokens_in(store) == 1
    assert store.set_aside == ""


def test_a_store_that_was_moved_away_has_all_that_was_committed(
    store: Store, key: StoreKey
) -> None:
    record(store, key, 1)
    moved = store.database.path.with_name("moved.sqlite3")
    store.database.path.rename(moved)

    store.begin_anew(NOW)

    assert numbers_in(moved) == {1}
    assert tokens_in(store) == 0


def test_another_file_moved_over_the_store_is_used_without_the_former_log(
    store: Store, key: StoreKey
) -> None:
    told = replacements_of(store)
    record(store, key, 1)
    copy = copy_of(store)
    for number in range(2, 40):
        record(store, key, number)
    log = log_of(store.database.path).stat()

    copy.replace(store.database.path)
    store.database.reconnect()
    record(store, key, 40)

    (kept,) = told
    assert log.st_size
    assert numbers_in(store.database.path) == {1, 40}
    assert numbers_in(store.database.path.with_name(kept)) == set(range(1, 40))
    assert store.database.generation == 1


def test_each_program_is_told_where_the_former_file_is_kept(tmp_path: Path, key: StoreKey) -> None:
    with closing(Store.open(tmp_path)) as ours, closing(Store.open(tmp_path)) as theirs:
        told = [replacements_of(store) for store in (ours, theirs)]
        record(ours, key, 1)
        record(theirs, key, 2)
        copy_of(ours).replace(store_file(tmp_path))
        record(theirs, key, 3)
        record(ours, key, 4)

        ((kept,), also_kept) = told
        assert also_kept == [kept]
        assert numbers_in(tmp_path / kept) == {1, 2}
        assert numbers_in(store_file(tmp_path)) == {1, 2, 3, 4}


def move(path: Path, target: Path) -> None:
    """Move a store with all that SQLite keeps beside it."""
    for part, moved in zip(files.parts(path), files.parts(target), strict=True):
        if part.exists():
            part.replace(moved)


def test_a_file_replaced_together_with_its_log_is_kept_and_the_other_log_left_alone(
    store: Store, key: StoreKey
) -> None:
    told = replacements_of(store)
    store.keep_identity()
    away = store.database.path.with_name("away")
    record(store, key, 1)
    move(store.database.path, away)
    store.begin_anew(NOW)
    record(store, key, 2)
    move(away, store.database.path)

    record(store, key, 3)

    (kept,) = told
    assert numbers_in(store.database.path.with_name(kept)) == {2}
    assert numbers_in(store.database.path) == {1, 3}


def test_a_file_is_kept_though_an_earlier_one_of_the_same_number_is(
    store: Store, key: StoreKey
) -> None:
    told = replacements_of(store)
    number = store.database.path.stat().st_ino
    earlier = store.database.path.with_name(f"store.sqlite3.former-{number:x}")
    earlier.write_bytes(b"earlier")
    os.utime(earlier, (0, 0))
    record(store, key, 1)
    copy = copy_of(store)
    log_of(store.database.path).rename(earlier.with_name("log"))
    copy.replace(store.database.path)

    record(store, key, 2)

    assert told == [earlier.name]
    assert numbers_in(earlier) == {1}


def test_a_log_that_cannot_be_emptied_is_kept_out_of_the_way(
    store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    record(store, key, 1)
    copy = copy_of(store)
    record(store, key, 2)
    monkeypatch.setattr(former, "empty_log", fail)
    copy.replace(store.database.path)

    record(store, key, 3)

    assert numbers_in(store.database.path) == {1, 3}
    (log,) = store.database.path.parent.glob("store.sqlite3.former-*.log")
    assert log.stat().st_size


def test_a_file_too_great_to_be_copied_is_left_to_whoever_replaced_it(
    store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = replacements_of(store)
    monkeypatch.setattr(former, "_MOST_BYTES", 1)
    copy_of(store).replace(store.database.path)

    record(store, key, 1)

    assert told == [""]
    assert numbers_in(store.database.path) == {1}


def test_a_copy_of_an_earlier_file_with_the_same_number_is_not_overwritten(
    store: Store, key: StoreKey
) -> None:
    told = replacements_of(store)
    number = store.database.path.stat().st_ino
    earlier = store.database.path.with_name(f"store.sqlite3.former-{number:x}")
    earlier.write_bytes(b"earlier")
    record(store, key, 1)
    copy_of(store).replace(store.database.path)

    record(store, key, 2)

    assert told == [earlier.name]
    assert numbers_in(earlier) == {1}
    (kept,) = earlier.parent.glob(f"{earlier.name}-*")
    assert kept.read_bytes() == b"earlier"


def test_a_commit_that_lands_in_a_file_moved_over_meanwhile_does_not_count(
    store: Store, key: StoreKey
) -> None:
    record(store, key, 1)
    copy = copy_of(store)

    def commit() -> None:
        with store.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM bodies")
            copy.replace(store.database.path)
            # Another thread is the first to go over.
            assert in_a_thread(lambda: tokens_in(store)) == 1

    with pytest.raises(StoreProblem) as caught:
        commit()

    assert caught.value.code == "gone"
    assert tokens_in(store) == 1


def test_another_file_moved_over_the_store_is_known_to_be_damaged(
    store: Store, key: StoreKey
) -> None:
    for number in range(40):
        record(store, key, number)
    copy = copy_of(store)
    spoil_pages(copy)
    copy.replace(store.database.path)

    codes = []
    for _ in range(2):
        with pytest.raises(StoreProblem) as caught:
            tokens_in(store)
        codes.append(caught.value.code)

    assert codes == ["corrupt"] * 2
    store.begin_anew(NOW)
    assert (bool(store.set_aside), tokens_in(store)) == (True, 0)


def test_a_damaged_file_is_looked_through_once(
    store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        record(store, key, number)
    copy = copy_of(store)
    spoil_pages(copy)
    copy.replace(store.database.path)
    looks = []
    monkeypatch.setattr(readiness, "make_ready", lambda *_, **_also: looks.append(1))

    for _ in range(3):
        with pytest.raises(StoreProblem):
            store.database.follow()
    once = len(looks)
    store.database.reconnect()
    with pytest.raises(StoreProblem):
        store.database.follow()

    assert (once, len(looks)) == (1, 2)


BACK_TO_2 = """
DROP TABLE waived_findings; DROP TABLE authorizations; DROP TABLE logins; DROP TABLE exchanges;
DROP TABLE attempts; DROP TABLE batches;
CREATE TABLE attempts (id INTEGER PRIMARY KEY, reply_id INTEGER NOT NULL, call_id INTEGER NOT NULL);
ALTER TABLE portals DROP COLUMN date_format; ALTER TABLE portals DROP COLUMN paused_at;
ALTER TABLE portals DROP COLUMN name; ALTER TABLE portals DROP COLUMN source_order;
ALTER TABLE portals DROP COLUMN rate; ALTER TABLE portals DROP COLUMN burst;
ALTER TABLE portals DROP COLUMN bucket_level; ALTER TABLE portals DROP COLUMN bucket_at;
ALTER TABLE portals DROP COLUMN ca_file; ALTER TABLE portals DROP COLUMN plain_http_host;
ALTER TABLE portals DROP COLUMN server_endpoint;
ALTER TABLE replies DROP COLUMN suspicious_too; ALTER TABLE replies DROP COLUMN together;
ALTER TABLE replies DROP COLUMN most_tries; ALTER TABLE replies DROP COLUMN most_seconds;
ALTER TABLE replies DROP COLUMN next_try_at;
DROP INDEX calls_by_rule;
"""


def test_an_older_store_moved_over_ours_is_brought_up_to_date(store: Store, key: StoreKey) -> None:
    record(store, key, 1)
    copy = copy_of(store)
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript(BACK_TO_2)
        connection.execute("UPDATE meta SET value = '2' WHERE name = 'schema_version'")
        connection.commit()
    copy.replace(store.database.path)

    record(store, key, 2)

    assert tokens_in(store) == 2
    with store.database.read() as connection_:
        assert stored_version(connection_) == SCHEMA_VERSION


def test_what_counts_changes_is_not_the_first_to_open_another_file(
    store: Store, key: StoreKey
) -> None:
    with closing(store.database.change_mark()) as mark:
        copy = copy_of(store)
        for number in range(40):
            record(store, key, number)
        before = mark()
        copy.replace(store.database.path)

        after = mark()

    assert before != after
    assert numbers_in(store.database.path) == set()


def test_a_file_that_is_cut_short_is_noticed_before_anything_is_written_to_it(
    store: Store, key: StoreKey
) -> None:
    for number in range(100):
        record(store, key, number)
    with closing(sqlite3.connect(store.database.path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tokens_in(store)
    with store.database.path.open("r+b") as file:
        file.truncate(store.database.path.stat().st_size // 2)

    with pytest.raises(StoreProblem) as caught:
        record(store, key, 101)

    assert caught.value.code == "corrupt"


def test_a_file_that_somebody_has_made_smaller_and_sound_stays_in_use(
    store: Store, key: StoreKey
) -> None:
    for number in range(100):
        record(store, key, number)
    with closing(sqlite3.connect(store.database.path)) as other:
        other.execute("DELETE FROM bodies")
        other.execute("DELETE FROM calls")
        other.commit()
        other.execute("VACUUM")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    record(store, key, 101)

    assert tokens_in(store) == 1


@pytest.mark.parametrize("spoil", [spoil_pages, cut])
def test_a_store_damaged_under_us_is_known_as_such(
    store: Store, key: StoreKey, spoil: Callable[[Path], None]
) -> None:
    record(store, key, 1)
    with store.database.read() as connection:
        connection.exec_driver_sql("SELECT 1")
    with closing(sqlite3.connect(store.database.path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    spoil(store.database.path)
    store.database._connections.engine.dispose()

    with pytest.raises(StoreProblem) as caught:
        record(store, key, 2)

    assert caught.value.code == "corrupt"
    store.begin_anew(NOW)
    assert record(store, key, 3) == 1


def test_another_program_that_began_afresh_is_followed(tmp_path: Path, key: StoreKey) -> None:
    with closing(Store.open(tmp_path)) as ours, closing(Store.open(tmp_path)) as theirs:
        record(ours, key, 1)
        mark = ours.database.change_mark()
        before = mark()
        overwrite(store_file(tmp_path))

        theirs.begin_anew(NOW)
        record(theirs, key, 2)

        assert mark() != before
        mark.close()
        assert tokens_in(ours) == 1


def test_what_another_program_has_begun_afresh_is_not_set_aside(
    tmp_path: Path, key: StoreKey
) -> None:
    with closing(Store.open(tmp_path)) as ours, closing(Store.open(tmp_path)) as theirs:
        overwrite(store_file(tmp_path))
        theirs.begin_anew(NOW)
        record(theirs, key, 2)

        ours.begin_anew(NOW)

        assert (ours.set_aside, tokens_in(ours)) == ("", 1)


def test_a_store_that_was_taken_away_begins_again_with_its_id_and_paths(
    tmp_path: Path, key: StoreKey
) -> None:
    identity = closed_with_a_call(tmp_path, key)
    store_file(tmp_path).unlink()

    with closing(Store.open(tmp_path)) as store:
        paths = store.listener_paths.honoured(NOW)
        found = (store.id, tokens_in(store))

    assert found == (identity.store_id, 0)
    assert [path.secret for path in paths] == [identity.paths[0][0]]


class Meanwhile:
    """Does something while a damaged store is set aside, just before and just after that."""

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        before: Callable[[], object] = lambda: None,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        set_aside = beginning.set_aside

        def set_aside_meanwhile(path: Path, now: datetime) -> str:
            monkeypatch.setattr(beginning, "set_aside", set_aside)
            before()
            name = set_aside(path, now)
            after()
            return name

        monkeypatch.setattr(beginning, "set_aside", set_aside_meanwhile)


def test_what_another_thread_opens_while_the_file_is_set_aside_is_not_used_again(
    store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(store, key, 1)
    Meanwhile(monkeypatch, before=lambda: tokens_in(store))

    store.begin_anew(NOW)
    record(store, key, 2)

    with closing(sqlite3.connect(store.database.path)) as connection:
        assert connection.execute("SELECT count(*) FROM calls").fetchone() == (1,)


def test_another_program_never_finds_a_store_that_is_not_whole(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store.open(tmp_path)) as ours, closing(Store.open(tmp_path)) as theirs:
        codes = []

        def look() -> None:
            with pytest.raises(StoreProblem) as caught:
                tokens_in(theirs)
            codes.append(caught.value.code)

        Meanwhile(monkeypatch, after=look)
        ours.begin_anew(NOW)

        assert (codes, tokens_in(theirs)) == (["gone"], 0)


def test_two_programs_do_not_begin_afresh_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store.open(tmp_path)) as ours, closing(Store.open(tmp_path)) as theirs:
        monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)
        codes = []

        def begin_anew_too() -> None:
            with pytest.raises(StoreProblem) as caught:
                theirs.begin_anew(NOW)
            codes.append(caught.value.code)

        Meanwhile(monkeypatch, after=begin_anew_too)
        ours.begin_anew(NOW)
        theirs.begin_anew(NOW)

        assert codes == ["locked"]
        assert (bool(ours.set_aside), theirs.set_aside) == (True, "")


def test_a_store_that_another_program_begins_at_our_start_is_not_set_aside(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_with_a_call(tmp_path, key)
    overwrite(store_file(tmp_path))
    open_store = Store.open

    def open_while_another_begins(folder: Path, patience: float) -> Store:
        monkeypatch.undo()
        try:
            return open_store(folder, patience)
        finally:
            with closing(Store.open_or_begin_anew(folder, NOW)) as theirs:
                record(theirs, key, 2)

    monkeypatch.setattr(Store, "open", open_while_another_begins)

    with closing(Store.open_or_begin_anew(tmp_path, NOW)) as ours:
        assert (ours.set_aside, tokens_in(ours)) == ("", 1)


def test_a_full_disk_leaves_a_damaged_store_where_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, mode: int) -> None:
        raise OSError(errno.ENOSPC, "as the system words it")

    before = store.database.path.stat().st_ino
    monkeypatch.setattr(Path, "touch", refuse)

    with pytest.raises(StoreProblem) as caught:
        store.begin_anew(NOW)

    assert caught.value.code == "disk_full"
    assert store.database.path.stat().st_ino == before


def test_no_store_is_begun_where_a_disk_was_taken_away(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "device", lambda folder: 7)
    store.database.path.unlink()

    with pytest.raises(StoreProblem) as caught:
        store.begin_anew(NOW)

    assert caught.value.code == "cannot_open"
    assert not store.database.path.exists()


def test_a_write_ahead_log_deleted_under_us_costs_no_committed_call(
    store: Store, key: StoreKey, tmp_path: Path
) -> None:
    folder = store.database.path.parent
    record(store, key, 1)
    (folder / "store.sqlite3-wal").unlink()

    record(store, key, 2)

    assert left_behind_by_a_kill(folder, tmp_path / "left behind") == 2
    record(store, key, 3)
    assert tokens_in(store) == 3


def test_a_write_ahead_log_that_another_program_makes_anew_costs_no_committed_call(
    store: Store, key: StoreKey, tmp_path: Path
) -> None:
    folder = store.database.path.parent
    record(store, key, 1)
    (folder / "store.sqlite3-wal").unlink()
    with (
        closing(sqlite3.connect(store.database.path)) as other,
        pytest.raises(sqlite3.OperationalError),
    ):
        other.execute("SELECT count(*) FROM calls")
    assert (folder / "store.sqlite3-wal").exists()

    record(store, key, 2)

    assert left_behind_by_a_kill(folder, tmp_path / "left behind") == 2


def test_a_deleted_write_ahead_log_is_kept_in_memory_until_nobody_reads(
    store: Store, key: StoreKey, tmp_path: Path
) -> None:
    folder = store.database.path.parent
    store.database.patience = 0.01
    record(store, key, 1)
    with closing(sqlite3.connect(store.database.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM calls").fetchall()
        (folder / "store.sqlite3-wal").unlink()
        with pytest.raises(StoreProblem) as caught:
            record(store, key, 2)
        reader.execute("COMMIT")

    record(store, key, 3)

    assert caught.value.code == "locked"
    # Refused before it was written, not after.
    assert left_behind_by_a_kill(folder, tmp_path / "left behind") == 2


def test_a_folder_that_does_not_let_a_store_be_renamed_is_a_known_problem(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)

    with pytest.raises(StoreProblem) as caught:
        store.begin_anew(NOW)

    assert caught.value.code == "corrupt"
    assert "set aside" in str(caught.value)


def test_the_copy_of_the_identity_is_private_and_written_only_when_it_changes(
    tmp_path: Path,
) -> None:
    identity = Identity("abc", (("secret", 1, None), ("old", 0, 5)))
    keep_copy(tmp_path, identity)
    file = tmp_path / FILE_NAME
    before = file.stat().st_ino

    keep_copy(tmp_path, identity)

    assert kept_copy(tmp_path) == identity
    assert file.stat().st_ino == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "\0", "[" * 200_000, '{"store_id": "a", "paths": [[1]]}'),
        '{"store_id": "a", "paths": [["", 1, null]]}',
        '{"store_id": "a", "paths": [["secret", 1e400, null]]}',
        '{"store_id": "a", "paths": [["secret", 1, 9000000000000000000]]}',
        '{"store_id": "a", "paths": [["secret", -1, null]]}',
    ],
    ids=range(10),
)
def test_a_copy_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)

    assert kept_copy(tmp_path) is None
