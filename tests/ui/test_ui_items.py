"""The editor of a Multiple value."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from ui.ui_parts import button, type_text

from bxgui.core.local_text import plain
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui.editors.calendar_popup import CalendarPopup
from bxgui.ui.editors.factory import Offers, make_editor
from bxgui.ui.editors.items import ItemsEditor

Make = Callable[..., ItemsEditor]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
PASTE_LINES = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
OPTIONS = (("n", plain("North")), ("s", plain("South")))


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    """Shows the editor of a list of a type, the cursor in it."""

    def made(kind: ValueType, *items: str, sent: bool = True) -> ItemsEditor:
        entry = RuleProperty("a", kind, multiple=True, options=OPTIONS)
        row = ValueRow("a", kind, multiple=True, items=items, sent=sent, entry=entry)
        editor = make_editor(row, Offers())
        assert isinstance(editor, ItemsEditor)
        editor.introduce("Value of a", "what it is for")
        editor.show_row(row)
        editor.resize(300, 200)
        qtbot.addWidget(editor)
        editor.show()
        editor.activateWindow()
        qtbot.waitUntil(editor.isActiveWindow)
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        return editor

    return made


def items(editor: ItemsEditor) -> tuple[str, ...]:
    return editor.carried(ValueRow("a", multiple=True)).items


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(qtbot: QtBot, key: Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key where the cursor is."""
    qtbot.keyClick(focused(), key, modifier or Qt.KeyboardModifier.NoModifier)


def test_the_first_item_is_edited_when_the_cursor_comes(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.STRING, "one", "two")
    assert isinstance(focused(), QLineEdit)
    assert focused().accessibleName() == "Item 1 of Value of a"
    press(qtbot, Key.Key_End)
    type_text(focused(), "!")
    assert items(editor) == ("one!", "two")
    press(qtbot, Key.Key_Down)
    assert focused().accessibleName() == "Item 2 of Value of a"
    press(qtbot, Key.Key_End)
    type_text(focused(), "?")
    assert items(editor) == ("one!", "two?")


def test_enter_adds_an_item_after_the_one_edited(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.STRING, "one", "two")
    press(qtbot, Key.Key_Return)
    assert items(editor) == ("one", "", "two")
    type_text(focused(), "x")
    assert items(editor) == ("one", "x", "two")


def test_an_empty_list_is_begun_by_keyboard(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.INT)
    press(qtbot, Key.Key_Return)
    type_text(focused(), "5")
    press(qtbot, Key.Key_Return)
    type_text(focused(), "6")
    assert items(editor) == ("5", "6")


@pytest.mark.parametrize(
    ("begin", "keys", "left", "at"),
    [
        (0, [(Key.Key_Delete, ALT)], ("two", "three"), 1),
        (2, [(Key.Key_Delete, ALT)], ("one", "two"), 2),
        (0, [(Key.Key_Down, ALT)], ("two", "one", "three"), 2),
        (0, [(Key.Key_Down, ALT), (Key.Key_Down, ALT)], ("two", "three", "one"), 3),
        (2, [(Key.Key_Up, ALT)], ("one", "three", "two"), 2),
        (0, [(Key.Key_Up, ALT)], ("one", "two", "three"), 1),
        (2, [(Key.Key_Down, ALT)], ("one", "two", "three"), 3),
        (1, [(Key.Key_Insert, ALT)], ("one", "two", "", "three"), 3),
    ],
)
def test_items_are_moved_and_removed_by_keyboard(
    make: Make,
    qtbot: QtBot,
    begin: int,
    keys: list[tuple[Key, Qt.KeyboardModifier]],
    left: tuple[str, ...],
    at: int,
) -> None:
    editor = make(ValueType.STRING, "one", "two", "three")
    editor.view.go_to(begin)
    for key, modifier in keys:
        press(qtbot, key, modifier)
    assert items(editor) == left
    assert focused().accessibleName() == f"Item {at} of Value of a"
    assert isinstance(line := focused(), QLineEdit)
    assert line.text() == left[at - 1]


def test_items_are_moved_and_removed_by_mouse(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.STRING, "one", "two")
    button(editor, "↓").click()
    assert items(editor) == ("two", "one")
    assert not button(editor, "↓").isEnabled()
    button(editor, "↑").click()
    button(editor, "✕").click()
    assert items(editor) == ("two",)
    button(editor, "✕").click()
    assert items(editor) == ()
    assert not button(editor, "✕").isEnabled()
    button(editor, "+ Add").click()
    assert items(editor) == ("",)


