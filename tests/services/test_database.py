from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from posts import NOW, Post
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import IntegrityError
from unusable_places import NO_FILES, long_folder, posix

from bxgui.core.records import EVENT_SEND, Reply
from bxgui.services.intake import prepare
from bxgui.services.store import Database, Store, StoreProblem, change_mark, schema_version
from bxgui.services.store.files import uri_of
from bxgui.services.store.readiness import Schema
from bxgui.services.store.store import FILE_NAME
from bxgui.services.store.tables import SCHEMA_VERSION
from bxgui.services.vault import StoreKey


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def store_file(folder: Path) -> Path:
    return folder / "store.sqlite3"


def made_store(folder: Path, version: int | None = None) -> Path:
    """The file of a closed store, said to be of another version."""
    Store.open(folder).close()
    path = store_file(folder)
    if version is not None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", [version])
            connection.commit()
    return path


def version_in(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
    return str(row[0])


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program in the middle of a long write."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


class FailingDisk:
    """Stands where SQLite reports what the disk did: each write fails with this error."""

    def __init__(self, name: str, message: str) -> None:
        self.error = sqlite3.OperationalError(message)
        self.error.sqlite_errorname = name

    def attach(self, opened: Database) -> None:
        event.listen(opened._connections.engine, "before_cursor_execute", self._fail)

    def _fail(self, *_: Any) -> None:
        raise self.error


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_is_made_is_for_this_user_only(tmp_path: Path, key: StoreKey) -> None:
    with closing(Store.open(tmp_path / "new" / "data")) as store:
        store.calls.record([prepare(Post().arrival(), key)])
        files = {path.name: mode_of(path) for path in (tmp_path / "new" / "data").iterdir()}

    assert mode_of(tmp_path / "new" / "data") == 0o700
    assert files == {
        "store.sqlite3": 0o600,
        "store.sqlite3-wal": 0o600,
        "store.sqlite3-shm": 0o600,
    }


def test_store_keeps_its_id_from_one_opening_to_the_next(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        first = store.id
    with closing(Store.open(tmp_path)) as store:
        second = store.id

    assert first == second
    assert len(first) == 32


def test_newer_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = made_store(tmp_path, SCHEMA_VERSION + 1)
    before = digest_of(path)

    with pytest.raises(StoreProblem) as caught:
        Store.open(tmp_path)

    assert caught.value.code == "newer"
    assert "newer bxgui" in str(caught.value)
    assert f"version {SCHEMA_VERSION + 1}" in str(caught.value)
    assert "--data-dir" in str(caught.value)
    assert digest_of(path) == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def add_colour(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE calls ADD COLUMN colour TEXT"))


def add_shape(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE calls ADD COLUMN shape TEXT"))


MIGRATIONS = {SCHEMA_VERSION: add_colour, SCHEMA_VERSION + 1: add_shape}


def test_older_store_is_brought_up_to_date_step_by_step_beside_a_backup(tmp_path: Path) -> None:
    path = made_store(tmp_path)

    with (
        closing(Database.open(path, Schema(SCHEMA_VERSION + 2, MIGRATIONS))) as opened,
        opened.read() as connection,
    ):
        connection.execute(text("SELECT colour, shape FROM calls")).all()

    backup = path.with_name(f"{path.name}.v{SCHEMA_VERSION}.bak")
    assert version_in(path) == str(SCHEMA_VERSION + 2)
    assert version_in(backup) == str(SCHEMA_VERSION)


VERSION_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE portals (id INTEGER PRIMARY KEY, "key" TEXT NOT NULL UNIQUE, member_id TEXT NOT NULL,
    endpoint TEXT NOT NULL, host TEXT NOT NULL, application_digest TEXT NOT NULL DEFAULT '',
    trusted_at BIGINT, first_seen BIGINT NOT NULL, last_seen BIGINT NOT NULL);
CREATE TABLE calls (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, rule_id INTEGER);
CREATE TABLE rules (id INTEGER PRIMARY KEY, portal_id INTEGER NOT NULL REFERENCES portals (id),
    code TEXT NOT NULL, registration TEXT, first_seen BIGINT NOT NULL, UNIQUE (portal_id, code));
CREATE TABLE replies (id INTEGER PRIMARY KEY, call_id INTEGER NOT NULL REFERENCES calls (id),
    method TEXT NOT NULL, owner TEXT NOT NULL, closed BOOLEAN NOT NULL DEFAULT 0);
CREATE TABLE attempts (id INTEGER PRIMARY KEY, reply_id INTEGER NOT NULL REFERENCES replies (id));
INSERT INTO meta VALUES ('schema_version', '1'), ('store_id', 'abc');
INSERT INTO portals VALUES (1, 'm', 'm', '', '', '', NULL, 0, 0);
INSERT INTO calls VALUES (1, 'token', NULL);
INSERT INTO replies VALUES (1, 1, 'bizproc.event.send', '', 1);
INSERT INTO attempts VALUES (1, 1);
INSERT INTO rules VALUES (1, 1, 'a', '{"Sum": {"TYPE": "int"}}', 0), (2, 1, 'b', NULL, 0);
"""


def test_store_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    path = store_file(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1)

    with closing(Database.open(path)) as opened, opened.read() as connection:
        portal = connection.execute(
            text("SELECT installed_at, gone_at, date_format, paused_at FROM portals")
        ).one()
        connection.execute(text("SELECT status FROM calls")).all()
        connection.execute(text("SELECT rule_id, code, name FROM waived_findings")).all()
        connection.execute(text("SELECT request_body, response_body FROM batches")).all()
        columns = "suspicious_too, together, most_tries, most_seconds, next_try_at"
        reply = connection.execute(text(f"SELECT {columns} FROM replies")).one()
        attempt = connection.execute(text("SELECT batch_id, command FROM attempts")).one()
        rules = connection.execute(text("SELECT registration FROM rules ORDER BY id")).all()

    assert version_in(path) == str(SCHEMA_VERSION)
    assert tuple(portal) == (None, None, None, None)
    assert tuple(reply) == (0, 0, 1, 0, None)
    assert tuple(attempt) == (None, "")
    assert [row.registration for row in rules] == [
        '{"RETURN_PROPERTIES":{"Sum":{"TYPE":"int"}}}',
        None,
    ]


BACK_TO_3 = """
ALTER TABLE portals DROP COLUMN bucket_level; ALTER TABLE portals DROP COLUMN bucket_at;
DROP INDEX calls_by_rule;
"""


def test_store_of_version_3_is_brought_up_to_date(tmp_path: Path) -> None:
    path = made_store(tmp_path, 3)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(BACK_TO_3)

    plan = "EXPLAIN QUERY PLAN SELECT id FROM calls WHERE rule_id = 1 AND kind = 'token'"
    with closing(Database.open(path)) as opened, opened.read() as connection:
        (step,) = connection.execute(text(plan)).all()
        assert connection.execute(text("SELECT bucket_level, bucket_at FROM portals")).all() == []

    assert "USING INDEX calls_by_rule" in step.detail
    assert version_in(path) == str(SCHEMA_VERSION)


@pytest.mark.parametrize("table", ["portals", "authorizations", "logins", "exchanges"])
def test_older_store_gets_the_columns_of_a_new_one(tmp_path: Path, table: str) -> None:
    older, new = tmp_path / "older", tmp_path / "new"
    older.mkdir()
    with closing(sqlite3.connect(store_file(older))) as connection:
        connection.executescript(VERSION_1)
    shape = 'name, pk, "notnull" OR pk'
    columns = f"SELECT {shape} FROM pragma_table_info('{table}') ORDER BY name"

    found = []
    for folder in (older, new):
        with closing(Store.open(folder)) as store, store.database.read() as connection:
            found.append(connection.execute(text(columns)).all())

    assert found[0] == found[1]
    assert found[0]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_backup_is_for_this_user_only(tmp_path: Path) -> None:
    path = made_store(tmp_path)

    Database.open(path, Schema(SCHEMA_VERSION + 2, MIGRATIONS)).close()

    assert mode_of(path.with_name(f"{path.name}.v{SCHEMA_VERSION}.bak")) == 0o600


def test_failed_migration_leaves_the_store_at_its_old_version(tmp_path: Path) -> None:
    path = made_store(tmp_path)

    def fail(connection: Connection) -> None:
        add_colour(connection)
        raise LookupError

    with pytest.raises(LookupError):
        Database.open(path, Schema(SCHEMA_VERSION + 1, {SCHEMA_VERSION: fail}))

    assert version_in(path) == str(SCHEMA_VERSION)
    with (
        closing(Database.open(path, Schema(SCHEMA_VERSION + 2, MIGRATIONS))) as opened,
        opened.read() as connection,
    ):
        connection.execute(text("SELECT colour, shape FROM calls")).all()


def test_backup_that_cannot_be_made_is_a_known_problem_and_nothing_is_migrated(
    tmp_path: Path,
) -> None:
    path = made_store(tmp_path)
    path.with_name(f"{path.name}.v{SCHEMA_VERSION}.bak.part").mkdir()

    with pytest.raises(StoreProblem) as caught:
        Database.open(path, Schema(SCHEMA_VERSION + 2, MIGRATIONS))

    assert caught.value.code == "no_backup"
    assert version_in(path) == str(SCHEMA_VERSION)


def test_store_that_another_program_has_just_migrated_is_not_migrated_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made_store(tmp_path)
    back_up = schema_version.back_up

    def back_up_while_another_migrates(path: Path, found: int) -> None:
        monkeypatch.setattr(schema_version, "back_up", back_up)
        Database.open(path, Schema(SCHEMA_VERSION + 2, MIGRATIONS)).close()

    monkeypatch.setattr(schema_version, "back_up", back_up_while_another_migrates)
    Database.open(path, Schema(SCHEMA_VERSION + 2, MIGRATIONS)).close()

    assert version_in(path) == str(SCHEMA_VERSION + 2)


def test_store_that_a_newer_program_has_just_migrated_keeps_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made_store(tmp_path)

    def back_up_while_a_newer_one_migrates(path: Path, found: int) -> None:
        monkeypatch.undo()
        Database.open(path, Schema(SCHEMA_VERSION + 2, MIGRATIONS)).close()

    monkeypatch.setattr(schema_version, "back_up", back_up_while_a_newer_one_migrates)
    with pytest.raises(StoreProblem) as caught:
        Database.open(path, Schema(SCHEMA_VERSION + 1, MIGRATIONS))

    assert caught.value.code == "newer"
    assert version_in(path) == str(SCHEMA_VERSION + 2)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"This is a letter to my aunt. " * 100),
        lambda path: path.write_bytes(path.read_bytes()[:1000]),
        lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8000),
    ],
    ids=["another file", "cut short", "overwritten"],
)
def test_file_that_is_no_store_is_refused_and_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    path = made_store(tmp_path)
    spoil(path)
    before = digest_of(path)

    with pytest.raises(StoreProblem) as caught:
        Store.open(tmp_path)

    assert caught.value.code == "corrupt"
    assert "Move it away" in str(caught.value)
    assert digest_of(path) == before


def test_store_without_a_version_is_no_store(tmp_path: Path) -> None:
    path = made_store(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM meta")
        connection.commit()

    with pytest.raises(StoreProblem) as caught:
        Store.open(tmp_path)

    assert caught.value.code == "corrupt"


def test_folder_that_does_not_exist_is_a_known_problem(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem) as caught:
        Database.open(tmp_path / "nowhere" / "store.sqlite3")

    assert caught.value.code == "cannot_open"


@posix
@pytest.mark.parametrize("begin", NO_FILES.values(), ids=NO_FILES)
def test_something_else_in_the_place_of_the_file_is_a_known_problem(
    tmp_path: Path, begin: Callable[[Path], None]
) -> None:
    begin(tmp_path / FILE_NAME)

    with pytest.raises(StoreProblem) as caught:
        Store.open(tmp_path)

    assert caught.value.code == "no_place"
    assert str(caught.value) == (
        f"{tmp_path / FILE_NAME} is no regular file, so no store can be there. Move it away, or "
        "choose another folder with --data-dir."
    )


@posix
def test_path_longer_than_sqlite_takes_is_a_known_problem(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem) as caught:
        Store.open(long_folder(tmp_path))

    assert caught.value.code == "no_place"
    assert "has a path of" in str(caught.value)
    assert "the longest that SQLite takes has 504" in str(caught.value)


@posix
def test_longest_path_that_sqlite_takes_is_that_of_a_store(tmp_path: Path) -> None:
    folder = long_folder(tmp_path, 504 - 80 - len(FILE_NAME))
    rest = 504 - len(os.fsencode(folder / "x" / FILE_NAME)) + 1
    longest = folder / ("x" * rest)

    with closing(Store.open(longest)) as store:
        assert len(os.fsencode(store.database.path)) == 504
    with pytest.raises(StoreProblem, match="505 bytes"):
        Store.open(longest.with_name("x" * (rest + 1)))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.ENOENT, "cannot_open"),
    ],
)
def test_file_that_cannot_be_made_is_a_known_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(self: Path, mode: int) -> None:
        raise OSError(number, "as the system words it")

    monkeypatch.setattr(Path, "touch", refuse)

    with pytest.raises(StoreProblem) as caught:
        Store.open(tmp_path)

    assert caught.value.code == code


def test_store_locked_by_another_program_is_a_known_problem(tmp_path: Path) -> None:
    path = made_store(tmp_path)

    with (
        closing(Store.open(tmp_path)) as store,
        locked(path),
    ):
        store.database.patience = 0.01
        with pytest.raises(StoreProblem) as caught:
            store.listener_paths.honoured(NOW)

    assert caught.value.code == "locked"
    assert "Close it and try again" in str(caught.value)


def test_full_store_is_a_known_problem_and_loses_nothing(store: Store, key: StoreKey) -> None:
    store.calls.record([prepare(Post(number=1).arrival(), key)])

    def allow_no_more_pages(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    event.listen(store.database._connections.engine, "begin", allow_no_more_pages)
    big = Post(number=2, properties={"text": "x" * 100_000})
    with pytest.raises(StoreProblem) as caught:
        store.calls.record([prepare(big.arrival(), key)])

    assert caught.value.code == "disk_full"
    detail = store.calls.detail(1, NOW)
    assert detail is not None
    assert store.calls.detail(2, NOW) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_READONLY", "read_only"),
        ("SQLITE_READONLY_DIRECTORY", "read_only"),
        ("SQLITE_FULL", "disk_full"),
        ("SQLITE_IOERR_FSYNC", "io_error"),
        ("SQLITE_IOERR_SHMSIZE", "disk_full"),
        ("SQLITE_PERM", "read_only"),
        ("SQLITE_BUSY_SNAPSHOT", "locked"),
    ],
)
def test_what_the_disk_reports_has_a_name_and_a_sentence(
    store: Store, name: str, code: str
) -> None:
    FailingDisk(name, "as SQLite words it").attach(store.database)

    with pytest.raises(StoreProblem) as caught:
        store.listener_paths.honoured(NOW)

    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    assert "SQLite" not in str(caught.value)


def test_error_nobody_expects_is_not_dressed_up_and_shows_no_data(store: Store) -> None:
    reply = Reply(99, EVENT_SEND, [("Name", "a private text")], "another private text")

    with pytest.raises(IntegrityError) as caught:
        store.replies.create(reply, "1:x", NOW)

    assert "private" not in str(caught.value)


def test_change_mark_moves_when_another_connection_writes(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as ours, closing(Store.open(tmp_path)) as theirs:
        mark = ours.database.change_mark()
        try:
            first = mark()
            unchanged = mark()
            theirs.listener_paths.honoured(NOW)
            changed = mark()
        finally:
            mark.close()

    assert first == unchanged != changed


def test_change_mark_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = change_mark.ChangeMark(store_file(tmp_path), lambda: None)
    # The file is deleted just after it was seen.
    monkeypatch.setattr(change_mark, "file_id", lambda path: (1, 2))

    with pytest.raises(sqlite3.OperationalError):
        mark()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"C:\Users\me\a b.sqlite3"), "file:///C:/Users/me/a%20b.sqlite3"),
        (PureWindowsPath(r"\\server\share\store"), "file:////server/share/store"),
        (PurePosixPath("/var/lib/what?"), "file:///var/lib/what%3F"),
    ],
)
def test_store_is_named_as_sqlite_takes_it(path: PurePath, uri: str) -> None:
    assert uri_of(path) == uri


def test_commit_waits_for_the_disk_itself_on_every_system(store: Store) -> None:
    with store.database.read() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "fullfsync")
        ]

    assert settings == ["wal", 2, 1]


def test_block_left_by_an_exception_writes_nothing(store: Store) -> None:
    def write_and_fail() -> None:
        with store.database.write() as connection:
            connection.execute(text("INSERT INTO meta VALUES ('x', 'y')"))
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()

    with store.database.read() as connection:
        assert connection.execute(text("SELECT * FROM meta WHERE name = 'x'")).all() == []


def test_reader_sees_one_moment_while_another_writes(store: Store) -> None:
    count = text("SELECT count(*) FROM listener_paths")
    with store.database.read() as connection:
        before = connection.scalar(count)
        store.listener_paths.honoured(NOW)
        during = connection.scalar(count)
    with store.database.read() as connection:
        after = connection.scalar(count)

    assert (before, during, after) == (0, 0, 1)
