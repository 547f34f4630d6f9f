"""The history of attempts: its model and its panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import factories
import pytest
from portal_server import PortalServer, refusal
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    WAIT,
    Bench,
    all_texts,
    click,
    desk_of,
    pick,
    post,
    wait_for_call,
    wait_for_rows,
)

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import BY_KEY, Outcome
from bxgui.core.records import EVENT_SEND, AttemptDetail, AttemptRow, Exchange, Reply
from bxgui.core.retrying import Patience
from bxgui.ui.call_view import ATTEMPTS
from bxgui.ui.exchange_view import ExchangeView
from bxgui.ui.history_model import DOCUMENT, OUTCOME, STATUS, HistoryModel
from bxgui.ui.history_panel import HistoryPanel
from bxgui.ui.long_text import MOST_SHOWN
from bxgui.ui.main_window import MainWindow
from bxgui.ui.outcome_card import OutcomeCard


def attempt(number: int, outcome: Outcome | None = Outcome.ACCEPTED) -> AttemptRow:
    return AttemptRow(
        id=number,
        call_id=number,
        reply_id=number,
        at=factories.NOW + timedelta(seconds=number),
        method=EVENT_SEND,
        http_status=200,
        outcome=outcome,
        code="",
        description="",
        explanation_key="",
        milliseconds=143,
        rule="approve_invoice",
        document=f"DEAL_{number}",
        portal="portal.example.org",
    )


def attempts(*numbers: int) -> list[AttemptRow]:
    return [attempt(number) for number in numbers]


def ids_of(model: HistoryModel) -> list[int]:
    rows = [model.attempt_at(line) for line in range(model.rowCount())]
    return [row.id for row in rows if row is not None]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), ()),
        ((), (2, 1)),
        ((2, 1), (4, 3, 2, 1)),
        ((3, 2, 1), (3, 1)),
        ((3, 2, 1), ()),
        ((3, 2, 1), (6, 5)),
        ((3, 2, 1), (4, 3, 2)),
        ((3, 2, 1), (3, 2)),
    ],
)
def test_the_history_model_stays_sound(
    qtmodeltester: ModelTester, before: Sequence[int], after: Sequence[int]
) -> None:
    model = HistoryModel()
    model.show(attempts(*before))
    qtmodeltester.check(model)
    model.show(attempts(*after))
    assert ids_of(model) == list(after)
    qtmodeltester.check(model)


@pytest.mark.parametrize("after", [(5, 4, 3, 2, 1), (4, 3, 2), (3, 2)])
def test_the_selected_attempt_stays_when_new_ones_come_and_old_ones_go(
    after: Sequence[int],
) -> None:
    """The history shows the newest 500: from there on each new one pushes an old one out."""
    model = HistoryModel()
    model.show(attempts(3, 2, 1))
    selection = QItemSelectionModel(model)
    selection.setCurrentIndex(model.index(1, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    model.show(attempts(*after))
    current = model.attempt_at(selection.currentIndex().row())
    assert current is not None
    assert current.id == 2


def test_an_attempt_under_way_has_no_outcome_yet_and_gets_one() -> None:
    model = HistoryModel()
    model.show([attempt(1, None)])
    assert model.index(0, OUTCOME).data() == "under way"
    painted: list[object] = []
    model.dataChanged.connect(lambda *_: painted.append(None))
    model.show([attempt(1, Outcome.UNKNOWN)])
    assert model.index(0, OUTCOME).data() == "unknown"
    assert painted


def answered(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> tuple[int, int]:
    """One token whose reply was accepted, then one whose reply was refused."""
    ids = bench.take(post(1, endpoint=portal.endpoint), post(2, endpoint=portal.endpoint))
    bench.workspace.trust_call(bench.call(ids[0]))
    bench.workspace.submit(Reply(ids[0], EVENT_SEND, [("Days", "5")], "note")).result(15)
    portal.will_answer(refusal(400, "ERROR_WRONG_WORKFLOW_ID", "no such workflow"))
    bench.workspace.submit(Reply(ids[1], EVENT_SEND, [], "")).result(15)
    desk_of(window).note_change()
    wait_for_attempts(qtbot, window.history, 2)
    return ids[0], ids[1]


def wait_for_attempts(qtbot: QtBot, panel: HistoryPanel, count: int) -> None:
    qtbot.waitUntil(lambda: panel.model.rowCount() == count, timeout=WAIT)


def wait_for_exchange(qtbot: QtBot, panel: HistoryPanel, text: str) -> None:
    qtbot.waitUntil(lambda: text in panel.exchange.code.toPlainText(), timeout=WAIT)


def click_line(qtbot: QtBot, panel: HistoryPanel, line: int, *, double: bool = False) -> None:
    place = panel.table.visualRect(panel.model.index(line, DOCUMENT)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    if double:
        qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_errors_only_leaves_out_what_was_accepted(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    answered(bench, window, qtbot, portal)
    panel = window.history
    click(qtbot, panel, "Errors")
    wait_for_attempts(qtbot, panel, 1)
    assert panel.model.index(0, OUTCOME).data() == "refused"
    assert panel.model.index(0, STATUS).data() == "400"
    click(qtbot, panel, "All")
    wait_for_attempts(qtbot, panel, 2)


def test_the_selected_attempt_shows_its_whole_exchange(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    answered(bench, window, qtbot, portal)
    panel = window.history
    wait_for_exchange(qtbot, panel, "HTTP 400 Bad Request")
    assert "no such workflow" in panel.exchange.card.text
    click_line(qtbot, panel, 1)
    wait_for_exchange(qtbot, panel, "HTTP 200 OK")
    shown = panel.exchange.code.toPlainText()
    for part in (
        f"POST {portal.endpoint}bizproc.event.send",
        "Content-Type: application/json",
        '"Days": "5"',
        '"LOG_MESSAGE": "note"',
        '"EVENT_TOKEN": "***"',
        '"result": true',
    ):
        assert part in shown
    texts = "\n".join(all_texts(window))
    for secret in post(1).secrets | post(2).secrets:
        assert secret.decode() not in texts


def test_the_newest_attempt_is_followed_until_another_is_selected(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    first, _second = answered(bench, window, qtbot, portal)
    panel = window.history
    wait_for_exchange(qtbot, panel, "HTTP 400")
    bench.workspace.submit(Reply(first, EVENT_SEND, [], "third")).result(15)
    wait_for_exchange(qtbot, panel, '"LOG_MESSAGE": "third"')
    click_line(qtbot, panel, 2)
    wait_for_exchange(qtbot, panel, '"LOG_MESSAGE": "note"')
    bench.workspace.submit(Reply(first, EVENT_SEND, [], "fourth")).result(15)
    wait_for_attempts(qtbot, panel, 4)
    assert panel.table.currentIndex().row() == 3
    assert '"LOG_MESSAGE": "note"' in panel.exchange.code.toPlainText()


def test_a_double_click_goes_to_the_token(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    first, second = answered(bench, window, qtbot, portal)
    wait_for_rows(qtbot, window, [second, first])
    pick(qtbot, window, second)
    click_line(qtbot, window.history, 1, double=True)
    wait_for_call(qtbot, window, first)
    assert window.tokens.table.currentIndex().row() == 1
    assert not window.filter.follow.isChecked()


def test_a_double_click_shows_a_token_that_the_filter_hides_and_the_list_leads_back(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    first, second = answered(bench, window, qtbot, portal)
    window.tabs.choose(TokenState.REFUSED)
    wait_for_rows(qtbot, window, [second])
    pick(qtbot, window, second)
    click_line(qtbot, window.history, 1, double=True)
    wait_for_call(qtbot, window, first)
    table = window.tokens.table
    assert table.selectionModel().selectedRows() == []
    place = table.visualRect(window.tokens.model.index(0, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_for_call(qtbot, window, second)


def test_a_call_has_its_own_attempts_only(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    first, second = answered(bench, window, qtbot, portal)
    wait_for_rows(qtbot, window, [second, first])
    pick(qtbot, window, first)
    view = window.call_view
    view.tabs.setCurrentIndex(ATTEMPTS)
    wait_for_attempts(qtbot, view.attempts, 1)
    wait_for_exchange(qtbot, view.attempts, "HTTP 200")
    assert view.tabs.tabText(ATTEMPTS) == "Attempts 1"
    pick(qtbot, window, second)
    wait_for_exchange(qtbot, view.attempts, "HTTP 400")
    (third,) = bench.take(post(3))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [third, second, first])
    pick(qtbot, window, third)
    wait_for_attempts(qtbot, view.attempts, 0)
    assert view.attempts.exchange.code.toPlainText() == ""
    assert view.tabs.tabText(ATTEMPTS) == "Attempts"


def test_an_attempt_that_got_no_answer_says_why(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = bench.take(post(1, endpoint="http://127.0.0.1:1/rest/"))
    bench.workspace.trust_call(bench.call(call_id))
    reply = Reply(call_id, EVENT_SEND, [], "")
    bench.workspace.submit(reply, patience=Patience(attempts=1)).result(15)
    desk_of(window).note_change()
    wait_for_exchange(qtbot, window.history, "no answer")
    assert window.history.model.index(0, STATUS).data() == "–"
    assert window.history.model.index(0, OUTCOME).data() == "retry later"


def test_what_is_selected_in_an_exchange_stays_through_other_changes(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    answered(bench, window, qtbot, portal)
    exchange = ExchangeView()
    qtbot.addWidget(exchange)
    accepted, refused = bench.workspace.attempt(1), bench.workspace.attempt(2)
    exchange.show_attempt(accepted)
    exchange.code.selectAll()
    exchange.show_attempt(bench.workspace.attempt(1))
    assert exchange.code.textCursor().hasSelection()
    exchange.show_attempt(refused)
    assert "HTTP 400" in exchange.code.toPlainText()
    exchange.show_attempt(None)
    exchange.show_attempt(refused)
    assert "HTTP 400" in exchange.code.toPlainText()


def test_a_huge_answer_is_cut_and_not_indented(bench: Bench, qtbot: QtBot) -> None:
    huge = b'{"result": "' + b"x" * MOST_SHOWN + b'"}'
    exchange = ExchangeView()
    qtbot.addWidget(exchange)
    went = Exchange("POST", "https://a/", factories.NOW, 1, http_status=200, response_body=huge)
    exchange.show_attempt(AttemptDetail(attempt(1), went))
    shown = exchange.code.toPlainText()
    assert '{"result": "xxx' in shown
    assert shown.endswith("x…")
    click(qtbot, exchange, "Show all")
    assert exchange.code.toPlainText().endswith('x"}')


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("accepted", ""),
        ("workflow_busy", "The portal executed nothing."),
        ("read_timeout", "The portal may have executed the request."),
    ],
)
def test_an_outcome_says_whether_anything_was_executed(key: str, said: str, qtbot: QtBot) -> None:
    card = OutcomeCard()
    qtbot.addWidget(card)
    row = replace(attempt(1), explanation_key=key, outcome=BY_KEY[key].outcome)
    card.show_attempt(AttemptDetail(row, Exchange("POST", "https://a/", factories.NOW, 1)))
    sentences = {"The portal executed nothing.", "The portal may have executed the request."}
    assert {one for one in sentences if one in card.text} == ({said} if said else set())
