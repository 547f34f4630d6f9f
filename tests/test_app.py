"""The program from end to end: window, listener and practice portal, all real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from listening import ask, without_keyring
from posts import Post
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
)
from pytestqt.qtbot import QtBot
from ui.ui_parts import by_name, click, close, type_text

from bxgui import app
from bxgui.core.deadlines import TokenState
from bxgui.core.listing import TokenQuery
from bxgui.services.paths import Paths
from bxgui.services.store import Store
from bxgui.services.vault import new_key
from bxgui.services.workspace import Workspace
from bxgui.ui.history_model import OUTCOME, STATUS, WHAT
from bxgui.ui.main_window import MainWindow

WAIT = 20_000
CALLS = 8


@pytest.fixture
def program(tmp_path: Path, qapp: QApplication) -> Iterator[app.Application]:
    paths = Paths.of(tmp_path / "data")
    key = new_key("this is a test")
    built = app.build(
        paths,
        port=0,
        open_workspace=lambda: Workspace(Store.open(paths.data), lambda _store_id: key),
    )
    built.window.show()
    built.desk.open()
    yield built
    close(built.window)


def question(window: MainWindow) -> QMessageBox | None:
    return next((box for box in window.findChildren(QMessageBox) if box.isVisible()), None)


def wait_for_test_call(qtbot: QtBot, program: app.Application) -> None:
    """Send a test call, and wait until its form knows the rule's return properties."""
    window = program.window
    qtbot.waitUntil(lambda: bool(window.listener_bar.url), timeout=WAIT)
    click(qtbot, window.listener_bar, "Send a test call")

    def is_shown() -> bool:
        call = window.call_view.call
        return call is not None and bool(call.schema)

    qtbot.waitUntil(is_shown, timeout=WAIT)


def test_a_call_is_caught_answered_and_found_in_the_history(
    program: app.Application, qtbot: QtBot
) -> None:
    window, form = program.window, program.window.call_view.form
    requests: list[dict[str, object]] = []
    program.control.practice.process.said.connect(requests.append)
    wait_for_test_call(qtbot, program)
    call = window.call_view.call
    assert call is not None
    assert call.row.rule == "approve_invoice"

    approved = by_name(form, QComboBox, "Value of Approved")
    approved.setFocus()
    yes = approved.findText("Yes  (Y)")
    while approved.currentIndex() != yes:
        qtbot.keyClick(approved, Qt.Key.Key_Down)
    type_text(by_name(form, QPlainTextEdit, "Value of Comment"), "Сумма проверена")
    click(qtbot, form, "Add value")
    type_text(by_name(form, QLineEdit, "Name of the value"), "Aproved")
    type_text(by_name(form, QLineEdit, "Value of Aproved"), "Y")
    by_name(form, QCheckBox, "Send Aproved").click()
    type_text(by_name(form, QLineEdit, "Log message"), "к оплате")
    click(qtbot, form, "Send reply")

    qtbot.waitUntil(lambda: question(window) is not None, timeout=WAIT)
    box = question(window)
    assert box is not None
    assert call.row.portal in box.text()
    click(qtbot, box, "Trust this portal")
    qtbot.waitUntil(lambda: form.card.isVisible() and "accepted" in form.card.text, timeout=WAIT)

    history = window.history
    qtbot.waitUntil(lambda: history.model.index(0, OUTCOME).data() == "accepted", timeout=WAIT)
    assert history.model.index(0, WHAT).data() == "reply"
    assert history.model.index(0, STATUS).data() == "200"
    qtbot.waitUntil(lambda: "HTTP 200" in history.exchange.code.toPlainText(), timeout=WAIT)
    exchange = history.exchange.code.toPlainText()
    assert '"Comment": "Сумма проверена"' in exchange
    assert '"EVENT_TOKEN": "***"' in exchange
    assert "Aproved" not in exchange
    qtbot.waitUntil(lambda: window.tokens.model.state_at(0) is TokenState.ACCEPTED, timeout=WAIT)

    qtbot.waitUntil(lambda: any("applied" in one for one in requests), timeout=WAIT)
    applied = next(one["applied"] for one in requests if "applied" in one)
    assert applied == {"Approved": "Y", "Comment": "Сумма проверена"}


def test_a_test_call_can_be_sent_again(program: app.Application, qtbot: QtBot) -> None:
    wait_for_test_call(qtbot, program)
    click(qtbot, program.window.listener_bar, "Send a test call")
    qtbot.waitUntil(lambda: program.window.tokens.model.rowCount() == 2, timeout=WAIT)


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Look again and again, ten times a second, for at most half a minute."""
    pause = threading.Event()
    for _ in range(300):
        if condition():
            return
        pause.wait(0.1)
    pytest.fail(f"waited in vain for {what}")


@contextmanager
def started(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The window as its user starts it, without a display."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bxgui", "--data-dir", str(data)],
        env={**without_keyring(), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=WAIT / 1000)


def listener_of(window: int) -> int:
    """The process id of the window's listener, 0 while it has none."""
    children = Path(f"/proc/{window}/task/{window}/children").read_text()
    for child in map(int, children.split()):
        if b"listen" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
            return child
    return 0


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def port_of(pid: int) -> int:
    """The port on which a process listens, 0 while it does on none."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(descriptor.readlink())
        except FileNotFoundError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[len("socket:[") : -1])
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A" and fields[9] in inodes:
            return int(fields[1].split(":")[1], 16)
    return 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_killed_window_loses_no_call_and_leaves_no_listener(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text("[listener]\nport = 0\n")
    with started(data) as window:
        wait_until(lambda: listener_of(window.pid) != 0, "the listener")
        listener = listener_of(window.pid)
        wait_until(lambda: port_of(listener) != 0, "the port")
        with closing(Store.open(data)) as store:
            (path,) = store.listener_paths.honoured(Post().arrival().arrived_at)
        url = f"http://127.0.0.1:{port_of(listener)}/h/{path.secret}"
        answers = [ask(url, Post(number).body)[0] for number in range(CALLS)]
        assert answers == [200] * CALLS
        window.send_signal(signal.SIGKILL)
        window.wait(WAIT / 1000)
        wait_until(lambda: not is_alive(listener), "the listener's end")
    with closing(Store.open(data)) as store:
        ids = store.calls.ids(TokenQuery(), Post().arrival().arrived_at)
        assert len(ids) == CALLS


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_window_told_to_stop_ends_in_order(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text("[listener]\nport = 0\n")
    with started(data) as window:
        wait_until(lambda: listener_of(window.pid) != 0, "the listener")
        listener = listener_of(window.pid)
        window.send_signal(signal.SIGTERM)
        assert window.wait(WAIT / 1000) == 0
        assert not is_alive(listener)
        assert window.stderr is not None
        complaints = window.stderr.read().decode()
    assert "Traceback" not in complaints
    assert (data / "window.ini").exists()
