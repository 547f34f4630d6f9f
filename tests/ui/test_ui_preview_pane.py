"""The preview: the request as it goes, live, its secrets only on purpose."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from ui.replying import fill_form, form_of, show_calls, show_one
from ui.ui_parts import WAIT, Bench, all_texts, click, desk_of, opened_window, pick, post

from bxgui.core.records import EVENT_SEND, Reply
from bxgui.core.schema import ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui.main_window import MainWindow
from bxgui.ui.preview_pane import PreviewPane
from bxgui.ui.reply_form import Draft


def open_preview(qtbot: QtBot, window: MainWindow) -> PreviewPane:
    qtbot.keyClick(form_of(window), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    pane = window.reply_tools.pane
    assert pane.isVisible()
    return pane


def wait_for_text(qtbot: QtBot, pane: PreviewPane, part: str) -> str:
    qtbot.waitUntil(lambda: part in pane.code.toPlainText(), timeout=WAIT)
    return pane.code.toPlainText()


def wait_for_note(qtbot: QtBot, pane: PreviewPane, part: str) -> None:
    qtbot.waitUntil(lambda: any(part in text for text in all_texts(pane)), timeout=WAIT)


def reveal(qtbot: QtBot, pane: PreviewPane) -> None:
    pane.reveal.setFocus()
    qtbot.keyClick(pane.reveal, Qt.Key.Key_Space)


def holds_secret(text: str) -> bool:
    return any(secret.decode() in text for secret in post(1).secrets)


def test_the_preview_is_the_request_that_would_be_sent(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    pane = open_preview(qtbot, window)
    fill_form(window, [("Approved", "Y"), ("Comment", "Счёт\nverified")], "done")
    text = wait_for_text(qtbot, pane, "verified")
    reply = Reply(call_id, EVENT_SEND, form_of(window).values(), "done")
    assert text == bench.workspace.preview(reply).text
    assert not holds_secret(" ".join(all_texts(pane)))


def test_readable_changes_white_space_only_and_says_so(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_one(bench, window, qtbot)
    fill_form(window, [("Days", "5")])
    pane = open_preview(qtbot, window)
    raw = wait_for_text(qtbot, pane, '"Days": "5"')
    qtbot.keyClick(pane.readable, Qt.Key.Key_Space)
    head, mark, body = pane.code.toPlainText().partition(
        "(laid out for reading; goes out in one line)"
    )
    assert mark
    assert raw.startswith(head)
    assert json.loads(body) == json.loads(raw.partition("\n\n")[2])
    qtbot.keyClick(pane.readable, Qt.Key.Key_Space)
    assert pane.code.toPlainText() == raw


def test_secrets_are_revealed_for_the_moment_only(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    first, second = show_calls(bench, window, qtbot, post(1), post(2))
    pane = open_preview(qtbot, window)
    wait_for_text(qtbot, pane, '"EVENT_TOKEN": "***"')
    reveal(qtbot, pane)
    wait_for_text(qtbot, pane, post(1).token)
    fill_form(window, [("Days", "5")])
    assert not pane.reveal.isChecked()
    assert not holds_secret(" ".join(all_texts(pane)))
    wait_for_text(qtbot, pane, '"Days": "5"')

    reveal(qtbot, pane)
    wait_for_text(qtbot, pane, post(1).token)
    pick(qtbot, window, second)
    assert not holds_secret(" ".join(all_texts(pane)))
    wait_for_text(qtbot, pane, '"EVENT_TOKEN": "***"')
    pick(qtbot, window, first)
    assert not pane.reveal.isChecked()


def test_the_person_hides_secrets_at_once_and_closing_does_too(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_one(bench, window, qtbot)
    pane = open_preview(qtbot, window)
    wait_for_text(qtbot, pane, '"***"')
    reveal(qtbot, pane)
    wait_for_text(qtbot, pane, post(1).token)
    reveal(qtbot, pane)
    assert not holds_secret(pane.code.toPlainText())
    reveal(qtbot, pane)
    wait_for_text(qtbot, pane, post(1).token)
    qtbot.keyClick(form_of(window), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not pane.isVisible()
    assert not holds_secret(pane.code.toPlainText())


def test_an_untrusted_portal_is_told_of_and_nothing_is_revealed(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot, trusted=False)
    pane = open_preview(qtbot, window)
    wait_for_text(qtbot, pane, '"EVENT_TOKEN": "***"')
    wait_for_note(qtbot, pane, "The portal portal.example.org is not trusted yet.")
    assert not pane.reveal.isEnabled()
    bench.workspace.trust_call(bench.call(call_id))
    desk_of(window).note_change()
    qtbot.waitUntil(pane.reveal.isEnabled, timeout=WAIT)


def test_another_address_is_told_of_and_nothing_is_revealed(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    elsewhere = post(2, endpoint="https://evil.example.net/rest/")
    _, forged = show_calls(bench, window, qtbot, post(1), elsewhere)
    pane = open_preview(qtbot, window)
    wait_for_text(qtbot, pane, '"***"')
    pick(qtbot, window, forged)
    wait_for_note(qtbot, pane, "Trust the new address first if the portal has moved.")
    assert not pane.reveal.isEnabled()


def test_trust_taken_back_hides_what_was_revealed(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    pane = open_preview(qtbot, window)
    wait_for_text(qtbot, pane, '"***"')
    reveal(qtbot, pane)
    wait_for_text(qtbot, pane, post(1).token)
    portal = bench.call(call_id).portal
    assert portal is not None
    bench.workspace.distrust(portal.key)
    desk_of(window).note_change()
    qtbot.waitUntil(lambda: not pane.reveal.isEnabled(), timeout=WAIT)
    assert not holds_secret(pane.code.toPlainText())


def test_trust_taken_back_in_the_meantime_reveals_nothing(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    pane = open_preview(qtbot, window)
    wait_for_text(qtbot, pane, '"***"')
    portal = bench.call(call_id).portal
    assert portal is not None
    bench.workspace.distrust(portal.key)
    reveal(qtbot, pane)
    wait_for_note(qtbot, pane, "is not trusted yet")
    assert not pane.reveal.isChecked()
    assert not holds_secret(pane.code.toPlainText())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "There is no request yet. Line 1, column 2: "),
        ("[]", "There is no request yet. Line 1, column 1: A JSON object in braces is wanted."),
    ],
)
def test_values_that_are_not_valid_are_no_request(
    bench: Bench, window: MainWindow, qtbot: QtBot, text: str, reason: str
) -> None:
    show_one(bench, window, qtbot)
    pane = open_preview(qtbot, window)
    wait_for_text(qtbot, pane, '"***"')
    form = form_of(window)
    click(qtbot, form, "JSON")
    form._json.setPlainText(text)
    wait_for_note(qtbot, pane, reason)
    assert pane.code.toPlainText() == ""
    assert not pane.reveal.isEnabled()


def test_a_row_that_is_not_valid_is_named(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    show_one(bench, window, qtbot)
    pane = open_preview(qtbot, window)
    wait_for_text(qtbot, pane, '"***"')
    form_of(window).put(Draft([ValueRow("Days", ValueType.INT, text="five")]))
    wait_for_note(qtbot, pane, "There is no request yet. Days: ")


def test_no_call_is_no_request(window: MainWindow, qtbot: QtBot) -> None:
    window.reply_tools.show_preview(True)
    wait_for_note(qtbot, window.reply_tools.pane, "Select a token to see what a reply")


def test_what_is_seen_is_what_is_copied(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    show_one(bench, window, qtbot)
    pane = open_preview(qtbot, window)
    seen = wait_for_text(qtbot, pane, '"***"')
    copying = pane._copy
    qtbot.keyClick(copying, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == seen
    assert window.statusBar().currentMessage() == "Copied the request, secrets masked."
    reveal(qtbot, pane)
    seen = wait_for_text(qtbot, pane, post(1).token)
    qtbot.keyClick(copying, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == seen
    assert window.statusBar().currentMessage() == "Copied the request with its secrets."


def test_an_open_preview_is_open_again_next_time(bench: Bench, qtbot: QtBot) -> None:
    with opened_window(bench, qtbot) as window:
        assert not window.reply_tools.pane.isVisible()
        window.reply_tools.show_preview(True)
    with opened_window(bench, qtbot) as window:
        assert window.reply_tools.pane.isVisible()
        window.reply_tools.show_preview(False)
    with opened_window(bench, qtbot) as window:
        assert not window.reply_tools.pane.isVisible()
