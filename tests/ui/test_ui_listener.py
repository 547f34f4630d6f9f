"""The real listener process behind the window."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from listening import ask, connect, head, status_of
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    WAIT,
    Bench,
    all_texts,
    button,
    by_name,
    click,
    close,
    post,
    wait_for_call,
    wait_for_rows,
)

from bxgui import app
from bxgui.services import settings
from bxgui.services.paths import Paths
from bxgui.ui.main_window import MainWindow
from bxgui.ui.state_tabs import REJECTED


def build(bench: Bench, port: int | None) -> app.Application:
    return app.build(Paths.of(bench.folder), port, bench.clock, bench.open)


@pytest.fixture
def listening(bench: Bench, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a listener that listens."""
    application = build(bench, 0)
    application.window.show()
    application.desk.open()
    try:
        wait_until_listening(qtbot, application.window)
        yield application.window
    finally:
        close(application.window)


def wait_until_listening(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: bool(window.listener_bar.url), timeout=WAIT)


def wait_until_stopped(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.listener_bar.state == "Not listening", timeout=WAIT)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_posted_call_appears(listening: MainWindow, qtbot: QtBot) -> None:
    bar = listening.listener_bar
    assert bar.state == "Listening"
    assert "Listening, and nothing has come yet" in all_texts(listening)
    by_name(bar, QToolButton, "Copy the handler's address").click()
    assert QGuiApplication.clipboard().text() == bar.url
    assert ask(bar.url, post(1).body)[0] == 200
    wait_for_rows(qtbot, listening, [1])
    wait_for_call(qtbot, listening, 1)


def test_a_closed_window_leaves_no_process(bench: Bench, qtbot: QtBot) -> None:
    application = build(bench, 0)
    application.window.show()
    application.desk.open()
    wait_until_listening(qtbot, application.window)
    pid = application.control.listener.pid
    assert is_alive(pid)
    close(application.window)
    assert not is_alive(pid)


def test_a_running_listener_can_be_restarted(listening: MainWindow, qtbot: QtBot) -> None:
    before = listening.control.listener.pid
    with qtbot.waitSignal(listening.control.listening, timeout=WAIT):
        listening.control.restart()
    assert listening.control.listener.pid not in {0, before}
    assert not is_alive(before)
    assert listening.listener_bar.state == "Listening"


def test_a_taken_port_is_told_and_can_be_tried_again(bench: Bench, qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        application = build(bench, port)
        window = application.window
        window.show()
        application.desk.open()
        wait_until_stopped(qtbot, window)
    reason = f"Port {port} is taken by another program"
    assert reason in "\n".join(all_texts(window.listener_bar))
    assert reason in window.message.text
    assert window.empty.title == "Not listening"
    click(qtbot, window.listener_bar, "Restart listener")
    wait_until_listening(qtbot, window)
    assert urlsplit(window.listener_bar.url).port == port
    close(window)


def test_settings_that_cannot_be_read_are_told(bench: Bench, qtbot: QtBot) -> None:
    (bench.folder / settings.FILE_NAME).write_text('[listener]\nport = "many"\n')
    application = build(bench, None)
    window = application.window
    window.show()
    application.desk.open()
    wait_until_stopped(qtbot, window)
    assert "settings.toml" in window.message.text
    (bench.folder / settings.FILE_NAME).write_text("[listener]\nport = 0\n")
    click(qtbot, window.message, "Restart listener")
    wait_until_listening(qtbot, window)
    close(window)


def test_secrets_that_live_in_memory_only_are_told(listening: MainWindow) -> None:
    assert "secrets: in memory only" in all_texts(listening)
    assert "this is a test" in listening.message.text


def test_a_store_of_a_newer_version_is_told(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    with bench.workspace.store.database.write() as connection:
        connection.exec_driver_sql("UPDATE meta SET value='999' WHERE name='schema_version'")
    application = build(bench, 0)
    window = application.window
    window.show()
    application.desk.open()
    wait_until_stopped(qtbot, window)
    assert "newer bxgui" in window.message.text
    assert window.message.isVisible()
    assert "The store is not open." in all_texts(window)
    assert not window.listener_bar.restart.isVisible()
    close(window)
    assert application.control.listener.pid == 0


def test_a_refused_post_is_told(listening: MainWindow, qtbot: QtBot) -> None:
    url = listening.listener_bar.url
    with connect(url) as connection:
        connection.sendall(head(url, Content_Length=1_000_000_000))
        assert status_of(connection) == 413
    qtbot.waitUntil(lambda: "rejected a post" in listening.message.text, timeout=WAIT)
    assert button(listening.listener_bar, "Send a test call").isEnabled()
    click(qtbot, listening.message, "Show rejected posts")
    assert listening.tabs.choice == REJECTED
    wait_for_rows(qtbot, listening, [1])


def test_the_bar_shows_what_comes(listening: MainWindow, qtbot: QtBot) -> None:
    url = listening.listener_bar.url
    assert ask(url, post(1).body)[0] == 200
    assert ask(url, b"x", headers={"Content-Type": "text/css"})[0] == 415
    pulse = listening.listener_bar.pulse
    qtbot.waitUntil(lambda: pulse.calls.text() == "1 call/min", timeout=WAIT)
    qtbot.waitUntil(lambda: pulse.rejected.text() == "1 rejected/min", timeout=WAIT)
    assert pulse.last_call.isVisible()


def test_no_test_call_is_sent_while_the_listener_restarts(
    listening: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(listening.control.listening, timeout=WAIT):
        listening.control.restart()
        listening.control.send_test_call()
        assert not listening.control.practice.process.is_running


@pytest.mark.parametrize(
    ("status", "failure", "said"),
    [
        (503, None, "HTTP 503"),
        (None, "ConnectionRefusedError: refused", "ConnectionRefusedError: refused"),
        (None, None, "no answer"),
    ],
)
def test_a_test_call_that_does_not_arrive_is_told(
    window: MainWindow, status: int | None, failure: str | None, said: str
) -> None:
    event = {"event": "delivered", "rule": "approve_invoice", "status": status, "failure": failure}
    window.control.practice.process.said.emit(event)
    assert window.message.text == f"The listener did not take the test call: {said}"
