from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, Bench, Clock, button, opened_window, post

from bxgui.core.deadlines import TokenState
from bxgui.core.records import EVENT_SEND, Reply
from bxgui.ui.main_window import MainWindow

NOBODY = "0 0"


@pytest.fixture
def bench(tmp_path: Path, clock: Clock) -> Bench:
    return Bench(tmp_path, clock)


def state_of(bench: Bench, call_id: int) -> TokenState | None:
    found = bench.call(call_id)
    return found.row.state


def shown_by(window: MainWindow) -> str:
    return window.message.text if window.message.isVisible() else ""


def test_a_reply_that_was_queued_when_bxgui_ended_is_told_of_and_taken_back(
    bench: Bench, qtbot: QtBot
) -> None:
    (call_id,) = bench.take(post(1))
    reply = Reply(call_id, EVENT_SEND, [("Sum", "1")], "")
    bench.workspace.store.replies.create(reply, NOBODY, bench.clock())
    assert state_of(bench, call_id) is TokenState.SENDING

    with opened_window(bench, qtbot) as window:
        qtbot.waitUntil(lambda: "were not sent: 1" in window.message.text, timeout=WAIT)
        button(window.message, "Take back").click()

        qtbot.waitUntil(lambda: state_of(bench, call_id) is TokenState.WAITING, timeout=WAIT)
        qtbot.waitUntil(lambda: "were not sent" not in shown_by(window), timeout=WAIT)
    assert bench.workspace.draft(call_id) == reply


def test_nothing_is_told_where_nothing_was_left(bench: Bench, qtbot: QtBot) -> None:
    bench.take(post(1))

    with opened_window(bench, qtbot) as window:
        assert "were not sent" not in shown_by(window)
