"""The queue's table: its model under changes, a long queue, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from factories import NOW
from PySide6.QtCore import QItemSelectionModel
from pytestqt.modeltest import ModelTester

from bxgui.core.explanations import BY_KEY
from bxgui.core.queued import QueuedReply, Waits
from bxgui.core.records import EVENT_SEND
from bxgui.ui.queue.queue_model import WAITS, QueueModel
from bxgui.ui.queue.queue_texts import is_brief, progress_text, summary_text, waits_text

SOON = NOW + timedelta(seconds=12)


def queued(number: int = 1, **changes: object) -> QueuedReply:
    plain = QueuedReply(
        position=number,
        reply_id=number,
        call_id=number * 10,
        portal_id=1,
        portal="portal.example.org",
        rule="ask",
        document=f"DEAL_{number}",
        method=EVENT_SEND,
        created_at=NOW - timedelta(minutes=1),
        waits=Waits.TURN,
        may_try=8,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def repeated(number: int = 1, **changes: object) -> QueuedReply:
    told = {"waits": Waits.REPEAT, "tries": 2, "next_try_at": SOON}
    return queued(number, explanation=BY_KEY["workflow_busy"], **(told | changes))


def ids_of(model: QueueModel) -> list[int]:
    rows = [model.reply_at(line) for line in range(model.rowCount())]
    return [row.reply_id for row in rows if row is not None]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), ()),
        ((), (1, 2)),
        ((1, 2, 3), (2, 3)),
        ((1, 2, 3), (1, 3)),
        ((1, 2, 3), (1, 2)),
        ((1, 2, 3), (2, 3, 4)),
        ((1, 2, 3), (3, 1, 2)),
        ((1, 2), ()),
        ((1, 2), (3, 4, 5)),
    ],
)
def test_the_model_stays_sound(
    qtmodeltester: ModelTester, before: Sequence[int], after: Sequence[int]
) -> None:
    model = QueueModel(lambda: NOW)
    model.show(tuple(map(queued, before)))
    qtmodeltester.check(model)
    model.show(tuple(map(queued, after)))
    assert ids_of(model) == list(after)
    qtmodeltester.check(model)


def test_what_is_selected_stays_when_those_before_it_have_gone_out() -> None:
    model = QueueModel(lambda: NOW)
    model.show(tuple(map(queued, (1, 2, 3))))
    selection = QItemSelectionModel(model)
    selection.setCurrentIndex(model.index(2, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    model.show((queued(3, position=1),))

    current = model.reply_at(selection.currentIndex().row())
    assert current is not None
    assert current.reply_id == 3


def test_a_long_queue_is_told_of_by_its_changed_end_only() -> None:
    """A view of 10,000 lines must not begin anew with each reply that goes out."""
    model = QueueModel(lambda: NOW)
    model.show(tuple(map(queued, range(10_000))))
    told: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _parent, first, last: told.append((first, last)))
    model.modelReset.connect(lambda: told.append((-1, -1)))

    model.show(tuple(map(queued, range(1, 10_000))))

    assert told == [(0, 0)]
    assert model.rowCount() == 9_999


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (queued(), "its turn"),
        (queued(tries=1), "try 2 of 8 comes next"),
        (queued(waits=Waits.SENDING, tries=3), "try 3 of 8 is on its way"),
        (repeated(), "try 3 of 8 in 0:12"),
        (repeated(next_try_at=NOW), "try 3 of 8 in 0:00"),
        (queued(waits=Waits.PAUSED), "paused"),
        (queued(waits=Waits.HELD), "held: bxgui was closed"),
    ],
)
def test_why_a_reply_waits_is_said_in_a_few_words(one: QueuedReply, said: str) -> None:
    model = QueueModel(lambda: NOW)
    model.show((one,))

    assert model.index(0, WAITS).data() == said


def test_the_time_of_a_portal_that_takes_nothing_is_named() -> None:
    one = queued(waits=Waits.PORTAL, next_try_at=SOON)
    moment = f"{SOON.astimezone():%H:%M:%S}"

    assert waits_text(one, NOW) == f"the portal, until {moment}"
    assert moment in progress_text(one, NOW)


@pytest.mark.parametrize(
    ("replies", "paused", "said"),
    [
        ([queued()], False, "Queue 1"),
        ([queued(), repeated(2)], False, "Queue 2: next try in 0:12"),
        ([queued(), queued(2, waits=Waits.PAUSED)], True, "Queue 2: paused"),
        ([repeated(), queued(2, waits=Waits.HELD)], True, "Queue 2: 1 held"),
        ([], True, "Queue: paused"),
    ],
)
def test_a_queue_is_summed_up_by_what_a_person_can_do_most_about(
    replies: list[QueuedReply], paused: bool, said: str
) -> None:
    assert summary_text(replies, paused=paused, now=NOW) == said


@pytest.mark.parametrize(
    ("one", "brief"),
    [
        (queued(created_at=NOW), True),
        (queued(created_at=NOW, waits=Waits.SENDING, tries=1), True),
        (queued(), False),
        (queued(created_at=NOW + timedelta(hours=1)), False),  # the clock was set back
        (queued(waits=Waits.SENDING, tries=1), False),
        (repeated(created_at=NOW), False),
        (queued(created_at=NOW, waits=Waits.PAUSED), False),
        (queued(created_at=NOW, waits=Waits.SENDING, tries=2), False),
    ],
)
def test_what_goes_out_at_once_is_not_worth_a_word(one: QueuedReply, brief: bool) -> None:
    assert is_brief(one, NOW) is brief
