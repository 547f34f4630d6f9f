"""Replies that another run of the program had queued: told of, and sent or taken back by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.queueing import (
    PATIENT,
    Queueing,
    opened_panel,
    queueing,
    show_token,
    submit,
    wait_for_waits,
)
from ui.replying import choose, opened_menu, texts_of
from ui.ui_parts import WAIT, Bench, button, click, opened_window

from bxgui.core.deadlines import TokenState
from bxgui.core.queued import Waits
from bxgui.ui.main_window import MainWindow
from bxgui.ui.token_columns import STATE


@pytest.fixture
def portal(bench: Bench) -> Iterator[Queueing]:
    bench.patience = PATIENT
    with queueing(bench) as made:
        yield made


def shown_by(window: MainWindow) -> str:
    return window.message.text if window.message.isVisible() else ""


def wait_for_message(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.waitUntil(lambda: text in shown_by(window), timeout=WAIT)


def test_held_replies_are_told_of_and_nothing_goes_by_itself(
    portal: Queueing, qtbot: QtBot
) -> None:
    portal.held(2)

    with opened_window(portal.bench, qtbot) as window:
        wait_for_message(qtbot, window, "were not sent: 2")
        assert window.queue.button.text() == "Queue 2: 2 held"
        click(qtbot, window.message, "Show the queue")

        assert window.queue.panel.isVisible()
        wait_for_waits(qtbot, window, Waits.HELD, Waits.HELD)
    assert portal.sent == 0


def test_a_held_token_is_not_called_sending(portal: Queueing, qtbot: QtBot) -> None:
    (call_id,) = portal.held()

    with opened_window(portal.bench, qtbot) as window:
        show_token(qtbot, window, call_id)
        model, header = window.tokens.model, window.call_view.header
        line = model.index(0, STATE)
        qtbot.waitUntil(lambda: line.data() == "Held", timeout=WAIT)
        qtbot.waitUntil(lambda: header._state.text() == "Held", timeout=WAIT)
        meaning = line.data(Qt.ItemDataRole.ToolTipRole)
        window.queue.actions.resume()
        qtbot.waitUntil(lambda: header._state.text() == "Accepted", timeout=WAIT)
        qtbot.waitUntil(lambda: model.index(0, STATE).data() == "Accepted", timeout=WAIT)

        assert "was not sent" in meaning


def test_a_token_whose_portal_is_paused_is_called_queued(portal: Queueing, qtbot: QtBot) -> None:
    (call_id,) = portal.caught()
    portal.bench.workspace.outbox.pause()

    with opened_window(portal.bench, qtbot) as window:
        submit(window, call_id)
        model = window.tokens.model
        qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=WAIT)
        qtbot.waitUntil(lambda: model.index(0, STATE).data() == "Queued", timeout=WAIT)
        assert "has not been executed" in model.index(0, STATE).data(Qt.ItemDataRole.ToolTipRole)


def test_held_replies_are_taken_back(portal: Queueing, qtbot: QtBot) -> None:
    (call_id,) = portal.held()
    left = portal.bench.workspace.draft(call_id)

    with opened_window(portal.bench, qtbot) as window:
        wait_for_message(qtbot, window, "were not sent: 1")
        panel = opened_panel(qtbot, window)
        panel.table.selectAll()
        click(qtbot, panel.tools, "Take back")

        qtbot.waitUntil(lambda: "were not sent" not in shown_by(window), timeout=WAIT)
    assert portal.bench.call(call_id).row.state is TokenState.WAITING
    assert portal.bench.workspace.draft(call_id) == left
    assert portal.sent == 0


def test_held_replies_are_sent_when_a_person_says_so(portal: Queueing, qtbot: QtBot) -> None:
    ids = portal.held(2)

    with opened_window(portal.bench, qtbot) as window:
        wait_for_waits(qtbot, window, Waits.HELD, Waits.HELD)
        panel = opened_panel(qtbot, window)
        click(qtbot, panel.tools, "Go on ▾")
        menu = opened_menu(qtbot)
        assert texts_of(menu)[0] == "All portals: send also what is held (2)"
        choose(qtbot, menu, "All portals: send also what is held (2)")

        qtbot.waitUntil(lambda: not window.queue.button.isVisible(), timeout=WAIT)
        qtbot.waitUntil(lambda: "were not sent" not in shown_by(window), timeout=WAIT)
    states = {portal.bench.call(call_id).row.state for call_id in ids}
    assert states == {TokenState.ACCEPTED}
    assert portal.sent == 2


def test_a_held_reply_that_cannot_go_is_told_with_its_name(portal: Queueing, qtbot: QtBot) -> None:
    (call_id,) = portal.held()
    portal.bench.workspace.distrust(portal.portal.key)

    with opened_window(portal.bench, qtbot) as window:
        wait_for_waits(qtbot, window, Waits.HELD)
        panel = opened_panel(qtbot, window)
        panel.table.selectAll()
        window.queue.actions.go_on_with(panel.selected())

        wait_for_message(qtbot, window, "is not trusted yet")
        assert "Reply to ask DEAL_1" in window.message.text
    assert portal.sent == 0
    assert portal.bench.call(call_id).row.state is TokenState.WAITING


def test_what_waited_when_the_window_was_closed_is_held_at_the_next_start(
    portal: Queueing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (call_id,) = portal.caught()
    portal.fails("time_limit")
    with opened_window(portal.bench, qtbot) as window:
        submit(window, call_id)
        wait_for_waits(qtbot, window, Waits.REPEAT)
    monkeypatch.setattr("bxgui.services.replies.is_alive", lambda _owner: False)

    with opened_window(portal.bench, qtbot) as window:
        wait_for_message(qtbot, window, "were not sent: 1")
        wait_for_waits(qtbot, window, Waits.HELD)
    assert portal.sent == 1


def test_nothing_is_told_where_nothing_was_left(portal: Queueing, qtbot: QtBot) -> None:
    portal.caught()

    with opened_window(portal.bench, qtbot) as window:
        assert "were not sent" not in shown_by(window)
        assert not window.queue.button.isVisible()


def test_a_closed_message_stays_closed(portal: Queueing, qtbot: QtBot) -> None:
    portal.held()

    with opened_window(portal.bench, qtbot) as window:
        wait_for_message(qtbot, window, "were not sent: 1")
        button(window.message, "✕").click()
        submit(window, portal.caught()[0])
        qtbot.waitUntil(lambda: portal.sent == 1, timeout=WAIT)

        assert "were not sent" not in shown_by(window)
