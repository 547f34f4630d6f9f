"""Findings below the form: listed, gone to, mended, waived; the same in rows and in JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    APPROVAL,
    WAIT,
    Bench,
    button,
    by_name,
    click,
    desk_of,
    pick,
    post,
    type_text,
    wait_for_rows,
)

from bxgui.core.findings import FindingCode
from bxgui.core.json_values import JsonValue
from bxgui.core.records import EVENT_SEND, Reply
from bxgui.core.value_rows import ValueRow
from bxgui.ui import finding_places, findings_list
from bxgui.ui.finding_entry import FindingEntry
from bxgui.ui.findings_list import FindingsList
from bxgui.ui.main_window import MainWindow
from bxgui.ui.reply_form import ReplyForm

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
RULE: dict[str, JsonValue] = {
    **APPROVAL,
    "Due": {"TYPE": "date", "NAME": "Due"},
    "Owner": {"TYPE": "user", "NAME": "Owner", "REQUIRED": "Y", "DEFAULT": "user_7"},
}


@pytest.fixture
def form(bench: Bench, window: MainWindow, qtbot: QtBot) -> ReplyForm:
    """The form of a call whose rule is known and whose portal is trusted."""
    return shown(bench, window, qtbot, RULE)


def shown(bench: Bench, window: MainWindow, qtbot: QtBot, rule: dict[str, JsonValue]) -> ReplyForm:
    (call_id,) = bench.take(post(1))
    bench.workspace.trust_call(bench.call(call_id))
    bench.workspace.keep_registration(
        bench.workspace.portals()[0].key, bench.call(call_id).row.rule, rule
    )
    window.resize(1300, 1000)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [call_id])
    pick(qtbot, window, call_id)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    return window.call_view.form


def put(form: ReplyForm, **texts: str) -> None:
    """Values as if they were typed; names that the rule has not come last."""
    rows = [
        replace(row, text=texts.pop(row.name), sent=True) if row.name in texts else row
        for row in form._rows.rows()
    ]
    more = [ValueRow(name, text=text) for name, text in texts.items()]
    form._rows.put_rows([*rows, *more], form._dates)
    QApplication.processEvents()


def put_json(form: ReplyForm, text: str) -> QPlainTextEdit:
    """JSON in the JSON view, with the cursor before it."""
    if not button(form, "JSON").isChecked():
        button(form, "JSON").click()
    edit = by_name(form, QPlainTextEdit, "Return values as JSON")
    edit.selectAll()
    edit.insertPlainText(text)
    edit.setFocus()
    edit.moveCursor(edit.textCursor().MoveOperation.Start)
    return edit


def entries(form: ReplyForm) -> list[FindingEntry]:
    """The findings listed, in the order in which they are seen."""
    found = [one for one in form.findChildren(FindingEntry) if one.isVisibleTo(form)]
    return sorted(found, key=lambda one: one.y())


def told(form: ReplyForm) -> list[str]:
    return [one.listed.text for one in entries(form)]


def entry(form: ReplyForm, words: str) -> FindingEntry:
    (found,) = [one for one in entries(form) if words in one.listed.text]
    return found


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> str:
    """Press a key where the cursor is, and tell where it is then."""
    qtbot.keyClick(focused(), key, modifier or Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()
    return focused().accessibleName()


def test_findings_are_listed_worst_first_in_words(form: ReplyForm) -> None:
    put(form, Aproved="Y", Days="five")
    assert told(form) == [
        "Error: “Days” is to be a whole number, and “five” is not. Correct it, or leave it out.",
        "Warning: “Approved” is required and not sent: the workflow would go on without it.",
        "Warning: “Owner” is required and not sent: the workflow would go on without it.",
        (
            "Warning: “Aproved” is not a return property of this rule: the portal drops it. "
            "Did you mean “Approved”?"
        ),
    ]
    assert button(form, "Errors: 1, Warnings: 3").accessibleName().startswith("Findings: ")
    put(form, Days="5")
    assert not told(form)[0].startswith("Error")


def test_f8_goes_from_finding_to_finding_in_the_order_of_the_list(
    form: ReplyForm, qtbot: QtBot
) -> None:
    put(form, Aproved="Y", Days="five")
    by_name(form, QLineEdit, "Log message").setFocus()
    places = ["Value of Days", "Value of Approved", "Value of Owner", "Name of the value"]
    for name in [*places, places[0]]:
        assert press(qtbot, Key.Key_F8) == name
    for name in [places[3], places[2]]:
        assert press(qtbot, Key.Key_F8, SHIFT) == name


def test_shift_f8_begins_with_the_last_finding(form: ReplyForm, qtbot: QtBot) -> None:
    put(form, Aproved="Y", Days="five")
    by_name(form, QLineEdit, "Log message").setFocus()
    assert press(qtbot, Key.Key_F8, SHIFT) == "Name of the value"


def test_f8_begins_at_the_value_with_the_cursor(form: ReplyForm, qtbot: QtBot) -> None:
    put(form, Aproved="Y", Days="five")
    by_name(form, QLineEdit, "Value of Owner").setFocus()
    assert press(qtbot, Key.Key_F8) == "Name of the value"


def test_f8_goes_on_where_the_finding_gone_to_was_mended(form: ReplyForm, qtbot: QtBot) -> None:
    put(form, Days="five", Due="never", Aproved="Y")
    by_name(form, QLineEdit, "Log message").setFocus()
    assert press(qtbot, Key.Key_F8) == "Value of Days"
    focused().setProperty("text", "")
    type_text(focused(), "5")
    assert press(qtbot, Key.Key_F8) == "Value of Due"
    focused().setProperty("text", "")
    type_text(focused(), "31.12.2026")
    assert press(qtbot, Key.Key_F8) == "Value of Approved"


def test_what_f8_goes_to_is_said_and_marked_in_the_list(
    form: ReplyForm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(finding_places, "announce", lambda _one, text: said.append(text))
    put(form, Days="five")
    by_name(form, QLineEdit, "Log message").setFocus()
    press(qtbot, Key.Key_F8)
    assert said == [
        "“Days” is to be a whole number, and “five” is not. Correct it, or leave it out."
    ]
    assert [one._current for one in entries(form)] == [True, False, False]


def test_a_closed_list_shows_what_is_gone_to(form: ReplyForm, qtbot: QtBot) -> None:
    form._findings.give_room(300)
    by_name(form, QLineEdit, "Log message").setFocus()
    for name in ("Approved", "Owner"):
        assert press(qtbot, Key.Key_F8) == f"Value of {name}"
        (shown,) = told(form)
        assert f"“{name}” is required" in shown
        assert entries(form)[0].visibleRegion().boundingRect().height() > 10
    type_text(focused(), "user_1")
    assert told(form) == []


def test_f8_without_a_finding_goes_nowhere(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    form = shown(bench, window, qtbot, {"Days": {"TYPE": "int"}})
    assert not form._findings.isVisible()
    by_name(form, QLineEdit, "Value of Days").setFocus()
    for key in (Key.Key_F8, Key.Key_Return):
        press(qtbot, key, ALT if key is Key.Key_Return else None)
    assert focused().accessibleName() == "Value of Days"
    assert form.values() == []


def test_alt_enter_mends_the_finding_gone_to(form: ReplyForm, qtbot: QtBot) -> None:
    put(form, Aproved="Y", Owner="user_1")
    by_name(form, QLineEdit, "Log message").setFocus()
    press(qtbot, Key.Key_F8, SHIFT)
    assert press(qtbot, Key.Key_Return, ALT) == "Value of Approved"
    assert form.values() == [("Approved", "Y"), ("Owner", "user_1")]
    assert told(form) == []


def test_alt_enter_mends_what_is_wrong_at_the_cursor(form: ReplyForm, qtbot: QtBot) -> None:
    put(form, Approved="Y")
    by_name(form, QLineEdit, "Value of Owner").setFocus()
    assert press(qtbot, Key.Key_Enter, ALT) == "Value of Owner"
    assert form.values() == [("Approved", "Y"), ("Owner", "user_7")]


def test_alt_enter_mends_nothing_that_is_elsewhere(form: ReplyForm, qtbot: QtBot) -> None:
    put(form, Approved="Y", Days="1")
    by_name(form, QLineEdit, "Log message").setFocus()
    assert press(qtbot, Key.Key_F8) == "Value of Owner"
    by_name(form, QLineEdit, "Value of Days").setFocus()
    press(qtbot, Key.Key_Return, ALT)
    assert form.values() == [("Approved", "Y"), ("Days", "1")]


def test_a_click_mends_and_a_click_goes_there(form: ReplyForm, qtbot: QtBot) -> None:
    put(form, Approved="Y", Days="five")
    click(qtbot, entry(form, "Days"), "→")
    assert focused().accessibleName() == "Value of Days"
    click(qtbot, entry(form, "Owner"), "Send “user_7”")
    assert focused().accessibleName() == "Value of Owner"
    assert form._rows.rows()[-1].text == "user_7"
    assert len(entries(form)) == 1


def test_a_value_that_is_left_out_keeps_its_text(form: ReplyForm, qtbot: QtBot) -> None:
    form._rows.put_rows([ValueRow("", text="x")], form._dates)
    click(qtbot, entry(form, "no name"), "Do not send it")
    assert form.values() == []
    assert by_name(form, QLineEdit, "Value of new value").text() == "x"


def test_a_great_many_findings_can_all_be_reached(form: ReplyForm, qtbot: QtBot) -> None:
    put(form, **{f"odd{number}x": "1" for number in range(60)})
    form._findings.give_room(2000)
    assert len(entries(form)) == 20
    click(qtbot, form, "Show all, 42 more")
    assert len(entries(form)) == 62
    put(form)
    assert len(entries(form)) == 62


def test_f8_comes_to_findings_that_are_not_shown_yet(form: ReplyForm, qtbot: QtBot) -> None:
    put(form, **{f"odd{number}x": "1" for number in range(60)})
    by_name(form, QLineEdit, "Log message").setFocus()
    assert press(qtbot, Key.Key_F8, SHIFT) == "Name of the value"
    assert form._rows.at() == len(form._rows.rows()) - 1
    assert entries(form)[-1].visibleRegion().boundingRect().height() > 10


def test_the_list_is_open_where_there_is_room_or_when_it_is_wanted(
    form: ReplyForm, qtbot: QtBot
) -> None:
    put(form, Days="five")
    form._findings.give_room(300)
    assert [one[:5] for one in told(form)] == ["Error"]
    toggle = button(form, "Errors: 1, Warnings: 2")
    toggle.setFocus()
    press(qtbot, Key.Key_Space)
    assert len(told(form)) == 3
    form._findings.give_room(900)
    press(qtbot, Key.Key_Space)
    assert len(told(form)) == 1


def test_a_closed_list_without_errors_is_one_line(form: ReplyForm) -> None:
    form._findings.give_room(300)
    assert told(form) == []
    assert button(form, "Warnings: 3").isVisible()


def test_the_list_leaves_most_of_the_room_to_the_form(form: ReplyForm) -> None:
    put(form, **{f"odd{number}x": "five" for number in range(30)})
    for height in (300, 900):
        form._findings.give_room(height)
        assert form._findings._scroll.height() <= height * 0.35


def test_the_cursor_stays_in_sight_when_findings_take_room(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    rule: dict[str, JsonValue] = {f"n{number}": {"TYPE": "int"} for number in range(40)}
    form = shown(bench, window, qtbot, rule)
    edit = by_name(form, QLineEdit, "Value of n12")
    edit.setFocus()
    form._rows.go_to(12)
    for number in range(20):
        edit = by_name(form, QLineEdit, f"Value of n{number}")
        if number != 12:
            edit.setText("x")
            edit.textEdited.emit("x")
    QApplication.processEvents()
    assert not by_name(form, QLineEdit, "Value of n12").visibleRegion().isEmpty()


def test_changes_are_announced_once_a_person_pauses(
    form: ReplyForm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(findings_list, "announce", lambda _one, text: said.append(text))
    type_text(by_name(form, QLineEdit, "Value of Days"), "five")
    form._findings._settled.timeout.emit()
    assert len(said) == 1
    assert said[0].startswith("Errors: 1, Warnings: 2\nError: “Days” is to be a whole number")
    form._findings._settled.timeout.emit()
    assert len(said) == 1
    put(form, Days="5", Approved="Y", Owner="user_1")
    form._findings._settled.timeout.emit()
    assert said[1] == "Nothing speaks against this reply."


def test_a_row_just_added_may_be_without_a_name_until_it_is_left(
    form: ReplyForm, qtbot: QtBot
) -> None:
    put(form, Approved="Y", Owner="user_1")
    click(qtbot, form, "Add value")
    assert focused().accessibleName() == "Name of the value"
    press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_Tab)
    assert focused().accessibleName() == "Value of new value"
    assert told(form) == []
    assert button(form, "Send reply").isEnabled()
    by_name(form, QLineEdit, "Log message").setFocus()
    assert "has no name" in told(form)[0]
    assert not button(form, "Send reply").isEnabled()
    assert press(qtbot, Key.Key_F8) == "Name of the value"
    type_text(focused(), "Days")
    assert "has no name" not in "".join(told(form))


def test_an_attempt_to_send_ends_the_patience_with_a_row_without_a_name(
    form: ReplyForm, qtbot: QtBot
) -> None:
    replies: list[Reply] = []
    form.send_asked.connect(replies.append)
    put(form, Approved="Y", Owner="user_1")
    click(qtbot, form, "Add value")
    assert told(form) == []
    assert press(qtbot, Key.Key_Return, CTRL) == "Name of the value"
    assert "has no name" in told(form)[0]
    assert replies == []


def test_a_row_that_is_added_and_removed_leaves_nothing_to_wait_for(
    form: ReplyForm, qtbot: QtBot
) -> None:
    form._rows.add_row()
    assert form._rows.unnamed == len(form._rows.rows()) - 1
    form._rows._remove(form._rows._views[-1])
    assert form._rows.unnamed is None


def test_json_findings_are_gone_to_and_mended_where_they_stand(
    form: ReplyForm, qtbot: QtBot
) -> None:
    edit = put_json(form, '{\n  "😀": 1,\n  "Aproved" : "Y",\n  "Days":   true\n}')
    for words in ('😀": 1', 'Aproved"', "true", "}", "}"):
        press(qtbot, Key.Key_F8)
        assert form._json.text()[form._json.place() :].startswith(words)
    assert press(qtbot, Key.Key_Return, ALT) == "Return values as JSON"
    assert edit.toPlainText().endswith('"Days":   true,\n  "Owner": "user_7"\n}')
    click(qtbot, entry(form, "Aproved"), "Rename it to “Approved”")
    assert '  "Approved" : "Y",\n' in edit.toPlainText()
    assert form._json.text()[form._json.place() :].startswith('"Y"')
    press(qtbot, Key.Key_Z, CTRL)
    assert '"Aproved" : "Y"' in edit.toPlainText()


def test_json_that_cannot_be_read_is_listed_with_its_place(form: ReplyForm, qtbot: QtBot) -> None:
    edit = put_json(form, '{"Days": 1,\n "Due": }')
    assert told(form) == [
        "Error: The JSON cannot be read: A value is wanted here. Look at line 2, column 9."
    ]
    assert not button(form, "Send reply").isEnabled()
    press(qtbot, Key.Key_F8)
    assert edit.textCursor().blockNumber() == 1
    assert edit.textCursor().positionInBlock() == 8
    type_text(edit, '"31.12.2026"')
    assert "cannot be read" not in "".join(told(form))


def test_a_member_that_is_left_out_leaves_the_cursor_in_the_json(
    form: ReplyForm, qtbot: QtBot
) -> None:
    edit = put_json(form, '{"": 1}')
    click(qtbot, entry(form, "no name"), "Do not send it")
    assert edit.toPlainText() == "{}"
    assert edit.hasFocus()


def test_json_of_a_row_is_told_with_its_place(form: ReplyForm) -> None:
    put_json(form, '{"more": {"a": 1}}')
    button(form, "Form").click()
    edit = by_name(form, QPlainTextEdit, "Value of more")
    edit.setPlainText('{"a": }')
    assert told(form)[0] == (
        'Error: “more” is to be JSON, and “{"a": }” is not. Correct it, or leave it out. '
        "Look at line 1, column 7."
    )


def test_half_of_a_character_is_refused_in_a_name(
    form: ReplyForm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = QLineEdit()
    qtbot.addWidget(half)
    half.setMaxLength(1)
    half.setText("😀")
    half.selectAll()
    half.copy()
    said: list[str] = []
    monkeypatch.setattr("bxgui.ui.value_row.announce", lambda _one, text: said.append(text))
    form._rows.add_row()
    name = by_name(form, QLineEdit, "Name of the value")
    type_text(name, "Days")
    name.paste()
    assert name.text() == "Days"
    assert form._rows.rows()[-1].name == "Days"
    assert said == ["That holds half of a character, which no name can. It was not taken."]
    type_text(name, "😀")
    assert form._rows.rows()[-1].name == "Days😀"


def test_half_of_a_character_in_a_name_from_json_is_seen_until_it_is_edited(
    form: ReplyForm, qtbot: QtBot
) -> None:
    put_json(form, '{"a\\ud83d": "x"}')
    button(form, "Form").click()
    name = by_name(form, QLineEdit, "Name of the value")
    assert name.text() == "a\ufffd"
    assert form.values() == [("a\ud83d", "x")]
    assert "holds half of a character" in told(form)[0]
    type_text(name, "b")
    assert form.values() == [("a\ufffdb", "x")]


def test_access_that_expires_meanwhile_is_noted(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    form = shown(bench, window, qtbot, {})
    assert told(form) == []
    bench.clock.pass_by(7200)
    window.call_view._tick()
    assert [one.code for one in form.findings()] == [FindingCode.ACCESS_EXPIRED]
    assert told(form)[0].startswith("Note: The call's access token has expired")
    assert button(form, "Send reply").isEnabled()


def test_a_last_reply_with_findings_is_listed_at_once(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    form = shown(bench, window, qtbot, {"Days": {"TYPE": "int"}})
    call = bench.call(1)
    form.clear()
    form.show_call(call, Reply(call.row.id, EVENT_SEND, [("Dayz", "1")], ""))
    assert "Did you mean “Days”?" in told(form)[0]
    assert isinstance(form._findings, FindingsList)
