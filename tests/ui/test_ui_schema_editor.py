"""The schema editor: every field by keys, checked as it is edited, nothing lost that it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.rule_parts import CODE, KEPT, LEVEL, OK, kept, known_rule, portal_of, shown
from ui.ui_parts import WAIT, Bench, all_texts, answer, button, by_name, click

from bxgui.core.local_text import LocalText, plain
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.ui.desk import Desk
from bxgui.ui.rules.properties_edit import PropertiesEdit
from bxgui.ui.rules.schema_editor import SchemaEditor

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def editor(bench: Bench, desk: Desk, qtbot: QtBot) -> SchemaEditor:
    return opened(qtbot, bench, desk)


def opened(
    qtbot: QtBot, bench: Bench, desk: Desk, registration: Registration | None = KEPT
) -> SchemaEditor:
    return shown(qtbot, SchemaEditor(desk, known_rule(bench, registration)))


def select(editor: SchemaEditor, name: str) -> PropertiesEdit:
    page = editor.returned
    page.list.setCurrentRow([entry.name for entry in page.schema].index(name))
    page.list.setFocus()
    QApplication.processEvents()
    return page


def edited(editor: SchemaEditor) -> Registration:
    return editor._steps.current


def returned(editor: SchemaEditor) -> list[str]:
    return [entry.name for entry in edited(editor).return_properties]


def listed(editor: SchemaEditor) -> list[str]:
    items = (editor.returned.list.item(row) for row in range(editor.returned.list.count()))
    return [item.text() for item in items]


def the(editor: SchemaEditor, name: str) -> RuleProperty:
    return next(one for one in edited(editor).return_properties if one.name == name)


def retype(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Type another text over the whole one."""
    qtbot.keyClick(widget, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(widget, text)


def save(qtbot: QtBot, editor: SchemaEditor) -> None:
    with qtbot.waitSignal(editor.kept, timeout=WAIT):
        qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)


def found(editor: SchemaEditor) -> list[str]:
    notes = editor.notes
    role = Qt.ItemDataRole.AccessibleTextRole
    items = (notes.item(row) for row in range(notes.count()))
    return [str(item.data(role)) for item in items]


def test_it_shows_what_is_kept(editor: SchemaEditor) -> None:
    assert listed(editor) == ["ok   bool", "level   select"]
    assert editor.tabs.tabText(0) == "Return properties 2"
    assert editor.returned.form.name.text() == "ok"
    assert not editor.is_changed
    assert not button(editor, "Save").isEnabled()


def test_a_property_is_added_named_and_saved_by_keys(
    qtbot: QtBot, editor: SchemaEditor, bench: Bench
) -> None:
    qtbot.keyClick(editor.returned.list, Qt.Key.Key_Insert, ALT)
    assert editor.returned.form.name.hasFocus()
    qtbot.keyClicks(editor.returned.form.name, "comment")
    retype(qtbot, by_name(editor, QLineEdit, "Title (all)"), "Comment")
    save(qtbot, editor)

    new = RuleProperty("comment", title=plain("Comment"), type_name="string")
    assert kept(bench) == replace(KEPT, return_properties=(OK, new, LEVEL))


