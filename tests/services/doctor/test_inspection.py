from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from posts import NOW, Post

from bxgui.services.intake import prepare
from bxgui.services.store import Store, StoreProblem
from bxgui.services.store.inspection import Inspection
from bxgui.services.store.store import FILE_NAME
from bxgui.services.store.tables import SCHEMA_VERSION
from bxgui.services.vault import StoreKey


def filled(folder: Path, key: StoreKey, *calls: Post) -> Path:
    """A store that holds these calls and a secret path, closed again."""
    with closing(Store.open(folder)) as store:
        store.calls.record([prepare(call.arrival(), key) for call in calls])
        store.listener_paths.honoured(NOW)
    return folder / FILE_NAME


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.iterdir()}


def run_sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_a_look_tells_what_the_store_holds(tmp_path: Path, key: StoreKey) -> None:
    late = Post(3, timeout=60)
    path = filled(tmp_path / "data", key, Post(1), Post(2), late, Post(4, use_subscription="N"))

    facts = Inspection(path).facts(NOW + timedelta(seconds=61))

    with closing(Store.open(path.parent)) as store:
        assert facts.id == store.id
        assert facts.secrets == (store.listener_paths.honoured(NOW)[0].secret,)
    assert (facts.version, facts.calls, facts.waiting) == (SCHEMA_VERSION, 4, 2)
    assert facts.secrets[0] not in repr(facts)


def test_a_store_is_looked_at_wherever_it_lies(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path / "a?b#c%20d", key, Post(1))
    monkeypatch.chdir(tmp_path)

    assert Inspection(Path("a?b#c%20d") / FILE_NAME).newest_call() == 1


def test_a_look_changes_nothing(tmp_path: Path, key: StoreKey) -> None:
    path = filled(tmp_path / "data", key, Post(1))
    before = contents(path.parent)
    inspection = Inspection(path)

    inspection.version()
    inspection.facts(NOW)
    inspection.damage(60)
    inspection.call_with(b"x", 0)

    assert contents(path.parent) == before


def test_an_older_store_is_looked_at_and_not_brought_up_to_date(
    tmp_path: Path, key: StoreKey
) -> None:
    path = filled(tmp_path / "data", key, Post(1))
    run_sql(path, "UPDATE meta SET value = '1' WHERE name = 'schema_version'")
    run_sql(path, "ALTER TABLE calls DROP COLUMN status")

    assert Inspection(path).facts(NOW).version == 1
    assert [one.name for one in path.parent.iterdir()] == [FILE_NAME]


def test_what_another_program_has_just_stored_is_seen(store: Store, key: StoreKey) -> None:
    inspection = Inspection(store.database.path)
    assert inspection.newest_call() == 0

    (stored,) = store.calls.record([prepare(Post(1).arrival(), key)])

    assert inspection.newest_call() == stored.call_id
    assert inspection.call_with(b"approve_invoice", 0) == stored.call_id
    assert inspection.call_with(b"approve_invoice", stored.call_id) is None
    assert inspection.call_with(b"something else", 0) is None


def test_a_look_during_which_a_program_begins_to_write_is_taken_again(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "data", key)
    inspection = Inspection(path)
    first_look = inspection._work
    opened: list[Store] = []

    def work(mode: str, *rest: Any) -> Any:
        found: Any = first_look(mode, *rest)
        if not opened:
            opened.append(Store.open(path.parent))
            opened[0].calls.record([prepare(Post(1).arrival(), key)])
            raise StoreProblem("corrupt", "read while it was written")
        return found

    monkeypatch.setattr(inspection, "_work", work)

    assert inspection.newest_call() == 1
    opened[0].close()


def test_a_sound_store_has_no_damage(tmp_path: Path, key: StoreKey) -> None:
    assert Inspection(filled(tmp_path / "data", key, Post(1))).damage(60) == ""


def test_damage_is_found_where_it_does_not_show_at_once(tmp_path: Path, key: StoreKey) -> None:
    path = filled(tmp_path / "data", key, *(Post(n) for n in range(200)))
    whole = bytearray(path.read_bytes())
    # The last pages are those of the calls' own tree or index.
    whole[-8192:] = bytes([255]) * 8192
    path.write_bytes(whole)
    inspection = Inspection(path)
    assert inspection.version() == SCHEMA_VERSION

    try:
        found = inspection.damage(60)
    except StoreProblem as problem:
        found = problem.code

    assert found


def test_a_look_at_many_pages_ends_in_time(tmp_path: Path, key: StoreKey) -> None:
    path = filled(tmp_path / "data", key, *(Post(n) for n in range(300)))

    with pytest.raises(TimeoutError):
        Inspection(path).damage(-1)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"not a store " * 500, "corrupt"), (b"SQLite format 3\0" + b"\xff" * 5000, "corrupt")],
)
def test_a_file_that_is_no_store_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)

    with pytest.raises(StoreProblem) as caught:
        Inspection(path).version()

    assert caught.value.code == code


def test_an_empty_file_is_a_store_to_be(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.touch()

    assert Inspection(path).version() is None


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem) as caught:
        Inspection(tmp_path / FILE_NAME).version()

    assert caught.value.code == "cannot_open"
    assert list(tmp_path.iterdir()) == []


def test_a_store_without_its_tables_is_told(tmp_path: Path, key: StoreKey) -> None:
    path = filled(tmp_path / "data", key)
    run_sql(path, "DROP TABLE calls")

    with pytest.raises(StoreProblem) as caught:
        Inspection(path).facts(NOW)

    assert caught.value.code == "corrupt"


def test_a_copied_log_is_read_too(tmp_path: Path, key: StoreKey) -> None:
    """As after a listener that was killed."""
    with closing(Store.open(tmp_path / "data")) as store:
        store.calls.record([prepare(Post(1).arrival(), key)])
        shutil.copytree(tmp_path / "data", tmp_path / "copy")

    assert Inspection(tmp_path / "copy" / FILE_NAME).newest_call() == 1
