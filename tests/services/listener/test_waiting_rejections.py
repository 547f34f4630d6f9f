from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing

from posts import FORM, NOW

from bxgui.core.records import Arrival, Rejection, Stored
from bxgui.core.rejections import PREVIEW_BYTES
from bxgui.services.listener.capture import Capture
from bxgui.services.listener.waiting_rejections import WaitingRejections
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import StoreKey

WAIT = 20
MB = 1024 * 1024


def rejection(size: int) -> Rejection:
    arrival = Arrival(NOW, b"a" * size, FORM)
    return Rejection(arrival, 400, "too_deep", "a name has 99 levels", at_handler=True)


class NothingToKeep:
    """Keeps no call: none comes in these tests."""

    wants_tending = False

    def record(self, calls: Sequence[PreparedCall]) -> list[Stored]:
        raise AssertionError

    def tend(self) -> None:
        raise AssertionError

    def close(self) -> None:
        return


class StuckWriter:
    """Keeps rejections once it is let go."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.gate = threading.Event()
        self.sizes: list[int] = []

    def keep(self, rejections: Sequence[PreparedCall]) -> None:
        self.entered.set()
        assert self.gate.wait(WAIT)
        self.sizes += [len(one.sealed or b"") for one in rejections]


def sizes(waiting: WaitingRejections, *given: int) -> list[int]:
    return [len(waiting.enter(rejection(size)).arrival.body) for size in given]


def test_beginning_alone_waits_where_others_leave_no_room() -> None:
    waiting = WaitingRejections(10 * MB)

    assert sizes(waiting, 6 * MB, 5 * MB, 3 * MB, 10) == [6 * MB, PREVIEW_BYTES, 3 * MB, 10]


def test_room_of_those_that_were_kept_is_there_for_others() -> None:
    waiting = WaitingRejections(10)
    first = waiting.enter(rejection(10))

    waiting.leave([first])

    assert sizes(waiting, 10) == [10]


def test_rejections_do_not_pile_up_before_a_writer_that_is_stuck(key: StoreKey) -> None:
    writer = StuckWriter()
    with closing(Capture(NothingToKeep(), writer.keep, key)) as capture:
        for _ in range(10):
            capture.reject(rejection(8 * MB))
        assert writer.entered.wait(WAIT)
        writer.gate.set()

    assert len(writer.sizes) == 10
    assert sum(writer.sizes) < 50 * MB
    assert max(writer.sizes[-2:]) < 2 * PREVIEW_BYTES
