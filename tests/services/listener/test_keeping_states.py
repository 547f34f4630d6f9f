"""Any order of arrivals, repeats, faults, crashes and restarts: no call is lost, none is twice."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from posts import NOW, Post

from bxgui.core.redact import digest
from bxgui.services.intake import prepare
from bxgui.services.listener.emergency import EmergencyFile
from bxgui.services.listener.keeping import Keeper, NotStored
from bxgui.services.store import Store
from bxgui.services.vault import new_key

NUMBERS = st.integers(0, 12)


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


class Keeping(RuleBasedStateMachine):
    """One data folder over the lives of several listeners."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="bxgui-states-"))
        self.key = new_key("this is a test")
        self.lives = 0
        self.lock: sqlite3.Connection | None = None
        # How often each token was acknowledged, or kept in the emergency file.
        self.acknowledged: Counter[int] = Counter()
        self.in_emergency: set[int] = set()
        self.begin()

    def begin(self) -> None:
        self.lives += 1
        self.store = Store.open_or_begin_anew(self.folder, NOW)
        # A process number of the past, so that the next life takes over what this one leaves.
        emergency = EmergencyFile(self.folder, f"1:0.5:{self.lives}", 100_000)
        self.keeper = Keeper(self.store, emergency, Silence(), lambda: NOW)
        self.store.database.patience = 0.01
        self.store.listener_paths.honoured(NOW)
        self.store.keep_identity()

    def take_in(self) -> None:
        self.keeper.begin()

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=4))
    def calls_arrive(self, numbers: list[int]) -> None:
        calls = [prepare(Post(number).arrival(), self.key) for number in numbers]
        try:
            self.keeper.record(calls)
        except NotStored:
            self.in_emergency |= set(numbers)
        else:
            self.acknowledged.update(numbers)

    @precondition(lambda self: self.lock is None)
    @rule()
    def another_program_locks_the_store(self) -> None:
        self.lock = sqlite3.connect(self.folder / "store.sqlite3", isolation_level=None)
        self.lock.execute("BEGIN IMMEDIATE")

    @precondition(lambda self: self.lock is not None)
    @rule()
    def the_lock_is_over(self) -> None:
        self.unlock()

    @rule()
    def there_is_time_to_tend(self) -> None:
        self.keeper.tend()

    @precondition(lambda self: self.lock is None)
    @rule()
    def the_listener_is_killed_and_started_again(self) -> None:
        self.store.close()
        self.begin()
        self.take_in()

    @precondition(lambda self: self.lock is None)
    @rule()
    def the_listener_is_stopped_and_started_again(self) -> None:
        self.keeper.close()
        self.store.close()
        self.begin()
        self.take_in()

    @invariant()
    def what_was_acknowledged_is_in_the_store_once(self) -> None:
        found = self.tokens()
        assert len(set(found)) == len(found)
        missing = {digest(Post(number).token) for number in self.acknowledged} - set(found)
        assert missing == set()

    def teardown(self) -> None:
        self.unlock()
        self.keeper.close()
        self.store.close()
        self.begin()
        self.take_in()
        found = self.tokens()
        kept = set(self.acknowledged) | self.in_emergency
        assert sorted(found) == sorted(digest(Post(number).token) for number in kept)
        self.store.close()
        shutil.rmtree(self.folder)

    def unlock(self) -> None:
        if self.lock is not None:
            with suppress(sqlite3.Error):
                self.lock.close()
            self.lock = None

    def tokens(self) -> list[str]:
        with self.store.database.read() as connection:
            return list(connection.exec_driver_sql("SELECT token_digest FROM calls").scalars())


TestKeeping = Keeping.TestCase
TestKeeping.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
