"""How a portal is sent dates: chosen where dates are typed, kept for the portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, Bench, button, by_name, click, desk_of, pick, post, wait_for_rows

from bxgui.core.dates import SITE_DATES, DateFormat, DateStyle
from bxgui.core.json_values import JsonValue
from bxgui.ui.date_format_dialog import DateFormatDialog
from bxgui.ui.finding_entry import FindingEntry
from bxgui.ui.main_window import MainWindow
from bxgui.ui.reply_form import ReplyForm

RULE: dict[str, JsonValue] = {"Due": {"TYPE": "date"}, "At": {"TYPE": "datetime"}}


@pytest.fixture
def form(bench: Bench, window: MainWindow, qtbot: QtBot) -> ReplyForm:
    """The form of a rule that returns dates."""
    (call_id,) = bench.take(post(1))
    portal = bench.workspace.trust_call(bench.call(call_id))
    bench.workspace.keep_registration(portal.key, "approve_invoice", RULE)
    window.resize(1300, 1000)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [call_id])
    pick(qtbot, window, call_id)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    return window.call_view.form


@pytest.fixture
def dialog(bench: Bench, qtbot: QtBot) -> Iterator[DateFormatDialog]:
    (call_id,) = bench.take(post(1))
    portal = bench.call(call_id).portal
    assert portal is not None
    made = DateFormatDialog(portal, bench.clock())
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def opened(window: MainWindow) -> DateFormatDialog:
    (found,) = [one for one in window.findChildren(DateFormatDialog) if one.isVisible()]
    return found


def texts_of(dialog: DateFormatDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_the_format_is_chosen_from_the_menu_of_a_date(
    bench: Bench, window: MainWindow, form: ReplyForm, qtbot: QtBot
) -> None:
    edit = by_name(form, QLineEdit, "Value of Due")
    edit.setFocus()
    qtbot.keyClicks(edit, "12/31/2026")
    assert [one.given for one in form.findings()] == ["12/31/2026"]
    qtbot.keyClick(edit, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    (menu,) = [one for one in form.findChildren(QMenu) if one.isVisible()]
    (action,) = [one for one in menu.actions() if "sent dates" in one.text()]
    action.trigger()
    menu.close()
    dialog = opened(window)
    assert dialog.date_format == SITE_DATES
    button(dialog, "MM/DD/YYYY").click()
    click(qtbot, dialog, "Save")
    qtbot.waitUntil(lambda: form.findings() == [], timeout=WAIT)
    portal = bench.workspace.portals()[0]
    assert portal.date_format == DateFormat(DateStyle.AMERICAN)
    assert form.values() == [("Due", "12/31/2026")]
    assert by_name(form, QLineEdit, "Value of Due").toolTip() == ""


def test_the_format_is_chosen_from_a_finding_about_a_date(
    bench: Bench, window: MainWindow, form: ReplyForm, qtbot: QtBot
) -> None:
    qtbot.keyClicks(by_name(form, QLineEdit, "Value of At"), "never")
    QApplication.processEvents()
    (entry,) = form.findChildren(FindingEntry)
    click(qtbot, entry, "Dates…")
    click(qtbot, opened(window), "Cancel")
    assert bench.workspace.portals()[0].date_format == SITE_DATES


def test_the_menu_of_other_values_offers_no_format(
    form: ReplyForm, qtbot: QtBot, window: MainWindow
) -> None:
    form._rows.add_row()
    focused: Any = QApplication.focusWidget()
    qtbot.keyClick(focused, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    (menu,) = [one for one in form.findChildren(QMenu) if one.isVisible()]
    assert not any("sent dates" in one.text() for one in menu.actions())
    menu.close()


def test_a_call_of_no_portal_has_no_format_to_choose(window: MainWindow, form: ReplyForm) -> None:
    call = window.call_view.call
    assert call is not None
    window.call_view.call = replace(call, portal=None)
    form.dates_asked.emit()
    assert window.findChildren(DateFormatDialog) == []


def test_every_style_is_shown_with_today_in_it(dialog: DateFormatDialog) -> None:
    now = dialog._now
    texts = texts_of(dialog)
    for example in (
        f"{now:%d.%m.%Y %H:%M:%S}",
        f"{now:%m/%d/%Y %H:%M:%S}",
        f"{now:%d/%m/%Y %H:%M:%S}",
        f"{now:%Y-%m-%d %H:%M:%S}",
        f"{now:%Y-%m-%dT%H:%M:%S+00:00}",
        str(int(now.timestamp())),
    ):
        assert example in texts
    assert any("shifts a date with an offset" in text for text in texts)


def test_the_clock_of_the_portal_moves_the_examples(dialog: DateFormatDialog) -> None:
    clock = by_name(dialog, QComboBox, "The portal's clock")
    clock.setCurrentText("UTC+03:00")
    button(dialog, "ISO 8601").click()
    assert dialog.date_format == DateFormat(DateStyle.ISO, 180)
    assert any(text.endswith("+03:00") for text in texts_of(dialog))


def test_an_odd_clock_is_kept(bench: Bench, qtbot: QtBot) -> None:
    (call_id,) = bench.take(post(1))
    portal = bench.call(call_id).portal
    assert portal is not None
    odd = DateFormat(DateStyle.ISO, 17)
    dialog = DateFormatDialog(replace(portal, date_format=odd), bench.clock())
    qtbot.addWidget(dialog)
    assert dialog.date_format == odd
    assert by_name(dialog, QComboBox, "The portal's clock").currentText() == "UTC+00:17"
