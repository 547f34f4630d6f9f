"""Several tokens selected in the list: what arrives, goes or is sorted does not change them."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot
from ui.replying import texts_of
from ui.ui_parts import (
    WAIT,
    Bench,
    all_texts,
    button,
    click,
    desk_of,
    listed,
    pick,
    post,
    wait_for_call,
    wait_for_rows,
)

from bxgui.core.deadlines import TokenState
from bxgui.ui.main_window import MainWindow
from bxgui.ui.many import marking
from bxgui.ui.token_columns import DOCUMENT
from bxgui.ui.token_model import Listing


def selected(window: MainWindow) -> list[int | None]:
    """The calls whose lines are painted as selected."""
    rows = window.tokens.table.selectionModel().selectedRows()
    return [window.tokens.model.id_at(row) for row in sorted(index.row() for index in rows)]


def place_of(window: MainWindow, call_id: int) -> QPoint:
    row = window.tokens.model.row_of(call_id)
    assert row is not None
    return window.tokens.table.visualRect(window.tokens.model.index(row, DOCUMENT)).center()


def click_row(qtbot: QtBot, window: MainWindow, call_id: int, *held: Qt.KeyboardModifier) -> None:
    keys = held[0] if held else Qt.KeyboardModifier.NoModifier
    viewport = window.tokens.table.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, keys, place_of(window, call_id))


def select_with_ctrl(qtbot: QtBot, window: MainWindow, *ids: int) -> None:
    click_row(qtbot, window, ids[0])
    for call_id in ids[1:]:
        click_row(qtbot, window, call_id, Qt.KeyboardModifier.ControlModifier)


def show(bench: Bench, window: MainWindow, qtbot: QtBot, count: int) -> list[int]:
    ids = bench.take_many(count)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, ids[::-1])
    return ids


def bar_texts(window: MainWindow) -> list[str]:
    return all_texts(window.tokens.bar) if window.tokens.bar.isVisible() else []


def test_ctrl_and_a_click_select_several_and_show_the_last(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = show(bench, window, qtbot, 5)
    select_with_ctrl(qtbot, window, ids[0], ids[2], ids[4])
    wait_for_call(qtbot, window, ids[4])
    assert selected(window) == [ids[4], ids[2], ids[0]]
    assert "Tokens selected: 3" in bar_texts(window)


def test_shift_and_the_arrow_keys_select_several(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = show(bench, window, qtbot, 4)
    pick(qtbot, window, ids[3])
    for _ in range(2):
        qtbot.keyClick(window.tokens.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    wait_for_call(qtbot, window, ids[1])
    assert window.tokens.marking.in_order() == [ids[3], ids[2], ids[1]]


def test_the_bar_is_gone_when_one_is_selected_again(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = show(bench, window, qtbot, 3)
    select_with_ctrl(qtbot, window, ids[0], ids[1])
    assert window.tokens.bar.isVisible()
    click(qtbot, window.tokens.bar, "✕")
    assert selected(window) == [ids[1]]
    assert not window.tokens.bar.isVisible()


def test_what_arrives_changes_neither_the_selection_nor_the_call_shown(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = show(bench, window, qtbot, 4)
    select_with_ctrl(qtbot, window, ids[0], ids[2])
    wait_for_call(qtbot, window, ids[2])
    more = bench.take_many(3, first=50)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [*more[::-1], *ids[::-1]])
    assert selected(window) == [ids[2], ids[0]]
    assert window.call_view.shows(ids[2])


def test_another_order_leaves_the_same_tokens_selected(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = show(bench, window, qtbot, 6)
    select_with_ctrl(qtbot, window, ids[1], ids[2], ids[5])
    header = window.tokens.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(DOCUMENT) + 8, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_for_rows(qtbot, window, ids)
    assert selected(window) == [ids[1], ids[2], ids[5]]


def test_a_token_that_leaves_the_list_leaves_the_selection(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = show(bench, window, qtbot, 4)
    window.tabs.choose(TokenState.WAITING)
    select_with_ctrl(qtbot, window, ids[0], ids[2], ids[3])
    bench.workspace.dismiss(ids[3], dismissed=True)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [ids[2], ids[1], ids[0]])
    assert selected(window) == [ids[2], ids[0]]
    bench.workspace.dismiss(ids[2], dismissed=True)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [ids[1], ids[0]])
    assert not window.tokens.marking.ids
    assert not window.tokens.bar.isVisible()


def test_ctrl_a_selects_no_more_than_can_be_replied_to(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = show(bench, window, qtbot, marking.MOST_AT_ONCE + 5)
    window.tokens.table.setFocus()
    qtbot.keyClick(window.tokens.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert window.tokens.marking.in_order() == ids[:4:-1]
    assert button(window.tokens.bar, "Reply to all of them…").isEnabled()


def test_more_than_can_be_replied_to_are_told_and_not_offered(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot, marking.MOST_AT_ONCE + 1)
    QTableView.selectAll(window.tokens.table)
    assert "at most 1000 can be replied to at once" in " ".join(bar_texts(window))
    assert not button(window.tokens.bar, "Reply to all of them…").isEnabled()


def test_every_waiting_token_of_the_rule_is_selected(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = bench.take(post(1), post(2, code="other"), post(3), post(4, use_subscription="N"))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, ids[::-1])
    pick(qtbot, window, ids[0])
    menu = window.tokens.make_menu(ids[0], TokenState.WAITING)
    assert texts_of(menu) == ["Put aside", "Select all waiting of this rule"]
    menu.actions()[-1].trigger()
    qtbot.waitUntil(lambda: selected(window) == [ids[2], ids[0]], timeout=WAIT)
    assert window.call_view.shows(ids[0])
    assert window.statusBar().currentMessage() == "Waiting tokens of the rule selected: 2."
    menu = window.tokens.make_menu(ids[0], TokenState.WAITING)
    assert "Reply to 2 tokens…" in texts_of(menu)


def test_waiting_tokens_that_the_filter_hides_are_told(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = show(bench, window, qtbot, 3)
    window.filter.search.setText("DEAL_1")
    wait_for_rows(qtbot, window, [ids[0]])
    pick(qtbot, window, ids[0])
    qtbot.keyClick(
        window,
        Qt.Key.Key_A,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    told = window.statusBar()
    qtbot.waitUntil(lambda: "Hidden by the filter" in told.currentMessage(), timeout=WAIT)
    assert told.currentMessage().endswith("not selected: 2.")


def test_replying_to_many_says_how_to_select_them(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot, 1)
    window.many.ask()
    assert window.message.text.startswith("Select the tokens first")


def test_tokens_of_other_rules_are_told_and_can_be_left(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    ids = bench.take(post(1), post(2, code="other"), post(3))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, ids[::-1])
    select_with_ctrl(qtbot, window, ids[1], ids[2], ids[0])
    wait_for_call(qtbot, window, ids[0])
    click(qtbot, window.tokens.bar, "Reply to all of them…")
    qtbot.waitUntil(lambda: "1 of the selected tokens" in window.message.text, timeout=WAIT)
    assert "approve_invoice (portal.example.org)" in window.message.text
    click(qtbot, window.message, "Keep only its tokens: 2")
    assert selected(window) == [ids[2], ids[0]]


def test_a_selection_among_100_000_is_kept_by_ids(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    """No proxy, and no line that is not in sight is asked for."""
    tokens = window.tokens
    wanted: list[int] = []
    tokens.model.rows_wanted.connect(wanted.extend)
    tokens.model.show(Listing(array("q", range(100_000, 0, -1)), []))
    assert tokens.mark([5, 6, 99_000]) == 3
    with tokens.marking.kept():
        tokens.model.show(Listing(array("q", range(100_500, 0, -2)), []))
    assert tokens.marking.in_order() == [99_000, 6]
    assert listed(window)[:2] == [100_500, 100_498]
