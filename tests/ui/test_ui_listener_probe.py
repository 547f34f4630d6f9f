"""Who answers at the listener's address, as the window tells it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, Bench, close, opened_window

from bxgui import app
from bxgui.services import settings
from bxgui.services.paths import Paths
from bxgui.services.settings import Settings
from bxgui.ui.listener_probe import ListenerProbe
from bxgui.ui.main_window import MainWindow

LOCAL = "http://127.0.0.1:8724/h/a-secret"


class Neighbour:
    """Answers as a test wants, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answer = "ours"
        self.asked: list[tuple[str, str, str]] = []

    def __call__(self, address: str, secret: str, instance: str) -> str:
        self.asked.append((address, secret, instance))
        return self.answer


@pytest.fixture
def neighbour() -> Neighbour:
    return Neighbour()


@pytest.fixture
def probing(bench: Bench, qtbot: QtBot, neighbour: Neighbour) -> Iterator[MainWindow]:
    """The window with a probe, and no listener of its own."""
    with opened_window(bench, qtbot, neighbour) as window:
        yield window


def probe_of(window: MainWindow) -> ListenerProbe:
    assert window.control.probe is not None
    return window.control.probe


def listen(window: MainWindow) -> None:
    event = {"event": "listening", "url": LOCAL, "local_url": LOCAL, "instance": "the-one"}
    window.control.listener.said.emit(event)


def look(window: MainWindow, qtbot: QtBot, neighbour: Neighbour, answer: str) -> str:
    """Have the probe ask; what the message bar reads then."""
    neighbour.answer = answer
    with qtbot.waitSignal(window.control.answered, timeout=WAIT):
        probe_of(window).look()
    return window.message.text if window.message.isVisible() else ""


def test_the_listener_is_probed_soon_after_it_listens_and_then_again(
    probing: MainWindow, qtbot: QtBot, neighbour: Neighbour
) -> None:
    probe = probe_of(probing)
    with qtbot.waitSignal(probe.answered, timeout=WAIT):
        listen(probing)
    assert neighbour.asked == [(LOCAL, "a-secret", "the-one")]
    assert not probing.message.isVisible()
    assert probe._every.isActive()
    assert probe._every.interval() == 30_000


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("other_program", "Another program answers at 127.0.0.1:8724"),
        ("other_listener", "Another bxgui answers at 127.0.0.1:8724"),
        ("silent", "nothing answers at 127.0.0.1:8724"),
    ],
)
def test_a_strange_answer_is_told_until_the_listener_answers_itself(
    probing: MainWindow, qtbot: QtBot, neighbour: Neighbour, answer: str, told: str
) -> None:
    listen(probing)
    text = look(probing, qtbot, neighbour, answer)
    assert told in text
    assert "secret" not in text
    assert look(probing, qtbot, neighbour, "ours") == ""


def test_an_answer_that_is_not_known_is_passed_over(
    probing: MainWindow, qtbot: QtBot, neighbour: Neighbour
) -> None:
    listen(probing)
    assert look(probing, qtbot, neighbour, "something new") == ""


def test_an_answer_that_comes_after_the_listener_ended_is_void(
    probing: MainWindow, qtbot: QtBot, neighbour: Neighbour
) -> None:
    listen(probing)
    neighbour.answer = "other_program"
    probe = probe_of(probing)
    probe.look()
    probing.control.listener.ended.emit("It was killed or has crashed.")
    with qtbot.assertNotEmitted(probe.answered):
        qtbot.waitUntil(lambda: bool(neighbour.asked), timeout=WAIT)
    assert not probe._every.isActive()
    assert not probe._first.isActive()
    probe.look()
    assert len(neighbour.asked) == 1


def test_a_listener_that_ends_takes_the_answer_s_message_along(
    probing: MainWindow, qtbot: QtBot, neighbour: Neighbour
) -> None:
    listen(probing)
    look(probing, qtbot, neighbour, "silent")
    probing.control.listener.ended.emit("It was killed or has crashed.")
    probing.message.clear("listener")
    assert not probing.message.isVisible()


