"""Presets: chosen, filled for the call, taken back, kept."""

from __future__ import annotations

from threading import Event

import pytest
from portal_server import PortalServer
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit
from pytestqt.qtbot import QtBot
from ui.replying import (
    choose,
    fill_form,
    form_of,
    inner_menu,
    opened_menu,
    press_button,
    rule_of,
    show_calls,
    show_one,
    texts_of,
)
from ui.ui_parts import (
    WAIT,
    Bench,
    answer,
    button,
    by_name,
    click,
    desk_of,
    pick,
    post,
    type_text,
)

from bxgui.core.json_values import Pairs
from bxgui.core.preset import Filled, Preset
from bxgui.core.records import CallDetail
from bxgui.services.presets import RulePresets
from bxgui.ui.main_window import MainWindow
from bxgui.ui.preset_dialog import PresetDialog

TYPED: Pairs = [("Approved", "N"), ("Comment", "half of it ty")]
FILLED: Pairs = [("Approved", "Y"), ("Comment", "DEAL_1 of portal.example.org")]
PRESET = Preset(
    "Approve", [("Approved", "Y"), ("Comment", "{{document_id.2}} of {{portal}}")], "{{code}}"
)
NOTHING_YET = "[No presets for this rule yet]"
AGAIN = "Reply again like last time"
ENDING = ["Save as preset…", "Manage presets…"]


def keep(bench: Bench, call_id: int, *presets: Preset) -> None:
    for preset in presets:
        bench.workspace.presets.save(rule_of(bench, call_id), preset)
        bench.clock.pass_by(1)


def choose_preset(qtbot: QtBot, window: MainWindow, text: str) -> None:
    choose(qtbot, press_button(qtbot, window, "&Preset ▾"), text)


def wait_for_bar(qtbot: QtBot, window: MainWindow, part: str) -> str:
    bar = form_of(window).bar
    qtbot.waitUntil(lambda: bar.isVisible() and part in bar.text, timeout=WAIT)
    return bar.text


def names(bench: Bench, call_id: int) -> list[str]:
    return [one.name for one in bench.workspace.presets.menu(call_id).presets]


def open_dialog(qtbot: QtBot, window: MainWindow) -> PresetDialog:
    choose_preset(qtbot, window, "Save as preset…")
    qtbot.waitUntil(lambda: bool(window.findChildren(PresetDialog)), timeout=WAIT)
    return window.findChildren(PresetDialog)[0]


def wait_until_closed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.findChildren(PresetDialog), timeout=WAIT)


def shown_values(dialog: PresetDialog) -> str:
    return by_name(dialog, QPlainTextEdit, "As this call fills it").toPlainText()


