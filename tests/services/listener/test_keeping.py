"""Calls are kept whatever the store does; its faults are made at the boundary to SQLite."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from emergencies import leave
from posts import FORM, NOW, Post
from sqlalchemy import Connection, event

from bxgui.core.listing import Group, TokenQuery
from bxgui.core.records import Arrival
from bxgui.services.intake import prepare, reopen
from bxgui.services.listener import keeping, recovery, unseen
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.listener.emergency_lines import read_calls, read_lines
from bxgui.services.listener.keeping import Keeper, NotStored
from bxgui.services.processes import THIS_PROCESS
from bxgui.services.store import Database, Store, StoreProblem
from bxgui.services.store.calls import Calls
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import StoreKey

ROOM = 100_000


@dataclass
class Told:
    """What a keeper tells loudly."""

    told: list[tuple[object, ...]] = field(default_factory=list)

    def not_stored(self, calls: int, reason: str, *, kept: bool) -> None:
        self.told.append(("not_stored", calls, kept))

    def recovered(self, calls: int) -> None:
        self.told.append(("recovered", calls))

    def cannot_store(self, reason: str) -> None:
        self.told.append(("cannot_store",))

    def brought_over(self, calls: int, reason: str, *, kept: bool) -> None:
        self.told.append(("brought_over", calls, bool(reason), kept))

    def set_aside(self, name: str) -> None:
        self.told.append(("set_aside", bool(name)))


class Fault:
    """Something that makes each write to a store fail, until it is over."""

    def __init__(self, store: Store, make: Callable[[Store], Callable[[], None]]) -> None:
        self.end = make(store)


def full(store: Store) -> Callable[[], None]:
    """No page more: what SQLite reports when the disk is full."""

    def allow_no_more_pages(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    engine = store.database._connections.engine
    event.listen(engine, "begin", allow_no_more_pages)

    def end() -> None:
        event.remove(engine, "begin", allow_no_more_pages)
        engine.dispose()

    return end


def locked(store: Store) -> Callable[[], None]:
    """Another program in the middle of a write that does not end."""
    other = sqlite3.connect(store.database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other.close


def read_only(store: Store) -> Callable[[], None]:
    """A store that may only be read."""

    def forbid(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    engine = store.database._connections.engine
    event.listen(engine, "begin", forbid)

    def end() -> None:
        event.remove(engine, "begin", forbid)
        engine.dispose()

    return end


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def emergency(store: Store) -> EmergencyFile:
    return EmergencyFile(store.database.path.parent, THIS_PROCESS, ROOM)


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(keeping, "_FAILING_PATIENCE_SECONDS", 0.01)


@pytest.fixture
def keeper(store: Store, emergency: EmergencyFile, told: Told) -> Iterator[Keeper]:
    with closing(Keeper(store, emergency, told, lambda: NOW)) as made:
        yield made


def call(key: StoreKey, number: int) -> PreparedCall:
    # Larger than what a page may have left.
    return prepare(Post(number, properties={"text": "x" * 10_000}).arrival(), key)


def spoil(store: Store) -> None:
    """Damage that no connection notices which has the pages in its memory."""
    with closing(sqlite3.connect(store.database.path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with store.database.path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 100_000)


def tokens_in(store: Store) -> int:
    return len(store.calls.ids(TokenQuery(), NOW))


def test_calls_go_into_the_store(keeper: Keeper, store: Store, told: Told, key: StoreKey) -> None:
    stored = keeper.record([call(key, 1), call(key, 2)])

    assert [one.call_id for one in stored] == [1, 2]
    assert tokens_in(store) == 2
    assert told.told == []


@pytest.mark.parametrize("make", [full, locked, read_only])
def test_calls_that_the_store_cannot_take_are_kept_and_taken_in_when_it_can(
    keeper: Keeper,
    emergency: EmergencyFile,
    store: Store,
    told: Told,
    key: StoreKey,
    make: Callable[[Store], Callable[[], None]],
) -> None:
    keeper.record([call(key, 1)])
    fault = Fault(store, make)

    with pytest.raises(NotStored) as caught:
        keeper.record([call(key, 2), call(key, 3)])
    with pytest.raises(NotStored):
        keeper.record([call(key, 4)])
    keeper.tend()
    during = (keeper.wants_tending, tokens_in(store), len(read_calls(emergency.path)))
    fault.end()
    keeper.tend()

    assert caught.value.in_emergency
    assert during == (True, 1, 3)
    keeper.tend()
    assert tokens_in(store) == 4
    assert not keeper.wants_tending
    assert not emergency.waiting
    assert told.told == [
        ("not_stored", 2, True),
        ("not_stored", 1, True),
        ("recovered", 3),
    ]
    assert [reopened(store, key, number) for number in (2, 3, 4)] == [
        Post(number, properties={"text": "x" * 10_000}).body for number in (2, 3, 4)
    ]


def reopened(store: Store, key: StoreKey, call_id: int) -> bytes:
    sealed = store.calls.sealed(call_id)
    assert sealed is not None
    return reopen(sealed, key).body


def test_the_next_good_call_takes_the_kept_ones_with_it(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    fault = Fault(store, locked)
    with pytest.raises(NotStored):
        keeper.record([call(key, 1)])
    fault.end()

    keeper.record([call(key, 2)])

    assert tokens_in(store) == 2
    assert told.told[-1] == ("recovered", 1)


def test_a_call_that_came_again_meanwhile_is_one_call(
    keeper: Keeper, store: Store, key: StoreKey
) -> None:
    fault = Fault(store, locked)
    with pytest.raises(NotStored):
        keeper.record([call(key, 1)])
    fault.end()

    (stored,) = keeper.record([call(key, 1)])

    assert (stored.deliveries, tokens_in(store)) == (1, 1)


def test_where_nothing_can_be_written_the_loss_is_told(
    keeper: Keeper, emergency: EmergencyFile, store: Store, told: Told, key: StoreKey
) -> None:
    fault = Fault(store, read_only)
    emergency.path.unlink()
    emergency.path.mkdir()

    with pytest.raises(NotStored) as caught:
        keeper.record([call(key, 1)])

    fault.end()
    keeper.tend()

    assert not caught.value.in_emergency
    assert told.told == [("not_stored", 1, False), ("recovered", 0)]


def test_a_damaged_store_costs_no_call(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    store.listener_paths.honoured(NOW)
    store.keep_identity()
    identity = store.id
    keeper.record([call(key, 1)])
    store.database._connections.engine.dispose()
    store.database.path.write_bytes(b"This is a letter to my aunt. " * 1000)

    (stored,) = keeper.record([call(key, 2)])

    assert (stored.call_id, store.id) == (2, identity)
    assert told.told == [("set_aside", True), ("brought_over", 1, False, True)]


def test_a_deleted_store_costs_no_call(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    keeper.record([call(key, 1)])
    store.database.path.unlink()

    (stored,) = keeper.record([call(key, 2)])

    assert (stored.deliveries, tokens_in(store)) == (1, 2)
    assert told.told == [("set_aside", False), ("brought_over", 1, False, True)]


def test_damage_that_no_write_notices_is_noticed_and_costs_no_call(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    keeper.record([call(key, number) for number in range(3)])
    spoil(store)

    keeper.tend()

    assert tokens_in(store) == 3
    assert told.told == [("set_aside", True), ("brought_over", 3, False, True)]
    keeper.tend()
    assert not keeper.wants_tending


def test_a_good_store_is_not_set_aside_for_what_a_connection_remembers(
    keeper: Keeper, store: Store, told: Told, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.record([call(key, 1)])
    record, problems = Calls.record, [StoreProblem("corrupt", "The store is damaged.")]

    def fail_once(self: Calls, calls: list[PreparedCall]) -> object:
        if problems:
            raise problems.pop()
        return record(self, calls)

    monkeypatch.setattr(Calls, "record", fail_once)

    keeper.record([call(key, 2)])

    assert tokens_in(store) == 2
    assert told.told == []


@pytest.mark.parametrize("code", ["locked", "io_error"])
def test_calls_that_could_not_be_looked_for_are_remembered(
    keeper: Keeper, store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def fail(self: Database) -> None:
        raise StoreProblem(code, "It cannot be read now.")

    keeper.record([call(key, 1)])
    with monkeypatch.context() as patch:
        patch.setattr(Database, "look_afresh", fail)
        keeper.tend()
    spoil(store)

    keeper.tend()

    assert tokens_in(store) == 1


def test_a_store_deleted_before_it_was_looked_at_costs_no_call(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    keeper.record([call(key, 1)])
    store.database.path.unlink()

    keeper.tend()

    assert tokens_in(store) == 1
    assert told.told == [("set_aside", False), ("brought_over", 1, False, True)]


def test_calls_that_a_fresh_store_cannot_take_either_are_kept(
    keeper: Keeper,
    emergency: EmergencyFile,
    store: Store,
    told: Told,
    key: StoreKey,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(self: Calls, calls: object) -> None:
        raise StoreProblem("disk_full", "The disk is full.")

    keeper.record([call(key, 1)])
    spoil(store)
    with monkeypatch.context() as patch:
        patch.setattr(Calls, "record", fail)
        keeper.tend()
    during = (keeper.wants_tending, len(read_calls(emergency.path)))

    keeper.tend()

    assert during == (True, 1)
    assert tokens_in(store) == 1
    # They were acknowledged: nobody is told that they were not stored.
    assert told.told == [
        ("set_aside", True),
        ("brought_over", 1, True, True),
        ("recovered", 1),
    ]


@pytest.mark.parametrize("calls_come", [True, False])
def test_where_another_program_began_afresh_our_newest_calls_are_brought_over(
    keeper: Keeper, store: Store, told: Told, key: StoreKey, calls_come: bool
) -> None:
    keeper.record([call(key, 1)])
    with closing(Store.open(store.database.path.parent)) as theirs:
        theirs.begin_anew(NOW)

    if calls_come:
        keeper.record([call(key, 2)])
    else:
        keeper.tend()

    assert tokens_in(store) == 1 + calls_come
    assert told.told == [("brought_over", 1, False, True)]


def test_a_look_that_fails_for_a_bug_fails_no_call_that_is_stored(
    keeper: Keeper,
    key: StoreKey,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(self: Database) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Database, "look_afresh", fail)

    stored = [
        one for first in range(0, 300, 50) for one in keeper.record(small_calls(key, first, 50))
    ]

    assert len(stored) == 300
    assert len(keeper._unseen.calls) < 200
    assert {record.getMessage() for record in caplog.records} == {
        "the store could not be looked after: ZeroDivisionError"
    }
    caplog.clear()


def small_calls(key: StoreKey, first: int, count: int) -> list[PreparedCall]:
    return [prepare(Post(first + n).arrival(), key) for n in range(count)]


def test_what_has_been_seen_in_the_store_is_not_remembered(
    keeper: Keeper, store: Store, key: StoreKey
) -> None:
    keeper.record([call(key, 1)])
    keeper.tend()
    store.database.path.unlink()

    keeper.record([call(key, 2)])

    assert tokens_in(store) == 1


def test_many_calls_are_looked_for_without_a_pause(
    keeper: Keeper, store: Store, key: StoreKey
) -> None:
    for number in range(210):
        keeper.record([prepare(Post(number).arrival(), key)])

    assert len(keeper._unseen.calls) < 200


def test_an_error_nobody_foresaw_costs_no_call_either(
    keeper: Keeper,
    emergency: EmergencyFile,
    told: Told,
    key: StoreKey,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(self: Calls, calls: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(Calls, "record", fail)

    with pytest.raises(NotStored):
        keeper.record([call(key, 1)])
    keeper.tend()

    assert told.told == [("not_stored", 1, True), ("recovered", 0)]
    (left,) = emergency.path.parent.glob("emergency-*-*-*-*")
    assert len(read_calls(left)) == 1
    assert "secret" not in caplog.text
    caplog.clear()


def test_what_an_earlier_listener_left_is_taken_in_once(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    folder = store.database.path.parent
    event_post = prepare(Arrival(NOW, b"event=ONAPPTEST", FORM), key)
    left = folder / "emergency-1-0.5-abc.jsonl"
    leave(left, [call(key, 1), event_post])

    keeper.begin()
    # A crash between the commit and the end of the file.
    leave(left, [call(key, 1), event_post])
    keeper.begin()

    assert tokens_in(store) == 1
    assert len(store.calls.ids(TokenQuery(group=Group.OTHERS), NOW)) == 1
    assert store.calls.rows([1], NOW)[0].deliveries == 1
    assert not left.exists()
    assert told.told == [("recovered", 2), ("recovered", 2)]


def test_what_an_earlier_listener_left_waits_for_a_store_that_works(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    leave(store.database.path.parent / "emergency-1-0.5-abc.jsonl", [call(key, 1)])
    fault = Fault(store, locked)
    keeper.begin()
    before = (keeper.wants_tending, tokens_in(store))
    fault.end()

    keeper.tend()

    assert before == (True, 0)
    assert tokens_in(store) == 1
    assert ("recovered", 1) in told.told


def test_a_file_that_cannot_be_read_keeps_nothing_else_out(
    keeper: Keeper, store: Store, key: StoreKey, caplog: pytest.LogCaptureFixture
) -> None:
    folder = store.database.path.parent
    (folder / "emergency-1-0.5-abc.jsonl").mkdir()
    leave(folder / "emergency-1-0.5-def.jsonl", [call(key, 1)])

    keeper.begin()

    assert tokens_in(store) == 1
    assert [record.getMessage() for record in caplog.records] == [
        "an emergency file could not be taken in: IsADirectoryError"
    ]
    caplog.clear()


def test_what_another_bxgui_wrote_and_nobody_understands_is_not_thrown_away(
    keeper: Keeper, store: Store, key: StoreKey
) -> None:
    folder = store.database.path.parent
    left = folder / "emergency-1-0.5-abc.jsonl"
    leave(left, [call(key, 1)], [b'{"of": "a newer one"}'])

    keeper.begin()

    assert tokens_in(store) == 1
    lines = [
        line.text for path in folder.glob("emergency-*-*-*-*") for line in read_lines(path).lines
    ]
    assert lines == [b'{"of": "a newer one"}\n']


def test_events_that_arrived_at_the_same_moment_are_taken_in_both(
    keeper: Keeper, store: Store, key: StoreKey
) -> None:
    events = [prepare(Arrival(NOW, b"event=ONAPP%d" % number, FORM), key) for number in range(2)]
    keeper.record(events[:1])
    leave(store.database.path.parent / "emergency-1-0.5-abc.jsonl", events)

    keeper.begin()

    assert len(store.calls.ids(TokenQuery(group=Group.OTHERS), NOW)) == 2


def test_an_empty_file_of_an_earlier_listener_is_taken_away_in_silence(
    keeper: Keeper, store: Store, told: Told
) -> None:
    left = EmergencyFile(store.database.path.parent, "1:0.5:abc", ROOM)

    keeper.begin()

    assert not left.path.exists()
    assert told.told == []


def test_a_call_that_cannot_be_taken_in_stays_and_keeps_no_other_out(
    keeper: Keeper,
    store: Store,
    told: Told,
    key: StoreKey,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    left = store.database.path.parent / "emergency-1-0.5-abc.jsonl"
    leave(left, [call(key, 1), call(key, 2)])
    (first, _), record = read_calls(left), Calls.record

    def stumble(self: Calls, calls: list[PreparedCall]) -> object:
        if calls[0] == first:
            raise ZeroDivisionError
        return record(self, calls)

    monkeypatch.setattr(Calls, "record", stumble)

    keeper.begin()

    assert tokens_in(store) == 1
    (kept,) = left.parent.glob("emergency-*-*-*-*.jsonl")
    assert read_calls(kept) == [first]
    assert told.told == [("recovered", 1)]
    caplog.clear()


def test_closing_takes_an_empty_emergency_file_away(
    store: Store, emergency: EmergencyFile, told: Told
) -> None:
    Keeper(store, emergency, told, lambda: NOW).close()

    assert not emergency.path.exists()


def test_large_calls_are_looked_for_sooner(
    keeper: Keeper, store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unseen, "_MOST_BYTES", 25_000)
    keeper.record([call(key, 1)])
    before = len(keeper._unseen.calls)
    keeper.record([call(key, 2), call(key, 3)])

    assert (before, len(keeper._unseen.calls)) == (1, 0)


def test_an_older_copy_moved_over_the_store_costs_no_call_and_is_no_store_that_was_gone(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    replaced: list[str] = []
    store.database.on_replaced = replaced.append
    keeper.record([call(key, 1)])
    copy = store.database.path.with_name("backup")
    with (
        closing(sqlite3.connect(store.database.path)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    keeper.record([call(key, number) for number in range(2, 10)])
    copy.replace(store.database.path)

    keeper.record([call(key, 10)])

    assert tokens_in(store) == 10
    assert told.told == [("brought_over", 8, False, True)]
    assert [bool(name) for name in replaced] == [True]


def test_a_store_cut_short_costs_no_call_that_has_not_been_seen(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    keeper.record([call(key, number) for number in range(20)])
    keeper.tend()
    keeper.record([call(key, 20)])
    with closing(sqlite3.connect(store.database.path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.calls.ids(TokenQuery(), NOW)
    with store.database.path.open("r+b") as file:
        file.truncate(store.database.path.stat().st_size // 2)

    keeper.record([call(key, 21)])

    assert tokens_in(store) == 2
    assert told.told == [("set_aside", True), ("brought_over", 1, False, True)]


def test_a_copy_written_into_the_file_that_lacks_our_newest_calls_gets_them(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    keeper.record([call(key, 1)])
    with closing(sqlite3.connect(store.database.path)) as other:
        other.execute("DELETE FROM bodies")
        other.execute("DELETE FROM calls")
        other.commit()

    keeper.tend()

    assert tokens_in(store) == 1
    assert told.told == [("brought_over", 1, False, True)]


@dataclass
class Ticking:
    """A clock that goes on by a second with each look."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def busy_keeper(store: Store, emergency: EmergencyFile, told: Told) -> Iterator[Keeper]:
    """A keeper that has time for one group of calls whenever it is asked."""
    with closing(Keeper(store, emergency, told, Ticking())) as made:
        yield made