def test_alt_and_down_move_an_item_where_it_would_open_a_calendar(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.DATE, "01.01.2026", "02.01.2026")
    press(qtbot, Key.Key_Down, ALT)
    assert items(editor) == ("02.01.2026", "01.01.2026")
    assert not editor.findChildren(CalendarPopup)
    press(qtbot, Key.Key_F4)
    (popup,) = editor.findChildren(CalendarPopup)
    popup.close()


@pytest.mark.parametrize(
    ("before", "pasted", "after"),
    [
        (("x",), "one\ntwo\r\nthree\n", ("xone", "two", "three")),
        (("", "last"), "one\n\ntwo", ("one", "", "two", "last")),
    ],
)
def test_lines_pasted_into_an_item_become_an_item_each(
    make: Make, qtbot: QtBot, before: tuple[str, ...], pasted: str, after: tuple[str, ...]
) -> None:
    editor = make(ValueType.STRING, *before)
    press(qtbot, Key.Key_End)
    QGuiApplication.clipboard().setText(pasted)
    press(qtbot, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert items(editor) == after
    assert isinstance(focused(), QLineEdit)


@pytest.mark.parametrize("kind", [ValueType.STRING, ValueType.TEXT])
@pytest.mark.parametrize(
    ("before", "after"),
    [((), ("one", "two")), (("a", "b"), ("a", "one", "two", "b")), (("",), ("one", "two"))],
)
def test_lines_are_pasted_as_items(
    make: Make, qtbot: QtBot, kind: ValueType, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    editor = make(kind, *before)
    QGuiApplication.clipboard().setText("one\ntwo")
    press(qtbot, Key.Key_V, PASTE_LINES)
    assert items(editor) == after


def test_an_empty_clipboard_pastes_nothing(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.STRING, "")
    QGuiApplication.clipboard().setText("")
    button(editor, "Paste lines").click()
    assert items(editor) == ("",)


def test_an_item_of_text_keeps_its_line_breaks(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.TEXT, "one\ntwo", "three")
    assert isinstance(focused(), QPlainTextEdit)
    press(qtbot, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Key.Key_Return)
    type_text(focused(), "x")
    assert items(editor) == ("one\ntwo\nx", "three")


def test_items_of_a_select_are_chosen_by_title(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.SELECT, "n", "west")
    assert isinstance(focused(), QComboBox)
    press(qtbot, Key.Key_S)
    assert items(editor) == ("s", "west")
    model = editor.view.model()
    shown = [model.index(row, 0).data() for row in range(2)]
    assert shown == ["South  (s)", "west"]
    assert model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == "This is none of the options."


def test_an_item_that_is_no_value_is_marked(make: Make) -> None:
    model = make(ValueType.INT, "1", "x").view.model()
    tips = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) for row in (0, 1)]
    assert tips == ["", "This is not a whole number."]
    assert model.index(1, 0).data(Qt.ItemDataRole.DecorationRole) is not None


def test_a_thousand_items_have_one_editor(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.USER, *(f"user_{n}" for n in range(1_000)))
    height = editor.sizeHint().height()
    press(qtbot, Key.Key_Down)
    type_text(focused(), "0")
    assert items(editor)[:3] == ("user_0", "user_10", "user_2")
    assert len(editor.view.viewport().findChildren(QLineEdit)) == 1
    assert height < 300


def test_the_list_needs_more_room_the_more_items_there_are(make: Make, qtbot: QtBot) -> None:
    editor = make(ValueType.STRING, "one")
    heights = []
    editor.height_changed.connect(lambda: heights.append(editor.sizeHint().height()))
    for _ in range(8):
        press(qtbot, Key.Key_Return)
    assert heights == sorted(set(heights))
    assert len(heights) == 5


def test_a_list_tells_whether_it_is_sent_empty(make: Make) -> None:
    editor = make(ValueType.STRING)
    assert editor.view.when_empty == "an empty list is sent"
    editor.show_row(ValueRow("a", multiple=True, sent=False))
    assert editor.view.when_empty == "not sent"


@pytest.mark.parametrize("kind", [kind for kind in ValueType if kind is not ValueType.JSON])
def test_showing_items_is_no_edit(make: Make, kind: ValueType) -> None:
    editor = make(kind, "one", "two")
    edits: list[object] = []
    editor.edited.connect(lambda: edits.append(1))
    for row in (ValueRow("a", kind, multiple=True, items=("x", "", "z")), ValueRow("a", kind)):
        editor.show_row(row)
        assert items(editor) == row.items
    assert edits == []