def test_a_removed_property_can_be_had_again(qtbot: QtBot, editor: SchemaEditor) -> None:
    select(editor, "level")

    qtbot.keyClick(editor.returned.list, Qt.Key.Key_Delete, ALT)
    assert returned(editor) == ["ok"]
    qtbot.keyClick(editor.returned.list, Qt.Key.Key_Z, CONTROL)

    assert edited(editor) == KEPT
    assert listed(editor) == ["ok   bool", "level   select"]
    assert not editor.is_changed
    qtbot.keyClick(editor.returned.list, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert returned(editor) == ["ok"]


def test_what_is_typed_at_one_place_is_one_step(qtbot: QtBot, editor: SchemaEditor) -> None:
    retype(qtbot, editor.returned.form.name, "fine")
    qtbot.keyClick(editor.returned.form.required, Qt.Key.Key_Space)

    click(qtbot, editor, "Undo")
    assert [entry.name for entry in edited(editor).return_properties] == ["fine", "level"]
    assert not editor.returned.form.required.isChecked()
    click(qtbot, editor, "Undo")

    assert edited(editor) == KEPT
    assert editor.returned.form.name.text() == "ok"


def test_properties_are_put_in_another_order_by_keys(qtbot: QtBot, editor: SchemaEditor) -> None:
    select(editor, "level")

    qtbot.keyClick(editor.returned.list, Qt.Key.Key_Up, ALT)
    assert returned(editor) == ["level", "ok"]
    assert editor.returned.list.currentRow() == 0
    qtbot.keyClick(editor.returned.list, Qt.Key.Key_Up, ALT)
    qtbot.keyClick(editor.returned.list, Qt.Key.Key_Down, ALT)

    assert returned(editor) == ["ok", "level"]


def test_a_dragged_property_stays_where_it_is_dropped(qtbot: QtBot, editor: SchemaEditor) -> None:
    model = editor.returned.list.model()
    root = editor.returned.list.rootIndex()

    assert model.moveRow(root, 0, root, 2)

    assert returned(editor) == ["level", "ok"]
    assert listed(editor) == ["level   select", "ok   bool"]
    select(editor, "ok")
    assert editor.returned.form.name.text() == "ok"


def name(qtbot: QtBot, editor: SchemaEditor) -> None:
    retype(qtbot, editor.returned.form.name, "x1")


def title(qtbot: QtBot, editor: SchemaEditor) -> None:
    retype(qtbot, by_name(editor, QLineEdit, "Title (ru)"), "2")


def description(qtbot: QtBot, editor: SchemaEditor) -> None:
    retype(qtbot, by_name(editor, QPlainTextEdit, "Description (all)"), "some words")


def kind(qtbot: QtBot, editor: SchemaEditor) -> None:
    line = editor.returned.form.type.lineEdit()
    assert line is not None
    retype(qtbot, line, "UF:money")


def required(qtbot: QtBot, editor: SchemaEditor) -> None:
    qtbot.keyClick(editor.returned.form.required, Qt.Key.Key_Space)


def multiple(qtbot: QtBot, editor: SchemaEditor) -> None:
    qtbot.keyClick(editor.returned.form.multiple, Qt.Key.Key_Space)


def default(qtbot: QtBot, editor: SchemaEditor) -> None:
    box = by_name(editor.returned.form.default, QComboBox, "Default")
    qtbot.keyClick(box, Qt.Key.Key_Down)


@pytest.mark.parametrize(
    ("act", "after"),
    [
        (name, replace(LEVEL, name="x1")),
        (title, replace(LEVEL, title=LocalText((("en", "Level"), ("ru", "2"))))),
        (description, replace(LEVEL, description=plain("some words"))),
        (kind, replace(LEVEL, type=ValueType.STRING, type_name="UF:money")),
        (required, replace(LEVEL, required=True)),
        (multiple, replace(LEVEL, multiple=True)),
        (default, replace(LEVEL, default="high")),
    ],
)
def test_each_field_is_edited_and_the_others_are_kept(
    act: Callable[[QtBot, SchemaEditor], None],
    after: RuleProperty,
    qtbot: QtBot,
    editor: SchemaEditor,
    bench: Bench,
) -> None:
    select(editor, "level")

    act(qtbot, editor)
    save(qtbot, editor)

    assert kept(bench) == replace(KEPT, return_properties=(OK, after))


def test_a_language_is_added_and_removed(qtbot: QtBot, editor: SchemaEditor) -> None:
    form = editor.returned.form
    form.title._on_language("ru")
    qtbot.keyClicks(by_name(editor, QLineEdit, "Title (ru)"), "1")
    assert the(editor, "ok").title == LocalText((("en", "OK"), ("ru", "1")))
    offered = form.title._add
    offered._fill()
    languages = [action.text() for action in offered.menu().actions()]
    assert "de   Deutsch" in languages
    assert not any(text.startswith(("en ", "ru ")) for text in languages)

    click_named(qtbot, editor, "Remove the language en: Title")

    assert the(editor, "ok").title == LocalText((("ru", "1"),))


def click_named(qtbot: QtBot, editor: SchemaEditor, text: str) -> None:
    qtbot.mouseClick(by_name(editor, QWidget, text), Qt.MouseButton.LeftButton)


def test_options_are_edited_in_their_table(qtbot: QtBot, editor: SchemaEditor) -> None:
    page = select(editor, "level")
    table = page.form.options.table
    table.setCurrentCell(1, 0)
    table.setFocus()

    qtbot.keyClick(table, Qt.Key.Key_Insert, ALT)
    cell = QApplication.focusWidget()
    assert isinstance(cell, QLineEdit)
    qtbot.keyClicks(cell, "top")
    qtbot.keyClick(cell, Qt.Key.Key_Up, ALT)
    write(table, 1, 1, "Top")
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, Qt.Key.Key_Delete, ALT)
    page.form.options._on_language("ru")
    write(table, 0, 2, "Верх")

    top = LocalText((("", "Top"), ("ru", "Верх")))
    assert the(editor, "level").options == (("top", top), ("high", plain("High")))


