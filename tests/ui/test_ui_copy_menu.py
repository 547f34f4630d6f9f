"""“Copy as”: code for the request, and its secrets only after a question."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from ui.replying import (
    choose,
    fill_form,
    form_of,
    inner_menu,
    press_button,
    show_calls,
    show_one,
    texts_of,
)
from ui.ui_parts import (
    WAIT,
    Bench,
    answer,
    click,
    desk_of,
    open_question,
    pick,
    post,
    questions,
    told_by,
)

from bxgui.core.copying import CopyAs
from bxgui.core.json_values import Pairs
from bxgui.core.records import EVENT_SEND, Reply
from bxgui.services.previews import Snippet
from bxgui.services.workspace import Workspace
from bxgui.ui.copy_menu import TITLES
from bxgui.ui.main_window import MainWindow

VALUES: Pairs = [("Approved", "Y"), ("Comment", "it's 100 %")]


@pytest.fixture(autouse=True)
def _empty_clipboard() -> None:
    QGuiApplication.clipboard().setText("")


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def wait_for_confirmation(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == text, timeout=WAIT)


def open_secrets_menu(qtbot: QtBot, window: MainWindow) -> QMenu:
    menu = press_button(qtbot, window, "&Copy as ▾")
    choose(qtbot, menu, "With secrets…")
    return inner_menu(qtbot, menu)


def test_the_menu_has_all_forms_in_order(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    show_one(bench, window, qtbot)
    menu = press_button(qtbot, window, "&Copy as ▾")
    titles = [f"{number}  {TITLES[kind]}" for number, kind in enumerate(CopyAs, 1)]
    assert texts_of(menu) == [*titles, "With secrets…"]
    qtbot.keyClick(menu, Qt.Key.Key_Escape)


@pytest.mark.parametrize(("number", "kind"), list(enumerate(CopyAs, 1)))
def test_a_copy_leaves_secrets_out(
    bench: Bench, window: MainWindow, qtbot: QtBot, number: int, kind: CopyAs
) -> None:
    call_id = show_one(bench, window, qtbot)
    fill_form(window, VALUES, "checked")
    menu = press_button(qtbot, window, "&Copy as ▾")
    qtbot.keyClick(menu, str(number))
    wait_for_confirmation(qtbot, window, f"Copied as {TITLES[kind]}, secrets left out.")
    reply = Reply(call_id, EVENT_SEND, VALUES, "checked")
    assert clipboard() == bench.workspace.snippet(reply, kind).text
    assert not any(secret.decode() in clipboard() for secret in post(1).secrets)


def test_secrets_are_copied_after_a_question_each_time(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_one(bench, window, qtbot)
    fill_form(window, VALUES)
    for _ in range(2):
        QGuiApplication.clipboard().setText("")
        choose(qtbot, open_secrets_menu(qtbot, window), "1  cURL (bash)")
        box = open_question(qtbot, window)
        assert clipboard() == ""
        assert "Whoever reads it can answer in your place." in told_by(box)
        click(qtbot, box, "Copy")
        wait_for_confirmation(qtbot, window, "Copied as cURL (bash), with secrets.")
        assert post(1).token in clipboard()
        window.statusBar().clearMessage()
        qtbot.waitUntil(lambda: not questions(window), timeout=WAIT)


def test_the_copy_that_was_chosen_last_is_in_the_clipboard(
    bench: Bench, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    snippet = Workspace.snippet

    def slow_curl(
        workspace: Workspace, reply: Reply, kind: CopyAs, *, revealed: bool = False
    ) -> Snippet:
        if kind is CopyAs.CURL:
            go_on.wait(WAIT / 1000)
        return snippet(workspace, reply, kind, revealed=revealed)

    monkeypatch.setattr(Workspace, "snippet", slow_curl)
    show_one(bench, window, qtbot)
    qtbot.keyClick(press_button(qtbot, window, "&Copy as ▾"), "1")
    qtbot.keyClick(press_button(qtbot, window, "&Copy as ▾"), "4")
    wait_for_confirmation(qtbot, window, "Copied as Python (requests), secrets left out.")
    with qtbot.waitSignal(desk_of(window).bridge._arrived, timeout=WAIT):
        go_on.set()
    assert "import requests" in clipboard()


def test_enter_and_escape_copy_no_secrets(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    show_one(bench, window, qtbot)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        choose(qtbot, open_secrets_menu(qtbot, window), "3  HTTPie")
        qtbot.keyClick(open_question(qtbot, window), key)
        qtbot.waitUntil(lambda: not questions(window), timeout=WAIT)
    assert clipboard() == ""


def test_the_question_is_about_the_reply_that_was_shown(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    _, other = show_calls(bench, window, qtbot, post(1), post(2))
    choose(qtbot, open_secrets_menu(qtbot, window), "1  cURL (bash)")
    open_question(qtbot, window)
    pick(qtbot, window, other)
    answer(qtbot, window, "Copy")
    wait_for_confirmation(qtbot, window, "Copied as cURL (bash), with secrets.")
    assert post(1).token in clipboard()


def test_secrets_are_not_offered_for_an_untrusted_portal(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_one(bench, window, qtbot, trusted=False)
    menu = press_button(qtbot, window, "&Copy as ▾")
    assert texts_of(menu)[-1] == "[With secrets…]"
    qtbot.keyClick(menu, "1")
    wait_for_confirmation(
        qtbot,
        window,
        "Copied as cURL (bash), secrets left out. "
        "The portal portal.example.org is not trusted yet.",
    )


def test_trust_taken_back_while_the_question_is_open_copies_nothing(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    choose(qtbot, open_secrets_menu(qtbot, window), "1  cURL (bash)")
    open_question(qtbot, window)
    portal = bench.call(call_id).portal
    assert portal is not None
    bench.workspace.distrust(portal.key)
    answer(qtbot, window, "Copy")
    bar = form_of(window).bar
    qtbot.waitUntil(lambda: bar.isVisible() and "is not trusted yet" in bar.text, timeout=WAIT)
    assert clipboard() == ""


def test_values_that_are_not_valid_are_not_copied(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_one(bench, window, qtbot)
    form = form_of(window)
    click(qtbot, form, "JSON")
    form._json.setPlainText("{")
    qtbot.keyClick(press_button(qtbot, window, "&Copy as ▾"), "1")
    assert form.bar.text.startswith("There is no request to copy yet. Line 1, column 2: ")
    assert clipboard() == ""
    form._json.setPlainText("{}")
    qtbot.keyClick(press_button(qtbot, window, "&Copy as ▾"), "1")
    wait_for_confirmation(qtbot, window, "Copied as cURL (bash), secrets left out.")
    assert not form.bar.isVisible()
