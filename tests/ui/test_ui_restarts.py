"""When a listener that died is started again by itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from listening import ask
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    WAIT,
    Bench,
    Clock,
    all_texts,
    click,
    close,
    post,
    wait_for_rows,
)

from bxgui import app
from bxgui.services.paths import Paths
from bxgui.ui.main_window import MainWindow
from bxgui.ui.restarts import PAUSES, Restarts


@pytest.fixture
def listening(bench: Bench, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a listener that listens."""
    application = app.build(Paths.of(bench.folder), 0, bench.clock, bench.open)
    application.window.show()
    application.desk.open()
    try:
        qtbot.waitUntil(lambda: bool(application.window.listener_bar.url), timeout=WAIT)
        yield application.window
    finally:
        close(application.window)


def kill(window: MainWindow) -> None:
    os.kill(window.control.listener.pid, signal.SIGKILL)


def kill_and_wait(window: MainWindow, qtbot: QtBot) -> None:
    """Kill the listener, and wait until another one listens."""
    with qtbot.waitSignal(window.control.restarted, timeout=WAIT):
        kill(window)


def test_each_death_is_followed_by_a_longer_pause_and_the_sixth_by_none(clock: Clock) -> None:
    restarts = Restarts(clock)
    pauses = []
    for _ in range(6):
        pauses.append(restarts.after_death())
        clock.pass_by(20)
    assert pauses == [*PAUSES, None]
    assert PAUSES == (0.5, 1, 2, 5, 10)


def test_deaths_of_more_than_two_minutes_ago_do_not_count(clock: Clock) -> None:
    restarts = Restarts(clock)
    for _ in range(20):
        assert restarts.after_death() == PAUSES[0]
        clock.pass_by(120)


def test_a_person_who_starts_it_begins_anew(clock: Clock) -> None:
    restarts = Restarts(clock)
    for _ in range(6):
        restarts.after_death()
    restarts.begin_anew()
    assert restarts.after_death() == PAUSES[0]


def test_a_killed_listener_comes_back_by_itself_at_the_same_path(
    listening: MainWindow, qtbot: QtBot, clock: Clock
) -> None:
    path = urlsplit(listening.listener_bar.url).path
    assert len(path) > 20
    kill(listening)
    with qtbot.waitSignal(listening.control.restarting, timeout=WAIT):
        pass
    message = listening.message
    assert "killed" in message.text
    assert "being started again" in message.text
    assert listening.listener_bar.state == "Not listening"
    assert listening.listener_bar.url == ""
    assert not listening.listener_bar.test_call.isEnabled()
    clock.pass_by(7)
    ended = f"{(clock.at).astimezone():%H:%M}"

    qtbot.waitUntil(lambda: bool(listening.listener_bar.url), timeout=WAIT)
    assert urlsplit(listening.listener_bar.url).path == path
    for part in (f"ended at {ended}", "killed", "Nobody listened for 7\u00a0s", "are lost"):
        assert part in message.text
    assert ask(listening.listener_bar.url, post(1).body)[0] == 200
    wait_for_rows(qtbot, listening, [1])
    assert "Nobody listened for 7\u00a0s" in message.text
    assert message.isVisible()


def test_a_second_outage_is_counted(listening: MainWindow, qtbot: QtBot) -> None:
    listening.control.restarts = Restarts(listening.control.now, (0.0, 0.0))
    kill_and_wait(listening, qtbot)
    assert "outage number" not in listening.message.text
    kill_and_wait(listening, qtbot)
    assert "outage number 2" in listening.message.text


def test_a_listener_that_dies_too_often_is_loud_and_restarted_by_hand(
    listening: MainWindow, qtbot: QtBot, clock: Clock
) -> None:
    listening.control.restarts = Restarts(clock, (0.0,))
    kill_and_wait(listening, qtbot)
    with qtbot.waitSignal(listening.control.stopped, timeout=WAIT):
        kill(listening)
    message = listening.message
    assert message.isVisible()
    assert "The listener has stopped" in message.text
    assert "are lost" in message.text
    assert listening.listener_bar.state == "Not listening"
    clock.pass_by(30)

    click(qtbot, message, "Restart listener")
    qtbot.waitUntil(lambda: bool(listening.listener_bar.url), timeout=WAIT)
    assert "The listener has stopped" not in "\n".join(all_texts(message))
    assert "Nobody listened for 30\u00a0s" in message.text


def test_a_person_need_not_wait_for_the_pause(listening: MainWindow, qtbot: QtBot) -> None:
    listening.control.restarts = Restarts(listening.control.now, (3600.0,))
    with qtbot.waitSignal(listening.control.restarting, timeout=WAIT):
        kill(listening)
    click(qtbot, listening.listener_bar, "Restart listener")
    qtbot.waitUntil(lambda: bool(listening.listener_bar.url), timeout=WAIT)
    assert not listening.control._pause.isActive()


def test_a_window_closed_in_the_pause_starts_nothing(listening: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(listening.control.restarting, timeout=WAIT):
        kill(listening)
    control = listening.control
    control.close()
    assert not control._pause.isActive()
    assert not control.listener.is_running


def test_a_restart_that_was_asked_for_is_no_outage(listening: MainWindow, qtbot: QtBot) -> None:
    with (
        qtbot.assertNotEmitted(listening.control.restarted),
        qtbot.waitSignal(listening.control.listening, timeout=WAIT),
    ):
        listening.control.restart()
    assert "Nobody listened" not in "\n".join(all_texts(listening.message))