def write(table: QTableWidget, row: int, column: int, text: str) -> None:
    item = table.item(row, column)
    assert item is not None
    item.setText(text)


def test_a_cell_being_edited_does_not_outlive_the_dialog(
    qtbot: QtBot, editor: SchemaEditor
) -> None:
    page = select(editor, "level")
    page.form.options.table.setFocus()
    qtbot.keyClick(page.form.options.table, Qt.Key.Key_Insert, ALT)
    assert isinstance(QApplication.focusWidget(), QLineEdit)

    editor.close()
    answer(qtbot, editor, "Discard the changes")

    qtbot.waitUntil(lambda: not editor.isVisible(), timeout=WAIT)


def test_a_default_that_is_no_value_yet_stays_as_it_is_typed(
    qtbot: QtBot, bench: Bench, desk: Desk
) -> None:
    days = RuleProperty("days", ValueType.INT, plain("Days"), type_name="int")
    editor = opened(qtbot, bench, desk, replace(KEPT, return_properties=(days,)))
    line = by_name(editor.returned.form.default, QLineEdit, "Default")
    assert line.placeholderText() == "none; for example 0"

    qtbot.keyClicks(line, "5x")
    qtbot.waitUntil(lambda: any("does not fit" in one for one in found(editor)), timeout=WAIT)
    assert the(editor, "days").default == "5x"
    qtbot.keyClick(line, Qt.Key.Key_Backspace)

    qtbot.waitUntil(lambda: not found(editor), timeout=WAIT)
    assert the(editor, "days").default == "5"
    qtbot.mouseClick(editor.returned.form.default._tick, Qt.MouseButton.LeftButton)
    assert the(editor, "days").default is None


