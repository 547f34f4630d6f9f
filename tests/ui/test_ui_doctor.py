from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from listening import listening
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTableWidget
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, all_texts, button, click, close

from bxgui import app
from bxgui.core.checks import Check, Severity, Subject
from bxgui.services.paths import Paths
from bxgui.ui import theme
from bxgui.ui.bridge import Bridge
from bxgui.ui.doctor_dialog import DoctorDialog, severity_text, subject_text

GOOD = Check(Subject.DISK, Severity.OK, "84.0 GB are free on the disk of the store.")
BAD = Check(Subject.PORT, Severity.PROBLEM, "Our listener answers at x.", "Leave it out.")
ODD = Check(Subject.KEYRING, Severity.WARNING, "Look at its rights.")


class Patient:
    """Gives its checks one by one, the last ones when it may; remembers what was asked for."""

    def __init__(self, *checks: Check) -> None:
        self.checks = checks
        self.asked: list[bool] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.taken = 0

    def __call__(self, test_call: bool) -> Iterator[Check]:
        self.asked.append(test_call)
        for check in self.checks:
            self.may_go_on.wait()
            self.taken += 1
            yield check


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()


def opened(qtbot: QtBot, bridge: Bridge, patient: Patient) -> DoctorDialog:
    dialog = DoctorDialog(bridge, patient)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.look()
    return dialog


def wait_until_done(qtbot: QtBot, dialog: DoctorDialog) -> None:
    qtbot.waitUntil(button(dialog, "Check again").isEnabled, timeout=WAIT)


def rows(dialog: DoctorDialog) -> list[tuple[str, ...]]:
    table = dialog.table
    columns = range(table.columnCount())
    return [
        tuple(str(table.model().index(row, column).data()) for column in columns)
        for row in range(table.rowCount())
    ]


def test_checks_are_listed_with_result_subject_text_and_advice(
    qtbot: QtBot, bridge: Bridge
) -> None:
    dialog = opened(qtbot, bridge, Patient(GOOD, ODD, BAD))

    wait_until_done(qtbot, dialog)

    assert rows(dialog) == [
        ("fine", "Disk", GOOD.text),
        ("warning", "Keyring", ODD.text),
        ("problem", "Port", f"{BAD.text}\n{BAD.advice}"),
    ]
    assert "Problems: 1. Warnings: 1." in all_texts(dialog)


def test_that_nothing_is_wrong_is_said(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = opened(qtbot, bridge, Patient(GOOD))
    wait_until_done(qtbot, dialog)

    assert "Nothing is wrong." in all_texts(dialog)


def test_a_check_that_takes_long_blocks_neither_window_nor_list(
    qtbot: QtBot, bridge: Bridge
) -> None:
    patient = Patient(GOOD, BAD)
    dialog = opened(qtbot, bridge, patient)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2, timeout=WAIT)
    wait_until_done(qtbot, dialog)
    patient.may_go_on.clear()

    click(qtbot, dialog, "Check again")

    assert dialog.table.rowCount() == 0
    assert "Looking…" in all_texts(dialog)
    assert not button(dialog, "Copy report").isEnabled()
    patient.may_go_on.set()
    wait_until_done(qtbot, dialog)
    assert len(rows(dialog)) == 2


def test_a_test_call_is_made_only_when_asked_for(qtbot: QtBot, bridge: Bridge) -> None:
    patient = Patient(GOOD)
    dialog = opened(qtbot, bridge, patient)
    wait_until_done(qtbot, dialog)

    click(qtbot, dialog, "Send a test call through the address")
    wait_until_done(qtbot, dialog)

    assert patient.asked == [False, True]


def test_the_report_is_copied(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = opened(qtbot, bridge, Patient(GOOD, BAD))
    wait_until_done(qtbot, dialog)

    click(qtbot, dialog, "Copy report")

    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("bxgui ")
    assert copied.endswith(f"problem: Port\n  {BAD.text}\n  {BAD.advice}\n")


def test_a_closed_dialog_asks_for_no_further_check(qtbot: QtBot, bridge: Bridge) -> None:
    patient = Patient(GOOD, ODD, BAD)
    patient.may_go_on.clear()
    dialog = DoctorDialog(bridge, patient)
    dialog.show()
    dialog.look()

    close(dialog)
    patient.may_go_on.set()
    bridge.close()
    QApplication.processEvents()

    assert patient.taken <= 1


def test_keys_go_from_the_list_to_the_buttons_and_close(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = opened(qtbot, bridge, Patient(GOOD))
    wait_until_done(qtbot, dialog)
    assert dialog.table.accessibleName() == "What was found"
    dialog.table.setFocus()

    qtbot.keyClick(dialog.table, Qt.Key.Key_Tab)
    assert not dialog.table.hasFocus()
    with qtbot.waitSignal(dialog.finished, timeout=WAIT):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def icon_of(table: QTableWidget) -> bytes:
    item = table.item(0, 0)
    assert item is not None
    image = item.icon().pixmap(14, 14).toImage()
    return bytes(image.constBits())


def test_marks_follow_light_and_dark(qtbot: QtBot, bridge: Bridge) -> None:
    before = QApplication.palette()
    dialog = opened(qtbot, bridge, Patient(GOOD))
    wait_until_done(qtbot, dialog)
    try:
        QApplication.setPalette(theme.palette_of(dark=False))
        QApplication.processEvents()
        light = icon_of(dialog.table)
        QApplication.setPalette(theme.palette_of(dark=True))
        QApplication.processEvents()
        assert icon_of(dialog.table) != light
    finally:
        QApplication.setPalette(before)


def test_every_severity_and_subject_has_a_word() -> None:
    assert len({severity_text(one) for one in Severity}) == len(Severity)
    assert len({subject_text(one) for one in Subject}) == len(Subject)


def test_the_window_finds_its_listener_wherever_it_listens(tmp_path: Path) -> None:
    with listening(tmp_path) as running:
        paths = Paths(tmp_path, tmp_path, tmp_path)
        found = list(app._examine(paths, running.url, True))
        running.next_event("stored", kind="event")

    secret = running.url.rpartition("/")[2]
    texts = [check.text + check.advice for check in found]
    assert any(text.startswith("Our listener answers") for text in texts)
    assert not [text for text in texts if secret in text]


def test_the_menu_opens_the_dialog(tmp_path: Path, qtbot: QtBot) -> None:
    program = app.build(Paths(tmp_path, tmp_path, tmp_path), port=0)
    program.window.show()

    program.window.listener_bar.check_asked.emit()

    (dialog,) = program.window.findChildren(DoctorDialog)
    assert not dialog.isModal()
    wait_until_done(qtbot, dialog)
    assert dialog.table.rowCount() > 5
    close(program.window)
