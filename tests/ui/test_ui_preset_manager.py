"""The presets of a rule in their dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from ui.replying import choose, press_button, rule_of, show_one
from ui.ui_parts import WAIT, Bench, answer, button, click, type_text

from bxgui.core.preset import Preset
from bxgui.core.preset_file import read_presets, write_presets
from bxgui.ui.main_window import MainWindow
from bxgui.ui.message_bar import MessageBar
from bxgui.ui.preset_dialog import PresetDialog
from bxgui.ui.preset_manager import PresetManager

APPROVE = Preset("Approve", [("Approved", "Y")], "{{now}}")
DECLINE = Preset("Decline", [("Approved", "N")])


@pytest.fixture
def call_id(bench: Bench, window: MainWindow, qtbot: QtBot) -> int:
    shown = show_one(bench, window, qtbot)
    for preset in (DECLINE, APPROVE):
        bench.workspace.presets.save(rule_of(bench, shown), preset)
        bench.clock.pass_by(1)
    return shown


@pytest.fixture
def manager(call_id: int, window: MainWindow, qtbot: QtBot) -> PresetManager:
    choose(qtbot, press_button(qtbot, window, "&Preset ▾"), "Manage presets…")
    (made,) = window.findChildren(PresetManager)
    wait_for_names(qtbot, made, "Approve", "Decline")
    return made


def shown_names(manager: PresetManager) -> list[str]:
    return [manager.list.item(row).text() for row in range(manager.list.count())]


def wait_for_names(qtbot: QtBot, manager: PresetManager, *names: str) -> None:
    qtbot.waitUntil(lambda: shown_names(manager) == list(names), timeout=WAIT)


def wait_for_report(qtbot: QtBot, manager: PresetManager, part: str) -> MessageBar:
    report = manager.findChildren(MessageBar)[0]
    qtbot.waitUntil(lambda: report.isVisible() and part in report.text, timeout=WAIT)
    return report


def kept(bench: Bench, call_id: int) -> dict[str, Preset]:
    return {one.name: one for one in bench.workspace.presets.menu(call_id).presets}


def rename(qtbot: QtBot, manager: PresetManager, name: str) -> None:
    manager.activateWindow()
    manager.list.setFocus()
    qtbot.keyClick(manager.list, Qt.Key.Key_F2)
    editor = manager.list.viewport().findChildren(QLineEdit)[0]
    editor.selectAll()
    type_text(editor, name)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def write_document(folder: Path, rule: str, *presets: Preset) -> Path:
    path = folder / "brought.json"
    path.write_text(write_presets(rule, presets), "utf-8")
    return path


def choose_file(qtbot: QtBot, manager: PresetManager, path: Path) -> None:
    """Type a path into the dialog for files and press Enter."""
    qtbot.waitUntil(lambda: bool(manager.findChildren(QFileDialog)), timeout=WAIT)
    dialog = manager.findChildren(QFileDialog)[-1]
    edit = dialog.findChildren(QLineEdit)[0]
    edit.setText(str(path))
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not manager.findChildren(QFileDialog), timeout=WAIT)


def test_a_preset_is_renamed_in_place(
    bench: Bench, call_id: int, manager: PresetManager, qtbot: QtBot
) -> None:
    rename(qtbot, manager, "  Say  yes ")
    wait_for_names(qtbot, manager, "Say yes", "Decline")
    assert set(kept(bench, call_id)) == {"Say yes", "Decline"}
    assert manager.list.currentItem().text() == "Say yes"


@pytest.mark.parametrize(
    ("name", "said"),
    [("Decline", "Another preset has the name Decline."), (" ", "A preset needs a name.")],
)
def test_a_name_that_cannot_be_is_told_and_not_taken(
    bench: Bench, call_id: int, manager: PresetManager, qtbot: QtBot, name: str, said: str
) -> None:
    rename(qtbot, manager, name)
    wait_for_report(qtbot, manager, said)
    wait_for_names(qtbot, manager, "Approve", "Decline")
    assert set(kept(bench, call_id)) == {"Approve", "Decline"}


def test_deleting_names_the_preset_and_asks(
    bench: Bench, call_id: int, manager: PresetManager, window: MainWindow, qtbot: QtBot
) -> None:
    click(qtbot, manager, "Delete…")
    assert "Delete the preset “Approve”?" in answer(qtbot, window, "Cancel")
    assert "Approve" in kept(bench, call_id)
    click(qtbot, manager, "Delete…")
    answer(qtbot, window, "Delete")
    wait_for_names(qtbot, manager, "Decline")
    click(qtbot, manager, "Delete…")
    answer(qtbot, window, "Delete")
    wait_for_names(qtbot, manager)
    assert kept(bench, call_id) == {}
    for text in ("Rename", "Edit…", "Delete…", "Export…"):
        assert not button(manager, text).isEnabled()


def test_a_preset_is_edited_with_its_variables(
    bench: Bench, call_id: int, manager: PresetManager, window: MainWindow, qtbot: QtBot
) -> None:
    click(qtbot, manager, "Edit…")
    qtbot.waitUntil(lambda: bool(window.findChildren(PresetDialog)), timeout=WAIT)
    dialog = window.findChildren(PresetDialog)[0]
    assert dialog.log_message.text() == "{{now}}"
    dialog.values.setPlainText('{"Approved": "Y", "Days": "5"}')
    click(qtbot, dialog, "Save")
    wait_for_report(qtbot, manager, "Saved the preset “Approve”.")
    edited = kept(bench, call_id)["Approve"]
    assert (edited.values, edited.log_message) == ([("Approved", "Y"), ("Days", "5")], "{{now}}")


def test_a_preset_is_edited_with_its_name(
    bench: Bench, call_id: int, manager: PresetManager, window: MainWindow, qtbot: QtBot
) -> None:
    click(qtbot, manager, "Edit…")
    qtbot.waitUntil(lambda: bool(window.findChildren(PresetDialog)), timeout=WAIT)
    dialog = window.findChildren(PresetDialog)[0]
    dialog.name.setText("Decline")
    click(qtbot, dialog, "Save")
    problem = dialog.findChildren(QLabel)
    said = "Another preset has the name Decline."
    qtbot.waitUntil(lambda: any(one.text() == said for one in problem), timeout=WAIT)
    dialog.name.setText(" Say  yes")
    click(qtbot, dialog, "Save")
    wait_for_report(qtbot, manager, "Saved the preset “Say yes”.")
    wait_for_names(qtbot, manager, "Say yes", "Decline")
    assert manager.list.currentItem().text() == "Say yes"
    assert kept(bench, call_id)["Decline"].values == DECLINE.values


def test_presets_are_exported(
    manager: PresetManager, qtbot: QtBot, tmp_path: Path, call_id: int
) -> None:
    click(qtbot, manager, "Export…")
    choose_file(qtbot, manager, tmp_path / "kept.json")
    wait_for_report(qtbot, manager, "kept.json")
    read = read_presets((tmp_path / "kept.json").read_text("utf-8"))
    assert read.rule == "approve_invoice"
    assert [one.name for one in read.presets] == ["Approve", "Decline"]


def test_an_import_tells_what_became_of_each_and_replaces_after_a_question(
    bench: Bench,
    call_id: int,
    manager: PresetManager,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    other = Preset("Approve", [("Approved", "other")])
    path = write_document(tmp_path, "approve_invoice", other, Preset("Wait"))
    click(qtbot, manager, "Import…")
    choose_file(qtbot, manager, path)
    report = wait_for_report(qtbot, manager, "Added: Wait.")
    assert "Skipped, as the name is taken: Approve." in report.text
    assert kept(bench, call_id)["Approve"].values == APPROVE.values
    click(qtbot, report, "Replace…")
    assert "Approve" in answer(qtbot, window, "Replace")
    wait_for_report(qtbot, manager, "Replaced: Approve.")
    assert kept(bench, call_id)["Approve"].values == other.values


def test_presets_of_another_rule_are_imported_after_a_question(
    bench: Bench,
    call_id: int,
    manager: PresetManager,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    manager.import_from(str(write_document(tmp_path, "get_days", Preset("Wait"))))
    said = answer(qtbot, window, "Cancel")
    assert "They were exported from get_days, and would be kept for approve_invoice." in said
    assert "Wait" not in kept(bench, call_id)
    manager.import_from(str(write_document(tmp_path, "get_days", Preset("Wait"))))
    answer(qtbot, window, "Import")
    wait_for_report(qtbot, manager, "Added: Wait.")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{", "The presets are not JSON, line 1, column 2: "),
        (write_presets("approve_invoice", []), "The file holds no presets."),
        (
            write_presets("approve_invoice", [Preset("Sum", [("a", "{{summ}}")])]),
            "Sum: a: There is no variable “summ”.",
        ),
    ],
)
def test_a_file_without_fit_presets_is_told(
    bench: Bench,
    call_id: int,
    manager: PresetManager,
    qtbot: QtBot,
    tmp_path: Path,
    document: str,
    said: str,
) -> None:
    (tmp_path / "brought.json").write_text(document, "utf-8")
    manager.import_from(str(tmp_path / "brought.json"))
    wait_for_report(qtbot, manager, said)
    assert set(kept(bench, call_id)) == {"Approve", "Decline"}


def test_a_closed_dialog_goes_after_its_last_answer(
    bench: Bench, call_id: int, manager: PresetManager, window: MainWindow, qtbot: QtBot
) -> None:
    manager.list.item(0).setText("Say yes")
    qtbot.keyClick(manager, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(PresetManager), timeout=WAIT)
    assert set(kept(bench, call_id)) == {"Say yes", "Decline"}
