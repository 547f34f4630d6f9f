"""A second start of the window: the first comes forward, and the second is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from listening import without_keyring
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from bxgui.services import private_folder, window_lock
from bxgui.services.store.store import FILE_NAME
from bxgui.services.window_lock import WindowOpen
from bxgui.ui.raising import Raising, bring_forward

WAIT = 30
IMPATIENT = 0.0


@contextmanager
def started(data: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The window as its user starts it, on a folder whose listener takes any port."""
    data.mkdir(exist_ok=True)
    (data / "settings.toml").write_text("[listener]\nport = 0\n", "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "bxgui", "--data-dir", str(data), *options],
        env={**without_keyring(), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=WAIT)


def wait_for_window(process: subprocess.Popen[str], data: Path) -> None:
    """Wait until it has opened its store, which it does once it is painted."""
    pause = threading.Event()
    for _ in range(10 * WAIT):
        if (data / FILE_NAME).exists():
            return
        assert process.poll() is None
        pause.wait(0.1)
    pytest.fail("waited in vain for the window")


def test_a_second_start_ends_at_once_and_says_that_the_window_is_open(tmp_path: Path) -> None:
    with started(tmp_path / "data") as first:
        wait_for_window(first, tmp_path / "data")
        with started(tmp_path / "data") as second:
            output, complaints = second.communicate(timeout=WAIT)
        assert (second.returncode, output) == (0, "")
        assert complaints == (
            "bxgui: the window is open already; it was asked to come to the front.\n"
        )
        assert first.poll() is None


def test_another_data_folder_has_a_window_of_its_own(tmp_path: Path) -> None:
    with started(tmp_path / "one") as first, started(tmp_path / "two") as second:
        wait_for_window(first, tmp_path / "one")
        wait_for_window(second, tmp_path / "two")
        assert (first.poll(), second.poll()) == (None, None)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_killed_window_does_not_keep_the_next_one_from_opening(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with started(data) as first:
        wait_for_window(first, data)
        first.send_signal(signal.SIGKILL)
        first.wait(WAIT)
    (data / FILE_NAME).unlink()
    with started(data) as second:
        wait_for_window(second, data)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_window_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    with started(tmp_path / "data") as first:
        wait_for_window(first, tmp_path / "data")
        first.send_signal(signal.SIGSTOP)
        with started(tmp_path / "data") as second:
            _, complaints = second.communicate(timeout=WAIT)
        assert (second.returncode, complaints) == (
            0,
            "bxgui: the window is open already; it does not answer now.\n",
        )


def test_the_lock_is_free_again_once_it_is_released(tmp_path: Path) -> None:
    held = window_lock.claim(tmp_path)
    assert held is not None
    with pytest.raises(WindowOpen):
        window_lock.claim(tmp_path, IMPATIENT)
    other = window_lock.claim(tmp_path / "other", IMPATIENT)
    held.release()
    again = window_lock.claim(tmp_path / "." / "x" / "..", IMPATIENT)
    for lock in (other, again):
        assert lock is not None
        lock.release()


def test_what_was_written_to_a_window_that_has_died_asks_nobody(tmp_path: Path) -> None:
    held = window_lock.claim(tmp_path)
    assert held is not None
    with pytest.raises(WindowOpen):
        window_lock.claim(tmp_path, IMPATIENT)
    held.release()

    again = window_lock.claim(tmp_path, IMPATIENT)

    assert again is not None
    assert again.asked() is None
    again.release()


def test_a_window_opens_where_no_lock_can_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "nowhere"))

    assert window_lock.claim(tmp_path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="rights are those of POSIX")
def test_nobody_else_can_ask_for_the_window(tmp_path: Path) -> None:
    held = window_lock.claim(tmp_path)
    assert held is not None
    folder = private_folder.private_folder()
    assert folder == held.path.parent
    assert folder.stat().st_mode & 0o077 == 0
    held.release()

    folder.chmod(0o755)
    assert window_lock.claim(tmp_path) is None
    folder.chmod(0o700)


@pytest.mark.parametrize("token", ["", "desktop-token"])
def test_a_minimized_window_that_is_asked_for_is_shown_again(
    token: str, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", token)
    held = window_lock.claim(tmp_path)
    assert held is not None
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    Raising(window, held)

    with pytest.raises(WindowOpen):
        window_lock.claim(tmp_path, IMPATIENT)

    qtbot.waitUntil(lambda: not window.isMinimized(), timeout=1000 * WAIT)
    assert held.asked() is None
    assert "XDG_ACTIVATION_TOKEN" not in os.environ or not token
    held.release()


def test_who_asked_before_anybody_watched_is_heard(tmp_path: Path, qtbot: QtBot) -> None:
    held = window_lock.claim(tmp_path)
    assert held is not None
    with pytest.raises(WindowOpen):
        window_lock.claim(tmp_path, IMPATIENT)
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()

    Raising(window, held)

    assert not window.isMinimized()
    held.release()


def test_a_window_that_is_being_closed_does_not_come_back(tmp_path: Path, qtbot: QtBot) -> None:
    held = window_lock.claim(tmp_path)
    assert held is not None
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.close()
    with pytest.raises(WindowOpen) as told:
        window_lock.claim(tmp_path, IMPATIENT)

    Raising(window, held)

    assert not told.value.answered
    assert not window.isVisible()
    assert held.asked() is not None
    held.release()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_start_while_the_window_is_being_closed_opens_the_next_one(tmp_path: Path) -> None:
    with started(tmp_path / "data") as first:
        wait_for_window(first, tmp_path / "data")
        first.send_signal(signal.SIGTERM)
        with started(tmp_path / "data", "--tell-start") as second:
            output, _ = second.communicate(timeout=WAIT)
        assert first.wait(WAIT) == 0
    assert (second.returncode, output) == (0, "painted\nfilled\nlisted\n")


def test_an_open_question_comes_forward_with_its_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    question = QMessageBox(window)
    question.open()

    bring_forward(window)

    qtbot.waitUntil(question.isActiveWindow, timeout=1000 * WAIT)
    question.close()
