"""What only the copy of a former store holds is put into the one that took its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from listening import ask, listening
from posts import FORM, NOW, AppPost, Post

from bxgui.core.records import Arrival
from bxgui.core.redact import digest
from bxgui.services.intake import prepare, reopen
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.listener.keeping import Keeper
from bxgui.services.processes import THIS_PROCESS
from bxgui.services.store import Store, StoreProblem, former, former_calls
from bxgui.services.store.files import parts
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import StoreKey


class Told:
    """What a keeper tells of calls that were missing; anything else is unexpected."""

    def __init__(self) -> None:
        self.brought: list[int] = []
        self.set_asides = 0

    def not_stored(self, calls: int, reason: str, *, kept: bool) -> None:
        raise AssertionError(reason)

    def recovered(self, calls: int) -> None:
        pass

    def cannot_store(self, reason: str) -> None:
        raise AssertionError(reason)

    def brought_over(self, calls: int, reason: str, *, kept: bool) -> None:
        assert (reason, kept) == ("", True)
        self.brought.append(calls)

    def set_aside(self, name: str) -> None:
        self.set_asides += 1


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def keeper(store: Store, told: Told) -> Iterator[Keeper]:
    store.keep_identity()
    with closing(keeper_of(store, told)) as made:
        yield made


def keeper_of(store: Store, told: Told) -> Keeper:
    emergency = EmergencyFile(store.database.path.parent, THIS_PROCESS, 100_000)
    return Keeper(store, emergency, told, lambda: NOW)


def calls(key: StoreKey, *numbers: int) -> list[PreparedCall]:
    return [prepare(Post(number).arrival(), key) for number in numbers]


def move(path: Path, target: Path) -> None:
    for part, moved in zip(parts(path), parts(target), strict=True):
        if part.exists():
            part.replace(moved)


def move_file_alone(path: Path, target: Path) -> None:
    path.replace(target)


def numbers_in(store: Store) -> dict[int, int]:
    """Which of the first hundred calls are stored, and how often each was delivered."""
    by_digest = {digest(Post(number).token): number for number in range(100)}
    with store.database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT token_digest, deliveries FROM calls WHERE kind = 'token'"
        )
        return {by_digest[one]: deliveries for one, deliveries in found}


def back_up(store: Store) -> Path:
    copy = store.database.path.with_name("backup")
    with (
        closing(sqlite3.connect(store.database.path)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    return copy


def former_copies(store: Store) -> list[Path]:
    path = store.database.path
    return [one for one in path.parent.glob(f"{path.name}.former-*") if one.suffix != ".log"]


@pytest.mark.parametrize("moving", [move, move_file_alone])
def test_calls_of_the_time_when_the_store_was_away_are_there_when_it_is_back(
    keeper: Keeper, store: Store, told: Told, key: StoreKey, moving: Callable[[Path, Path], None]
) -> None:
    away = store.database.path.with_name("away")
    keeper.record(calls(key, *range(1, 4)))
    keeper.tend()
    moving(store.database.path, away)
    keeper.record(calls(key, *range(4, 7)))
    keeper.tend()
    moving(away, store.database.path)
    keeper.record(calls(key, *range(7, 10)))
    keeper.tend()

    assert numbers_in(store) == dict.fromkeys(range(1, 10), 1)
    assert told.brought == [3]
    assert not keeper.wants_tending
    assert len(former_copies(store)) == 1


def test_no_call_is_missing_when_an_older_copy_came_and_the_store_is_back(
    keeper: Keeper, store: Store, told: Told, key: StoreKey
) -> None:
    away = store.database.path.with_name("away")
    keeper.record(calls(key, 1))
    copy = back_up(store)
    keeper.record(calls(key, 2))
    keeper.tend()
    store.database.path.replace(away)
    copy.replace(store.database.path)
    keeper.record(calls(key, 3))
    keeper.tend()
    with_the_copy = numbers_in(store)
    away.replace(store.database.path)
    store.database.follow()
    keeper.tend()

    assert with_the_copy == numbers_in(store) == dict.fromkeys((1, 2, 3), 1)
    assert told.brought == [1, 1]


def test_a_replacement_that_nobody_called_after_is_noticed(
    keeper: Keeper, store: Store, key: StoreKey
) -> None:
    copy = back_up(store)
    keeper.record(calls(key, 1))
    keeper.tend()
    copy.replace(store.database.path)
    before = keeper.wants_tending
    store.database.follow()
    noticed = keeper.wants_tending

    keeper.tend()

    assert (before, noticed) == (False, True)
    assert numbers_in(store) == {1: 1}


def test_a_call_is_the_same_in_the_store_that_it_is_brought_into(
    keeper: Keeper, store: Store, key: StoreKey
) -> None:
    token, event = Post(1).arrival(), AppPost().arrival()
    plain = Arrival(NOW, b"a=1", FORM)
    copy = back_up(store)
    keeper.record([prepare(one, key) for one in (token, event, plain)])
    keeper.record(calls(key, 1))
    store.calls.dismiss(1, dismissed=True)
    keeper.tend()
    before = [details(store, one) for one in (1, 2, 3)]
    copy.replace(store.database.path)
    store.database.follow()

    keeper.tend()

    assert [details(store, one) for one in (1, 2, 3)] == before
    sealed = [store.calls.sealed(one) for one in (1, 2, 3)]
    assert [reopen(one, key).body for one in sealed if one] == [
        one.body for one in (token, event, plain)
    ]


def details(store: Store, call_id: int) -> tuple[object, ...]:
    found = store.calls.detail(call_id, NOW)
    assert found is not None
    row, portal = found.row, found.portal
    return (
        *(row.kind, row.state, row.rule, row.document, row.arrived_at, row.deadline, row.portal),
        *(row.use_subscription, row.token, row.suspicion, row.reason),
        *(found.body, found.query, found.headers, found.peer, found.application_digest),
        portal and (portal.key, portal.member_id, portal.host, portal.installed_at),
    )


def test_a_reply_that_was_under_way_has_an_unknown_result_in_the_new_store(
    keeper: Keeper, store: Store, key: StoreKey
) -> None:
    copy = back_up(store)
    keeper.record(calls(key, 1))
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE calls SET state = 'sending'")
    keeper.tend()
    copy.replace(store.database.path)
    store.database.follow()

    keeper.tend()

    with store.database.read() as connection:
        assert connection.exec_driver_sql("SELECT state FROM calls").scalar_one() == "unknown"


def test_calls_of_an_entirely_other_store_stay_where_they_are(
    keeper: Keeper, store: Store, told: Told, key: StoreKey, tmp_path: Path
) -> None:
    with closing(Store.open(tmp_path / "other")) as other:
        other_path = other.database.path
    keeper.record(calls(key, 1))
    keeper.tend()
    other_path.replace(store.database.path)
    store.database.follow()

    keeper.tend()

    assert (numbers_in(store), told.brought) == ({}, [])
    assert not keeper.wants_tending
    assert len(former_copies(store)) == 1


def test_what_a_listener_had_no_time_for_is_taken_in_by_the_next_one(
    store: Store, told: Told, key: StoreKey
) -> None:
    copy = back_up(store)
    store.calls.record(calls(key, 1))
    copy.replace(store.database.path)
    store.database.follow()
    before = numbers_in(store)

    with closing(keeper_of(store, told)) as keeper:
        keeper.begin()

    assert (before, numbers_in(store)) == ({}, {1: 1})
    assert told.brought == [1]
    assert former.to_take_in(store.database.path) == []


def test_large_former_stores_are_taken_in_by_groups(
    keeper: Keeper, store: Store, told: Told, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(former_calls, "_MOST_BYTES", 1)
    copy = back_up(store)
    keeper.record(calls(key, *range(5)))
    keeper.tend()
    copy.replace(store.database.path)
    store.database.follow()

    keeper.tend()

    assert numbers_in(store) == dict.fromkeys(range(5), 1)
    assert told.brought == [5]


@pytest.mark.parametrize("damage", [Path.unlink, lambda copy: copy.write_bytes(b"letter" * 999)])
def test_a_copy_that_is_no_use_is_complained_of_once(
    keeper: Keeper,
    store: Store,
    told: Told,
    key: StoreKey,
    caplog: pytest.LogCaptureFixture,
    damage: Callable[[Path], object],
) -> None:
    copy = back_up(store)
    keeper.record(calls(key, 1))
    keeper.tend()
    copy.replace(store.database.path)
    store.database.follow()
    (kept,) = former.to_take_in(store.database.path)
    damage(kept)

    keeper.tend()

    assert not keeper.wants_tending
    assert former.to_take_in(store.database.path) == []
    assert [record.getMessage()[:37] for record in caplog.records] == [
        "a former store could not be taken in:"
    ]
    caplog.clear()


def test_a_copy_that_cannot_be_read_now_is_left_to_the_next_listener(
    keeper: Keeper,
    store: Store,
    key: StoreKey,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_copy: Path) -> None:
        raise StoreProblem("io_error", "The disk reports an error.")

    copy = back_up(store)
    keeper.record(calls(key, 1))
    keeper.tend()
    copy.replace(store.database.path)
    store.database.follow()
    monkeypatch.setattr(former_calls, "_reading", refuse)

    keeper.tend()

    assert not keeper.wants_tending
    assert len(former.to_take_in(store.database.path)) == 1
    caplog.clear()


def post(url: str, number: int) -> int:
    return ask(url, Post(number).body)[0]


def test_a_running_listener_has_every_call_when_its_store_was_away_and_is_back(
    tmp_path: Path,
) -> None:
    path, away = tmp_path / "store.sqlite3", tmp_path / "away"
    with listening(tmp_path) as running:
        statuses = [post(running.url, 1)]
        path.rename(away)
        statuses.append(post(running.url, 2))
        away.replace(path)
        statuses.append(post(running.url, 3))
        running.next_event("brought_over")
        running.stop()

    assert statuses == [200] * 3
    with closing(Store.open(tmp_path)) as store:
        assert set(numbers_in(store)) == {1, 2, 3}
