"""The queue beside the history: when it is there, what it says, and what is done in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from ui.queueing import (
    PATIENT,
    QUICK,
    Queueing,
    opened_panel,
    queueing,
    rows_of,
    submit,
    wait_for_waits,
)
from ui.replying import choose, opened_menu, texts_of
from ui.ui_parts import WAIT, Bench, Clock, all_texts, answer, button, click, post, wait_for_call

from bxgui.core.deadlines import TokenState
from bxgui.core.queued import Waits
from bxgui.ui.main_window import MainWindow
from bxgui.ui.queue.queue_model import POSITION, WAITS, WHY
from bxgui.ui.queue.queue_panel import QueuePanel


@pytest.fixture
def portal(bench: Bench) -> Iterator[Queueing]:
    bench.patience = PATIENT
    with queueing(bench) as made:
        yield made


def cell(panel: QueuePanel, line: int, column: int) -> str:
    return str(panel.model.index(line, column).data())


def states(bench: Bench, ids: list[int]) -> list[TokenState | None]:
    return [bench.call(call_id).row.state for call_id in ids]


def menu_of(qtbot: QtBot, panel: QueuePanel, name: str) -> QMenu:
    click(qtbot, panel.tools, f"{name} ▾")
    return opened_menu(qtbot)


def test_an_empty_queue_takes_no_room(window: MainWindow) -> None:
    assert not window.queue.button.isVisible()
    assert not window.queue.panel.isVisible()
    assert not window.queue.panel.tools.isVisible()
    assert window.history.splitter.isVisible()


def test_a_reply_that_goes_out_at_once_leaves_no_trace_of_the_queue(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = portal.caught()
    seen: list[bool] = []
    window.queue.watch.changed.connect(lambda: seen.append(window.queue.button.isVisible()))

    submit(window, call_id)

    qtbot.waitUntil(lambda: states(portal.bench, [call_id]) == [TokenState.ACCEPTED], timeout=WAIT)
    assert True not in seen


@pytest.mark.parametrize(
    ("fault", "why", "next_try"),
    [
        ("rate_limit", "Too many requests to the portal.", "try 2 of 8 in "),
        ("time_limit", "The portal has blocked this method for a while.", "try 2 of 8 in 1"),
        ("locked", "The workflow is being executed at this moment.", "try 2 of 8 in "),
    ],
)
def test_what_the_portal_did_not_execute_is_seen_waiting_for_the_next_try(
    portal: Queueing, window: MainWindow, qtbot: QtBot, fault: str, why: str, next_try: str
) -> None:
    (call_id,) = portal.caught()
    portal.fails(fault)

    submit(window, call_id)
    wait_for_waits(qtbot, window, Waits.REPEAT)
    panel = opened_panel(qtbot, window)

    assert window.queue.button.text().startswith("Queue 1: next try in ")
    assert cell(panel, 0, POSITION) == "1"
    assert cell(panel, 0, WAITS).startswith(next_try)
    assert cell(panel, 0, WHY) == why


def test_what_cannot_reach_the_portal_is_repeated_too(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = portal.bench.take(post(1, endpoint="http://127.0.0.1:1/rest/"))
    portal.bench.workspace.trust_call(portal.bench.call(call_id))

    submit(window, call_id)

    wait_for_waits(qtbot, window, Waits.REPEAT)
    (row,) = rows_of(window)
    assert row.explanation is not None
    assert row.explanation.key == "connection_refused"


def test_a_repeated_reply_arrives_and_the_queue_is_gone_again(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    portal.bench.patience = QUICK
    (call_id,) = portal.caught()
    portal.fails("locked", count=2)

    submit(window, call_id)

    qtbot.waitUntil(lambda: states(portal.bench, [call_id]) == [TokenState.ACCEPTED], timeout=WAIT)
    qtbot.waitUntil(lambda: not window.queue.button.isVisible(), timeout=WAIT)
    assert portal.sent == 3


def test_the_countdown_goes_down(
    portal: Queueing, window: MainWindow, qtbot: QtBot, clock: Clock
) -> None:
    (call_id,) = portal.caught()
    portal.fails("time_limit")
    submit(window, call_id)
    wait_for_waits(qtbot, window, Waits.REPEAT)
    panel = opened_panel(qtbot, window)
    moment = rows_of(window)[0].next_try_at
    assert moment is not None

    clock.at = moment - timedelta(seconds=580)

    assert cell(panel, 0, WAITS) == "try 2 of 8 in 9:40"
    qtbot.waitUntil(lambda: "9:40" in window.queue.button.text(), timeout=WAIT)


def test_others_wait_behind_what_holds_their_portal(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    ids = portal.caught(2)
    portal.fails("time_limit")
    submit(window, ids[0])
    wait_for_waits(qtbot, window, Waits.REPEAT)

    submit(window, ids[1])

    wait_for_waits(qtbot, window, Waits.REPEAT, Waits.PORTAL)
    panel = opened_panel(qtbot, window)
    assert cell(panel, 1, WAITS).startswith("the portal, until ")
    assert cell(panel, 1, WHY) == "The portal has blocked this method for a while."


def test_pausing_holds_everything_until_it_is_resumed(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    ids = portal.caught(2)
    portal.bench.workspace.outbox.pause()
    for call_id in ids:
        submit(window, call_id)
    wait_for_waits(qtbot, window, Waits.PAUSED, Waits.PAUSED)
    panel = opened_panel(qtbot, window)
    assert window.queue.button.text() == "Queue 2: paused"
    assert not button(panel.tools, "Pause ▾").isEnabled()
    assert portal.sent == 0

    menu = menu_of(qtbot, panel, "Go on")
    assert texts_of(menu) == ["All portals", portal.portal.title]
    choose(qtbot, menu, "All portals")

    accepted = [TokenState.ACCEPTED] * 2
    qtbot.waitUntil(lambda: states(portal.bench, ids) == accepted, timeout=WAIT)
    qtbot.waitUntil(window.history.splitter.isVisible, timeout=WAIT)
    assert not window.queue.button.isVisible()


def test_one_portal_is_paused_and_stays_visible_while_it_is(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = portal.caught()
    portal.fails("time_limit")
    submit(window, call_id)
    wait_for_waits(qtbot, window, Waits.REPEAT)
    panel = opened_panel(qtbot, window)

    choose(qtbot, menu_of(qtbot, panel, "Pause"), rows_of(window)[0].portal)
    wait_for_waits(qtbot, window, Waits.PAUSED)
    panel.table.selectAll()
    click(qtbot, panel.tools, "Take back")
    wait_for_waits(qtbot, window)

    assert window.queue.button.text() == "Queue: paused"
    choose(qtbot, menu_of(qtbot, panel, "Go on"), portal.portal.title)
    qtbot.waitUntil(lambda: not window.queue.button.isVisible(), timeout=WAIT)
    assert portal.bench.workspace.store.queue.paused() == []


def test_what_is_selected_is_taken_back_by_the_delete_key(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    ids = portal.caught(3)
    portal.bench.workspace.outbox.pause()
    for call_id in ids:
        submit(window, call_id)
    wait_for_waits(qtbot, window, *[Waits.PAUSED] * 3)
    panel = opened_panel(qtbot, window)
    assert not button(panel.tools, "Take back").isEnabled()
    queued = [row.call_id for row in rows_of(window)]
    panel.table.selectRow(1)

    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)

    wait_for_waits(qtbot, window, Waits.PAUSED, Waits.PAUSED)
    assert states(portal.bench, queued) == [
        TokenState.SENDING,
        TokenState.WAITING,
        TokenState.SENDING,
    ]
    assert portal.sent == 0


def test_all_are_taken_back_after_a_question(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    ids = portal.caught(2)
    portal.fails("time_limit")
    for call_id in ids:
        submit(window, call_id)
    wait_for_waits(qtbot, window, Waits.REPEAT, Waits.PORTAL)
    panel = opened_panel(qtbot, window)

    click(qtbot, panel.tools, "Take all back")
    answer(qtbot, window, "Cancel")
    assert len(rows_of(window)) == 2
    click(qtbot, panel.tools, "Take all back")
    said = answer(qtbot, window, "Take all back")

    assert "Take back all replies that wait: 2?" in said
    qtbot.waitUntil(lambda: not window.queue.button.isVisible(), timeout=WAIT)
    assert states(portal.bench, ids) == [TokenState.WAITING] * 2
    assert window.statusBar().currentMessage() == "Taken back: 2."


@pytest.mark.parametrize("by", ["double click", "Enter"])
def test_a_line_leads_to_its_token(
    portal: Queueing, window: MainWindow, qtbot: QtBot, by: str
) -> None:
    ids = portal.caught(2)
    portal.bench.workspace.outbox.pause()
    for call_id in ids:
        submit(window, call_id)
    wait_for_waits(qtbot, window, Waits.PAUSED, Waits.PAUSED)
    panel = opened_panel(qtbot, window)
    first = rows_of(window)[0].call_id
    place = panel.table.visualRect(panel.model.index(0, WAITS)).center()

    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    if by == "Enter":
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    else:
        qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    wait_for_call(qtbot, window, first)


def test_the_menu_of_a_line_offers_what_fits_it(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    portal.held()
    wait_for_waits(qtbot, window, Waits.HELD)
    panel = opened_panel(qtbot, window)
    panel.table.selectRow(0)
    place = panel.table.visualRect(panel.model.index(0, WAITS)).center()

    panel.table.customContextMenuRequested.emit(place)

    menu = opened_menu(qtbot)
    name = rows_of(window)[0].portal
    assert texts_of(menu) == ["Go to the token", "Take back", "Send what is held", f"Pause {name}"]
    menu.close()


def test_the_history_comes_back_as_it_was(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    click(qtbot, window.history, "Errors")
    (call_id,) = portal.caught()
    portal.bench.workspace.outbox.pause()
    submit(window, call_id)
    wait_for_waits(qtbot, window, Waits.PAUSED)
    opened_panel(qtbot, window)
    assert not window.history.splitter.isVisible()

    portal.bench.workspace.outbox.resume()

    qtbot.waitUntil(window.history.splitter.isVisible, timeout=WAIT)
    assert button(window.history, "Errors").isChecked()


def test_impatient_clicks_do_a_thing_once(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    ids = portal.held(3)
    wait_for_waits(qtbot, window, *[Waits.HELD] * 3)
    panel = opened_panel(qtbot, window)
    panel.table.selectAll()
    held = panel.selected()

    for _ in range(5):
        window.queue.actions.go_on_with(held)
        window.queue.actions.resume()

    accepted = [TokenState.ACCEPTED] * 3
    qtbot.waitUntil(lambda: states(portal.bench, ids) == accepted, timeout=WAIT)
    qtbot.waitUntil(lambda: not window.queue.button.isVisible(), timeout=WAIT)
    assert portal.sent == 3


def test_the_queue_tells_no_secret(portal: Queueing, window: MainWindow, qtbot: QtBot) -> None:
    (call_id,) = portal.caught()
    token = portal.bench.workspace.event_token(call_id)
    portal.fails("time_limit")
    submit(window, call_id)
    wait_for_waits(qtbot, window, Waits.REPEAT)
    opened_panel(qtbot, window)
    QApplication.processEvents()

    assert token not in "\n".join(all_texts(window))
