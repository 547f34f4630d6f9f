"""The list of tokens with its tabs and filters, in the window."""

from __future__ import annotations

import pytest
from portal_server import PortalServer
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    WAIT,
    Bench,
    Clock,
    button,
    by_name,
    click,
    desk_of,
    listed,
    pick,
    post,
    recorded,
    type_text,
    wait_for_call,
    wait_for_rows,
)

from bxgui.core.deadlines import TokenState
from bxgui.core.records import EVENT_SEND, Reply
from bxgui.ui.main_window import MainWindow
from bxgui.ui.state_tabs import ALL, OTHERS
from bxgui.ui.token_columns import ARRIVED, DEADLINE, DOCUMENT


def tab_texts(window: MainWindow) -> list[str]:
    return [
        n
        for i in range(window.tabs.count())
        if window.tabs.isTabVisible(i)
        if (n := window.tabs.tabText(i))
    ]


def wait_for_empty(qtbot: QtBot, window: MainWindow, title: str) -> None:
    qtbot.waitUntil(lambda: window.empty.isVisible() and window.empty.title == title, timeout=WAIT)


def shown_call(window: MainWindow) -> int | None:
    call = window.call_view.call
    return call.row.id if call is not None else None


def click_row(qtbot: QtBot, window: MainWindow, call_id: int) -> None:
    row = window.tokens.model.row_of(call_id)
    assert row is not None
    table = window.tokens.table
    place = table.visualRect(window.tokens.model.index(row, DOCUMENT)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click_header(qtbot: QtBot, window: MainWindow, column: int) -> None:
    header = window.tokens.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def arrive(bench: Bench, window: MainWindow, count: int, first: int) -> list[int]:
    """Calls come in, and the listener says so."""
    ids = bench.take_many(count, first)
    desk_of(window).note_change()
    return ids


def test_every_state_is_counted(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    waiting = bench.take(post(1), post(2), post(3))
    bench.take(post(4, timeout=60), post(5, use_subscription="N"))
    bench.take(recorded("40-event-onappinstall-2020"))
    bench.workspace.dismiss(waiting[0], dismissed=True)
    bench.clock.pass_by(61)
    qtbot.waitUntil(lambda: "Waiting 2" in tab_texts(window), timeout=WAIT)
    assert tab_texts(window) == [
        "Waiting 2",
        "Unknown",
        "Refused",
        "Accepted",
        "Expired 1",
        "Not waiting 1",
        "Dismissed 1",
        "All 5",
        "Other posts 1",
    ]
    assert window.filter.count.text() == "5 of 5"


def test_a_tab_lists_its_state(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    first, second = bench.take(post(1), post(2, use_subscription="N"))
    (event,) = bench.take(recorded("40-event-onappinstall-2020"))
    wait_for_rows(qtbot, window, [second, first])
    window.tabs.choose(TokenState.WAITING)
    wait_for_rows(qtbot, window, [first])
    assert window.filter.count.text() == "1 of 2"
    window.tabs.choose(OTHERS)
    wait_for_rows(qtbot, window, [event])
    assert window.filter.count.text() == "1 of 1"
    window.tabs.choose(ALL)
    wait_for_rows(qtbot, window, [second, first])


def test_the_three_ways_to_be_empty(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    wait_for_empty(qtbot, window, "Not listening")
    window.control.listening.emit("http://127.0.0.1:1/h/x")
    wait_for_empty(qtbot, window, "Listening, and nothing has come yet")
    assert button(window.empty, "Send a test call").isEnabled()

    (call_id,) = bench.take(post(1))
    wait_for_rows(qtbot, window, [call_id])
    assert not window.empty.isVisible()
    qtbot.keyClicks(window.filter.search, "nothing like it")
    wait_for_empty(qtbot, window, "The filter hides all calls")
    click(qtbot, window.empty, "Show all")
    wait_for_rows(qtbot, window, [call_id])
    assert window.filter.search.text() == ""


def test_a_state_that_no_token_has_hides_all(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = bench.take(post(1))
    wait_for_rows(qtbot, window, [call_id])
    window.tabs.choose(TokenState.REFUSED)
    wait_for_empty(qtbot, window, "The filter hides all calls")
    click(qtbot, window.empty, "Show all")
    wait_for_rows(qtbot, window, [call_id])
    assert window.tabs.choice == ALL


def test_search_finds_rule_document_and_values(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    by_rule, by_document, by_value = bench.take(
        post(1, code="get_days"),
        post(2, document="LEAD_7"),
        post(3, properties={"subject": "Счёт № 12"}),
    )
    wait_for_rows(qtbot, window, [by_value, by_document, by_rule])
    for text, expected in (("GET_days", by_rule), ("lead_7", by_document), ("счёт", by_value)):
        window.filter.search.clear()
        type_text(window.filter.search, text)
        wait_for_rows(qtbot, window, [expected])
        assert window.filter.count.text() == "1 of 1"


def test_only_the_portal_chosen_is_listed(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    other = {"member_id": "a" * 32, "endpoint": "https://other.example.org/rest/"}
    first, second = bench.take(post(1), post(2, **other))
    wait_for_rows(qtbot, window, [second, first])
    box = window.filter.portal
    qtbot.waitUntil(lambda: box.count() == 3, timeout=WAIT)
    index = box.findText("other.example.org")
    box.setCurrentIndex(index)
    box.activated.emit(index)
    wait_for_rows(qtbot, window, [second])
    assert window.filter.is_active

    bench.take(post(3))
    desk_of(window).note_change()
    with qtbot.waitSignal(window.tokens.listed, timeout=WAIT):
        pass
    assert box.currentText() == "other.example.org", "a call of another portal changes nothing"
    assert listed(window) == [second]


def test_a_header_sorts_and_the_selection_stays(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    first, second, third = bench.take(
        post(1, document="B"), post(2, document="C"), post(3, document="A")
    )
    wait_for_rows(qtbot, window, [third, second, first])
    pick(qtbot, window, second)
    click_header(qtbot, window, DOCUMENT)
    wait_for_rows(qtbot, window, [third, first, second])
    assert window.tokens.table.currentIndex().row() == 2
    click_header(qtbot, window, DOCUMENT)
    wait_for_rows(qtbot, window, [second, first, third])
    assert window.tokens.table.currentIndex().row() == 0
    assert shown_call(window) == second


def test_tokens_without_a_deadline_come_last(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    never, late, soon = bench.take(post(1), post(2, timeout=900), post(3, timeout=60))
    wait_for_rows(qtbot, window, [soon, late, never])
    click_header(qtbot, window, DEADLINE)
    wait_for_rows(qtbot, window, [soon, late, never])
    click_header(qtbot, window, DEADLINE)
    wait_for_rows(qtbot, window, [late, soon, never])


def test_the_newest_call_is_followed(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    (first,) = arrive(bench, window, 1, 1)
    wait_for_call(qtbot, window, first)
    ids = arrive(bench, window, 3, 2)
    wait_for_call(qtbot, window, ids[-1])
    assert window.filter.follow.isChecked()


@pytest.mark.parametrize("column", [ARRIVED, DOCUMENT])
def test_the_newest_call_is_followed_whatever_the_order(
    bench: Bench, window: MainWindow, qtbot: QtBot, column: int
) -> None:
    (first,) = arrive(bench, window, 1, 1)
    wait_for_call(qtbot, window, first)
    click_header(qtbot, window, column)
    for number in (9, 5, 7):
        (newest,) = arrive(bench, window, 1, number)
        wait_for_call(qtbot, window, newest)


def test_a_click_in_the_list_ends_following(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    ids = arrive(bench, window, 3, 1)
    wait_for_call(qtbot, window, ids[-1])
    click_row(qtbot, window, ids[0])
    wait_for_call(qtbot, window, ids[0])
    assert not window.filter.follow.isChecked()
    more = arrive(bench, window, 2, 4)
    wait_for_rows(qtbot, window, [*more[::-1], *ids[::-1]])
    assert shown_call(window) == ids[0]
    assert window.tokens.table.currentIndex().row() == 4


def test_a_key_in_the_list_ends_following(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    ids = arrive(bench, window, 3, 1)
    wait_for_call(qtbot, window, ids[-1])
    qtbot.keyClick(window.tokens.table, Qt.Key.Key_Down)
    wait_for_call(qtbot, window, ids[1])
    arrive(bench, window, 1, 4)
    qtbot.waitUntil(lambda: len(listed(window)) == 4, timeout=WAIT)
    assert shown_call(window) == ids[1]


def test_a_modifier_key_alone_does_not_end_following(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = arrive(bench, window, 2, 1)
    wait_for_call(qtbot, window, ids[-1])
    qtbot.keyClick(window.tokens.table, Qt.Key.Key_Control)
    assert window.filter.follow.isChecked()


def test_an_edit_in_the_form_ends_following(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    ids = arrive(bench, window, 2, 1)
    wait_for_call(qtbot, window, ids[-1])
    log = by_name(window.call_view.form, QLineEdit, "Log message")
    qtbot.keyClicks(log, "half a mess")
    assert not window.filter.follow.isChecked()
    arrive(bench, window, 1, 3)
    qtbot.waitUntil(lambda: len(listed(window)) == 3, timeout=WAIT)
    assert shown_call(window) == ids[-1]
    assert log.text() == "half a mess"


def test_following_again_selects_the_newest_at_once(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = arrive(bench, window, 3, 1)
    wait_for_call(qtbot, window, ids[-1])
    click_row(qtbot, window, ids[0])
    wait_for_call(qtbot, window, ids[0])
    window.filter.follow.click()
    wait_for_call(qtbot, window, ids[-1])


def test_a_half_filled_form_survives_a_look_at_another_token(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = arrive(bench, window, 2, 1)
    wait_for_call(qtbot, window, ids[1])
    form = window.call_view.form
    click(qtbot, form, "Add value")
    type_text(by_name(form, QLineEdit, "Name of the value"), "Сумма")
    type_text(by_name(form, QLineEdit, "Value of Сумма"), "сто")
    type_text(by_name(form, QLineEdit, "Log message"), "половина")
    pick(qtbot, window, ids[0])
    assert form.values() == []
    assert by_name(form, QLineEdit, "Log message").text() == ""
    bench.take_many(3, first=10)
    desk_of(window).note_change()
    qtbot.waitUntil(lambda: len(listed(window)) == 5, timeout=WAIT)
    pick(qtbot, window, ids[1])
    assert form.values() == [("Сумма", "сто")]
    assert by_name(form, QLineEdit, "Log message").text() == "половина"


def test_a_call_that_leaves_the_list_stays_before_the_eyes(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    """Whoever filters by state sees what became of the reply that moved its token away."""
    window.tabs.choose(TokenState.WAITING)
    first, second, third = arrive(bench, window, 3, 1)
    wait_for_rows(qtbot, window, [third, second, first])
    click_row(qtbot, window, second)
    wait_for_call(qtbot, window, second)
    qtbot.keyClicks(by_name(window.call_view.form, QLineEdit, "Log message"), "abc")
    bench.workspace.dismiss(second, dismissed=True)
    wait_for_rows(qtbot, window, [third, first])
    assert shown_call(window) == second
    assert by_name(window.call_view.form, QLineEdit, "Log message").text() == "abc"
    assert window.tokens.table.selectionModel().selectedRows() == []

    bench.workspace.dismiss(second, dismissed=False)
    wait_for_rows(qtbot, window, [third, second, first])
    assert window.tokens.table.currentIndex().row() == 1


def test_a_selected_token_stays_selected_among_many_changes_at_once(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = arrive(bench, window, 6, 1)
    qtbot.waitUntil(lambda: len(listed(window)) == 6, timeout=WAIT)
    window.tabs.choose(TokenState.WAITING)
    click_row(qtbot, window, ids[3])
    wait_for_call(qtbot, window, ids[3])
    for gone in (ids[4], ids[2], ids[0]):
        bench.workspace.dismiss(gone, dismissed=True)
    more = arrive(bench, window, 2, 7)
    wait_for_rows(qtbot, window, [more[1], more[0], ids[5], ids[3], ids[1]])
    assert window.tokens.table.currentIndex().row() == 3
    assert shown_call(window) == ids[3]


def test_a_waiting_token_runs_out_by_the_clock(
    bench: Bench, window: MainWindow, qtbot: QtBot, clock: Clock
) -> None:
    (call_id,) = bench.take(post(1, timeout=60))
    wait_for_rows(qtbot, window, [call_id])
    assert window.tokens.model.state_at(0) is TokenState.WAITING
    clock.pass_by(60)
    qtbot.waitUntil(lambda: "Expired 1" in tab_texts(window), timeout=WAIT)
    assert window.tokens.model.index(0, DEADLINE).data() == "late"
    assert window.tokens.model.state_at(0) is TokenState.EXPIRED


def test_only_rows_near_the_eye_are_fetched(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    ids = bench.take_many(600)
    desk_of(window).note_change()
    qtbot.waitUntil(lambda: len(listed(window)) == 600, timeout=WAIT)
    model = window.tokens.model
    assert model.state_at(0) is TokenState.WAITING
    assert model.state_at(599) is None
    window.tokens.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.state_at(599) is TokenState.WAITING, timeout=WAIT)
    assert model.state_at(300) is None
    assert model.index(599, DOCUMENT).data() == "DEAL_1"
    assert model.id_at(599) == ids[0]


def test_a_palette_change_repaints_without_a_change_of_rows(
    bench: Bench, window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    bench.take(post(1))
    desk_of(window).note_change()
    qtbot.waitUntil(lambda: len(listed(window)) == 1, timeout=WAIT)
    light = qapp.palette()
    dark = QPalette(Qt.GlobalColor.black)
    try:
        qapp.setPalette(dark)
        QApplication.processEvents()
        assert len(listed(window)) == 1
    finally:
        qapp.setPalette(light)


def test_search_waits_until_typing_pauses(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    asked: list[object] = []
    window.filter.changed.connect(lambda: asked.append(None))
    with qtbot.waitSignal(window.filter.changed, timeout=WAIT):
        qtbot.keyClicks(window.filter.search, "approve")
    assert len(asked) == 1


def test_only_log_leaves_a_token_waiting_in_its_tab(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    (call_id,) = bench.take(post(1, endpoint=portal.endpoint))
    bench.workspace.trust_call(bench.call(call_id))
    bench.workspace.submit(Reply(call_id, "bizproc.activity.log", [], "looking")).result(15)
    window.tabs.choose(TokenState.WAITING)
    wait_for_rows(qtbot, window, [call_id])


def test_a_token_answered_elsewhere_changes_its_tab(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    (call_id,) = bench.take(post(1, endpoint=portal.endpoint))
    bench.workspace.trust_call(bench.call(call_id))
    wait_for_rows(qtbot, window, [call_id])
    bench.workspace.submit(Reply(call_id, EVENT_SEND, [], "")).result(15)
    qtbot.waitUntil(lambda: "Accepted 1" in tab_texts(window), timeout=WAIT)
    qtbot.waitUntil(lambda: window.tokens.model.state_at(0) is TokenState.ACCEPTED, timeout=WAIT)


def menu_of(qtbot: QtBot, window: MainWindow, call_id: int) -> QMenu:
    """The context menu of a token, made but not waited for."""
    row = window.tokens.model.row_of(call_id)
    assert row is not None
    qtbot.waitUntil(lambda: window.tokens.model.state_at(row) is not None, timeout=WAIT)
    return window.tokens.make_menu(call_id, window.tokens.model.state_at(row))


def test_an_expired_token_can_be_put_aside_and_taken_back(
    bench: Bench, window: MainWindow, qtbot: QtBot, clock: Clock
) -> None:
    (call_id,) = bench.take(post(1, timeout=60))
    clock.pass_by(61)
    desk_of(window).note_change()
    qtbot.waitUntil(lambda: "Expired 1" in tab_texts(window), timeout=WAIT)
    put_aside = menu_of(qtbot, window, call_id).actions()[0]
    assert put_aside.text() == "Put aside"
    assert put_aside.isEnabled()
    put_aside.trigger()
    qtbot.waitUntil(lambda: "Dismissed 1" in tab_texts(window), timeout=WAIT)
    take_back = menu_of(qtbot, window, call_id).actions()[0]
    assert take_back.text() == "Take back"
    take_back.trigger()
    qtbot.waitUntil(lambda: "Expired 1" in tab_texts(window), timeout=WAIT)


def test_a_token_that_does_not_wait_cannot_be_put_aside(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = bench.take(post(1, use_subscription="N"))
    wait_for_rows(qtbot, window, [call_id])
    put_aside = menu_of(qtbot, window, call_id).actions()[0]
    assert not put_aside.isEnabled()
