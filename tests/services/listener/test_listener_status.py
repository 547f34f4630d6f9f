"""What the listener tells of itself: its rates, its last call, the room on its disk."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from listening import ask, listening
from posts import NOW, Post

from bxgui.core.records import Rejection
from bxgui.services.intake import prepare, prepare_rejection
from bxgui.services.listener.announcements import Announcements
from bxgui.services.listener.announcer import Announcer
from bxgui.services.listener.status import (
    LOW_DISK_BYTES,
    WELL_DISK_BYTES,
    Report,
    Status,
    Tally,
    free_space_of,
)
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, new_key

ROOMY = 50 * WELL_DISK_BYTES


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Disk:
    """A disk with so much room, or none that can be told."""

    def __init__(self, free: int | OSError) -> None:
        self.free = free
        self.looks = 0

    def __call__(self) -> int:
        self.looks += 1
        if isinstance(self.free, OSError):
            raise self.free
        return self.free


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def disk() -> Disk:
    return Disk(ROOMY)


@pytest.fixture
def told() -> list[Report]:
    return []


@pytest.fixture
def status(told: list[Report], seconds: Seconds, disk: Disk) -> Status:
    return Status(told.append, seconds, lambda: NOW, disk)


def look(status: Status) -> None:
    """Long enough for a report."""
    for _ in range(2):
        status.look()


def look_at_disk(status: Status) -> None:
    """Long enough for a look at the disk and a report of it."""
    for _ in range(10):
        status.look()


def test_a_tally_forgets_what_is_older_than_a_minute(seconds: Seconds) -> None:
    tally = Tally(seconds)
    tally.add()
    seconds.now += 30
    tally.add()
    tally.add()
    assert tally.count() == 3
    seconds.now += 29
    assert tally.count() == 3
    seconds.now += 1
    assert tally.count() == 2
    seconds.now += 30
    assert tally.count() == 0


def test_a_tally_stays_small_however_much_is_counted(seconds: Seconds) -> None:
    tally = Tally(seconds)
    for _ in range(10_000):
        seconds.now += 0.1
        tally.add()
    assert tally.count() == 600
    assert len(tally._seconds) <= 61


def test_the_first_look_is_announced(status: Status, told: list[Report]) -> None:
    status.look()
    assert told == [Report(0, 0, None, ROOMY, disk_low=False)]


def test_nothing_is_announced_while_nothing_changes(status: Status, told: list[Report]) -> None:
    for _ in range(10):
        status.look()
    assert len(told) == 1


def test_calls_and_rejections_are_counted_and_age_out(
    status: Status, told: list[Report], seconds: Seconds
) -> None:
    look(status)
    status.count_call()
    status.count_call()
    status.count_rejected()
    look(status)
    assert told[-1] == Report(2, 1, NOW, ROOMY, disk_low=False)
    seconds.now += 60
    look(status)
    assert told[-1] == Report(0, 0, NOW, ROOMY, disk_low=False)
    assert len(told) == 3


def test_news_waits_for_every_second_look(status: Status, told: list[Report]) -> None:
    status.look()
    status.count_call()
    status.look()
    assert len(told) == 1
    status.look()
    assert len(told) == 2


def test_the_disk_is_looked_at_less_often_than_the_rates(status: Status, disk: Disk) -> None:
    for _ in range(11):
        status.look()
    assert disk.looks == 3


def test_free_space_that_moves_a_little_is_no_news(
    status: Status, told: list[Report], disk: Disk
) -> None:
    status.look()
    disk.free = ROOMY + 1_000_000
    look_at_disk(status)
    assert len(told) == 1


def test_a_disk_is_low_until_it_has_clearly_more_room(
    status: Status, told: list[Report], disk: Disk
) -> None:
    status.look()
    lows = []
    for free in (
        LOW_DISK_BYTES,
        LOW_DISK_BYTES - 1,
        LOW_DISK_BYTES + 1,
        WELL_DISK_BYTES - 1,
        WELL_DISK_BYTES,
        LOW_DISK_BYTES + 1,
    ):
        disk.free = free
        look_at_disk(status)
        lows.append(told[-1].disk_low)
    assert lows == [False, True, True, True, False, False]


def test_a_disk_that_cannot_be_looked_at_stays_as_it_was(
    status: Status, told: list[Report], disk: Disk
) -> None:
    disk.free = OSError("gone")
    status.look()
    assert told == [Report(0, 0, None, None, disk_low=False)]
    disk.free = LOW_DISK_BYTES - 1
    look_at_disk(status)
    disk.free = OSError("gone")
    look_at_disk(status)
    status.count_call()
    look(status)
    assert told[-1] == Report(1, 0, NOW, LOW_DISK_BYTES - 1, disk_low=True)


def test_free_space_is_that_of_the_folder_s_disk(tmp_path: Path) -> None:
    assert free_space_of(tmp_path)() > 0
    with pytest.raises(FileNotFoundError):
        free_space_of(tmp_path / "none")()


def lines_of_a_disk_that_fills(folder: Path, *, as_json: bool) -> list[str]:
    """What a listener says while its disk fills and is freed again."""
    path = folder / "lines"
    with path.open("wb") as file:
        announcer = Announcer(file.fileno(), as_json=as_json)
        tell = Announcements(announcer)
        tell.listening("", "", "", 0, StoreKey(b"k" * 32, keeper="a keyring"), "")
        for free, low in ((ROOMY, False), (400_000_000, True), (300_000_000, True)):
            tell.status(Report(1, 2, NOW, free, low))
        tell.status(Report(0, 0, None, ROOMY, disk_low=False))
        announcer.close()
    return path.read_text("utf-8").splitlines()[1:]


def test_a_person_reads_only_of_a_disk_that_is_low_and_well_again(tmp_path: Path) -> None:
    low, well = lines_of_a_disk_that_fills(tmp_path, as_json=False)
    assert low.startswith("DISK NEARLY FULL: 400 MB are left")
    assert well == "the disk with the store has room again"


def test_a_program_reads_every_status(tmp_path: Path) -> None:
    lines = lines_of_a_disk_that_fills(tmp_path, as_json=True)
    events = [json.loads(line) for line in lines]
    assert [event["event"] for event in events] == [
        *("status", "status", "disk_low", "status", "status", "disk_ok")
    ]
    assert events[0] == {
        "event": "status",
        "calls_per_minute": 1,
        "rejected_per_minute": 2,
        "last_call_at": NOW.isoformat(),
        "disk_free": ROOMY,
        "disk_low": False,
    }
    assert events[2] == {"event": "disk_low", "free": 400_000_000}
    assert events[-2]["last_call_at"] is None


def test_the_listener_tells_its_rates(tmp_path: Path) -> None:
    with listening(tmp_path) as running:
        assert running.next_event("status")["last_call_at"] is None
        assert ask(running.url, Post(1).body)[0] == 200
        assert ask(running.url, b"x", headers={"Content-Type": "text/css"})[0] == 415
        event = running.next_event("status", calls_per_minute=1, rejected_per_minute=1)
        running.close_input()
        assert running.wait() == 0

    assert event["last_call_at"]
    assert event["disk_free"] > 0
    assert json.loads(running.lines[-1]) == {"event": "stopped"}


def test_the_last_call_is_remembered_and_is_none_that_was_rejected(tmp_path: Path) -> None:
    key = new_key("")
    with closing(Store.open(tmp_path)) as store:
        assert store.calls.newest_at() is None
        store.calls.record([prepare(Post(1).arrival(NOW), key)])
        late = Post(2).arrival(NOW + timedelta(hours=1))
        rejection = Rejection(late, 400, "not_json", "the JSON is not an object", at_handler=True)
        store.calls.reject([prepare_rejection(rejection, key)])
        assert store.calls.newest_at() == NOW
