"""A reply form whose reply waits or is repeated: what it says, and how a person stops it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from ui.queueing import PATIENT, QUICK, Queueing, queueing, rows_of, show_token, wait_for_waits
from ui.replying import fill_form, form_of
from ui.ui_parts import WAIT, Bench, Clock, button, by_name, click

from bxgui.core.deadlines import TokenState
from bxgui.core.json_values import Pairs
from bxgui.core.queued import Waits
from bxgui.core.retrying import Patience
from bxgui.services import settings
from bxgui.ui.main_window import MainWindow
from bxgui.ui.queue.reply_progress import ReplyProgress

VALUES: Pairs = [("Comment", "may be paid")]


@pytest.fixture
def portal(bench: Bench) -> Iterator[Queueing]:
    bench.patience = PATIENT
    with queueing(bench) as made:
        yield made


def progress_of(window: MainWindow) -> ReplyProgress:
    return form_of(window).findChildren(ReplyProgress)[0]


def told(window: MainWindow) -> str:
    """All that the form says of its reply in the queue."""
    progress = progress_of(window)
    if not progress.isVisible():
        return ""
    labels = [one for one in progress.findChildren(QLabel) if one.isVisible()]
    return "\n".join(label.text() for label in labels if label.text())


def send(window: MainWindow, qtbot: QtBot) -> None:
    """Send as a person does."""
    form = form_of(window)
    qtbot.waitUntil(lambda: button(form, "Send reply").isEnabled(), timeout=WAIT)
    click(qtbot, form, "Send reply")


def send_and_fail(
    portal: Queueing, window: MainWindow, qtbot: QtBot, fault: str = "time_limit"
) -> int:
    """A form whose reply is repeated later."""
    (call_id,) = portal.caught()
    show_token(qtbot, window, call_id)
    fill_form(window, VALUES, "checked")
    portal.fails(fault, count=1)
    send(window, qtbot)
    wait_for_waits(qtbot, window, Waits.REPEAT)
    qtbot.waitUntil(lambda: told(window) != "", timeout=WAIT)
    return call_id


def wait_until_editable(window: MainWindow, qtbot: QtBot) -> None:
    form = form_of(window)
    qtbot.waitUntil(lambda: form._send.text() == "Send reply", timeout=WAIT)
    qtbot.waitUntil(form._send.isEnabled, timeout=WAIT)


def test_a_repeated_reply_says_which_try_comes_when_and_why(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    send_and_fail(portal, window, qtbot)
    form = form_of(window)

    said = told(window)

    assert said.startswith("The reply is repeated: try 2 of 8 in 1")
    assert "The portal has blocked this method for a while." in said
    assert "The portal executed nothing." in said
    assert not button(form, "In the queue").isEnabled()
    assert not button(form, "Only log").isEnabled()
    assert not by_name(form, QLineEdit, "Log message").isEnabled()


def test_repeating_is_stopped_and_the_form_is_there_as_it_was(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = send_and_fail(portal, window, qtbot)

    click(qtbot, progress_of(window), "Stop repeating")

    wait_until_editable(window, qtbot)
    assert told(window) == ""
    assert form_of(window).values() == VALUES
    assert form_of(window).log_message == "checked"
    assert by_name(form_of(window), QLineEdit, "Log message").isEnabled()
    assert portal.bench.call(call_id).row.state is TokenState.WAITING
    assert portal.sent == 1


def test_what_was_stopped_can_be_sent_again(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = send_and_fail(portal, window, qtbot, "locked")
    click(qtbot, progress_of(window), "Stop repeating")
    wait_until_editable(window, qtbot)

    send(window, qtbot)

    qtbot.waitUntil(
        lambda: portal.bench.call(call_id).row.state is TokenState.ACCEPTED, timeout=WAIT
    )
    assert portal.sent == 2


def test_impatient_clicks_on_stop_do_no_harm(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    send_and_fail(portal, window, qtbot)
    stop = button(progress_of(window), "Stop repeating")

    for _ in range(5):
        stop.click()

    wait_until_editable(window, qtbot)
    assert rows_of(window) == []


def test_a_paused_reply_is_taken_back_before_any_try(
    portal: Queueing, window: MainWindow, qtbot: QtBot, clock: Clock
) -> None:
    (call_id,) = portal.caught()
    portal.bench.workspace.outbox.pause()
    show_token(qtbot, window, call_id)
    fill_form(window, VALUES)
    send(window, qtbot)
    qtbot.waitUntil(lambda: "sending to its portal is paused" in told(window), timeout=WAIT)

    click(qtbot, progress_of(window), "Take back")

    wait_until_editable(window, qtbot)
    assert form_of(window).values() == VALUES
    assert portal.bench.call(call_id).row.state is TokenState.WAITING
    assert portal.sent == 0


def test_the_form_leads_to_the_queue(portal: Queueing, window: MainWindow, qtbot: QtBot) -> None:
    send_and_fail(portal, window, qtbot)

    click(qtbot, progress_of(window), "Show the queue")

    assert window.queue.panel.isVisible()


def test_another_token_has_a_form_of_its_own_meanwhile(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    first, second = portal.caught(2)
    portal.fails("time_limit")
    show_token(qtbot, window, first)
    fill_form(window, VALUES)
    send(window, qtbot)
    qtbot.waitUntil(lambda: "try 2 of 8" in told(window), timeout=WAIT)

    show_token(qtbot, window, second)
    assert told(window) == ""
    assert by_name(form_of(window), QLineEdit, "Log message").isEnabled()

    show_token(qtbot, window, first)
    assert "try 2 of 8" in told(window)
    assert form_of(window).values() == VALUES


def test_the_last_try_is_explained_as_any_other(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    portal.bench.patience = QUICK
    (call_id,) = portal.caught()
    show_token(qtbot, window, call_id)
    portal.fails("locked", count=QUICK.attempts)

    send(window, qtbot)

    card = form_of(window).card
    qtbot.waitUntil(
        lambda: card.isVisible() and "The workflow is being executed" in card.text, timeout=WAIT
    )
    wait_until_editable(window, qtbot)
    assert portal.sent == QUICK.attempts
    assert portal.bench.call(call_id).row.state is TokenState.WAITING


def test_what_another_program_takes_back_frees_the_form(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    send_and_fail(portal, window, qtbot)
    (queued,) = rows_of(window)

    portal.bench.workspace.outbox.cancel(queued.reply_id)

    wait_until_editable(window, qtbot)
    assert rows_of(window) == []
    assert told(window) == ""


def test_a_held_reply_is_sent_from_its_form(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = portal.held()
    show_token(qtbot, window, call_id)
    qtbot.waitUntil(lambda: "not sent before bxgui was closed" in told(window), timeout=WAIT)
    assert form_of(window).values() == [("Comment", "left")]
    assert portal.sent == 0

    click(qtbot, progress_of(window), "Send it now")

    card = form_of(window).card
    qtbot.waitUntil(lambda: card.isVisible() and "accepted" in card.text, timeout=WAIT)
    wait_until_editable(window, qtbot)
    assert told(window) == ""
    assert portal.sent == 1


def test_a_held_reply_is_taken_back_in_its_form_which_can_be_edited_then(
    portal: Queueing, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = portal.held()
    show_token(qtbot, window, call_id)
    qtbot.waitUntil(lambda: "It goes only when you say so." in told(window), timeout=WAIT)

    click(qtbot, progress_of(window), "Take back")

    wait_until_editable(window, qtbot)
    assert form_of(window).values() == [("Comment", "left")]
    log = by_name(form_of(window), QLineEdit, "Log message")
    qtbot.keyClicks(log, "now")
    assert form_of(window).log_message == "now"


def test_the_keys_lead_to_stopping(portal: Queueing, window: MainWindow, qtbot: QtBot) -> None:
    send_and_fail(portal, window, qtbot)
    stop = button(progress_of(window), "Stop repeating")
    stop.setFocus()

    qtbot.keyClick(stop, Qt.Key.Key_Space)

    wait_until_editable(window, qtbot)


def test_settings_that_cannot_be_read_keep_a_reply_back_with_the_reason(
    portal: Queueing, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (call_id,) = portal.caught()
    show_token(qtbot, window, call_id)
    (portal.bench.folder / settings.FILE_NAME).write_text("[sending]\nattempts = 0\n", "utf-8")

    def patience() -> Patience:
        return settings.load_patience(portal.bench.folder)

    monkeypatch.setattr(Bench, "patience", property(lambda _bench: patience()), raising=False)
    send(window, qtbot)

    qtbot.waitUntil(lambda: "attempts in" in form_of(window)._problem.text(), timeout=WAIT)
    assert portal.sent == 0
