"""The dialog that sets how often and for how long replies are repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, Bench, all_texts, button, click

from bxgui.core.retrying import Patience
from bxgui.services import settings
from bxgui.ui.main_window import MainWindow
from bxgui.ui.queue.repeats_dialog import RepeatsDialog


def opened(qtbot: QtBot, window: MainWindow) -> RepeatsDialog:
    """The dialog as the menu opens it, once it knows what is kept."""
    window.listener_bar.repeats_asked.emit()
    (dialog,) = window.findChildren(RepeatsDialog)
    save = dialog._buttons.button(QDialogButtonBox.StandardButton.Save)
    qtbot.waitUntil(save.isEnabled, timeout=WAIT)
    return dialog


def save(qtbot: QtBot, window: MainWindow, dialog: RepeatsDialog) -> None:
    click(qtbot, dialog, "Save")
    qtbot.waitUntil(lambda: not window.findChildren(RepeatsDialog), timeout=WAIT)


@pytest.fixture
def folder(bench: Bench) -> Path:
    return bench.folder


def test_the_usual_limit_is_shown_and_what_it_means(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(qtbot, window)

    assert dialog.tries.value() == Patience().attempts
    assert dialog.minutes.text() == "30 min"
    said = "\n".join(all_texts(dialog))
    assert "surely did not execute" in said
    assert "What the portal refused, or may have executed, waits for you." in said


def test_a_changed_limit_is_kept_and_shown_again(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    dialog = opened(qtbot, window)
    dialog.tries.setValue(3)
    dialog.minutes.setValue(5)

    save(qtbot, window, dialog)

    assert settings.load_patience(folder) == Patience(attempts=3, seconds=300)
    again = opened(qtbot, window)
    assert (again.tries.value(), again.minutes.value()) == (3, 5)


def test_one_try_means_no_repeats(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    dialog = opened(qtbot, window)

    dialog.tries.setValue(1)

    assert dialog.tries.text() == "1: no repeats"
    assert not dialog.minutes.isEnabled()
    save(qtbot, window, dialog)
    assert settings.load_patience(folder).attempts == 1


def test_what_is_not_changed_stays_as_the_file_says_it(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    kept = Patience(first_pause=1.0, attempts=4, seconds=95.0)
    settings.save_patience(folder, kept)
    dialog = opened(qtbot, window)
    dialog.tries.setValue(5)

    save(qtbot, window, dialog)

    assert settings.load_patience(folder) == Patience(first_pause=1.0, attempts=5, seconds=95.0)


def test_settings_that_cannot_be_read_are_told_and_not_overwritten(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    path = folder / settings.FILE_NAME
    path.write_text("[sending]\nattempts = 0\n", "utf-8")
    window.listener_bar.repeats_asked.emit()
    (dialog,) = window.findChildren(RepeatsDialog)

    qtbot.waitUntil(lambda: "attempts in" in dialog.report.text, timeout=WAIT)

    assert not button(dialog, "Save").isEnabled()
    assert path.read_text("utf-8") == "[sending]\nattempts = 0\n"


def test_escape_keeps_nothing(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    dialog = opened(qtbot, window)
    dialog.tries.setValue(2)

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not window.findChildren(RepeatsDialog), timeout=WAIT)
    assert settings.load_patience(folder) == Patience()


def test_the_keys_lead_to_every_field(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(qtbot, window)
    dialog.activateWindow()
    dialog.tries.setFocus()
    reached: list[QWidget] = []
    while (focused := dialog.focusWidget()) not in reached:
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)

    for one in (dialog.tries, dialog.minutes, button(dialog, "Save"), button(dialog, "Cancel")):
        assert one in reached
    for field in (dialog.tries, dialog.minutes):
        assert field.accessibleName()
