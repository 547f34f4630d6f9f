"""A registration imported: read while it is typed, shown, compared with what is kept, kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from posts import Post
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from registration_samples import SAMPLES
from ui.rule_parts import CODE, KEPT, kept, known_rule, portal_of, shown
from ui.ui_parts import WAIT, Bench, all_texts, button, click, type_text

from bxgui.core.local_text import plain
from bxgui.core.rule import Rule
from bxgui.ui.desk import Desk
from bxgui.ui.rules.import_dialog import ImportDialog
from bxgui.ui.rules.properties_table import PropertiesTable

PHP = f"""
CRest::call('bizproc.robot.add', [
    'CODE' => '{CODE}', 'NAME' => 'Approve', 'HANDLER' => 'https://app.example.org/h.php',
    'USE_SUBSCRIPTION' => 'Y',
    'RETURN_PROPERTIES' => [
        'ok' => ['Name' => 'Fine', 'Type' => 'bool', 'Required' => 'Y'],
        'who' => ['Name' => 'Who', 'Type' => 'user', 'Multiple' => 'Y', 'Default' => ['user_1']],
        'level' => ['Name' => 'Level', 'Type' => 'select', 'Options' => ['a' => 'A', 'b' => 'b']],
    ],
    'auth' => 'secret',
]);
"""


@pytest.fixture
def rule(bench: Bench) -> Rule:
    return known_rule(bench)


@pytest.fixture
def dialog(bench: Bench, desk: Desk, rule: Rule, qtbot: QtBot) -> ImportDialog:
    return opened(qtbot, desk, rule)


def opened(qtbot: QtBot, desk: Desk, rule: Rule | None) -> ImportDialog:
    made = shown(qtbot, ImportDialog(desk, rule))
    qtbot.waitUntil(lambda: made.target.portal.count() > 0, timeout=WAIT)
    return made


def paste(qtbot: QtBot, dialog: ImportDialog, text: str) -> None:
    """Paste a text, and wait until it is told what it is."""
    before = state(dialog)
    dialog.source.text.put_text(text)
    qtbot.waitUntil(lambda: state(dialog) != before, timeout=WAIT)


def state(dialog: ImportDialog) -> str:
    return dialog.source._state.text()


def wait_for_plan(qtbot: QtBot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=WAIT)


def lines(table: PropertiesTable) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def notes(dialog: ImportDialog) -> list[str]:
    found = dialog.preview.notes
    role = Qt.ItemDataRole.AccessibleTextRole
    items = (found.item(row) for row in range(found.count()))
    return [str(item.data(role)) for item in items]


def test_what_is_understood_is_shown_with_all_fields(qtbot: QtBot, dialog: ImportDialog) -> None:
    paste(qtbot, dialog, PHP)
    wait_for_plan(qtbot, dialog)

    assert state(dialog) == "Read as PHP. Rules in it: 1."
    assert lines(dialog.preview.returned) == [
        ["ok", "", "bool", "yes", "", "Fine", "", ""],
        ["who", "", "user", "", "yes", "Who", "", '["user_1"]'],
        ["level", "", "select", "", "", "Level", "a = A; b", ""],
    ]
    assert dialog.preview.tabs.tabText(0) == "Return properties 3"
    assert f"{CODE} · Approve · automation rule · waits for a reply" in all_texts(dialog)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_way_of_the_documentation_is_understood(
    name: str, qtbot: QtBot, dialog: ImportDialog
) -> None:
    paste(qtbot, dialog, SAMPLES[name])
    wait_for_plan(qtbot, dialog)

    assert [line[0] for line in lines(dialog.preview.taken)] == ["datetime", "user"]


def test_remarks_and_findings_are_listed_with_their_weight(
    qtbot: QtBot, dialog: ImportDialog
) -> None:
    paste(qtbot, dialog, PHP.replace("'bool'", "'boolean'").replace("'secret'", "$token"))
    wait_for_plan(qtbot, dialog)

    told = notes(dialog)
    assert any(one.startswith("Warning: ") and "Did you mean “bool”?" in one for one in told)
    assert any(one.startswith("Remark: Line ") and "auth" in one for one in told)


def test_nothing_secret_is_shown_or_kept(qtbot: QtBot, dialog: ImportDialog, bench: Bench) -> None:
    paste(qtbot, dialog, PHP.replace("'secret'", "'t0ken'"))
    wait_for_plan(qtbot, dialog)
    click(qtbot, dialog, "Keep")
    qtbot.waitUntil(lambda: kept(bench) is not None, timeout=WAIT)

    assert "t0ken" not in repr(kept(bench))
    assert not any("t0ken" in text for text in notes(dialog))


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ('{"a": 1\n "b": 2}', "Line 2, column 2: A comma is missing.", 9),
        ('{"😀": 1\r "b": 2}', "A comma is missing.", 10),
        ("[1", "The bracket that is opened here is not closed.", 0),
    ],
)
def test_an_error_is_told_and_shown_at_its_place(
    text: str, said: str, place: int, qtbot: QtBot, dialog: ImportDialog
) -> None:
    paste(qtbot, dialog, text)

    assert said in state(dialog)
    (marked,) = dialog.source.text.extraSelections()
    assert marked.cursor.selectionStart() == place
    assert not button(dialog, "Keep").isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_F8)
    assert dialog.source.text.textCursor().position() == place
    assert said in dialog.source.text.accessibleDescription()


def test_what_cannot_be_read_any_more_shows_no_old_preview(
    qtbot: QtBot, dialog: ImportDialog
) -> None:
    paste(qtbot, dialog, PHP)
    wait_for_plan(qtbot, dialog)

    paste(qtbot, dialog, "{")

    assert lines(dialog.preview.returned) == []
    assert notes(dialog) == []


def test_it_is_read_while_it_is_typed(qtbot: QtBot, dialog: ImportDialog) -> None:
    type_text(dialog.source.text, '{"ok": {"Type": "bool"}}')

    wait_for_plan(qtbot, dialog)

    assert [line[0] for line in lines(dialog.preview.returned)] == ["ok"]


def test_a_first_registration_is_kept_by_keys_alone(
    qtbot: QtBot, dialog: ImportDialog, bench: Bench
) -> None:
    QApplication.clipboard().setText(PHP)
    qtbot.keyClick(dialog.source.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_plan(qtbot, dialog)
    assert "Nothing is kept for this rule yet." in all_texts(dialog)

    with qtbot.waitSignal(dialog.kept, timeout=WAIT):
        qtbot.keyClick(dialog.source.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    now = kept(bench)
    assert now is not None
    assert [entry.name for entry in now.return_properties] == ["ok", "who", "level"]
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=WAIT)


def test_what_changes_is_shown_before_it_is_kept(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    rule = known_rule(bench, replace(KEPT, name=plain("Old")))
    dialog = opened(qtbot, desk, rule)
    changed = PHP.replace("'level'", "'new'")

    paste(qtbot, dialog, changed)
    wait_for_plan(qtbot, dialog)

    assert [line[:2] for line in lines(dialog.preview.returned)] == [
        ["ok", "changed: NAME, REQUIRED"],
        ["who", "new"],
        ["new", "new"],
        ["level", "removed"],
    ]
    told = notes(dialog)
    assert "Change: NAME is changed from Old to Approve." in told
    assert "Change: SOMETHING is removed: it was else." in told
    assert kept(bench) == replace(KEPT, name=plain("Old"))


def test_a_text_that_is_kept_already_changes_nothing(
    qtbot: QtBot, dialog: ImportDialog, bench: Bench, desk: Desk, rule: Rule
) -> None:
    paste(qtbot, dialog, PHP)
    wait_for_plan(qtbot, dialog)
    click(qtbot, dialog, "Keep")
    qtbot.waitUntil(lambda: kept(bench) is not None, timeout=WAIT)

    again = opened(qtbot, desk, bench.workspace.rules.only(CODE))
    paste(qtbot, again, PHP)
    wait_for_plan(qtbot, again)

    assert "Exactly this is kept already." in all_texts(again)
    assert not button(again, "Keep").isEnabled()


def test_what_was_changed_meanwhile_is_shown_instead_of_lost(
    qtbot: QtBot, dialog: ImportDialog, bench: Bench
) -> None:
    paste(qtbot, dialog, PHP)
    wait_for_plan(qtbot, dialog)
    bench.workspace.rules.keep(portal_of(bench), CODE, KEPT)

    click(qtbot, dialog, "Keep")

    text = "What is kept has changed meanwhile. Look again before you keep it."
    qtbot.waitUntil(lambda: text in all_texts(dialog), timeout=WAIT)
    assert kept(bench) == KEPT
    click(qtbot, dialog, "Keep")
    qtbot.waitUntil(lambda: kept(bench) != KEPT, timeout=WAIT)


def test_errors_stand_against_keeping(qtbot: QtBot, dialog: ImportDialog) -> None:
    paste(qtbot, dialog, PHP.replace("'ok'", "'not ok'"))
    wait_for_plan(qtbot, dialog)

    assert any(one.startswith("Error: ") for one in notes(dialog))
    assert not button(dialog, "Keep").isEnabled()


def test_another_rule_in_the_text_is_warned_of(
    qtbot: QtBot, dialog: ImportDialog, bench: Bench
) -> None:
    paste(qtbot, dialog, PHP.replace(CODE, "another"))
    wait_for_plan(qtbot, dialog)

    assert f"The text registers another, the calls are of {CODE}." in all_texts(dialog)
    assert dialog.target.chosen_code == CODE
    click(qtbot, dialog, "Keep")
    qtbot.waitUntil(lambda: kept(bench) is not None, timeout=WAIT)
    now = kept(bench)
    assert now is not None
    assert now.code == CODE


def test_it_can_be_kept_for_the_rule_that_the_text_names(
    qtbot: QtBot, dialog: ImportDialog, bench: Bench
) -> None:
    paste(qtbot, dialog, PHP.replace(CODE, "another"))
    wait_for_plan(qtbot, dialog)

    dialog.target.code.setCurrentIndex(dialog.target.code.findText("another"))
    wait_for_plan(qtbot, dialog)
    click(qtbot, dialog, "Keep")

    qtbot.waitUntil(lambda: bool(bench.workspace.rules.all("another")), timeout=WAIT)
    assert kept(bench) is None


def test_without_a_rule_the_text_names_it(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    known_rule(bench)
    dialog = opened(qtbot, desk, None)

    paste(qtbot, dialog, PHP.replace(CODE, "another"))
    wait_for_plan(qtbot, dialog)
    assert dialog.target.chosen_code == "another"
    dialog.source.text.put_text(PHP.replace(CODE, "third"))

    qtbot.waitUntil(lambda: dialog.target.chosen_code == "third", timeout=WAIT)


def test_a_registration_goes_to_the_portal_chosen(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    rule = known_rule(bench)
    bench.take(Post(2, member_id="f" * 32, endpoint="https://other.example.org/rest/"))
    dialog = opened(qtbot, desk, rule)
    assert dialog.target.portal.currentText() == "portal.example.org"
    paste(qtbot, dialog, PHP)
    wait_for_plan(qtbot, dialog)

    row = dialog.target.portal.findText("other.example.org")
    dialog.target.portal.setCurrentIndex(row)
    dialog.target.portal.activated.emit(row)
    wait_for_plan(qtbot, dialog)
    click(qtbot, dialog, "Keep")

    rules = bench.workspace.rules
    qtbot.waitUntil(
        lambda: rules.only(CODE, "other.example.org").registration is not None, timeout=WAIT
    )
    assert rules.only(CODE, "portal.example.org").registration is None


def test_without_a_portal_it_is_said_what_to_do(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    dialog = shown(qtbot, ImportDialog(desk, None))

    text = "No portal is known yet. Catch a call first: a registration belongs to a portal."
    qtbot.waitUntil(lambda: text in all_texts(dialog), timeout=WAIT)
    paste(qtbot, dialog, PHP)
    assert not button(dialog, "Keep").isEnabled()


TWO = """[
  {"CODE": "first", "NAME": "A", "HANDLER": "https://a.example.org/",
   "RETURN_PROPERTIES": {"ok": {"Name": "OK"}}},
  {"CODE": "second", "NAME": "B", "HANDLER": "https://a.example.org/",
   "RETURN_PROPERTIES": {"no": {"Name": "No"}}}
]""".replace("second", CODE)


def test_of_several_rules_each_is_kept_in_turn(
    qtbot: QtBot, dialog: ImportDialog, bench: Bench
) -> None:
    paste(qtbot, dialog, TWO)
    wait_for_plan(qtbot, dialog)
    assert dialog.which.count() == 2
    assert [line[0] for line in lines(dialog.preview.returned)] == ["no"]

    click(qtbot, dialog, "Keep")
    said = f"Kept for {CODE} of portal.example.org. The text holds other rules: choose the next"
    qtbot.waitUntil(lambda: any(said in text for text in all_texts(dialog)), timeout=WAIT)

    assert kept(bench) is not None
    dialog.which.setCurrentIndex(0)
    dialog.which.activated.emit(0)
    dialog.target.code.setEditText("first")
    wait_for_plan(qtbot, dialog)
    click(qtbot, dialog, "Keep")
    qtbot.waitUntil(lambda: bool(bench.workspace.rules.all("first")), timeout=WAIT)


def test_a_file_is_opened(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    path = tmp_path / "install.php"
    path.write_bytes(PHP.replace("\n", "\r\n").encode())

    dialog.source.open_file(str(path))
    wait_for_plan(qtbot, dialog)

    assert dialog.source.text.text() == PHP


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "It is not a text in UTF-8."),
        (b"a" * (4 * 1024 * 1024 + 1), "It is too large: a megabyte is the most."),
        (None, "No such file"),
    ],
    ids=["binary", "huge", "missing"],
)
def test_a_file_that_cannot_be_read_is_told(
    content: bytes | None, said: str, qtbot: QtBot, dialog: ImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "it"
    if content is not None:
        path.write_bytes(content)
    dialog.source.text.put_text("kept")

    dialog.source.open_file(str(path))

    qtbot.waitUntil(lambda: said in state(dialog), timeout=WAIT)
    assert dialog.source.text.text() == "kept"


def test_a_file_and_a_text_can_be_dropped(
    qtbot: QtBot, dialog: ImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "rule.json"
    path.write_text('{"ok": {"Type": "bool"}}')
    dropped, text = QMimeData(), QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    text.setText('{"no": {"Type": "bool"}}')

    drop(dialog, text)
    assert dialog.source.text.text() == '{"no": {"Type": "bool"}}'
    drop(dialog, dropped)

    qtbot.waitUntil(lambda: '"ok"' in dialog.source.text.text(), timeout=WAIT)
    dialog.source.text.undo()
    assert dialog.source.text.text() == '{"no": {"Type": "bool"}}'


def drop(dialog: ImportDialog, data: QMimeData) -> None:
    target = dialog.source.text.viewport()
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), action, data, buttons, keys)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), action, data, buttons, keys))


def test_a_text_of_a_megabyte_is_read_while_the_window_lives(
    qtbot: QtBot, dialog: ImportDialog
) -> None:
    entry = '"p%d": {"Name": "A property with a long name", "Type": "string"}'
    text = "{" + ",\n".join(entry % n for n in range(14_000)) + "}"
    assert 900_000 < len(text) < 1024 * 1024

    dialog.source.text.put_text(text)
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=60_000)

    assert dialog.preview.returned.model().rowCount() == 14_000


def test_a_text_that_is_too_large_is_told(qtbot: QtBot, dialog: ImportDialog) -> None:
    paste(qtbot, dialog, "x\n" * (600 * 1024))

    assert state(dialog) == "It is too large: a megabyte is the most."


def test_a_dialog_closed_while_it_reads_gets_no_answer(
    qtbot: QtBot, dialog: ImportDialog, desk: Desk
) -> None:
    dialog.source.text.put_text(PHP)
    dialog.source._read()
    dialog.reject()

    asked: list[object] = []
    desk.ask(lambda w: w.portals(), asked.append)
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT)


def test_a_note_leads_to_its_line(qtbot: QtBot, dialog: ImportDialog) -> None:
    paste(qtbot, dialog, PHP.replace("'secret'", "$token"))
    wait_for_plan(qtbot, dialog)
    found = dialog.preview.notes
    row = next(n for n, one in enumerate(notes(dialog)) if one.startswith("Remark"))
    found.setCurrentRow(row)

    qtbot.keyClick(found, Qt.Key.Key_Return)

    assert dialog.source.text.textCursor().blockNumber() == 9
    assert dialog.source.text.hasFocus()


def test_the_text_has_the_cursor_first(dialog: ImportDialog) -> None:
    assert dialog.source.text.hasFocus()