def test_new_calls_do_not_wait_for_a_large_emergency_file(
    busy_keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    left = store.database.path.parent / "emergency-1-0.5-abc.jsonl"
    leave(left, small_calls(key, 0, 450))
    busy_keeper.begin()
    counts = [tokens_in(store)]

    busy_keeper.record([call(key, 1000)])
    counts.append(tokens_in(store))
    busy_keeper.tend()
    counts.append(tokens_in(store))
    busy_keeper.tend()

    assert counts == [200, 401, 451]
    assert told.told == [("recovered", 450)]
    assert sorted(left.parent.glob("emergency-*-*-*-*")) == []


def test_a_store_that_fails_again_while_calls_are_taken_in_gets_each_of_them_once(
    busy_keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    fault = Fault(store, locked)
    for first in range(0, 300, 100):
        with pytest.raises(NotStored):
            busy_keeper.record(small_calls(key, first, 100))
    fault.end()
    busy_keeper.tend()
    fault = Fault(store, locked)
    with pytest.raises(NotStored):
        busy_keeper.record(small_calls(key, 300, 100))
    during = tokens_in(store)
    fault.end()

    for _ in range(3):
        busy_keeper.tend()

    assert during == 200
    assert tokens_in(store) == 400
    assert told.told[-1] == ("recovered", 400)


def test_damage_that_is_met_while_calls_are_taken_in_costs_none_of_them(
    busy_keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    left = store.database.path.parent / "emergency-1-0.5-abc.jsonl"
    leave(left, small_calls(key, 0, 450))
    busy_keeper.begin()
    spoil(store)
    store.database._connections.disconnect()

    for _ in range(4):
        busy_keeper.tend()

    assert tokens_in(store) == 450
    assert ("set_aside", True) in told.told


def test_what_a_listener_left_that_died_beside_ours_is_taken_in(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    keeper.begin()
    leave(store.database.path.parent / "emergency-1-0.5-abc.jsonl", [call(key, 1)])

    keeper.record([call(key, 2)])
    keeper.tend()

    assert tokens_in(store) == 2
    assert told.told == [("recovered", 1)]


def test_an_emergency_file_that_was_deleted_is_told_once_and_its_room_is_made_again(
    keeper: Keeper, emergency: EmergencyFile, store: Store, told: Told, key: StoreKey
) -> None:
    fault = Fault(store, locked)
    with pytest.raises(NotStored):
        keeper.record([call(key, 1)])
    emergency.path.unlink()
    fault.end()

    keeper.tend()
    keeper.tend()

    assert emergency.path.stat().st_size == ROOM
    assert told.told == [
        ("not_stored", 1, True),
        ("not_stored", 1, False),
        ("recovered", 0),
    ]


def test_a_folder_in_place_of_the_emergency_file_is_no_reason_to_complain_again_and_again(
    keeper: Keeper, emergency: EmergencyFile, store: Store, told: Told, key: StoreKey
) -> None:
    fault = Fault(store, locked)
    with pytest.raises(NotStored):
        keeper.record([call(key, 1)])
    emergency.path.unlink()
    emergency.path.mkdir()
    fault.end()

    for number in range(2, 5):
        keeper.record([call(key, number)])
        keeper.tend()

    assert tokens_in(store) == 3
    assert told.told == [
        ("not_stored", 1, True),
        ("not_stored", 1, False),
        ("recovered", 0),
    ]


def test_an_emergency_file_that_cannot_be_read_now_is_complained_of_once(
    keeper: Keeper,
    emergency: EmergencyFile,
    store: Store,
    key: StoreKey,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "the disk fails")

    fault = Fault(store, locked)
    with pytest.raises(NotStored):
        keeper.record([call(key, 1)])
    fault.end()
    with monkeypatch.context() as patch:
        patch.setattr(recovery, "read_lines", fail)
        for number in range(2, 5):
            keeper.record([call(key, number)])
            keeper.tend()
    complaints = [record.getMessage() for record in caplog.records]
    caplog.clear()

    keeper.tend()

    assert complaints == ["an emergency file could not be taken in: OSError"]
    assert tokens_in(store) == 4
    assert not emergency.waiting


def test_a_store_that_cannot_be_used_from_the_start_on_is_told(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    fault = Fault(store, locked)
    keeper.begin()
    with pytest.raises(NotStored):
        keeper.record([call(key, 1)])
    fault.end()

    keeper.tend()

    assert tokens_in(store) == 1
    assert told.told == [("cannot_store",), ("not_stored", 1, True), ("recovered", 1)]
