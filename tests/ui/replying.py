"""What tests of the tools around the reply form share."""

from __future__ import annotations

from posts import Post
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot
from ui.ui_parts import APPROVAL, WAIT, Bench, desk_of, pick, post, wait_for_rows

from bxgui.core.json_values import Pairs
from bxgui.core.rule import Rule
from bxgui.ui.main_window import MainWindow
from bxgui.ui.reply_form import ReplyForm


def show_calls(
    bench: Bench, window: MainWindow, qtbot: QtBot, *calls: Post, trusted: bool = True
) -> list[int]:
    """Calls in the list, the first one selected; their rule is known, their portal trusted."""
    ids = bench.take(*calls)
    portal = bench.call(ids[0]).portal
    assert portal is not None
    bench.workspace.keep_registration(portal.key, calls[0].code, APPROVAL)
    if trusted:
        bench.workspace.trust_call(bench.call(ids[0]))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, ids[::-1])
    pick(qtbot, window, ids[0])
    return ids


def show_one(bench: Bench, window: MainWindow, qtbot: QtBot, *, trusted: bool = True) -> int:
    """One call shown."""
    return show_calls(bench, window, qtbot, post(1), trusted=trusted)[0]


def form_of(window: MainWindow) -> ReplyForm:
    return window.call_view.form


def rule_of(bench: Bench, call_id: int) -> Rule:
    return bench.workspace.presets.rule_of(call_id)


def fill_form(window: MainWindow, values: Pairs, log_message: str = "") -> None:
    """Values as if they were typed."""
    form = form_of(window)
    form.put(form.draft_of(values, log_message))


def opened_menu(qtbot: QtBot) -> QMenu:
    """The menu that is open, once it is."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=WAIT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def inner_menu(qtbot: QtBot, above: QMenu) -> QMenu:
    """The menu that an entry of a menu opens."""
    qtbot.waitUntil(lambda: opened_menu(qtbot) is not above, timeout=WAIT)
    return opened_menu(qtbot)


def press_button(qtbot: QtBot, window: MainWindow, name: str) -> QMenu:
    """Press a button of the form by its key, and give back the menu that it opens."""
    buttons = [b for b in form_of(window).findChildren(QToolButton) if b.text() == name]
    assert len(buttons) == 1, name
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Space)
    return opened_menu(qtbot)


def texts_of(menu: QMenu) -> list[str]:
    """What a menu offers, without its keys; what cannot be chosen in brackets."""
    return [_text(action) for action in menu.actions() if not action.isSeparator()]


def choose(qtbot: QtBot, menu: QMenu, text: str) -> None:
    """Go down to an entry with the arrow keys and take it."""
    assert text in texts_of(menu), texts_of(menu)
    wanted = next(one for one in menu.actions() if _text(one) == text)
    for _ in menu.actions():
        if menu.activeAction() is wanted:
            break
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is wanted
    qtbot.keyClick(menu, Qt.Key.Key_Right if wanted.menu() is not None else Qt.Key.Key_Return)
    QApplication.processEvents()


def _text(action: QAction) -> str:
    text = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").strip()
    return text if action.isEnabled() else f"[{text}]"