def test_a_default_list_is_edited_item_by_item(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    users = RuleProperty("who", ValueType.USER, plain("Who"), multiple=True, type_name="user")
    editor = opened(qtbot, bench, desk, replace(KEPT, return_properties=(users,)))

    click(qtbot, editor.returned.form.default, "+ Add")
    qtbot.keyClicks(QApplication.focusWidget(), "7")

    assert the(editor, "who").default == ["user_7"]


def test_errors_are_listed_marked_and_stop_saving(
    qtbot: QtBot, editor: SchemaEditor, bench: Bench
) -> None:
    retype(qtbot, editor.returned.form.name, "not ok")
    qtbot.waitUntil(lambda: any(one.startswith("Error") for one in found(editor)), timeout=WAIT)
    item = editor.returned.list.item(0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "not ok   bool, has errors"

    qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)

    assert "Mend the errors first: F8 goes to each of them." in all_texts(editor)
    assert editor.isVisible()
    assert kept(bench) == KEPT


def test_two_properties_of_one_name_are_an_error_and_both_stay(
    qtbot: QtBot, editor: SchemaEditor
) -> None:
    select(editor, "level")
    retype(qtbot, editor.returned.form.name, "ok")
    qtbot.waitUntil(lambda: any("there twice" in one for one in found(editor)), timeout=WAIT)

    editor.tabs.setCurrentWidget(editor.rule)
    retype(qtbot, editor.rule.handler, "https://h.example.org/")

    assert returned(editor) == ["ok", "ok"]


def test_f8_goes_from_finding_to_finding(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    odd = replace(LEVEL, type=ValueType.STRING, type_name="enumm", options=())
    editor = opened(
        qtbot,
        bench,
        desk,
        replace(KEPT, return_properties=(OK, odd), properties=(RuleProperty("1"),)),
    )
    qtbot.waitUntil(lambda: len(found(editor)) == 3, timeout=WAIT)

    qtbot.keyClick(editor, Qt.Key.Key_F8)
    assert editor.tabs.currentWidget() is editor.taken
    assert editor.taken.form.name.hasFocus()
    qtbot.keyClick(editor, Qt.Key.Key_F8)
    qtbot.keyClick(editor, Qt.Key.Key_F8)

    assert editor.tabs.currentWidget() is editor.returned
    assert editor.returned.list.currentRow() == 1
    assert editor.returned.form.type.hasFocus()


def test_fields_of_the_rule_are_edited(qtbot: QtBot, editor: SchemaEditor, bench: Bench) -> None:
    editor.tabs.setCurrentWidget(editor.rule)
    rule = editor.rule
    retype(qtbot, by_name(rule, QLineEdit, "NAME (all)"), "New")
    qtbot.keyClicks(by_name(rule, QPlainTextEdit, "DESCRIPTION (all)"), "Why")
    for line, text in zip(rule.document_type, ("crm", "Deal", "DEAL"), strict=True):
        qtbot.keyClicks(line, text)
    qtbot.keyClicks(rule.handler, "https://h.example.org/h/s3cret?x=1")
    qtbot.keyClicks(rule.user, "12")
    qtbot.keyClicks(by_name(rule, QPlainTextEdit, "FILTER"), '{"INCLUDE": [["crm", "Deal"]]}')
    for box in (rule.kind, rule.subscription, rule.placement):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClicks(rule.placement_handler, "https://h.example.org/p")
    save(qtbot, editor)

    now = kept(bench)
    assert now == replace(
        KEPT,
        name=plain("New"),
        description=plain("Why"),
        kind=RuleKind.ACTIVITY,
        document_type=("crm", "Deal", "DEAL"),
        handler="https://h.example.org/h/***?x=1",
        auth_user_id=12,
        use_subscription=False,
        filter={"INCLUDE": [["crm", "Deal"]]},
        use_placement=True,
        placement_handler="https://h.example.org/p",
    )


def test_a_filter_that_is_no_json_stops_saving(
    qtbot: QtBot, editor: SchemaEditor, bench: Bench
) -> None:
    editor.tabs.setCurrentWidget(editor.rule)
    line = by_name(editor.rule, QPlainTextEdit, "FILTER")
    qtbot.keyClicks(line, "{")

    qtbot.waitUntil(lambda: any("FILTER" in one for one in found(editor)), timeout=WAIT)
    assert line.toPlainText() == "{"
    qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert kept(bench) == KEPT
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert edited(editor) == KEPT


def test_closing_with_changes_asks(qtbot: QtBot, editor: SchemaEditor, bench: Bench) -> None:
    retype(qtbot, editor.returned.form.name, "fine")

    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    said = answer(qtbot, editor, "Cancel")
    assert f"Close without saving the schema of {CODE} of portal.example.org?" in said
    assert editor.isVisible()
    editor.close()
    answer(qtbot, editor, "Discard the changes")

    qtbot.waitUntil(lambda: not editor.isVisible(), timeout=WAIT)
    assert kept(bench) == KEPT


def test_closing_without_changes_asks_nothing(qtbot: QtBot, editor: SchemaEditor) -> None:
    qtbot.keyClick(editor, Qt.Key.Key_Escape)

    assert not editor.isVisible()


def test_what_was_kept_meanwhile_is_not_saved_over_unasked(
    qtbot: QtBot, editor: SchemaEditor, bench: Bench
) -> None:
    other = replace(KEPT, name=plain("Other"))
    bench.workspace.rules.keep(portal_of(bench), CODE, other)
    retype(qtbot, editor.returned.form.name, "fine")

    qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    answer(qtbot, editor, "Cancel")
    assert kept(bench) == other
    click(qtbot, editor, "Save")
    with qtbot.waitSignal(editor.kept, timeout=WAIT):
        answer(qtbot, editor, "Save over it")

    now = kept(bench)
    assert now is not None
    assert now.return_properties == (replace(OK, name="fine"), LEVEL)


def test_a_schema_begins_with_nothing(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    editor = opened(qtbot, bench, desk, None)
    assert "No property yet. Add one, or import the registration." in all_texts(editor)

    click(qtbot, editor.returned, "+ Add")
    save(qtbot, editor)

    assert kept(bench) == Registration(
        code=CODE, return_properties=(RuleProperty("Property1", type_name="string"),)
    )


def test_what_was_learned_is_there_to_be_saved(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    rule = known_rule(bench)
    begun = Registration(code=CODE, return_properties=(OK,))

    editor = shown(qtbot, SchemaEditor(desk, rule, begun))

    assert editor.is_changed
    save(qtbot, editor)
    assert kept(bench) == begun


def test_what_it_does_not_know_is_shown_and_kept(qtbot: QtBot, editor: SchemaEditor) -> None:
    select(editor, "level")

    assert "Kept as it is registered: SORT = 5" in all_texts(editor.returned)
    editor.tabs.setCurrentWidget(editor.rule)
    assert 'Kept as it is registered: SOMETHING = "else"' in all_texts(editor.rule)


def test_what_could_not_be_read_goes_when_it_is_decided_about(
    qtbot: QtBot, bench: Bench, desk: Desk
) -> None:
    odd = replace(OK, others=(("REQUIRED", "maybe"), ("SORT", 1)))
    editor = opened(qtbot, bench, desk, replace(KEPT, return_properties=(odd,)))

    qtbot.keyClick(editor.returned.form.required, Qt.Key.Key_Space)

    assert the(editor, "ok") == replace(OK, required=True, others=(("SORT", 1),))


def test_enter_in_a_field_neither_saves_nor_closes(
    qtbot: QtBot, editor: SchemaEditor, bench: Bench
) -> None:
    retype(qtbot, editor.returned.form.name, "fine")
    qtbot.keyClick(editor.returned.form.name, Qt.Key.Key_Return)

    assert editor.isVisible()
    assert kept(bench) == KEPT


def test_tab_comes_through_the_fields_in_their_order(qtbot: QtBot, editor: SchemaEditor) -> None:
    form = select(editor, "level").form
    form.title._on_language("de")
    wanted: list[QWidget] = [
        form.name,
        *form.title.findChildren(QLineEdit),
        form.type,
        form.required,
        form.multiple,
        form.options.table,
        form.default._tick,
        by_name(form.default, QComboBox, "Default"),
        *form.description.findChildren(QPlainTextEdit),
        editor.notes,
    ]

    assert_reached(qtbot, wanted)


def test_tab_comes_through_the_fields_of_the_rule(qtbot: QtBot, editor: SchemaEditor) -> None:
    editor.tabs.setCurrentWidget(editor.rule)
    rule = editor.rule
    rule.name._on_language("ru")
    wanted: list[QWidget] = [
        rule.kind,
        *rule.name.findChildren(QLineEdit),
        *rule.description.findChildren(QPlainTextEdit),
        rule.subscription,
        *rule.document_type,
        rule.handler,
        rule.user,
        *rule.filter.findChildren(QPlainTextEdit),
        rule.placement,
        rule.placement_handler,
        editor.notes,
    ]

    assert_reached(qtbot, wanted)


def assert_reached(qtbot: QtBot, wanted: list[QWidget]) -> None:
    """Check that Tab comes through these, as far as they are seen, in their order."""
    seen = [one for one in wanted if one.isVisible()]
    found = [one for one in reached(qtbot, seen[0]) if one in seen]
    assert list(map(said, found)) == list(map(said, seen))


def said(widget: QWidget) -> str:
    return widget.accessibleName() or str(widget)


def reached(qtbot: QtBot, first: QWidget) -> list[QWidget]:
    """Where the Tab key halts on its way round."""
    QApplication.processEvents()
    first.setFocus()
    found = [first]
    for _ in range(80):
        qtbot.keyClick(found[-1], Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is first or now is None:
            break
        found.append(now)
    return found
