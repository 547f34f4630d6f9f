"""Posts that were not taken, as the window shows them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    Bench,
    all_texts,
    desk_of,
    pick,
    post,
    wait_for_rows,
)

from bxgui.services.vault import new_key
from bxgui.ui.call_view import ATTEMPTS, CALL, RAW, REPLY
from bxgui.ui.main_window import MainWindow
from bxgui.ui.state_tabs import REJECTED
from bxgui.ui.token_columns import ARRIVED, DEADLINE, DOCUMENT, RULE, STATE

WHOLE = b"a=1&event_token=62c6c762f552c6.20116410|A1_1|secret&" + b"b" * 5000


def show(bench: Bench, window: MainWindow, qtbot: QtBot, call_id: int) -> None:
    """The rejected posts listed, this one selected."""
    desk_of(window).note_change()
    window.tabs.choose(REJECTED)
    wait_for_rows(qtbot, window, [call_id])
    pick(qtbot, window, call_id)


def test_rejected_posts_have_a_list_of_their_own(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    (token,) = bench.take(post(1))
    rejected = bench.reject()
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [token])
    window.tabs.choose(REJECTED)
    wait_for_rows(qtbot, window, [rejected])
    table = window.tokens.table
    hidden = [table.isColumnHidden(n) for n in (STATE, RULE, DOCUMENT, ARRIVED, DEADLINE)]
    assert hidden == [True, False, False, False, True]
    window.tabs.choose("all")
    wait_for_rows(qtbot, window, [token])
    assert not table.isColumnHidden(STATE)
    assert not table.isColumnHidden(DEADLINE)


def test_a_rejected_post_says_what_happened_and_what_to_do(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot, bench.reject())
    notice = window.call_view.notice.text
    assert "a body of the type 'text/css' is not understood" in notice
    assert "HTTP 415" in notice
    assert "have it send a form or JSON" in notice
    header = all_texts(window.call_view.header)
    assert "HTTP 415 · 0 s ago · 127.0.0.1:9" in header


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("broken_off", "time limits of your tunnel"),
        ("too_slow", "too slow"),
        ("too_large", "send less"),
        ("media_type", "another format"),
        ("not_allowed", "add its network"),
        ("no_room", "somebody floods the address"),
        ("json", "try out addresses"),
    ],
)
def test_the_advice_fits_the_reason(
    bench: Bench, window: MainWindow, qtbot: QtBot, code: str, advice: str
) -> None:
    show(bench, window, qtbot, bench.reject(code=code, reason="it was not good"))
    notice = window.call_view.notice.text
    assert "it was not good. " in notice
    assert advice in notice
    assert ("HTTP" in notice) == (code != "broken_off")


def test_only_what_a_rejected_post_has_is_offered(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot, bench.reject())
    tabs = window.call_view.tabs
    assert [tabs.isTabVisible(n) for n in (REPLY, CALL, RAW, ATTEMPTS)] == [
        *(False, False, True, False)
    ]
    assert tabs.currentIndex() == RAW
    bench.take(post(1))
    window.tabs.choose("all")
    wait_for_rows(qtbot, window, [2])
    pick(qtbot, window, 2)
    assert all(tabs.isTabVisible(n) for n in (REPLY, CALL, RAW, ATTEMPTS))


def test_the_preview_says_that_it_is_one_and_all_is_shown_when_asked(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot, bench.reject(WHOLE))
    raw = window.call_view.raw
    shown = raw.code.toPlainText()
    assert "event_token=***" in shown
    assert "secret" not in shown
    assert len(shown) < 2300
    assert any(text.startswith("A preview: the first bytes") for text in all_texts(raw))

    raw.reveal.click()
    qtbot.waitUntil(lambda: WHOLE.decode() in raw.code.toPlainText())
    assert "This is all that came." in all_texts(raw)

    raw.reveal.click()
    assert raw.code.toPlainText() == shown


def test_a_preview_without_the_rest_offers_nothing_more(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show(bench, window, qtbot, bench.reject(WHOLE, at_handler=False))
    raw = window.call_view.raw
    assert not raw.reveal.isEnabled()
    assert any("Nothing else of it was kept." in text for text in all_texts(raw))


def test_a_rejected_post_whose_key_is_gone_stays_a_preview(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = bench.reject(WHOLE)
    bench.key = new_key("another key")
    show(bench, window, qtbot, call_id)
    raw = window.call_view.raw
    raw.reveal.click()
    qtbot.waitUntil(lambda: any("cannot be read" in text for text in all_texts(raw)))
    assert "secret" not in raw.code.toPlainText()


def test_a_list_without_rejected_posts_says_so(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.choose(REJECTED)
    QApplication.processEvents()
    assert window.tabs.choice == REJECTED
    assert window.empty.title == "No rejected posts"
