"""The dialogs for the listener's settings and for a new secret address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import certificates
import pytest
from listening import ask
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, Bench, Clock, all_texts, button, by_name, click, close, post

from bxgui import app
from bxgui.services import settings
from bxgui.services.paths import Paths
from bxgui.services.settings import Settings
from bxgui.ui.main_window import MainWindow
from bxgui.ui.new_address_dialog import NewAddressDialog
from bxgui.ui.settings_dialog import SettingsDialog

FILLED = Settings(
    host="0.0.0.0",
    port=8725,
    public_url="https://hook.example.com",
    allowed_networks=("203.0.113.0/24", "2001:db8::/32"),
    trusted_proxies=("127.0.0.1",),
    tls_certificate="hook.pem",
    tls_key="hook.key",
)


@pytest.fixture
def dialog(qtbot: QtBot) -> SettingsDialog:
    made = SettingsDialog(Settings())
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def listening(bench: Bench, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a listener that listens."""
    settings.save(bench.folder, Settings(port=0))
    application = app.build(Paths.of(bench.folder), open_workspace=bench.open)
    application.window.show()
    application.desk.open()
    try:
        wait_until_listening(qtbot, application.window)
        yield application.window
    finally:
        close(application.window)


def wait_until_listening(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: bool(window.listener_bar.url), timeout=WAIT)


def opened(qtbot: QtBot, window: MainWindow) -> SettingsDialog:
    """The settings as the menu opens them."""
    window.listener_bar.settings_asked.emit()
    return wait_for_dialog(qtbot, window, SettingsDialog)


def wait_for_dialog(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> SettingsDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)), timeout=WAIT)
    found = window.findChildren(kind)[0]
    assert found.isVisible()
    return found  # type: ignore[return-value]


def saved(dialog: SettingsDialog) -> list[Settings]:
    """What the dialog asks to save when its button is clicked."""
    asked: list[Settings] = []
    dialog.save_asked.connect(asked.append)
    button(dialog, "Save").click()
    return asked


def field(dialog: SettingsDialog, name: str) -> QLineEdit:
    return by_name(dialog, QLineEdit, name)


def problem(dialog: SettingsDialog) -> str:
    return dialog._problem.text() if dialog._problem.isVisible() else ""


def test_settings_are_shown_and_saved_as_they_are(qtbot: QtBot) -> None:
    dialog = SettingsDialog(FILLED)
    qtbot.addWidget(dialog)
    dialog.show()
    assert field(dialog, "Host").text() == "0.0.0.0"
    assert by_name(dialog, QSpinBox, "Port").value() == 8725
    networks = by_name(dialog, QPlainTextEdit, "Allowed networks")
    assert networks.toPlainText() == "203.0.113.0/24\n2001:db8::/32"
    assert saved(dialog) == [FILLED]


def test_what_is_entered_is_cleaned_of_spaces_and_empty_lines(dialog: SettingsDialog) -> None:
    dialog.host.setText(" ::1 ")
    dialog.port.setValue(9000)
    dialog.public_url.setText(" https://Hook.example.com/ ")
    dialog.allowed.setPlainText("\n 10.0.0.0/8 \n\n192.0.2.7\n")
    dialog.proxies.setPlainText("::1")
    assert saved(dialog) == [
        Settings(
            "::1",
            9000,
            "https://Hook.example.com",
            allowed_networks=("10.0.0.0/8", "192.0.2.7"),
            trusted_proxies=("::1",),
        )
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("host", " ", "Enter a host"),
        ("public_url", "ftp://hook.example.com", "“ftp://hook.example.com” is not a web address"),
        ("certificate", "hook.pem", "go together"),
        ("key", "hook.key", "go together"),
        ("allowed", "10.0.0.0/8\nnonsense", "“nonsense” is neither a network"),
        ("proxies", "10.0.0.0/99", "“10.0.0.0/99” is neither a network"),
    ],
)
def test_what_cannot_be_used_is_told_and_not_saved(
    dialog: SettingsDialog, name: str, text: str, said: str
) -> None:
    widget: QWidget = getattr(dialog, name)
    if isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
    elif isinstance(widget, QLineEdit):
        widget.setText(text)
    assert saved(dialog) == []
    assert said in problem(dialog)
    wrong = {"certificate": dialog.key, "key": dialog.certificate}.get(name, widget)
    assert dialog.focusWidget() is wrong
    assert button(dialog, "Save").isEnabled()


def test_a_problem_is_gone_when_it_is_mended(dialog: SettingsDialog) -> None:
    dialog.host.setText("")
    saved(dialog)
    dialog.host.setText("127.0.0.1")
    assert len(saved(dialog)) == 1
    assert problem(dialog) == ""


def test_files_can_be_chosen(dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = ["/etc/hook.pem"]
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_: (chosen.pop() if chosen else "", "")
    )
    browse = by_name(dialog, QAbstractButton, "Browse for: TLS certificate")
    browse.click()
    assert dialog.certificate.text() == "/etc/hook.pem"
    browse.click()
    assert dialog.certificate.text() == "/etc/hook.pem"


