"""The JSON view of a reply: problems where they are, and a choice that outlives the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, Bench, button, by_name, click, opened_window, pick, post

from bxgui.core.json_values import JsonProblem
from bxgui.services import settings
from bxgui.ui.json_editor import JsonEditor
from bxgui.ui.main_window import MainWindow


@pytest.fixture
def editor(qtbot: QtBot) -> JsonEditor:
    made = JsonEditor()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize(
    ("text", "marked", "told"),
    [
        ('{"a": 1,\n "b": x}', "x", "Line 2, column 7: "),
        ('{"a": 1} more', "m", "Line 1, column 10: "),
        ('{"a": ', " ", "Line 1, column 7: "),
        ("", "", "Line 1, column 1: "),
    ],
)
def test_a_problem_is_underlined_where_it_is(
    editor: JsonEditor, qtbot: QtBot, text: str, marked: str, told: str
) -> None:
    editor.show_text(text)
    with pytest.raises(JsonProblem):
        editor.values()
    (selection,) = editor.extraSelections()
    assert selection.cursor.selectedText() == marked
    assert selection.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    assert editor.problem_text.startswith(told)
    assert editor.problem_text in editor.accessibleDescription()
    qtbot.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    editor.go_to_problem()
    cursor = editor.textCursor()
    assert f"Line {cursor.blockNumber() + 1}, column {cursor.positionInBlock() + 1}:" in told


def test_the_underline_goes_when_the_problem_is_mended(editor: JsonEditor) -> None:
    editor.show_text('{"a": }')
    with pytest.raises(JsonProblem):
        editor.values()
    editor.show_text('{"a": 1}')
    assert editor.values() == [("a", 1)]
    assert editor.extraSelections() == []
    assert editor.problem_text == ""
    assert editor.toolTip() == ""


def json_is_shown(window: MainWindow) -> bool:
    return button(window.call_view.form, "JSON").isChecked()


def test_the_view_chosen_is_the_same_after_a_restart(bench: Bench, qtbot: QtBot) -> None:
    (call,) = bench.take(post(1))
    with opened_window(bench, qtbot) as window:
        pick(qtbot, window, call)
        assert not json_is_shown(window)
        click(qtbot, window.call_view.form, "JSON")
        qtbot.waitUntil(lambda: settings.prefers_json(bench.folder), timeout=WAIT)
    with opened_window(bench, qtbot) as window:
        pick(qtbot, window, call)
        qtbot.waitUntil(lambda: json_is_shown(window), timeout=WAIT)
        edit = by_name(window.call_view.form, QPlainTextEdit, "Return values as JSON")
        assert edit.toPlainText() == "{}"
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        edit.setFocus()
        qtbot.keyClick(edit, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: not settings.prefers_json(bench.folder), timeout=WAIT)
    with opened_window(bench, qtbot) as window:
        pick(qtbot, window, call)
        QApplication.processEvents()
        assert not json_is_shown(window)


def test_a_view_that_json_keeps_from_changing_is_not_chosen(bench: Bench, qtbot: QtBot) -> None:
    (call,) = bench.take(post(1))
    settings.prefer_json(bench.folder, True)
    with opened_window(bench, qtbot) as window:
        pick(qtbot, window, call)
        qtbot.waitUntil(lambda: json_is_shown(window), timeout=WAIT)
        edit = by_name(window.call_view.form, QPlainTextEdit, "Return values as JSON")
        edit.insertPlainText("x")
        click(qtbot, window.call_view.form, "Form")
        assert json_is_shown(window)
    assert settings.prefers_json(bench.folder)


def test_another_call_begins_in_the_view_chosen_and_a_draft_as_it_was_left(
    bench: Bench, qtbot: QtBot
) -> None:
    first, second = bench.take(post(1), post(2))
    with opened_window(bench, qtbot) as window:
        form = window.call_view.form
        pick(qtbot, window, first)
        click(qtbot, form, "Add value")
        pick(qtbot, window, second)
        click(qtbot, form, "JSON")
        pick(qtbot, window, first)
        assert not json_is_shown(window)
        pick(qtbot, window, second)
        assert json_is_shown(window)
