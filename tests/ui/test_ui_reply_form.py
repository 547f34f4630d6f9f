"""The reply form: rows, JSON, findings, sending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QShortcut, QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.ui_parts import APPROVAL, Bench, Clock, button, by_name, click, post, type_text

from bxgui.core.dates import DateFormat, DateStyle
from bxgui.core.json_values import Pairs, dump_object, parse_object
from bxgui.core.local_text import plain
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, CallDetail, Reply
from bxgui.core.schema import RuleProperty, ValueType, read_schema
from bxgui.ui.reply_form import ReplyForm
from bxgui.ui.value_row import RowView

NBSP = "\u00a0"
VALUES: dict[str, Pairs] = {
    "none": [],
    "order": [("b", "1"), ("a", "2"), ("c", "3")],
    "the same name twice": [("a", "1"), ("b", "2"), ("a", "3")],
    "an empty text": [("a", "")],
    "Cyrillic and an emoji": [("Комментарий", "Счёт № 7 ✓ 😀")],
    "several lines": [("a", "one\ntwo\n\nfour\n")],
    "lines as Windows ends them": [("a", "one\r\ntwo\rthree")],
    "a space that does not break": [("a", f"100{NBSP}000{NBSP}₽"), ("b", f"x{NBSP}\ny")],
    "other signs for a line's end": [("a", "one\u2028two\u2029three\u0085four\vfive\ffive")],
    "signs that mean nothing": [("a", "\ufdd0\ufdd1\ufffe\0\x01\t")],
    "a long text": [("a", "x" * 40_000)],
    "a long line in a list": [("a", ["x" * 40_000, "y"])],
    "a big integer": [("a", 12345678901234567890123456789)],
    "numbers as written": [("a", Decimal("1.10")), ("b", Decimal("1E+400")), ("c", 0)],
    "digits as a text": [("a", "007"), ("b", "1.10")],
    "booleans and null": [("a", True), ("b", False), ("c", None)],
    "lists": [("a", ["x", "y"]), ("b", []), ("c", [""]), ("d", ["", ""]), ("e", ["one\ntwo"])],
    "a list of signs": [("a", [f"x{NBSP}y", "u\rv", "w\u2028z"])],
    "mixed lists": [("a", [1, "1", None, True, ["deep"]])],
    "nested": [("a", {"x": [{"y": Decimal("2.50")}], "z": {}})],
    "names like ours": [("name", "1"), ("", "2"), ("a b", "3"), ("a[b]", "4")],
    "quotes and slashes": [("a", '"\\/"'), ('"', "</script>")],
}
WITH_SCHEMA: dict[str, Pairs] = {
    "in the schema's order": [("Approved", "Y"), ("Days", "5"), ("Comment", "yes")],
    "in another order": [("Comment", "yes"), ("Approved", "N")],
    "some not sent": [("Days", "5")],
    "none sent": [],
    "an unknown name between": [("Approved", "Y"), ("Aproved", "Y"), ("Comment", "a\nb")],
    "other types than the schema's": [("Approved", True), ("Days", 5), ("Comment", ["a", "b"])],
    "texts that are not of the type": [("Approved", "maybe"), ("Days", "five"), ("Comment", None)],
    "another case": [("approved", "Y"), ("DAYS", "5")],
    "a known name twice": [("Days", "5"), ("Days", "6")],
    "a space that does not break": [("Comment", f"100{NBSP}₽"), ("Days", f"1{NBSP}000")],
}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> tuple[CallDetail, CallDetail]:
    """Two calls as the store hands them out."""
    bench = Bench(tmp_path_factory.mktemp("form"), Clock())
    first, second = bench.take(post(1), post(2))
    found = bench.call(first), bench.call(second)
    bench.workspace.close()
    return found


@pytest.fixture
def call(calls: tuple[CallDetail, CallDetail]) -> CallDetail:
    return calls[0]


@pytest.fixture
def other_call(calls: tuple[CallDetail, CallDetail]) -> CallDetail:
    return calls[1]


@pytest.fixture
def form(clock: Clock, qtbot: QtBot) -> ReplyForm:
    made = ReplyForm(clock)
    qtbot.addWidget(made)
    made.resize(640, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def sent(form: ReplyForm) -> list[Reply]:
    replies: list[Reply] = []
    form.send_asked.connect(replies.append)
    return replies


def with_schema(call: CallDetail) -> CallDetail:
    return replace(call, schema=read_schema(APPROVAL))


def last_reply(call: CallDetail, values: Pairs) -> Reply:
    return Reply(call.row.id, EVENT_SEND, values, "")


def written(values: Pairs) -> str:
    """Values so that 1.10 is not 1.1, and 1 is not true."""
    return dump_object(values, indent=2)


def json_of(form: ReplyForm) -> QPlainTextEdit:
    return by_name(form, QPlainTextEdit, "Return values as JSON")


def line(form: ReplyForm, name: str) -> QLineEdit:
    return by_name(form, QLineEdit, f"Value of {name}")


def texts_shown(form: ReplyForm) -> str:
    labels = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    rows = [told for row in form.findChildren(RowView) if row.isVisible() for told in row.told()]
    return "\n".join([*labels, *rows])


def choose(form: ReplyForm, name: str, *texts: str) -> None:
    """Open the menu of a row, and choose an entry of it or of a menu in it."""
    by_name(form, QToolButton, f"Menu of {name}").click()
    menu: QMenu = next(one for one in form.findChildren(QMenu) if one.isVisible())
    for text in texts[:-1]:
        entered = next(one for one in menu.actions() if one.text() == text).menu()
        assert isinstance(entered, QMenu)
        menu = entered
    next(one for one in menu.actions() if one.text() == texts[-1]).trigger()
    for one in form.findChildren(QMenu):
        one.close()


def tick(form: ReplyForm, name: str) -> QCheckBox:
    return by_name(form, QCheckBox, f"Send {name}")


def set_type(form: ReplyForm, name: str, text: str) -> None:
    box = by_name(form, QComboBox, f"Type of {name}")
    box.setFocus()
    index = box.findText(text)
    box.setCurrentIndex(index)
    box.activated.emit(index)
    QApplication.processEvents()


def replace_text(edit: QPlainTextEdit, text: str) -> None:
    """As a person pastes over everything."""
    edit.selectAll()
    edit.insertPlainText(text)


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES.keys())
def test_rows_and_json_hold_the_same(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, values: Pairs
) -> None:
    if any(not name for name, _ in values):
        values = [(name or "x", value) for name, value in values]
    form.show_call(call, last_reply(call, values))
    assert written(form.values()) == written(values)
    for _ in range(2):
        click(qtbot, form, "JSON")
        assert written(form.values()) == written(values)
        click(qtbot, form, "Form")
        assert written(form.values()) == written(values)


@pytest.mark.parametrize("values", WITH_SCHEMA.values(), ids=WITH_SCHEMA.keys())
def test_rows_of_a_schema_and_json_hold_the_same(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, values: Pairs
) -> None:
    form.show_call(with_schema(call), last_reply(call, values))
    assert sorted(written([pair]) for pair in form.values()) == sorted(
        written([pair]) for pair in values
    )
    in_rows = written(form.values())
    for _ in range(2):
        click(qtbot, form, "JSON")
        assert written(form.values()) == in_rows
        click(qtbot, form, "Form")
        assert written(form.values()) == in_rows


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES.keys())
def test_json_that_is_pasted_becomes_rows(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, values: Pairs
) -> None:
    if any(not name for name, _ in values):
        values = [(name or "x", value) for name, value in values]
    form.show_call(with_schema(call), None)
    click(qtbot, form, "JSON")
    text = written(values)
    for sign in "\u2028\u2029\ufdd0\ufdd1":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    replace_text(json_of(form), text)
    click(qtbot, form, "Form")
    assert written(form.values()) == written(values)
    click(qtbot, form, "JSON")
    assert written(form.values()) == written(values)


def test_json_that_replaces_a_value_by_one_of_several_lines_shows_them(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(call, last_reply(call, [("a", "one")]))
    assert line(form, "a").text() == "one"
    click(qtbot, form, "JSON")
    replace_text(json_of(form), '{"a": "one\\ntwo"}')
    click(qtbot, form, "Form")
    assert by_name(form, QPlainTextEdit, "Value of a").toPlainText() == "one\ntwo"


def test_a_row_that_is_not_sent_keeps_its_text(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(with_schema(call), None)
    qtbot.keyClicks(line(form, "Days"), "12")
    assert tick(form, "Days").isChecked(), "what is typed is to be sent"
    tick(form, "Days").click()
    assert form.values() == []
    click(qtbot, form, "JSON")
    assert parse_object(json_of(form).toPlainText()) == []
    click(qtbot, form, "Form")
    assert form.values() == []
    assert line(form, "Days").text() == "12"


def test_an_edited_space_that_does_not_break_is_sent(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(call, last_reply(call, [("a", "one\ntwo")]))
    edit = by_name(form, QPlainTextEdit, "Value of a")
    replace_text(edit, f"1{NBSP}000\n2")
    assert form.values() == [("a", f"1{NBSP}000\n2")]
    click(qtbot, form, "JSON")
    replace_text(json_of(form), f'{{"a": "3{NBSP}4"}}')
    assert form.values() == [("a", f"3{NBSP}4")]


def test_a_line_break_by_shift_and_enter_is_a_line_break(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(call, last_reply(call, [("a", "one\ntwo")]))
    edit = by_name(form, QPlainTextEdit, "Value of a")
    edit.selectAll()
    qtbot.keyClicks(edit, "x")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(edit, "y")
    assert form.values() == [("a", "x\ny")]


@pytest.mark.parametrize(
    ("text", "line_number", "column"),
    [
        ("", 1, 1),
        ('{"a": 1,}', 1, None),
        ('{"a": 1,\n "b": }', 2, 7),
        ("[]", 1, 1),
        ('{"a": NaN}', None, None),
        ('{"a": 1} x', 1, 10),
    ],
)
def test_bad_json_is_located_and_the_form_waits(
    form: ReplyForm,
    call: CallDetail,
    qtbot: QtBot,
    sent: list[Reply],
    text: str,
    line_number: int | None,
    column: int | None,
) -> None:
    form.show_call(call, last_reply(call, [("a", "kept")]))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    click(qtbot, form, "JSON")
    replace_text(json_of(form), text)
    json_of(form).setFocus()
    for key in (Qt.Key.Key_J, Qt.Key.Key_Return):
        json_of(form).moveCursor(QTextCursor.MoveOperation.End)
        qtbot.keyClick(json_of(form), key, Qt.KeyboardModifier.ControlModifier)
        assert json_of(form).toPlainText() == text
        assert button(form, "JSON").isChecked()
        shown = texts_shown(form)
        assert "Error: The JSON cannot be read: " in shown
        if line_number is not None:
            assert f"Look at line {line_number}, column " in shown
        if column is not None:
            assert f"column {column}." in shown
            assert json_of(form).textCursor().blockNumber() == (line_number or 1) - 1
    assert not button(form, "Send reply").isEnabled()
    assert sent == []
    replace_text(json_of(form), '{"a": "mended"}')
    assert "Look at line" not in texts_shown(form)
    click(qtbot, form, "Form")
    assert form.values() == [("a", "mended")]


def test_an_unknown_name_is_pointed_out(form: ReplyForm, call: CallDetail, qtbot: QtBot) -> None:
    form.show_call(with_schema(call), None)
    click(qtbot, form, "Add value")
    qtbot.keyClicks(by_name(form, QLineEdit, "Name of the value"), "Aproved")
    shown = texts_shown(form)
    assert "“Aproved” is not a return property of this rule: the portal drops it." in shown
    assert "Did you mean “Approved”?" in shown
    assert "“Approved” is required and not sent" in shown


def test_a_name_given_twice_is_pointed_out(form: ReplyForm, call: CallDetail) -> None:
    form.show_call(call, last_reply(call, [("a", "1"), ("A", "2")]))
    assert "“a” and “A” are the same property" in texts_shown(form)


def test_adding_a_value_puts_the_cursor_into_its_name(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(call, None)
    form.activateWindow()
    click(qtbot, form, "Add value")
    name = by_name(form, QLineEdit, "Name of the value")
    assert form.focusWidget() is name
    assert name.hasFocus() or not form.isActiveWindow()


def test_a_bad_value_is_told_and_keeps_the_reply_from_going(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, sent: list[Reply]
) -> None:
    problem = "“Days” is to be a whole number, and “five” is not."
    form.show_call(with_schema(call), None)
    send = button(form, "Send reply")
    qtbot.keyClicks(line(form, "Days"), "five")
    assert f"Error: {problem}" in texts_shown(form)
    assert not send.isEnabled()
    assert problem in send.toolTip()
    line(form, "Days").selectAll()
    qtbot.keyClicks(line(form, "Days"), "5")
    assert problem not in texts_shown(form)
    assert problem not in send.toolTip()
    click(qtbot, form, "Send reply")
    assert sent == [Reply(call.row.id, EVENT_SEND, [("Days", "5")], "")]


def test_ctrl_enter_goes_to_the_value_that_keeps_the_reply_from_going(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, sent: list[Reply]
) -> None:
    form.show_call(with_schema(call), None)
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    qtbot.keyClicks(line(form, "Days"), "five")
    by_name(form, QLineEdit, "Log message").setFocus()
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent == []
    assert line(form, "Days").hasFocus()
    assert "“five” is not" in texts_shown(form)


def test_an_error_in_the_json_view_keeps_the_reply_from_going(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, sent: list[Reply]
) -> None:
    form.show_call(call, None)
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    click(qtbot, form, "JSON")
    replace_text(json_of(form), '{"a": "\\ud83d"}')
    assert "“a” holds half of a character" in texts_shown(form)
    assert not button(form, "Send reply").isEnabled()
    qtbot.keyClick(json_of(form), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent == []


def test_half_of_a_character_is_kept_until_it_is_mended(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    values: Pairs = [("a", "x\ud83dy"), ("b", [1, "\udead"])]
    form.show_call(call, None)
    click(qtbot, form, "JSON")
    replace_text(json_of(form), '{"a": "x\\ud83dy", "b": [1, "\\udead"]}')
    for view in ("Form", "JSON"):
        click(qtbot, form, view)
        assert form.values() == values
        assert "“b” holds half of a character" in texts_shown(form)


def test_values_of_both_views_have_the_same_findings(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    values: Pairs = [("Approved", True), ("Days", "five"), ("Comment", ["x"])]
    form.show_call(with_schema(call), last_reply(call, values))
    in_the_form = form.findings()
    click(qtbot, form, "JSON")
    assert form.findings() == in_the_form
    assert [finding.code.value for finding in in_the_form][:3] == [
        "true_false",
        "wrong_type",
        "list_for_single",
    ]


def test_a_call_that_names_no_portal_cannot_be_answered(form: ReplyForm, call: CallDetail) -> None:
    form.show_call(replace(call, portal=None), None)
    assert "there is nowhere to send a reply" in texts_shown(form)
    assert not button(form, "Send reply").isEnabled()
    assert not button(form, "Only log").isEnabled()


def test_dates_go_in_the_format_of_the_portal(form: ReplyForm, call: CallDetail) -> None:
    assert call.portal is not None
    american = replace(call.portal, date_format=DateFormat(DateStyle.AMERICAN))
    entry = RuleProperty("Due", ValueType.DATE)
    form.show_call(replace(call, schema=(entry,), portal=american), None)
    type_text(line(form, "Due"), "31.12.2026")
    assert form.values() == [("Due", "12/31/2026")]


def test_an_emptied_value_is_sent_as_an_empty_text(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(with_schema(call), None)
    qtbot.keyClicks(line(form, "Days"), "1")
    qtbot.keyClick(line(form, "Days"), Qt.Key.Key_Backspace)
    assert form.values() == [("Days", "")]


def test_a_bad_value_keeps_the_form_from_becoming_json(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(with_schema(call), None)
    qtbot.keyClicks(line(form, "Days"), "five")
    click(qtbot, form, "JSON")
    assert "“five” is not" in texts_shown(form)
    assert button(form, "Form").isChecked()
    assert line(form, "Days").text() == "five"


def test_a_value_without_a_name_is_not_sent(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, sent: list[Reply]
) -> None:
    form.show_call(call, None)
    click(qtbot, form, "Add value")
    qtbot.keyClicks(line(form, "new value"), "x")
    click(qtbot, form, "Send reply")
    assert sent == []
    assert "A value has no name" in texts_shown(form)
    assert not button(form, "Send reply").isEnabled()
    qtbot.keyClicks(by_name(form, QLineEdit, "Name of the value"), "a")
    click(qtbot, form, "Send reply")
    assert sent == [Reply(call.row.id, EVENT_SEND, [("a", "x")], "")]


def test_a_reply_carries_values_and_log_message(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, sent: list[Reply]
) -> None:
    form.show_call(with_schema(call), None)
    approved = by_name(form, QComboBox, "Value of Approved")
    approved.setFocus()
    qtbot.keyClick(approved, Qt.Key.Key_Y)
    index = approved.findText("Yes  (Y)")
    approved.setCurrentIndex(index)
    approved.activated.emit(index)
    type_text(by_name(form, QPlainTextEdit, "Value of Comment"), "Проверено")
    type_text(by_name(form, QLineEdit, "Log message"), "оплатить")
    click(qtbot, form, "Send reply")
    values: Pairs = [("Approved", "Y"), ("Comment", "Проверено")]
    assert sent == [Reply(call.row.id, EVENT_SEND, values, "оплатить")]


def test_only_log_wants_a_log_message_and_sends_no_values(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, sent: list[Reply]
) -> None:
    form.show_call(call, last_reply(call, [("a", "1")]))
    log = by_name(form, QLineEdit, "Log message")
    for blank in ("", "   "):
        log.setText(blank)
        click(qtbot, form, "Only log")
        assert "Write a log message first." in texts_shown(form)
        assert sent == []
    qtbot.keyClicks(log, "looking")
    assert "Write a log message first." not in texts_shown(form)
    click(qtbot, form, "Only log")
    assert sent == [Reply(call.row.id, ACTIVITY_LOG, [], "   looking")]


def test_a_long_log_message_is_kept_whole(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, sent: list[Reply]
) -> None:
    reply = Reply(call.row.id, EVENT_SEND, [], "x" * 40_000)
    form.show_call(call, reply)
    click(qtbot, form, "Send reply")
    assert sent == [reply]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_sends_once_while_the_reply_is_on_its_way(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, sent: list[Reply], key: Qt.Key
) -> None:
    form.show_call(call, last_reply(call, [("a", "one\ntwo")]))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.send_asked.connect(lambda reply: form.set_sending(reply.call_id, True))
    edit = by_name(form, QPlainTextEdit, "Value of a")
    edit.setFocus()
    for _ in range(5):
        qtbot.keyClick(edit, key, Qt.KeyboardModifier.ControlModifier)
    assert len(sent) == 1
    assert edit.toPlainText() == "one\ntwo"
    assert not button(form, "Sending…").isEnabled()
    assert not button(form, "Only log").isEnabled()
    form.set_sending(call.row.id, False)
    qtbot.keyClick(edit, key, Qt.KeyboardModifier.ControlModifier)
    assert len(sent) == 2


def test_a_held_ctrl_enter_sends_once(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, sent: list[Reply]
) -> None:
    """The keyboard repeats a held key; a portal that refuses at once must not be sent to again."""
    form.show_call(call, None)
    shortcuts = [
        one
        for one in form.findChildren(QShortcut)
        if one.key().toString() in {"Ctrl+Return", "Ctrl+Enter"}
    ]
    assert len(shortcuts) == 2
    assert not any(shortcut.autoRepeat() for shortcut in shortcuts)


def test_ctrl_j_turns_the_form_into_json_and_back(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(call, last_reply(call, [("a", "1")]))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    line(form, "a").setFocus()
    qtbot.keyClick(line(form, "a"), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert button(form, "JSON").isChecked()
    json_of(form).setFocus()
    qtbot.keyClick(json_of(form), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert button(form, "Form").isChecked()


def test_a_change_of_type_keeps_the_text(form: ReplyForm, call: CallDetail, qtbot: QtBot) -> None:
    form.show_call(call, last_reply(call, [("a", "12 x"), ("b", "y")]))
    for kind in ("text", "int", "json", "date", "bool", "string list", "user", "select", "string"):
        set_type(form, "a", kind)
        assert by_name(form, QComboBox, "Type of a").currentText() == kind
    assert line(form, "a").text() == "12 x"
    assert form.values() == [("a", "12 x"), ("b", "y")]


def test_the_type_can_be_changed_by_keyboard(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(call, last_reply(call, [("a", "1"), ("b", "2")]))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    by_name(form, QComboBox, "Type of b").setFocus()
    for expected in ("text", "int", "double"):
        focused = QApplication.focusWidget()
        assert focused is by_name(form, QComboBox, "Type of b")
        qtbot.keyClick(focused, Qt.Key.Key_Down)
        QApplication.processEvents()
        assert by_name(form, QComboBox, "Type of b").currentText() == expected


def test_a_removed_row_leaves_the_others_as_they_are(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(call, last_reply(call, [("a", "1"), ("b", "2"), ("c", "3")]))
    choose(form, "b", "Remove this value")
    assert form.values() == [("a", "1"), ("c", "3")]


@pytest.mark.parametrize("name", ["Value of Approved", "Type of more"])
def test_the_wheel_changes_no_choice(
    form: ReplyForm, call: CallDetail, qtbot: QtBot, name: str
) -> None:
    form.show_call(with_schema(call), last_reply(call, [("Approved", "Y"), ("more", "x")]))
    box = by_name(form, QComboBox, name)
    before = box.currentIndex()
    for focused in (False, True):
        if focused:
            box.setFocus()
        for degrees in (-120, 120):
            event = QWheelEvent(
                QPointF(5, 5),
                QPointF(box.mapToGlobal(QPoint(5, 5))),
                QPoint(),
                QPoint(0, degrees),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(box, event)
            assert box.currentIndex() == before


def test_a_rule_answered_before_offers_its_names_without_values(
    form: ReplyForm, call: CallDetail
) -> None:
    other = Reply(call.row.id + 1, EVENT_SEND, [("Approved", "Y"), ("n", 5)], "old words")
    form.show_call(call, other)
    assert form.values() == []
    assert by_name(form, QLineEdit, "Log message").text() == ""
    assert not tick(form, "Approved").isChecked()
    assert line(form, "Approved").text() == ""


def test_an_answered_token_offers_its_last_reply(form: ReplyForm, call: CallDetail) -> None:
    form.show_call(call, Reply(call.row.id, EVENT_SEND, [("a", "1")], "words"))
    assert form.values() == [("a", "1")]
    assert by_name(form, QLineEdit, "Log message").text() == "words"


def look_elsewhere(form: ReplyForm, other_call: CallDetail) -> None:
    form.show_call(other_call, None)


def clear(form: ReplyForm, other_call: CallDetail) -> None:
    form.clear()


def as_before(form: ReplyForm, other_call: CallDetail) -> None:
    pass


@pytest.mark.parametrize("meanwhile", [as_before, look_elsewhere, clear])
@pytest.mark.parametrize("in_json", [False, True], ids=["form", "json"])
def test_a_schema_that_becomes_known_reaches_a_begun_form(
    form: ReplyForm,
    call: CallDetail,
    other_call: CallDetail,
    qtbot: QtBot,
    meanwhile: Callable[[ReplyForm, CallDetail], None],
    in_json: bool,
) -> None:
    form.show_call(call, None)
    click(qtbot, form, "Add value")
    qtbot.keyClicks(by_name(form, QLineEdit, "Name of the value"), "Days")
    qtbot.keyClicks(line(form, "Days"), "12")
    if in_json:
        click(qtbot, form, "JSON")
    meanwhile(form, other_call)
    form.show_call(with_schema(call), None)
    if in_json:
        assert form.values() == [("Days", "12")]
        click(qtbot, form, "Form")
    assert form.values() == [("Days", "12")]
    assert not tick(form, "Approved").isChecked()
    assert "“Approved” is required and not sent" in texts_shown(form)


def test_a_value_named_without_capital_letters_is_edited_by_its_property(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    form.show_call(call, None)
    click(qtbot, form, "Add value")
    qtbot.keyClicks(by_name(form, QLineEdit, "Name of the value"), "days")
    qtbot.keyClicks(line(form, "days"), "12")
    form.show_call(with_schema(call), None)
    assert form.values() == [("days", "12")]
    assert [row.name for row in form.draft().rows] == ["Approved", "days", "Comment"]
    assert tick(form, "days").text() == "Days"


def test_a_select_offers_its_options_and_keeps_what_is_none_of_them(
    form: ReplyForm, call: CallDetail
) -> None:
    options = (("ok", plain("Fine")), ("no", plain("no")))
    entry = RuleProperty("Result", ValueType.SELECT, options=options)
    form.show_call(replace(call, schema=(entry,)), last_reply(call, [("Result", "gone")]))
    box = by_name(form, QComboBox, "Value of Result")
    assert [box.itemText(n) for n in range(box.count())] == [
        "(not sent)",
        "Fine  (ok)",
        "no",
        "gone (none of the options)",
    ]
    assert form.values() == [("Result", "gone")]


def test_the_users_that_the_call_names_are_offered(
    form: ReplyForm, call: CallDetail, qtbot: QtBot
) -> None:
    entry = RuleProperty("Owner", ValueType.USER)
    body = b"auth%5Buser_id%5D=7&properties%5BManager%5D=user_5"
    form.show_call(replace(call, schema=(entry,), body=body), None)
    qtbot.keyClick(line(form, "Owner"), Qt.Key.Key_F4)
    (menu,) = [one for one in form.findChildren(QMenu) if one.isVisible()]
    assert [one.text() for one in menu.actions()] == [
        "user_7   whose access the call carries",
        "user_5   property Manager",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert form.values() == [("Owner", "user_7")]


def test_rich_text_in_names_and_titles_is_shown_as_it_is(form: ReplyForm, call: CallDetail) -> None:
    entry = RuleProperty("<b>x</b>", title=plain("<img src=x>"), required=True)
    form.show_call(replace(call, schema=(entry,)), None)
    assert tick(form, "<b>x</b>").text() == "<img src=x> *"
    assert "<b>x</b>" in texts_shown(form)
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText
        for label in form.findChildren(QLabel)
        if "<" in label.text()
    )
    tips = [one.toolTip() for one in form.findChildren(QWidget)]
    assert any("&lt;img src=x&gt;" in tip for tip in tips)
    assert not any("<img" in tip for tip in tips)
