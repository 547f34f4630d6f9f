"""The editor of each type of return value, used by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTimeEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.ui_parts import button, type_text

from bxgui.core.call_users import CallUser
from bxgui.core.local_text import LocalText, plain
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui.editors.calendar_popup import CalendarPopup
from bxgui.ui.editors.editor import Editor
from bxgui.ui.editors.factory import Offers, make_editor

W = TypeVar("W", bound=QWidget)
Make = Callable[..., Editor]
ALT = Qt.KeyboardModifier.AltModifier
WAREHOUSES = (("north", plain("North")), ("south", LocalText((("en", "South"), ("ru", "Юг")))))
MANY = tuple((f"k{n}", plain(f"Shelf {n}")) for n in range(300))
USERS = (CallUser("user_7"), CallUser("user_5", "Manager & deputy"))


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    """Shows the editor of a type; what a person does reaches `edits` and `unsets`."""

    def made(kind: ValueType, text: str = "", *, sent: bool = True, **entry: object) -> Editor:
        known = RuleProperty("a", kind, **entry)  # type: ignore[arg-type]
        row = ValueRow("a", kind, text=text, sent=sent, entry=known)
        editor = make_editor(row, Offers(lambda: USERS))
        assert isinstance(editor, Editor)
        editor.introduce("Value of a", "what it is for")
        editor.show_row(row)
        qtbot.addWidget(editor)
        editor.show()
        editor.activateWindow()
        qtbot.waitUntil(editor.isActiveWindow)
        editor.setFocus()
        return editor

    return made


def inner(editor: Editor, kind: type[W]) -> W:
    """The widget that edits, and has the cursor."""
    focused = QApplication.focusWidget()
    assert isinstance(focused, kind)
    assert editor.isAncestorOf(focused)
    return focused


def record(editor: Editor) -> list[str]:
    """What a person does to the editor: its text each time, `unset` for a choice of nothing."""
    done: list[str] = []
    editor.edited.connect(lambda: done.append(editor.text()))
    editor.unset_asked.connect(lambda: done.append("unset"))
    return done


def complaint(widget: QWidget) -> str:
    """What a screen reader says to be wrong."""
    return widget.accessibleDescription().removesuffix("what it is for").strip()


@pytest.mark.parametrize(
    ("kind", "keys", "complaints"),
    [
        (ValueType.INT, "12", ["", ""]),
        (ValueType.INT, "1x", ["", "This is not a whole number."]),
        (ValueType.INT, "-5", ["This is not a whole number.", ""]),
        (ValueType.DOUBLE, "2,5", ["", "", ""]),
        (ValueType.DOUBLE, "2,,", ["", "", "This is not a number."]),
    ],
)
def test_a_number_is_kept_as_typed_and_told_while_it_is_none(
    make: Make, qtbot: QtBot, kind: ValueType, keys: str, complaints: list[str]
) -> None:
    editor = make(kind)
    line = inner(editor, QLineEdit)
    found = []
    for key in keys:
        qtbot.keyClicks(line, key)
        found.append(complaint(line))
    assert editor.text() == keys
    assert found == complaints
    assert complaints[-1] in line.toolTip()
    assert bool(line.actions()) is bool(complaints[-1])


@pytest.mark.parametrize(
    ("kind", "text", "sent", "shown"),
    [
        (ValueType.STRING, "", False, "not sent"),
        (ValueType.STRING, "", True, "sent empty"),
        (ValueType.INT, "", False, "not sent; for example 0"),
        (ValueType.DATE, "", False, "not sent; for example 31.12.2026"),
        (ValueType.DATE, "", True, "sent empty"),
    ],
)
def test_an_empty_line_tells_whether_it_is_sent(
    make: Make, kind: ValueType, text: str, sent: bool, shown: str
) -> None:
    editor = make(kind, text, sent=sent)
    assert inner(editor, QLineEdit).placeholderText() == shown


def test_an_empty_text_tells_whether_it_is_sent(make: Make) -> None:
    assert inner(make(ValueType.TEXT, sent=False), QPlainTextEdit).placeholderText() == "not sent"
    assert inner(make(ValueType.TEXT), QPlainTextEdit).placeholderText() == "sent empty"


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        ([Qt.Key.Key_Down], ["Y"]),
        ([Qt.Key.Key_Down, Qt.Key.Key_Down], ["Y", "N"]),
        ([Qt.Key.Key_Down, Qt.Key.Key_Up], ["Y", "unset"]),
        ([Qt.Key.Key_N], ["N"]),
    ],
)
def test_a_flag_is_yes_no_or_unset(
    make: Make, qtbot: QtBot, keys: list[Qt.Key], done: list[str]
) -> None:
    editor = make(ValueType.BOOL, sent=False)
    box = inner(editor, QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == ["(not sent)", "Yes  (Y)", "No  (N)"]
    happened = record(editor)
    for key in keys:
        qtbot.keyClick(box, key)
    assert happened == done


def test_an_empty_flag_that_is_sent_differs_from_an_unset_one(make: Make) -> None:
    editor = make(ValueType.BOOL)
    assert inner(editor, QComboBox).currentText() == "(sent empty)"
    editor.show_sent(False)
    assert inner(editor, QComboBox).currentText() == "(not sent)"
    assert inner(editor, QComboBox).count() == 3


def test_a_select_shows_titles_and_gives_keys(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.SELECT, sent=False, options=WAREHOUSES)
    box = inner(editor, QComboBox)
    done = record(editor)
    qtbot.keyClick(box, Qt.Key.Key_S)
    assert box.currentText() == "South  (south)"
    assert done == ["south"]


def test_a_key_that_is_none_of_the_options_is_kept_and_marked(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.SELECT, "west", options=WAREHOUSES)
    box = inner(editor, QComboBox)
    assert box.currentText() == "west (none of the options)"
    assert complaint(box) == "This is none of the options."
    assert editor.text() == "west"
    qtbot.keyClick(box, Qt.Key.Key_N)
    assert editor.text() == "north"
    assert complaint(box) == ""


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("shelf 250", "k250"),
        ("K17", "k17"),
        ("Shelf 3  (k3)", "k3"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_a_long_list_is_searched_by_typing(make: Make, qtbot: QtBot, typed: str, text: str) -> None:
    editor = make(ValueType.SELECT, sent=False, options=MANY)
    line = inner(editor, QComboBox).lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, typed)
    assert editor.text() == text
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert editor.text() == text
    assert bool(complaint(inner(editor, QComboBox))) is (text == typed)


def test_a_part_of_a_title_offers_what_contains_it(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.SELECT, sent=False, options=MANY)
    box = inner(editor, QComboBox)
    line = box.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, "elf 29")
    completer = box.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert completer.completionCount() == 11
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert editor.text() == "k29"
    assert box.currentText() == "Shelf 29  (k29)"


def open_calendar(qtbot: QtBot, editor: Editor, *, by_arrow: bool = False) -> CalendarPopup:
    line = inner(editor, QLineEdit)
    if by_arrow:
        qtbot.keyClick(line, Qt.Key.Key_Down, ALT)
    else:
        qtbot.keyClick(line, Qt.Key.Key_F4)
    (popup,) = editor.findChildren(CalendarPopup)
    assert popup.isVisible()
    return popup


@pytest.mark.parametrize("by_arrow", [False, True], ids=["F4", "Alt+Down"])
@pytest.mark.parametrize("text", ["24.03.2026", "2026-03-24", "2026-03-24T10:00:00+03:00"])
def test_a_calendar_opens_at_the_day_typed_and_gives_another(
    make: Make, qtbot: QtBot, by_arrow: bool, text: str
) -> None:
    editor = make(ValueType.DATE, text)
    done = record(editor)
    popup = open_calendar(qtbot, editor, by_arrow=by_arrow)
    assert popup.calendar.selectedDate() == QDate(2026, 3, 24)
    view = popup.calendar.findChild(QWidget, "qt_calendar_calendarview")
    assert view is not None
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert done == ["25.03.2026"]
    assert not popup.isVisible()


def test_escape_closes_the_calendar_without_a_choice(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.DATE, "24.03.2026")
    done = record(editor)
    popup = open_calendar(qtbot, editor)
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert done == []
    assert editor.text() == "24.03.2026"


def test_a_calendar_of_a_moment_has_the_time_too(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.DATETIME, "24.03.2026 18:30")
    popup = open_calendar(qtbot, editor)
    time = popup.findChild(QTimeEdit)
    assert time is not None
    assert time.isVisible()
    assert time.time().toString("HH:mm:ss") == "18:30:00"
    time.setFocus()
    qtbot.keyClick(time, Qt.Key.Key_Up)
    button(popup, "OK").click()
    assert editor.text() == "24.03.2026 19:30:00"


def test_a_text_that_is_no_date_opens_the_calendar_all_the_same(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.DATE, "soon")
    popup = open_calendar(qtbot, editor)
    assert isinstance(popup.calendar, QCalendarWidget)
    button(popup, "Today").click()
    assert QDate.fromString(editor.text(), "dd.MM.yyyy").isValid()


def test_the_users_of_the_call_are_offered(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.USER)
    done = record(editor)
    qtbot.keyClick(inner(editor, QLineEdit), Qt.Key.Key_F4)
    (menu,) = editor.findChildren(QMenu)
    assert [one.text() for one in menu.actions()] == [
        "user_7   whose access the call carries",
        "user_5   property Manager && deputy",
    ]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert done == ["user_5"]


def test_a_file_explains_that_it_takes_an_id(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.FILE)
    line = inner(editor, QLineEdit)
    assert "A reply cannot carry the file itself" in line.accessibleDescription()
    qtbot.keyClick(line, Qt.Key.Key_F4)
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not editor]
    assert len(shown) == 1
    shown[0].close()


@pytest.mark.parametrize("kind", [ValueType.STRING, ValueType.INT, ValueType.DATE])
def test_a_line_grows_when_a_line_break_is_pasted(
    make: Make, qtbot: QtBot, kind: ValueType
) -> None:
    editor = make(kind)
    done = record(editor)
    heights: list[int] = []
    editor.height_changed.connect(lambda: heights.append(editor.sizeHint().height()))
    QGuiApplication.clipboard().setText("one\r\ntwo\nthree")
    qtbot.keyClick(inner(editor, QLineEdit), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert done == ["one\ntwo\nthree"]
    assert heights
    edit = inner(editor, QPlainTextEdit)
    assert edit.accessibleName() == "Value of a"
    type_text(edit, "!")
    assert editor.text() == "one\ntwo\nthree!"
    editor.show_text("one")
    assert editor.text() == "one"
    assert isinstance(editor.focusProxy(), QLineEdit)


def test_a_text_takes_line_breaks_and_makes_room(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.TEXT)
    before = editor.sizeHint().height()
    edit = inner(editor, QPlainTextEdit)
    for _ in range(4):
        qtbot.keyClicks(edit, "x")
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert editor.text() == "x\n" * 4
    assert editor.sizeHint().height() > before


def test_json_is_checked_as_it_is_typed(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.JSON)
    edit = inner(editor, QPlainTextEdit)
    qtbot.keyClicks(edit, "[1")
    assert complaint(edit) == "This is not JSON."
    qtbot.keyClicks(edit, "]")
    assert complaint(edit) == ""


@pytest.mark.parametrize("kind", ValueType)
def test_every_editor_tells_what_it_edits(make: Make, kind: ValueType) -> None:
    editor = make(kind, options=WAREHOUSES)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Value of a"
    assert "what it is for" in focused.accessibleDescription()
    assert editor.accessibleName() == "Value of a"


@pytest.mark.parametrize("kind", ValueType)
def test_showing_a_row_is_no_edit(make: Make, kind: ValueType) -> None:
    editor = make(kind, options=WAREHOUSES)
    done = record(editor)
    row = ValueRow("a", kind)
    for text in ("12", "one\ntwo", "", "north"):
        editor.show_row(replace(row, text=text))
        assert editor.text() == text
        assert editor.carried(row).text == text
    assert done == []