def test_every_field_has_a_name_and_the_keys_lead_to_all_of_them(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    dialog.activateWindow()
    dialog.host.setFocus()
    reached: list[QWidget] = []
    while (focused := dialog.focusWidget()) not in reached:
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    wanted = [dialog.host, dialog.port, dialog.public_url, dialog.certificate, dialog.key]
    for one in (*wanted, dialog.allowed, dialog.proxies, button(dialog, "Save")):
        assert one in reached
    for one in (*wanted, dialog.allowed, dialog.proxies):
        assert one.accessibleName()


def test_saved_settings_are_kept_and_the_listener_follows_them(
    listening: MainWindow, qtbot: QtBot, bench: Bench
) -> None:
    local = listening.listener_bar.url
    dialog = opened(qtbot, listening)
    dialog.public_url.setText("https://hook.example.com")
    dialog.allowed.setPlainText("203.0.113.0/24")
    button(dialog, "Save").click()
    expected = "https://hook.example.com" + urlsplit(local).path
    qtbot.waitUntil(lambda: listening.listener_bar.url == expected, timeout=WAIT)
    assert listening.findChildren(SettingsDialog) == []
    kept = settings.load(bench.folder)
    assert (kept.public_url, kept.port) == ("https://hook.example.com", 0)
    assert kept.allowed_networks == ("203.0.113.0/24",)
    assert ask(listening.control.local_url, post(1).body)[0] == 403
    qtbot.waitUntil(lambda: "not in the allowed networks" in listening.message.text, timeout=WAIT)


def test_a_certificate_is_taken(
    listening: MainWindow, qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    files = certificates.files_in(tmp_path)
    certificates.put(files, *certificates.issued())
    dialog = opened(qtbot, listening)
    dialog.certificate.setText(str(files.certificate))
    dialog.key.setText(str(files.key))
    button(dialog, "Save").click()
    qtbot.waitUntil(lambda: listening.listener_bar.url.startswith("https://"), timeout=WAIT)


def test_files_that_are_no_certificate_leave_everything_as_it_was(
    listening: MainWindow, qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "hook.pem").write_text("nonsense")
    before, url = settings.load(bench.folder), listening.listener_bar.url
    dialog = opened(qtbot, listening)
    dialog.certificate.setText(str(tmp_path / "hook.pem"))
    dialog.key.setText(str(tmp_path / "hook.pem"))
    button(dialog, "Save").click()
    qtbot.waitUntil(lambda: "is not a PEM certificate" in problem(dialog), timeout=WAIT)
    assert dialog.isVisible()
    assert settings.load(bench.folder) == before
    assert listening.listener_bar.url == url
    assert button(dialog, "Save").isEnabled()


def test_a_dialog_closed_while_it_saves_does_no_harm(listening: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(qtbot, listening)
    with qtbot.waitSignal(listening.control.listening, timeout=WAIT):
        button(dialog, "Save").click()
        dialog.reject()
        QApplication.processEvents()


def test_settings_that_cannot_be_read_open_no_dialog(
    window: MainWindow, qtbot: QtBot, bench: Bench
) -> None:
    (bench.folder / settings.FILE_NAME).write_text("[listener]\nport = 'many'\n")
    window.listener_bar.settings_asked.emit()
    qtbot.waitUntil(lambda: "settings.toml" in window.message.text, timeout=WAIT)
    assert window.findChildren(SettingsDialog) == []


@pytest.mark.parametrize(
    ("choice", "days"),
    [
        ("Honour the former address for 7 days", 7),
        ("Honour the former address for 1 day", 1),
        ("Stop honouring the former address at once", 0),
    ],
)
def test_a_new_address_is_made_and_the_former_one_honoured_as_long_as_chosen(
    window: MainWindow, qtbot: QtBot, bench: Bench, clock: Clock, choice: str, days: int
) -> None:
    paths = bench.workspace.store.listener_paths
    (former,) = paths.honoured(clock())
    dialog = new_address(qtbot, window)
    assert "Rules keep the HANDLER" in "\n".join(all_texts(dialog))
    button(dialog, choice).click()
    click(qtbot, dialog, "Make a new address")
    qtbot.waitUntil(lambda: len(paths.all()) == 2, timeout=WAIT)
    new, old = paths.all()
    assert (new.honoured_until, old.secret) == (None, former.secret)
    assert old.honoured_until == clock() + timedelta(days=days)


def new_address(qtbot: QtBot, window: MainWindow) -> QDialog:
    window.listener_bar.new_address_asked.emit()
    return wait_for_dialog(qtbot, window, NewAddressDialog)


def test_escape_and_enter_make_no_new_address(
    window: MainWindow, qtbot: QtBot, bench: Bench, clock: Clock
) -> None:
    paths = bench.workspace.store.listener_paths
    before = paths.honoured(clock())
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        dialog = new_address(qtbot, window)
        qtbot.keyClick(dialog, key)
        qtbot.waitUntil(lambda: not window.findChildren(NewAddressDialog), timeout=WAIT)
    assert paths.all() == before


def test_a_running_listener_takes_the_new_address_and_the_bar_shows_it(
    listening: MainWindow, qtbot: QtBot
) -> None:
    former = listening.listener_bar.url
    click(qtbot, new_address(qtbot, listening), "Make a new address")
    qtbot.waitUntil(lambda: listening.listener_bar.url not in {"", former}, timeout=WAIT)
    assert "register them again" in listening.message.text
    for url in (former, listening.listener_bar.url):
        assert ask(url, post(1).body)[0] == 200
