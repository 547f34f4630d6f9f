"""A call as it is looked at: fields, raw text, secrets, what there is to do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from posts import Post, secrets_in
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    WAIT,
    Bench,
    all_texts,
    by_name,
    desk_of,
    pick,
    post,
    recorded,
    tree_items,
    wait_for_rows,
)

from bxgui.core.deadlines import TokenState
from bxgui.core.findings import Waiver
from bxgui.core.records import CallDetail, Suspicion
from bxgui.services.store import StoreProblem
from bxgui.services.vault import new_key
from bxgui.services.workspace import Workspace
from bxgui.ui.call_view import ATTEMPTS, CALL, RAW, REPLY
from bxgui.ui.main_window import MainWindow
from bxgui.ui.raw_view import RawView
from bxgui.ui.state_tabs import OTHERS
from bxgui.ui.widgets import ElidedLabel, plain_tip

SECRETIVE = Post(
    7,
    document="DEAL_7",
    properties={"subject": "Счёт № 7", "copy of it": Post(7).access_token},
)


def show(bench: Bench, window: MainWindow, qtbot: QtBot, call: Post = SECRETIVE) -> int:
    (call_id,) = bench.take(call)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [call_id])
    pick(qtbot, window, call_id)
    return call_id


def fields(window: MainWindow) -> dict[str, str]:
    found = {}
    for item in tree_items(window.call_view.tree):
        names = [item.text(0)]
        parent = item.parent()
        while parent is not None:
            names.insert(0, parent.text(0))
            parent = parent.parent()
        found[".".join(names)] = item.text(1)
    return found


def trigger(window: MainWindow, text: str) -> None:
    actions = [a for a in window.call_view.tree.findChildren(QAction) if a.text() == text]
    actions[0].trigger()


def test_the_fields_of_a_call_are_named(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    show(bench, window, qtbot)
    shown = fields(window)
    assert shown["properties.subject"] == "Счёт № 7"
    assert shown["document_id.2"] == "DEAL_7"
    assert shown["code"] == "approve_invoice"
    assert shown["event_token"] == "***"
    assert shown["auth.access_token"] == "***"
    first = window.call_view.tree.topLevelItem(0)
    assert first is not None
    assert first.text(0) == "properties"
    assert first.isExpanded()


def test_a_value_is_copied_by_key(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    show(bench, window, qtbot)
    tree = window.call_view.tree
    window.call_view.tabs.setCurrentIndex(CALL)
    tree.setCurrentItem(next(i for i in tree_items(tree) if i.text(0) == "subject"))
    trigger(window, "Copy value")
    assert QGuiApplication.clipboard().text() == "Счёт № 7"
    tree._copy(0)
    assert QGuiApplication.clipboard().text() == "subject"


@pytest.mark.parametrize(
    "name", ["27-nasty-text", "02-list-element-cyrillic", "20-dynamic-smart-process-multiple"]
)
def test_recorded_calls_are_shown(
    bench: Bench, window: MainWindow, qtbot: QtBot, name: str
) -> None:
    (call_id,) = bench.take(recorded(name))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [call_id])
    pick(qtbot, window, call_id)
    assert fields(window)["event_token"] == "***"


def test_bytes_that_are_not_text_are_shown_as_replaced(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    arrival = SECRETIVE.arrival()
    body = arrival.body + b"&properties[%FF%FEname]=a%FFb&%FF=1"
    bench.take(type(arrival)(arrival.arrived_at, body, arrival.content_type))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [1])
    pick(qtbot, window, 1)
    assert fields(window)["properties.\ufffd\ufffdname"] == "a\ufffdb"


def test_no_secret_is_readable_anywhere_until_it_is_asked_for(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot)
    for tab in (REPLY, CALL, RAW, ATTEMPTS):
        window.call_view.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        texts = "\n".join(all_texts(window))
        for secret in SECRETIVE.secrets:
            assert secret.decode() not in texts
    assert "DEAL_7" in texts
    raw = window.call_view.raw.code.toPlainText()
    assert "event_token=***" in raw
    assert "content-type: application/x-www-form-urlencoded" in raw
    assert raw.startswith("POST …")


def test_secrets_are_shown_byte_for_byte_and_masked_again(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot)
    view = window.call_view.raw
    window.call_view.tabs.setCurrentIndex(RAW)
    qtbot.mouseClick(view.reveal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "***" not in view.code.toPlainText(), timeout=WAIT)
    assert view.code.toPlainText().endswith(SECRETIVE.body.decode().replace("&", "&\n"))
    by_name(view, QToolButton, "Copy the body as shown").click()
    assert QGuiApplication.clipboard().text() == SECRETIVE.body.decode()

    qtbot.mouseClick(view.reveal, Qt.MouseButton.LeftButton)
    assert SECRETIVE.access_token not in view.code.toPlainText()
    by_name(view, QToolButton, "Copy the body as shown").click()
    assert SECRETIVE.access_token not in QGuiApplication.clipboard().text()


def test_secrets_shown_for_one_call_are_not_shown_for_the_next(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    first = show(bench, window, qtbot)
    view = window.call_view.raw
    window.call_view.tabs.setCurrentIndex(RAW)
    qtbot.mouseClick(view.reveal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: SECRETIVE.access_token in view.code.toPlainText(), timeout=WAIT)
    (second,) = bench.take(post(8))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [second, first])
    for call_id in (second, first):
        pick(qtbot, window, call_id)
        assert not view.reveal.isChecked()
        assert "event_token=***" in view.code.toPlainText()


def test_a_refresh_leaves_revealed_secrets_as_they_are(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot)
    view = window.call_view.raw
    window.call_view.tabs.setCurrentIndex(RAW)
    qtbot.mouseClick(view.reveal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: SECRETIVE.access_token in view.code.toPlainText(), timeout=WAIT)
    with qtbot.waitSignal(window.call_view.shown, timeout=WAIT):
        desk_of(window).note_change()
    assert SECRETIVE.access_token in view.code.toPlainText()


def test_secrets_under_a_key_that_is_gone_say_so(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    kept, bench.key = bench.key, new_key("this is a test")
    (call_id,) = bench.take(SECRETIVE)
    bench.key = kept
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [call_id])
    pick(qtbot, window, call_id)
    view = window.call_view.raw
    window.call_view.tabs.setCurrentIndex(RAW)
    qtbot.mouseClick(view.reveal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "cannot be read" in "\n".join(all_texts(view)), timeout=WAIT)
    assert not view.reveal.isChecked()
    assert "event_token=***" in view.code.toPlainText()


def test_the_event_token_is_copied_only_when_asked_for(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().clear()
    show(bench, window, qtbot)
    assert QGuiApplication.clipboard().text() == ""
    by_name(window.call_view.header, QToolButton, "Copy the whole event token").click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == SECRETIVE.token, timeout=WAIT)


@pytest.mark.parametrize(
    "name",
    [
        "40-event-onappinstall-2020",
        "47-install-post-placement-default",
        "18-native-webhook-robot-near-miss",
    ],
)
def test_a_post_without_a_token_offers_no_reply(
    bench: Bench, window: MainWindow, qtbot: QtBot, name: str
) -> None:
    token = show(bench, window, qtbot)
    arrival = recorded(name)
    (call_id,) = bench.take(arrival)
    window.tabs.choose(OTHERS)
    wait_for_rows(qtbot, window, [call_id])
    pick(qtbot, window, call_id)
    tabs = window.call_view.tabs
    assert not tabs.isTabVisible(REPLY)
    assert not tabs.isTabVisible(ATTEMPTS)
    assert tabs.isTabVisible(CALL)
    assert tabs.isTabVisible(RAW)
    assert fields(window)
    tabs.setCurrentIndex(RAW)
    texts = "\n".join(all_texts(window))
    for secret in secrets_in(arrival.body, arrival.query):
        assert secret.decode() not in texts

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert tabs.currentIndex() != REPLY, "Alt+1 opens no form that is hidden"
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert tabs.currentIndex() == RAW
    assert token != call_id


def test_the_header_counts_down(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    show(bench, window, qtbot, post(1, timeout=600))
    header = window.call_view.header
    texts = all_texts(header)
    assert "approve_invoice · portal.example.org · DEAL_1" in texts
    assert "deadline 10:00" in texts
    bench.clock.pass_by(12)
    qtbot.waitUntil(lambda: "deadline 9:48" in all_texts(header), timeout=WAIT)
    bench.clock.pass_by(3600)
    qtbot.waitUntil(
        lambda: {"Expired", "access expired", "deadline late"} <= set(all_texts(header)),
        timeout=WAIT,
    )


def test_a_document_is_opened_only_in_a_trusted_portal(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show(bench, window, qtbot)
    opened: list[str] = []
    window.call_view.header.open_asked.disconnect()
    window.call_view.header.open_asked.connect(opened.append)
    link = next(
        one
        for one in window.call_view.header.findChildren(QToolButton)
        if one.accessibleName() == "Open the document in the portal"
    )
    assert not link.isVisible()
    bench.workspace.trust_call(bench.call(call_id))
    qtbot.waitUntil(link.isVisible, timeout=WAIT)
    link.click()
    trusted = bench.call(call_id)
    elsewhere = replace(trusted, endpoint="https://elsewhere.example.org/rest/")
    window.call_view.header.show_call(elsewhere)
    link.click()
    assert opened == ["https://portal.example.org/crm/deal/details/7/"] * 2
    suspicious = replace(trusted.row, suspicion=Suspicion.APPLICATION_TOKEN)
    window.call_view.header.show_call(replace(trusted, row=suspicious))
    assert not link.isVisible()


def test_an_answer_that_a_newer_one_has_overtaken_is_ignored(
    bench: Bench, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_id = show(bench, window, qtbot)
    view = window.call_view
    answers: list[Callable[[tuple[CallDetail, None, frozenset[Waiver]]], None]] = []
    monkeypatch.setattr(view._desk, "ask", lambda _question, done, *_: answers.append(done))
    view.refresh()
    view.refresh()
    old, first_done, second_done = bench.call(call_id), answers[0], answers[1]
    bench.workspace.dismiss(call_id, dismissed=True)
    second_done((bench.call(call_id), None, frozenset()))
    first_done((old, None, frozenset()))
    assert view.call is not None
    assert view.call.row.state is TokenState.DISMISSED


def test_no_tooltip_takes_a_value_for_rich_text(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    image = "<img src='file:///x.png'>"
    show(bench, window, qtbot, post(1, code=image, properties={"picture": image}))
    items = {item.text(0): item for item in tree_items(window.call_view.tree)}
    assert items["picture"].toolTip(1) == plain_tip(image)
    (title,) = window.call_view.header.findChildren(ElidedLabel)
    assert image in title.text
    assert title.toolTip() == plain_tip(title.text)


def test_the_raw_text_is_written_when_it_can_be_seen(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    first = show(bench, window, qtbot)
    view = window.call_view
    assert view.raw.code.toPlainText() == ""
    view.tabs.setCurrentIndex(RAW)
    assert "DEAL_7" in view.raw.code.toPlainText()
    view.tabs.setCurrentIndex(CALL)
    (second,) = bench.take(post(8))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [second, first])
    pick(qtbot, window, second)
    assert view.raw.code.toPlainText() == ""
    view.tabs.setCurrentIndex(RAW)
    assert "DEAL_8" in view.raw.code.toPlainText()


def test_a_form_has_a_line_for_each_field_and_is_copied_as_it_came(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show(bench, window, qtbot)
    body = bench.call(call_id).body.decode()
    window.call_view.tabs.setCurrentIndex(RAW)
    view = window.call_view.raw
    lines = view.code.toPlainText().split("\n")
    assert "code=approve_invoice&" in lines
    assert "".join(lines).endswith(body)
    by_name(view, QToolButton, "Copy the body as shown").click()
    assert QGuiApplication.clipboard().text() == body


def test_secrets_that_cannot_be_read_for_another_reason_are_not_said_to_be_gone(
    bench: Bench, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_error(_workspace: Workspace, _call_id: int) -> None:
        raise StoreProblem("io", "The disk reports an error.")

    monkeypatch.setattr(Workspace, "reveal", disk_error)
    show(bench, window, qtbot)
    view = window.call_view.raw
    window.call_view.tabs.setCurrentIndex(RAW)
    qtbot.mouseClick(view.reveal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The disk reports" in window.message.text, timeout=WAIT)
    assert not view.reveal.isChecked()
    assert "cannot be read" not in "\n".join(all_texts(view))


def test_a_call_is_not_said_to_be_locked_for_another_one(bench: Bench, qtbot: QtBot) -> None:
    first, second = (bench.call(one) for one in bench.take(post(1), post(2)))
    view = RawView()
    qtbot.addWidget(view)
    view.show_call(first)
    view.show_call(second)
    view.show_locked(first.row.id)
    assert "cannot be read" not in "\n".join(all_texts(view))
    view.show_locked(second.row.id)
    assert "cannot be read" in "\n".join(all_texts(view))


def test_a_deadline_that_only_the_list_has_noticed_is_noticed_by_the_call_too(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot, post(1, timeout=600))
    # As if the list had asked a moment after the deadline, and the call a moment before it.
    desk = desk_of(window)
    qtbot.waitUntil(lambda: desk._last_mark is not None, timeout=WAIT)
    desk._poll.stop()
    qtbot.waitUntil(lambda: not desk._batch.isActive(), timeout=WAIT)
    window.tokens._ticker.stop()
    bench.clock.pass_by(3600)

    header = window.call_view.header
    qtbot.waitUntil(lambda: "Expired" in all_texts(header), timeout=WAIT)
