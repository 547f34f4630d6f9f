"""The rows of the reply form: what they tell, unset and empty, problems, the way of the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.ui_parts import all_texts, by_name, click, type_text

from bxgui.core.dates import SITE_DATES, DateFormat, DateStyle
from bxgui.core.local_text import plain, read_local_text
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui.value_row import RowView
from bxgui.ui.value_rows_view import ValueRowsView

Key = Qt.Key
DAYS = RuleProperty(
    "Days",
    ValueType.INT,
    title=read_local_text({"de": "Tage", "en": "Days to pay"}),
    description=plain("How long it may take."),
    required=True,
    default=5,
)
NOTE = RuleProperty("Note")
TAGS = RuleProperty("Tags", multiple=True, default=["a", "b"])
SUM = RuleProperty("Sum", type_name="UF:money", description=plain("In the deal's currency."))
ODD = RuleProperty("Odd", type_name="geo")
ACT = RuleProperty("Act", ValueType.FILE, type_name="file")


@pytest.fixture
def view(qtbot: QtBot) -> ValueRowsView:
    made = ValueRowsView()
    qtbot.addWidget(made)
    made.resize(480, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def unset(*entries: RuleProperty) -> list[ValueRow]:
    """An untouched form of a schema."""
    return [
        ValueRow(entry.name, entry.type, entry.multiple, sent=False, entry=entry)
        for entry in entries
    ]


def row_view(view: ValueRowsView, name: str) -> RowView:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    (found,) = [one for one in view.findChildren(RowView) if one.row.name == name]
    return found


def line(view: ValueRowsView, name: str) -> QLineEdit:
    return by_name(view, QLineEdit, f"Value of {name}")


def tick(view: ValueRowsView, name: str) -> QCheckBox:
    return by_name(view, QCheckBox, f"Send {name}")


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def menu_of(view: ValueRowsView) -> QMenu:
    (menu,) = [one for one in view.findChildren(QMenu) if one.isVisible()]
    return menu


def choose(qtbot: QtBot, view: ValueRowsView, *texts: str) -> None:
    """Open the menu of the row with the cursor, and choose by keyboard."""
    qtbot.keyClick(focused(), Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    menu = menu_of(view)
    for text in texts[:-1]:
        (inner,) = [one.menu() for one in menu.actions() if one.text() == text]
        assert isinstance(inner, QMenu)
        menu.close()
        menu = inner
    (action,) = [one for one in menu.actions() if one.text() == texts[-1]]
    action.trigger()
    menu.close()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)


def offered(view: ValueRowsView, name: str) -> list[str]:
    by_name(view, QToolButton, f"Menu of {name}").click()
    menu = menu_of(view)
    found = [one.text() for one in menu.actions() if one.isEnabled()]
    menu.close()
    return found


def test_a_row_tells_title_name_type_description_and_default(view: ValueRowsView) -> None:
    view.show_rows(unset(DAYS, NOTE))
    assert tick(view, "Days").text() == "Days to pay *"
    assert row_view(view, "Days").told() == ("Days", "int", "How long it may take.")
    assert "default: 5" in all_texts(view)
    assert row_view(view, "Note").told() == ("", "string", "")
    described = line(view, "Days").accessibleDescription()
    for told in ("Days to pay", "int", "required", "How long it may take.", "default: 5"):
        assert told in described
        assert told in row_view(view, "Days").toolTip()


@pytest.mark.parametrize(
    ("entry", "kind", "note"),
    [
        (
            SUM,
            "UF:money",
            "In the deal's currency. · a type of the document: sent as the text you write",
        ),
        (ODD, "geo", "a type of the document: sent as the text you write"),
        (ACT, "file", "a file's id, not its content"),
        (TAGS, "string list", ""),
    ],
)
def test_a_row_tells_what_is_special_of_its_type(
    view: ValueRowsView, entry: RuleProperty, kind: str, note: str
) -> None:
    view.show_rows(unset(entry))
    assert row_view(view, entry.name).told()[1:] == (kind, note)


def test_a_value_outside_the_schema_is_marked_once_a_schema_is_known(view: ValueRowsView) -> None:
    view.show_rows([ValueRow("more")])
    assert row_view(view, "more").told()[2] == ""
    view.show_rows([*unset(NOTE), ValueRow("more")])
    assert row_view(view, "more").told()[2] == "not in the rule's schema"
    click_add(view)
    assert row_view(view, "").told()[2] == "not in the rule's schema"


def click_add(view: ValueRowsView) -> None:
    view.add_row()
    QApplication.processEvents()


def test_unset_and_empty_are_chosen_by_keyboard(view: ValueRowsView, qtbot: QtBot) -> None:
    view.show_rows(unset(DAYS))
    line(view, "Days").setFocus()
    assert line(view, "Days").placeholderText().startswith("not sent")
    choose(qtbot, view, "Send empty")
    assert view.rows() == [ValueRow("Days", ValueType.INT, entry=DAYS)]
    assert line(view, "Days").placeholderText() == "sent empty"
    assert tick(view, "Days").isChecked()
    choose(qtbot, view, "Leave unset")
    assert view.rows() == unset(DAYS)
    assert not tick(view, "Days").isChecked()
    tick(view, "Days").setFocus()
    qtbot.keyClick(focused(), Key.Key_Space)
    assert view.rows()[0].sent
    assert line(view, "Days").placeholderText() == "sent empty"


def test_typing_sends_and_an_emptied_line_is_sent_empty(view: ValueRowsView, qtbot: QtBot) -> None:
    view.show_rows(unset(NOTE))
    qtbot.keyClicks(line(view, "Note"), "x")
    assert tick(view, "Note").isChecked()
    qtbot.keyClick(line(view, "Note"), Key.Key_Backspace)
    assert view.rows() == [ValueRow("Note", entry=NOTE)]
    assert line(view, "Note").placeholderText() == "sent empty"


def test_a_list_is_sent_empty(view: ValueRowsView, qtbot: QtBot) -> None:
    view.show_rows(unset(TAGS))
    row_view(view, "Tags").set_focus()
    choose(qtbot, view, "Send an empty list")
    assert view.rows() == [ValueRow("Tags", multiple=True, entry=TAGS)]


@pytest.mark.parametrize("by_mouse", [False, True])
@pytest.mark.parametrize(
    ("entry", "text", "items"), [(DAYS, "5", ()), (TAGS, "", ("a", "b"))], ids=["one", "list"]
)
def test_a_default_is_taken(
    view: ValueRowsView,
    qtbot: QtBot,
    by_mouse: bool,
    entry: RuleProperty,
    text: str,
    items: tuple[str, ...],
) -> None:
    view.show_rows(unset(entry))
    if by_mouse:
        (found,) = [
            one for one in view.findChildren(QToolButton) if one.text().startswith("default:")
        ]
        found.click()
    else:
        row_view(view, entry.name).set_focus()
        default = "5" if entry is DAYS else "a, b"
        choose(qtbot, view, f"Take the default: {default}")
    (row,) = view.rows()
    assert (row.text, row.items, row.sent) == (text, items, True)


def test_a_flag_left_unset_in_its_box_is_not_sent(view: ValueRowsView, qtbot: QtBot) -> None:
    flag = RuleProperty("Approved", ValueType.BOOL)
    view.show_rows([ValueRow("Approved", ValueType.BOOL, text="Y", entry=flag)])
    box = by_name(view, QComboBox, "Value of Approved")
    box.setFocus()
    qtbot.keyClick(box, Key.Key_Home)
    assert view.rows() == unset(flag)
    assert not tick(view, "Approved").isChecked()


def test_a_date_is_checked_as_the_portal_is_sent_dates(view: ValueRowsView, qtbot: QtBot) -> None:
    due = RuleProperty("Due", ValueType.DATE)
    american = DateFormat(DateStyle.AMERICAN)
    for dates, is_date in ((SITE_DATES, False), (american, True)):
        view.show_rows([ValueRow("Due", ValueType.DATE, text="12/31/2026", entry=due)], dates)
        assert (line(view, "Due").toolTip() == "") is is_date


def test_the_menu_offers_what_fits(view: ValueRowsView) -> None:
    view.show_rows([*unset(DAYS), ValueRow("more", text="x")])
    assert offered(view, "Days") == ["Send empty", "Take the default: 5", "Change type"]
    assert offered(view, "more") == ["Leave unset", "Send empty", "Remove this value"]


def test_another_type_for_a_value_of_the_schema(view: ValueRowsView, qtbot: QtBot) -> None:
    view.show_rows(unset(DAYS, NOTE))
    qtbot.keyClicks(line(view, "Note"), "one")
    line(view, "Note").setFocus()
    choose(qtbot, view, "Change type", "text")
    assert by_name(view, QPlainTextEdit, "Value of Note").toPlainText() == "one"
    assert focused() is by_name(view, QPlainTextEdit, "Value of Note")
    assert row_view(view, "Note").told() == ("", "text", "registered as string")
    assert view.rows()[1] == ValueRow("Note", ValueType.TEXT, text="one", entry=NOTE)


def test_the_way_of_tab_follows_the_schema(view: ValueRowsView, qtbot: QtBot) -> None:
    """Also through rows made later than those after them."""
    entries = [RuleProperty(f"n{number}") for number in range(60)]
    view.show_rows(unset(*entries))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: view.is_complete)
    tick(view, "n0").setFocus()
    found = []
    for _ in range(120):
        found.append(focused().accessibleName())
        qtbot.keyClick(focused(), Key.Key_Tab)
    assert found == [f"{what} n{n}" for n in range(60) for what in ("Send", "Value of")]
    assert focused().accessibleName() != found[-1]
    for name in reversed(found):
        qtbot.keyClick(focused(), Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert focused().accessibleName() == name


def test_tab_passes_through_every_kind_of_row(view: ValueRowsView, qtbot: QtBot) -> None:
    rows = [
        *unset(DAYS, TAGS, RuleProperty("Text", ValueType.TEXT), SUM),
        ValueRow("Lists", multiple=True, items=("x", "y")),
        ValueRow("more"),
    ]
    view.show_rows(rows)
    qtbot.waitUntil(lambda: view.is_complete)
    tick(view, "Days").setFocus()
    found = []
    for _ in range(17):
        found.append(focused().accessibleName())
        qtbot.keyClick(focused(), Key.Key_Tab)
    assert found == [
        *("Send Days", "Value of Days", "Send Tags", "Value of Tags", "Add item (Alt+Ins)"),
        *("Send Text", "Value of Text", "Send Sum", "Value of Sum"),
        *("Send Lists", "Name of the value", "Type of Lists", "Item 1 of Value of Lists"),
        "Add item (Alt+Ins)",
        *("Send more", "Name of the value", "Type of more"),
    ]


def test_rows_in_sight_are_made_at_once_and_the_others_soon(
    view: ValueRowsView, qtbot: QtBot
) -> None:
    view.show_rows(unset(*(RuleProperty(f"n{number}") for number in range(300))))
    made = [one for one in view.findChildren(RowView) if one.is_built]
    assert 10 <= len(made) <= 60
    assert not view.is_complete
    qtbot.waitUntil(lambda: view.is_complete)
    assert all(one.is_built for one in view.findChildren(RowView))


def test_scrolling_makes_the_rows_that_come_into_sight(view: ValueRowsView, qtbot: QtBot) -> None:
    view.show_rows(unset(*(RuleProperty(f"n{number}") for number in range(3_000))))
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 3_000 * 20)
    bar.setValue(bar.maximum())
    assert row_view(view, "n2999").is_built
    assert not row_view(view, "n1500").is_built


def test_a_row_that_is_not_made_yet_is_in_the_form_all_the_same(view: ValueRowsView) -> None:
    rows = [ValueRow(f"n{number}", text=str(number)) for number in range(300)]
    view.show_rows(rows)
    assert view.rows() == rows
    view.go_to(299)
    assert focused().accessibleName() == "Value of n299"


def test_a_schema_shown_again_keeps_its_widgets(view: ValueRowsView) -> None:
    view.show_rows(unset(DAYS, NOTE))
    before = line(view, "Note")
    view.show_rows([*unset(DAYS), ValueRow("Note", text="x", entry=NOTE)])
    assert line(view, "Note") is before
    assert before.text() == "x"


def test_lines_pasted_into_a_string_make_the_row_grow(view: ValueRowsView, qtbot: QtBot) -> None:
    view.show_rows([*unset(NOTE), ValueRow("more")])
    before = row_view(view, "Note").height()
    QGuiApplication.clipboard().setText("one\ntwo\nthree\nfour")
    line(view, "Note").setFocus()
    qtbot.keyClick(focused(), Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert view.rows()[0].text == "one\ntwo\nthree\nfour"
    assert row_view(view, "Note").height() > before
    type_text(focused(), "!")
    assert view.rows()[0].text == "one\ntwo\nthree\nfour!"
    assert has_room(by_name(view, QPlainTextEdit, "Value of Note"))


def has_room(edit: QPlainTextEdit) -> bool:
    """Whether all lines can be seen."""
    needed = edit.blockCount() * edit.fontMetrics().lineSpacing()
    return edit.visibleRegion().boundingRect().height() >= needed


def test_several_lines_have_room_from_the_first(view: ValueRowsView) -> None:
    lines = "one\ntwo\nthree\nfour"
    view.show_rows([ValueRow("a", text=lines), ValueRow("b", ValueType.TEXT, text=lines)])
    assert has_room(by_name(view, QPlainTextEdit, "Value of a"))
    assert has_room(by_name(view, QPlainTextEdit, "Value of b"))


def test_an_added_value_is_named_typed_and_removed(view: ValueRowsView, qtbot: QtBot) -> None:
    edits: list[int] = []
    view.edited.connect(lambda: edits.append(1))
    view.show_rows(unset(NOTE))
    click(qtbot, view, "Add value")
    type_text(focused(), "Ещё")
    assert line(view, "Ещё").isVisible()
    assert view.rows()[1] == ValueRow("Ещё")
    choose(qtbot, view, "Remove this value")
    assert view.rows() == unset(NOTE)
    assert focused().accessibleName() == "Value of Note"
    assert len(edits) == 5