def test_the_real_listener_answers_as_ours_and_a_second_one_does_not_disturb(
    bench: Bench, qtbot: QtBot
) -> None:
    first = app.build(Paths.of(bench.folder), 0, open_workspace=bench.open)
    first.window.show()
    first.desk.open()
    try:
        qtbot.waitUntil(lambda: bool(first.window.listener_bar.url), timeout=WAIT)
        with qtbot.waitSignal(first.control.answered, timeout=WAIT) as answered:
            probe_of(first.window).look()
        assert answered.args is not None
        assert answered.args[0] == "ours"
        port = urlsplit(first.window.listener_bar.url).port
        second = app.build(Paths.of(bench.folder), port, open_workspace=bench.open)
        second.window.show()
        second.desk.open()
        try:
            qtbot.waitUntil(lambda: "same store" in second.window.message.text, timeout=WAIT)
        finally:
            close(second.window)
    finally:
        close(first.window)


def test_a_port_that_a_stranger_has_is_told_by_the_real_probe(bench: Bench, qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        application = app.build(Paths.of(bench.folder), port, open_workspace=bench.open)
        application.window.show()
        with qtbot.waitSignal(application.control.port_taken, timeout=WAIT) as answered:
            application.desk.open()
        assert answered.args is not None
        assert answered.args[0] in {"other_program", "silent"}
        assert "are lost" in application.window.message.text
        close(application.window)


def test_without_a_probe_nobody_is_asked(window: MainWindow) -> None:
    listen(window)
    assert window.control.probe is None
    assert not window.message.isVisible()


@pytest.mark.parametrize("answer", ["ours", "other_listener"])
def test_a_port_taken_by_a_bxgui_of_the_same_store_is_no_disaster(
    probing: MainWindow, qtbot: QtBot, neighbour: Neighbour, bench: Bench, answer: str
) -> None:
    settings.save(bench.folder, Settings(port=8725))
    neighbour.answer = answer
    with qtbot.waitSignal(probing.control.port_taken, timeout=WAIT):
        probing.control.listener.ended.emit("Port 8725 is taken by another program.")
    (path,) = bench.workspace.store.listener_paths.all()
    assert neighbour.asked == [(f"http://127.0.0.1:8725/h/{path.secret}", path.secret, "")]
    text = probing.message.text
    assert "Port 8725 is taken by another bxgui that serves the same store" in text
    assert "are lost" not in text
    assert path.secret not in text


@pytest.mark.parametrize("answer", ["other_program", "silent"])
def test_a_port_taken_by_another_program_stays_loud(
    probing: MainWindow, qtbot: QtBot, neighbour: Neighbour, answer: str
) -> None:
    neighbour.answer = answer
    with qtbot.waitSignal(probing.control.port_taken, timeout=WAIT):
        probing.control.listener.ended.emit("Port 8724 is taken by another program.")
    assert "Port 8724 is taken by another program." in probing.message.text
    assert "are lost" in probing.message.text


def test_settings_that_cannot_be_read_name_no_port(
    probing: MainWindow,
    qtbot: QtBot,
    neighbour: Neighbour,
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (bench.folder / settings.FILE_NAME).write_text("[listener]\nport = 'many'\n")
    read: list[Exception] = []
    load = settings.load

    def load_and_tell(folder: Path) -> Settings:
        try:
            return load(folder)
        except settings.SettingsProblem as problem:
            read.append(problem)
            raise

    monkeypatch.setattr(settings, "load", load_and_tell)
    probing.control.listener.ended.emit("port in settings.toml is not a int.")
    qtbot.waitUntil(lambda: len(read) == 1, timeout=WAIT)
    (bench.folder / settings.FILE_NAME).write_text("[listener]\nport = 8726\n")
    with qtbot.waitSignal(probing.control.port_taken, timeout=WAIT):
        probing.control.listener.ended.emit("Port 8726 is taken by another program.")
    assert len(neighbour.asked) == 1
