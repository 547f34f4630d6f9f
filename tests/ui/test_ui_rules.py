"""Rules in the window: their list, the offer above a form, the menu of a call, learn and export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMenu, QTableWidget, QToolButton
from pytestqt.qtbot import QtBot
from ui.rule_parts import (
    CODE,
    KEPT,
    OK,
    kept,
    known_rule,
    opened_dialog,
    portal_of,
    replied,
    shown,
)
from ui.ui_parts import (
    WAIT,
    Bench,
    all_texts,
    answer,
    button,
    by_name,
    click,
    pick,
    post,
    questions,
    told_by,
)

from bxgui.core.registration import Registration
from bxgui.core.registration_export import HANDLER_PLACEHOLDER, export_json
from bxgui.core.registration_text import read_text
from bxgui.core.schema import ValueType
from bxgui.ui.desk import Desk
from bxgui.ui.main_window import MainWindow
from bxgui.ui.rules.export_dialog import ExportDialog
from bxgui.ui.rules.import_dialog import ImportDialog
from bxgui.ui.rules.learn_dialog import LearnDialog
from bxgui.ui.rules.rules_dialog import RulesDialog
from bxgui.ui.rules.schema_editor import SchemaEditor

NOT_KNOWN = "No schema is known for this rule."
SECRET = "https://hook.example.org/h/s3cret"


def cells(table: QTableWidget) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def choose(parent: MainWindow | QToolButton, text: str) -> None:
    """Choose an entry of a menu."""
    entries = [
        action
        for menu in parent.findChildren(QMenu)
        for action in menu.actions()
        if action.text() == text
    ]
    assert len(entries) == 1, [action.text() for action in parent.findChildren(QAction)]
    entries[0].trigger()


def with_call(qtbot: QtBot, bench: Bench, window: MainWindow, number: int = 1) -> int:
    """Select a call that is new."""
    (call_id,) = bench.take(post(number))
    qtbot.waitUntil(lambda: window.tokens.model.row_of(call_id) is not None, timeout=WAIT)
    pick(qtbot, window, call_id)
    return call_id


def rules_list(qtbot: QtBot, window: MainWindow, rows: int) -> RulesDialog:
    choose(window.listener_bar._more, "Rules…")
    dialog = opened_dialog(qtbot, window, RulesDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == rows, timeout=WAIT)
    return dialog


def test_rules_are_listed_with_what_is_known(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    known_rule(bench, replace(KEPT, properties=(OK,)))
    bench.take(post(2), replace(post(3), code="zzz"))

    dialog = rules_list(qtbot, window, 2)

    assert cells(dialog.table) == [
        [CODE, "portal.example.org", "Approve", "2", "known", "2", "1"],
        ["zzz", "portal.example.org", "", "1", "not known", "", ""],
    ]
    assert button(dialog, "Export…").isEnabled()
    dialog.table.setCurrentCell(1, 0)
    assert not button(dialog, "Export…").isEnabled()
    assert not button(dialog, "Forget…").isEnabled()
    assert button(dialog, "Learn from replies…").isEnabled()


def test_without_a_rule_only_an_import_can_be_begun(qtbot: QtBot, window: MainWindow) -> None:
    dialog = rules_list(qtbot, window, 0)

    assert "No rule is known yet. A rule is known from its first call." in all_texts(dialog)
    assert not button(dialog, "Edit schema…").isEnabled()
    click(qtbot, dialog, "Import registration…")
    opened_dialog(qtbot, window, ImportDialog)


def test_forgetting_names_the_rule_and_asks(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    known_rule(bench, KEPT)
    dialog = rules_list(qtbot, window, 1)

    click(qtbot, dialog, "Forget…")
    said = answer(qtbot, dialog, "Cancel")
    assert f"Forget the registration of {CODE} of portal.example.org?" in said
    assert kept(bench) == KEPT
    click(qtbot, dialog, "Forget…")
    answer(qtbot, dialog, "Forget it")

    qtbot.waitUntil(lambda: kept(bench) is None, timeout=WAIT)
    qtbot.waitUntil(lambda: cells(dialog.table)[0][4] == "not known", timeout=WAIT)


def test_enter_in_the_list_edits_the_rule(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    known_rule(bench, KEPT)
    dialog = rules_list(qtbot, window, 1)

    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)

    editor = opened_dialog(qtbot, window, SchemaEditor)
    assert [entry.name for entry in editor.returned.schema] == ["ok", "level"]
    editor.close()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(RulesDialog), timeout=WAIT)


def test_a_schema_is_offered_where_none_is_known(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    with_call(qtbot, bench, window)
    offer = window.call_view.offer

    qtbot.waitUntil(offer.isVisible, timeout=WAIT)
    assert NOT_KNOWN in all_texts(offer)
    assert not offer.learn_button.isVisible()
    click(qtbot, offer, "Import…")
    dialog = opened_dialog(qtbot, window, ImportDialog)
    assert dialog.target.chosen_code == CODE


def test_the_offer_tells_from_how_many_replies_it_can_be_learned(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    replied(bench, 5, ("ok", "Y"))
    replied(bench, 6, ("ok", "N"), ("days", "3"))
    with_call(qtbot, bench, window)
    offer = window.call_view.offer
    qtbot.waitUntil(offer.isVisible, timeout=WAIT)

    click(qtbot, offer, "Learn from replies (2)…")

    dialog = opened_dialog(qtbot, window, LearnDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2, timeout=WAIT)
    assert cells(dialog.table) == [["ok", "bool", "2 of 2", ""], ["days", "int", "1 of 2", ""]]


def test_a_declined_offer_does_not_come_again_for_the_rule(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    with_call(qtbot, bench, window)
    offer = window.call_view.offer
    qtbot.waitUntil(offer.isVisible, timeout=WAIT)

    name = "Do not offer this for the rule any more"
    qtbot.keyClick(by_name(offer, QToolButton, name), Qt.Key.Key_Space)
    assert not offer.isVisible()
    call_id = with_call(qtbot, bench, window, 2)

    qtbot.waitUntil(lambda: bench.workspace.rules.offer(call_id) is None, timeout=WAIT)
    assert not offer.isVisible()


def test_no_schema_is_offered_where_one_is_kept(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    known_rule(bench, Registration(code=CODE, name=KEPT.name))
    with_call(qtbot, bench, window, 2)
    window.call_view.refresh()

    asked: list[object] = []
    window.call_view._desk.ask(lambda w: w.rules.offer(1), asked.append)
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT)
    assert not window.call_view.offer.isVisible()


def test_after_an_import_the_form_follows_and_keeps_what_was_typed(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    with_call(qtbot, bench, window)
    rows = window.call_view.form._rows
    rows.add_row()
    qtbot.keyClicks(by_name(window, QLineEdit, "Name of the value"), "ok")
    qtbot.keyClicks(by_name(window, QLineEdit, "Value of ok"), "N")
    choose(window.call_view.header.schema, "Import registration…")
    dialog = opened_dialog(qtbot, window, ImportDialog)
    dialog.source.text.put_text(export_json(KEPT))
    qtbot.waitUntil(lambda: button(dialog, "Keep").isEnabled(), timeout=WAIT)

    click(qtbot, dialog, "Keep")

    qtbot.waitUntil(lambda: len(rows.rows()) == 2, timeout=WAIT)
    assert [(row.name, row.text, row.sent) for row in rows.rows()] == [
        ("ok", "N", True),
        ("level", "", False),
    ]
    assert [row.entry and row.entry.name for row in rows.rows()] == ["ok", "level"]
    qtbot.waitUntil(lambda: not window.call_view.offer.isVisible(), timeout=WAIT)


def test_what_is_learned_is_completed_in_the_editor(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    known_rule(bench, replace(KEPT, return_properties=(OK,)))
    replied(bench, 5, ("OK", "Y"), ("days", "3"), ("typo", "x"))
    with_call(qtbot, bench, window, 6)
    choose(window.call_view.header.schema, "Learn from replies…")
    dialog = opened_dialog(qtbot, window, LearnDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 3, timeout=WAIT)
    assert cells(dialog.table)[0] == ["OK", "bool", "1 of 1", "already there"]

    dialog.table.setCurrentCell(2, 0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    click(qtbot, dialog, "Continue in the editor…")

    editor = opened_dialog(qtbot, window, SchemaEditor)
    assert [entry.name for entry in editor.returned.schema] == ["ok", "days"]
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: kept(bench) != replace(KEPT, return_properties=(OK,)), timeout=WAIT)
    now = kept(bench)
    assert now is not None
    assert [(entry.name, entry.type) for entry in now.return_properties] == [
        ("ok", ValueType.BOOL),
        ("days", ValueType.INT),
    ]
    assert (now.name, now.others) == (KEPT.name, KEPT.others)


def test_without_replies_there_is_nothing_to_learn(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    dialog = shown(qtbot, LearnDialog(desk, known_rule(bench)))

    text = f"No reply to {CODE} of portal.example.org has returned a value yet: there is nothing"
    qtbot.waitUntil(lambda: any(text in one for one in all_texts(dialog)), timeout=WAIT)
    assert not button(dialog, "Continue in the editor…").isEnabled()


def exporting(qtbot: QtBot, bench: Bench, desk: Desk, address: str = SECRET) -> ExportDialog:
    rule = known_rule(bench, KEPT)
    return shown(qtbot, ExportDialog(desk, rule, KEPT, address))


def test_a_document_is_copied(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    dialog = exporting(qtbot, bench, desk)
    assert not dialog.with_address.isEnabled()

    click(qtbot, dialog, "Copy")

    (read,) = read_text(QGuiApplication.clipboard().text()).registrations
    assert read.registration == KEPT
    assert "Copied." in all_texts(dialog)


@pytest.mark.parametrize("method", ["bizproc.robot.add", "bizproc.activity.add"])
def test_a_call_has_a_placeholder_for_the_address_until_it_is_asked_for(
    method: str, qtbot: QtBot, bench: Bench, desk: Desk
) -> None:
    dialog = exporting(qtbot, bench, desk)
    dialog.form.setCurrentText(method)
    assert HANDLER_PLACEHOLDER in dialog.exported
    assert not any("s3cret" in text for text in all_texts(dialog))
    assert any(f"https://portal.example.org/rest/{method}" in one for one in all_texts(dialog))

    qtbot.keyClick(dialog.with_address, Qt.Key.Key_Space)

    assert f'"HANDLER": "{SECRET}"' in dialog.exported
    dialog.form.setCurrentIndex(0)
    assert "s3cret" not in dialog.exported


def test_without_a_listener_there_is_no_address_to_put_in(
    qtbot: QtBot, bench: Bench, desk: Desk
) -> None:
    dialog = exporting(qtbot, bench, desk, address="")
    dialog.form.setCurrentIndex(1)

    assert not dialog.with_address.isEnabled()
    assert any("its address is not known" in text for text in all_texts(dialog))


def test_an_export_is_saved_as_a_file(
    qtbot: QtBot, bench: Bench, desk: Desk, tmp_path: Path
) -> None:
    dialog = exporting(qtbot, bench, desk)
    path = tmp_path / "rule.json"

    dialog.save(str(path))
    qtbot.waitUntil(lambda: f"Saved as {path}." in all_texts(dialog), timeout=WAIT)

    (read,) = read_text(path.read_text("utf-8")).registrations
    assert read.registration == KEPT
    dialog.save(str(tmp_path / "none" / "rule.json"))
    qtbot.waitUntil(lambda: any("No such file" in one for one in all_texts(dialog)), timeout=WAIT)


def test_an_unknown_registration_is_not_exported(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    with_call(qtbot, bench, window)

    choose(window.call_view.header.schema, "Export…")

    qtbot.waitUntil(lambda: len(questions(window)) == 1, timeout=WAIT)
    said = told_by(questions(window)[0])
    assert f"The registration of {CODE} of portal.example.org is not known" in said


def test_a_call_that_names_no_portal_has_no_menu(
    qtbot: QtBot, bench: Bench, window: MainWindow
) -> None:
    with_call(qtbot, bench, window)
    assert window.call_view.header.schema.isVisible()
    assert portal_of(bench).host == "portal.example.org"

    call = window.call_view.call
    assert call is not None
    window.call_view.header.show_call(replace(call, portal=None))

    assert not window.call_view.header.schema.isVisible()
