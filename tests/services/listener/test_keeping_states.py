"""Any order of arrivals, repeats, faults, kills and restarts: no call is lost, none is twice."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from posts import NOW, Post
from sqlalchemy import Connection, event

from bxgui.core.redact import digest
from bxgui.services.intake import prepare
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.listener.keeping import Keeper, NotStored
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import new_key

NUMBERS = st.integers(0, 12)
DIGESTS = {digest(Post(number).token): number for number in range(13)}


@pytest.fixture(autouse=True)
def _damaged_stores_are_told(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What is known of a file that was overwritten before another took its place."""
    yield
    records = caplog.get_records("call")
    told = "a former store could not be taken in: corrupt"
    records[:] = [one for one in records if one.getMessage() != told]


class Silence:
    """Tells nobody."""

    def not_stored(self, calls: int, reason: str, *, kept: bool) -> None:
        assert kept

    def recovered(self, calls: int) -> None:
        pass

    def cannot_store(self, reason: str) -> None:
        pass

    def brought_over(self, calls: int, reason: str, *, kept: bool) -> None:
        assert kept

    def set_aside(self, name: str) -> None:
        pass


def _allow_no_more_pages(connection: Connection) -> None:
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


class Keeping(RuleBasedStateMachine):
    """One data folder over the lives of several listeners."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="bxgui-states-"))
        self.folder = self.place / "0"
        self.key = new_key("this is a test")
        self.lives = count(1)
        self.lock: sqlite3.Connection | None = None
        # What must be in the store, and what may be: of what went with a file, nobody can tell.
        self.wanted: set[int] = set()
        self.possible: set[int] = set()
        self.in_emergency: set[int] = set()
        # Stored since somebody looked whether it is really there; and what only memory holds, as
        # long as nobody has noticed what became of the file.
        self.fresh: set[int] = set()
        self.in_memory: set[int] = set()
        self.is_damaged = False
        self.backup: set[int] | None = None
        self.begin()

    def begin(self) -> None:
        self.store = Store.open_or_begin_anew(self.folder, NOW)
        self.is_full = False
        # A process number of the past, so that the next life takes over what this one leaves.
        emergency = EmergencyFile(self.folder, f"1:0.5:{next(self.lives)}", 100_000)
        self.keeper = Keeper(self.store, emergency, Silence(), lambda: NOW)
        self.store.database.patience = 0.01
        self.keeper.begin()
        self.store.database.patience = 0.01
        self.store.listener_paths.honoured(NOW)
        self.store.keep_identity()
        self.note_recovered()

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=4))
    def calls_arrive(self, numbers: list[int]) -> None:
        calls = [prepare(Post(number).arrival(), self.key) for number in numbers]
        self.possible |= set(numbers)
        try:
            self.keeper.record(calls)
        except NotStored:
            self.in_emergency |= set(numbers)
        else:
            self.fresh |= set(numbers)
            self.wanted |= set(numbers)
            self.in_memory = self.in_memory | set(numbers) if self.is_damaged else set()
            self.note_recovered()

    @precondition(lambda self: self.lock is None)
    @rule()
    def another_program_locks_the_store(self) -> None:
        if self.store.database.path.exists():
            self.lock = sqlite3.connect(self.store.database.path, isolation_level=None)
            with suppress(sqlite3.Error):
                self.lock.execute("BEGIN IMMEDIATE")

    @precondition(lambda self: self.lock is not None)
    @rule()
    def the_lock_is_over(self) -> None:
        self.unlock()

    @precondition(lambda self: not self.is_full)
    @rule()
    def the_disk_is_full(self) -> None:
        self.is_full = True
        event.listen(self.store.database._connections.engine, "begin", _allow_no_more_pages)

    @precondition(lambda self: self.is_full)
    @rule()
    def the_disk_has_room_again(self) -> None:
        self.make_room()

    @rule()
    def there_is_time_to_tend(self) -> None:
        looks = self.keeper.wants_tending
        self.keeper.tend()
        self.store.database.patience = 0.01
        if looks:
            self.fresh.clear()
        if looks and self.lock is None and not self.is_full:
            self.in_memory.clear()
            self.is_damaged = False
        self.note_recovered()

    @precondition(lambda self: self.lock is None)
    @rule()
    def somebody_makes_a_backup(self) -> None:
        with suppress(StoreProblem, sqlite3.Error):
            self.backup = self.tokens()
            with (
                closing(sqlite3.connect(self.store.database.path)) as source,
                closing(sqlite3.connect(self.folder / "backup")) as target,
            ):
                source.backup(target)

    @precondition(lambda self: self.lock is None and self.backup is not None)
    @rule()
    def the_backup_is_moved_over_the_store(self) -> None:
        if (self.folder / "backup").exists():
            (self.folder / "backup").replace(self.store.database.path)
            # Only our connections have the former file, until somebody notices and keeps it.
            self.in_memory |= self.wanted - (self.backup or set())
            self.is_damaged = False
        self.backup = None

    @precondition(lambda self: self.lock is None)
    @rule()
    def the_store_is_deleted(self) -> None:
        for path in self.folder.glob("store.sqlite3*"):
            path.unlink()
        self.lose()

    @precondition(lambda self: self.lock is None)
    @rule()
    def the_store_is_cut_short(self) -> None:
        self.spoil(lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]))

    @precondition(lambda self: self.lock is None)
    @rule()
    def the_store_is_overwritten(self) -> None:
        self.spoil(lambda path: path.write_bytes(b"\xff" * path.stat().st_size))

    @precondition(lambda self: self.lock is None)
    @rule()
    def the_log_is_deleted(self) -> None:
        for path in self.folder.glob("store.sqlite3-wal"):
            path.unlink()
        self.in_memory |= self.wanted

    @precondition(lambda self: self.lock is None)
    @rule()
    def the_listener_is_killed_and_started_again(self) -> None:
        # What a kill leaves is what is in the files at that moment.
        former, self.folder = self.folder, self.place / str(next(self.lives))
        shutil.copytree(former, self.folder)
        self.store.close()
        self.start_again()

    @precondition(lambda self: self.lock is None)
    @rule()
    def the_listener_is_stopped_and_started_again(self) -> None:
        self.keeper.close()
        self.store.close()
        self.start_again()

    @invariant()
    def what_was_acknowledged_is_in_the_store_once(self) -> None:
        if not self.is_tended() or self.is_damaged or self.is_full:
            return  # before somebody has looked, it may be in memory or the emergency file alone
        with suppress(StoreProblem):  # of a file that nobody has needed since it was deleted
            found = self.tokens()
            if not self.is_tended():
                return  # another file was noticed
            assert self.wanted <= found <= self.possible
            self.in_memory.clear()

    def teardown(self) -> None:
        self.unlock()
        self.make_room()
        for _ in range(2):
            self.there_is_time_to_tend()
        self.keeper.close()
        self.store.close()
        self.start_again()
        assert not self.in_emergency
        found = self.tokens()
        assert self.wanted <= found <= self.possible
        self.store.close()
        shutil.rmtree(self.place)

    def is_tended(self) -> bool:
        return not self.keeper.wants_tending

    def start_again(self) -> None:
        self.wanted -= self.in_memory
        self.in_memory.clear()
        self.fresh.clear()
        self.is_damaged = False
        self.begin()

    def note_recovered(self) -> None:
        if not self.keeper._emergency.waiting:
            # Some were in the store before, and are not remembered.
            remembered = {DIGESTS[call.token_digest or ""] for call in self.keeper._unseen.calls}
            self.fresh |= self.in_emergency & remembered
            self.wanted |= self.in_emergency
            self.in_emergency.clear()

    def spoil(self, do: Callable[[Path], object]) -> None:
        path = self.store.database.path
        if path.exists():
            with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as other:
                other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            do(path)
            self.lose()
            self.is_damaged = True

    def lose(self) -> None:
        """A file is gone, and with it all that is not in memory."""
        self.wanted = set(self.fresh)
        self.in_memory = set(self.fresh)

    def make_room(self) -> None:
        if self.is_full:
            engine = self.store.database._connections.engine
            event.remove(engine, "begin", _allow_no_more_pages)
            self.store.database.reconnect()
            self.is_full = False

    def unlock(self) -> None:
        if self.lock is not None:
            with suppress(sqlite3.Error):
                self.lock.close()
            self.lock = None

    def tokens(self) -> set[int]:
        with self.store.database.read() as connection:
            found = list(connection.exec_driver_sql("SELECT token_digest FROM calls").scalars())
        assert len(set(found)) == len(found)
        return {DIGESTS[one] for one in found}


TestKeeping = Keeping.TestCase
TestKeeping.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