def test_a_rule_without_presets_offers_to_save_one(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_one(bench, window, qtbot)
    menu = press_button(qtbot, window, "&Preset ▾")
    assert texts_of(menu) == [NOTHING_YET, f"[{AGAIN}]", *ENDING]
    qtbot.keyClick(menu, Qt.Key.Key_Escape)


def test_presets_are_offered_the_one_used_last_first(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    keep(bench, call_id, PRESET, Preset("Decline & wait"))
    menu = press_button(qtbot, window, "&Preset ▾")
    assert texts_of(menu) == ["1  Decline & wait", "2  Approve", f"[{AGAIN}]", *ENDING]
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    bench.workspace.presets.mark_used(rule_of(bench, call_id), "Approve")
    menu = press_button(qtbot, window, "&Preset ▾")
    assert texts_of(menu)[:2] == ["1  Approve", "2  Decline & wait"]
    qtbot.keyClick(menu, Qt.Key.Key_Escape)


def test_a_preset_fills_the_form_for_this_call(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    keep(bench, call_id, PRESET)
    qtbot.keyClick(press_button(qtbot, window, "&Preset ▾"), "1")
    assert wait_for_bar(qtbot, window, "Filled") == "Filled from the preset “Approve”."
    form = form_of(window)
    assert form.values() == FILLED
    assert form.log_message == "approve_invoice"


@pytest.mark.parametrize("as_json", [False, True])
def test_what_was_typed_comes_back(
    bench: Bench, window: MainWindow, qtbot: QtBot, as_json: bool
) -> None:
    call_id = show_one(bench, window, qtbot)
    keep(bench, call_id, PRESET)
    form = form_of(window)
    fill_form(window, TYPED, "not yet")
    if as_json:
        click(qtbot, form, "JSON")
    choose_preset(qtbot, window, "1  Approve")
    wait_for_bar(qtbot, window, "Filled")
    assert form.values() == FILLED
    qtbot.keyClick(button(form.bar, "Undo"), Qt.Key.Key_Space)
    assert wait_for_bar(qtbot, window, "typed") == "The form is as it was typed."
    assert (form.values(), form.log_message) == (TYPED, "not yet")
    qtbot.keyClick(button(form.bar, "Redo"), Qt.Key.Key_Space)
    assert (form.values(), form.log_message) == (FILLED, "approve_invoice")


def test_what_was_typed_after_filling_is_not_lost_by_going_back(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    keep(bench, call_id, PRESET)
    choose_preset(qtbot, window, "1  Approve")
    wait_for_bar(qtbot, window, "Filled")
    fill_form(window, TYPED)
    click(qtbot, form_of(window).bar, "Undo")
    assert form_of(window).values() == []
    click(qtbot, form_of(window).bar, "Redo")
    assert form_of(window).values() == TYPED


def test_ctrl_z_takes_a_preset_back_once(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    call_id = show_one(bench, window, qtbot)
    keep(bench, call_id, PRESET)
    fill_form(window, TYPED)
    window.activateWindow()
    choose_preset(qtbot, window, "1  Approve")
    wait_for_bar(qtbot, window, "Filled")
    send = button(form_of(window), "Send reply")
    send.setFocus()
    for _ in range(2):
        qtbot.keyClick(send, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert form_of(window).values() == TYPED


def test_going_back_is_still_offered_after_looking_at_another_call(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    first, second = show_calls(bench, window, qtbot, post(1), post(2))
    keep(bench, first, PRESET)
    fill_form(window, TYPED)
    choose_preset(qtbot, window, "1  Approve")
    wait_for_bar(qtbot, window, "Filled")
    pick(qtbot, window, second)
    assert not form_of(window).bar.isVisible()
    pick(qtbot, window, first)
    assert form_of(window).values() == FILLED
    click(qtbot, form_of(window).bar, "Undo")
    assert form_of(window).values() == TYPED


def test_the_preset_that_was_chosen_last_fills_the_form(
    bench: Bench, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    fill = RulePresets.fill

    def slow_approval(presets: RulePresets, chosen: Preset, call: CallDetail) -> Filled:
        if chosen.name == PRESET.name:
            go_on.wait(WAIT / 1000)
        return fill(presets, chosen, call)

    monkeypatch.setattr(RulePresets, "fill", slow_approval)
    keep(bench, show_one(bench, window, qtbot), Preset("Decline", TYPED), PRESET)
    qtbot.keyClick(press_button(qtbot, window, "&Preset ▾"), "1")
    qtbot.keyClick(press_button(qtbot, window, "&Preset ▾"), "2")
    wait_for_bar(qtbot, window, "Decline")
    with qtbot.waitSignal(desk_of(window).bridge._arrived, timeout=WAIT):
        go_on.set()
    assert form_of(window).values() == TYPED


def test_missing_variables_are_told_and_nothing_is_filled(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    missing: Pairs = [(f"v{number}", f"{{{{properties.p{number}}}}}") for number in range(5)]
    keep(bench, call_id, Preset("Approve", [("Approved", "Y"), *missing]))
    fill_form(window, TYPED, "not yet")
    choose_preset(qtbot, window, "1  Approve")
    said = wait_for_bar(qtbot, window, "does not fit this call. Nothing was changed.")
    assert "v0: This call has no “properties.p0”." in said
    assert said.endswith("and 1 more")
    assert (form_of(window).values(), form_of(window).log_message) == (TYPED, "not yet")


def test_a_preset_that_fits_takes_the_complaint_back(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    keep(bench, call_id, PRESET, Preset("Sum", [("Days", "{{properties.days}}")]))
    choose_preset(qtbot, window, "1  Sum")
    wait_for_bar(qtbot, window, "does not fit this call.")
    choose_preset(qtbot, window, "2  Approve")
    assert wait_for_bar(qtbot, window, "Filled") == "Filled from the preset “Approve”."


def test_the_last_reply_is_answered_again(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    calls = [post(number, endpoint=portal.endpoint) for number in (1, 2)]
    _, second = show_calls(bench, window, qtbot, *calls)
    values: Pairs = [("Approved", "Y"), ("Comment", "{{not}} a variable")]
    fill_form(window, values, "as sent")
    click(qtbot, form_of(window), "Send reply")
    qtbot.waitUntil(portal.was_asked, timeout=WAIT)
    pick(qtbot, window, second)
    assert form_of(window).values() == []
    choose_preset(qtbot, window, AGAIN)
    assert wait_for_bar(qtbot, window, "last") == "Filled like the last reply to this rule."
    assert (form_of(window).values(), form_of(window).log_message) == (values, "as sent")


def test_a_preset_is_used_when_its_reply_is_sent(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    (call_id,) = show_calls(bench, window, qtbot, post(1, endpoint=portal.endpoint))
    keep(bench, call_id, PRESET, Preset("Decline"), Preset("Wait"))
    choose_preset(qtbot, window, "3  Approve")
    wait_for_bar(qtbot, window, "Filled")
    assert names(bench, call_id) == ["Wait", "Decline", "Approve"]
    click(qtbot, form_of(window), "Send reply")
    qtbot.waitUntil(lambda: names(bench, call_id) == ["Approve", "Wait", "Decline"], timeout=WAIT)
    assert not form_of(window).bar.isVisible()


def test_a_preset_that_was_taken_back_is_not_used(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    (call_id,) = show_calls(bench, window, qtbot, post(1, endpoint=portal.endpoint))
    keep(bench, call_id, PRESET, Preset("Decline"))
    choose_preset(qtbot, window, "2  Approve")
    wait_for_bar(qtbot, window, "Filled")
    click(qtbot, form_of(window).bar, "Undo")
    click(qtbot, form_of(window), "Send reply")
    answer(qtbot, window, "Send all the same")
    qtbot.waitUntil(form_of(window).card.isVisible, timeout=WAIT)
    assert names(bench, call_id) == ["Decline", "Approve"]


def test_a_call_without_a_portal_has_no_presets(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    nowhere = post(2, member_id="", endpoint="")
    _, call_id = show_calls(bench, window, qtbot, post(1), nowhere)
    pick(qtbot, window, call_id)
    qtbot.keyClick(button(form_of(window), "Preset ▾"), Qt.Key.Key_Space)
    wait_for_bar(qtbot, window, "belongs to no rule of a portal, so it has no presets.")


def test_the_form_is_kept_as_a_preset(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    call_id = show_one(bench, window, qtbot)
    fill_form(window, [("Approved", "Y")], "checked")
    dialog = open_dialog(qtbot, window)
    buttons = dialog.findChildren(QDialogButtonBox)[0]
    save = buttons.button(QDialogButtonBox.StandardButton.Save)
    assert not save.isEnabled()
    type_text(dialog.name, "  With   the sum ")
    dialog.values.moveCursor(QTextCursor.MoveOperation.End)
    dialog.values.setPlainText('{"Approved": "Y", "Comment": "😀 \\" "}')
    cursor = dialog.values.textCursor()
    cursor.setPosition(dialog.values.toPlainText().rindex('"}') + 1)
    dialog.values.setTextCursor(cursor)
    insert(qtbot, dialog, "document_id", "document_id.2\tDEAL_1")
    assert dialog.values.text() == '{"Approved": "Y", "Comment": "😀 \\" {{document_id.2}}"}'
    qtbot.waitUntil(lambda: "DEAL_1" in shown_values(dialog), timeout=WAIT)
    dialog.log_message.setFocus()
    insert(qtbot, dialog, "code\tapprove_invoice")
    assert dialog.log_message.text() == "checked{{code}}"
    assert "Log message: checkedapprove_invoice" in shown_values(dialog)
    qtbot.keyClick(save, Qt.Key.Key_Space)
    wait_until_closed(qtbot, window)
    assert window.statusBar().currentMessage() == "Saved the preset “With the sum”."
    (kept,) = bench.workspace.presets.menu(call_id).presets
    assert (kept.name, kept.log_message) == ("With the sum", "checked{{code}}")
    assert kept.values == [("Approved", "Y"), ("Comment", '😀 " {{document_id.2}}')]


def insert(qtbot: QtBot, dialog: PresetDialog, *path: str) -> None:
    qtbot.keyClick(button(dialog, "Insert variable ▾"), Qt.Key.Key_Space)
    menu = opened_menu(qtbot)
    for step in path[:-1]:
        choose(qtbot, menu, step)
        menu = inner_menu(qtbot, menu)
    choose(qtbot, menu, path[-1])


def test_a_variable_outside_a_text_gets_quotation_marks(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_one(bench, window, qtbot)
    dialog = open_dialog(qtbot, window)
    dialog.values.setPlainText('{"Comment": }')
    cursor = dialog.values.textCursor()
    cursor.setPosition(len('{"Comment": '))
    dialog.values.setTextCursor(cursor)
    insert(qtbot, dialog, "code\tapprove_invoice")
    assert dialog.values.text() == '{"Comment": "{{code}}"}'


def test_what_this_call_lacks_is_told_and_still_kept(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    dialog = open_dialog(qtbot, window)
    dialog.values.setPlainText('{"Days": "{{properties.days}}"}')
    qtbot.waitUntil(
        lambda: "⚠ Days: This call has no “properties.days”." in shown_values(dialog), timeout=WAIT
    )
    type_text(dialog.name, "Days")
    click(qtbot, dialog, "Save")
    wait_until_closed(qtbot, window)
    assert names(bench, call_id) == ["Days"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ("{", "Line 1, column 2: "),
        ('{"Days": "{{summ}}"}', "Days: There is no variable “summ”."),
        ('{"Days": "{{auth.access_token}}"}', "is a secret, and no preset tells it."),
    ],
)
def test_what_cannot_be_kept_is_told_in_the_dialog(
    bench: Bench, window: MainWindow, qtbot: QtBot, values: str, said: str
) -> None:
    call_id = show_one(bench, window, qtbot)
    dialog = open_dialog(qtbot, window)
    type_text(dialog.name, "Days")
    dialog.values.setPlainText(values)
    click(qtbot, dialog, "Save")
    problem = dialog._problem
    qtbot.waitUntil(lambda: problem.isVisible() and said in problem.text(), timeout=WAIT)
    assert dialog.isVisible()
    assert names(bench, call_id) == []


def test_a_preset_is_replaced_only_after_a_question(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    call_id = show_one(bench, window, qtbot)
    keep(bench, call_id, PRESET)
    fill_form(window, TYPED)
    dialog = open_dialog(qtbot, window)
    type_text(dialog.name, "Approve")
    click(qtbot, dialog, "Save")
    assert "Approve" in answer(qtbot, window, "Cancel")
    assert bench.workspace.presets.menu(call_id).presets[0].values == PRESET.values
    click(qtbot, dialog, "Save")
    answer(qtbot, window, "Replace")
    wait_until_closed(qtbot, window)
    (kept,) = bench.workspace.presets.menu(call_id).presets
    assert kept.values == TYPED


def test_values_that_are_not_valid_are_not_kept(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_one(bench, window, qtbot)
    click(qtbot, form_of(window), "JSON")
    form_of(window)._json.setPlainText("{")
    choose_preset(qtbot, window, "Save as preset…")
    wait_for_bar(qtbot, window, "The values cannot be kept yet. Line 1, column 2: ")
    assert not window.findChildren(PresetDialog)


def test_a_preset_chosen_for_one_call_does_not_fill_another(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    first, second = show_calls(bench, window, qtbot, post(1), post(2))
    keep(bench, first, PRESET)
    menu = press_button(qtbot, window, "&Preset ▾")
    pick(qtbot, window, second)
    fill_form(window, TYPED)
    with qtbot.waitSignal(desk_of(window).bridge._arrived, timeout=WAIT):
        qtbot.keyClick(menu, "1")
    assert form_of(window).values() == TYPED
