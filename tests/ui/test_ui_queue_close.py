"""Closing the window while replies wait in its queue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from simulated import SEND, HeldAnswer
from ui.queueing import PATIENT, Queueing, queueing, rows_of, submit, wait_for_waits
from ui.ui_parts import WAIT, Bench, answer, opened_window, questions

from bxgui.core.deadlines import TokenState
from bxgui.core.queued import Waits
from bxgui.ui.main_window import MainWindow


@pytest.fixture
def portal(bench: Bench) -> Iterator[Queueing]:
    bench.patience = PATIENT
    with queueing(bench) as made:
        yield made


def leave_one(portal: Queueing, window: MainWindow, qtbot: QtBot) -> int:
    """A reply that is repeated much later."""
    (call_id,) = portal.caught()
    portal.fails("time_limit")
    submit(window, call_id)
    wait_for_waits(qtbot, window, Waits.REPEAT)
    return call_id


def test_nothing_is_asked_while_nothing_waits(window: MainWindow, qtbot: QtBot) -> None:
    window.close()

    assert questions(window) == []
    assert not window.isVisible()


def test_what_would_stay_in_the_queue_is_told_before_closing(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    leave_one(portal, window, qtbot)

    window.close()
    window.close()
    said = answer(qtbot, window, "Cancel")

    assert "Replies that have not been sent: 1." in said
    assert "wait for you at the next start" in said
    assert window.isVisible()
    assert len(rows_of(window)) == 1


def test_after_a_yes_the_window_closes_and_the_queue_keeps_the_reply(
    portal: Queueing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened_window(portal.bench, qtbot) as window:
        call_id = leave_one(portal, window, qtbot)
        window.close()
        answer(qtbot, window, "Cancel")
        window.close()
        answer(qtbot, window, "Close")

        qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT)
    monkeypatch.setattr("bxgui.services.replies.is_alive", lambda _owner: False)
    (held,) = portal.bench.workspace.outbox.queue()
    assert (held.call_id, held.waits) == (call_id, Waits.HELD)
    assert portal.bench.call(call_id).row.state is TokenState.SENDING
    assert portal.sent == 1


def test_what_others_hold_or_send_is_no_reason_to_ask(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    portal.held(2)
    wait_for_waits(qtbot, window, Waits.HELD, Waits.HELD)

    window.close()

    assert questions(window) == []
    assert not window.isVisible()


def hold_one(portal: Queueing, window: MainWindow, qtbot: QtBot, held: HeldAnswer) -> None:
    """A reply that the portal has, and does not answer."""
    (call_id,) = portal.caught()
    submit(window, call_id)
    qtbot.waitUntil(held.arrived.is_set, timeout=WAIT)
    wait_for_waits(qtbot, window, Waits.SENDING)


def test_closing_is_told_to_take_as_long_as_the_portal_needs_to_answer(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    held = HeldAnswer(portal.client, SEND)
    try:
        hold_one(portal, window, qtbot, held)
        portal.bench.clock.pass_by(2)
        window.close()
        said = answer(qtbot, window, "Cancel")
    finally:
        held.go_on.set()

    assert "Replies on their way: 1." in said
    assert "only when the portal has answered" in said
    assert "next start" not in said
    assert window.isVisible()


def test_what_has_only_just_gone_out_is_no_reason_to_ask(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    held = HeldAnswer(portal.client, SEND)
    hold_one(portal, window, qtbot, held)
    held.go_on.set()

    window.close()

    assert questions(window) == []
    assert not window.isVisible()


def test_reply_that_was_answered_since_the_queue_was_seen_is_no_reason_to_ask(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    held = HeldAnswer(portal.client, SEND)
    hold_one(portal, window, qtbot, held)
    portal.bench.clock.pass_by(2)
    (call_id,) = (row.call_id for row in rows_of(window))
    held.go_on.set()
    # The window's events do not run meanwhile: it sees nothing of the answer.
    while portal.bench.call(call_id).row.state is TokenState.SENDING:
        pass

    window.close()

    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT)
    assert questions(window) == []
