"""The page of portals: listed, added, set up, trusted, moved and forgotten."""

from __future__ import annotations

from pathlib import Path

import certificates
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.portal_parts import PageBench
from ui.rule_parts import opened_dialog
from ui.ui_parts import WAIT, answer, button, by_name, click, open_question, pick, post, questions
from ui.ui_parts import Bench as WindowBench

from bxgui.core.authorization import DEFAULT_ORDER, Source
from bxgui.core.dates import DateFormat, DateStyle
from bxgui.core.explanations import BY_KEY
from bxgui.core.outcome import Verdict
from bxgui.core.rate import Rate
from bxgui.core.reach import Reach
from bxgui.core.redact import fingerprint
from bxgui.services.authorization_problem import problem_of
from bxgui.ui import language
from bxgui.ui.date_format_dialog import DateFormatDialog
from bxgui.ui.main_window import MainWindow
from bxgui.ui.portals.add_dialog import AddDialog
from bxgui.ui.portals.move_dialog import MoveDialog
from bxgui.ui.portals.portal_settings_dialog import PortalSettingsDialog
from bxgui.ui.portals.portals_dialog import PortalsDialog
from bxgui.ui.portals.task import PortalTask
from bxgui.ui.portals.trust_choice import TrustChoice
from bxgui.ui.problem_texts import problem_text


def add(shown: PageBench) -> AddDialog:
    click(shown.qtbot, shown.page, "Add a portal…")
    return opened_dialog(shown.qtbot, shown.window, AddDialog)


def test_page_without_portals_says_how_one_becomes_known(shown: PageBench) -> None:
    shown.wait_for_text("No portal is known yet.")
    assert shown.tells("can be added by hand")
    assert button(shown.page, "Add a portal…").isEnabled()


def test_portal_that_has_called_is_shown_with_all_that_is_known(shown: PageBench) -> None:
    shown.bench.catch()
    shown.bench.enter_application()
    portal = shown.portal

    shown.wait_for_portals(portal.host)
    shown.wait(lambda: shown.states() == ["trusted"])
    for text in (portal.endpoint, portal.member_id, fingerprint(portal.application_digest)):
        assert shown.tells(text)
    assert shown.tells("Trusted since")
    assert shown.tells("The newest is valid until")
    shown.wait_for_text("It gets its tokens by the newest call, with the next request.")
    assert shown.tells("No address is entered.")


def test_portal_is_added_by_hand_and_shown(shown: PageBench) -> None:
    shown.bench.workspace.portal_book.add("https://first.example.org/rest/")
    shown.wait_for_portals("first.example.org")
    dialog = add(shown)
    assert not button(dialog, "Add and trust").isEnabled()
    dialog.address.setText("portal.example.org/crm/deal/")
    dialog.name.setText("Head office")

    shown.wait_for_text("Its methods are at https://portal.example.org/rest/")
    click(shown.qtbot, dialog, "Add and trust")

    shown.wait_for_portals("first.example.org", "Head office")
    shown.wait_for_text("Added: Head office.")
    current = shown.page.current
    assert current is not None
    assert current.portal.endpoint == "https://portal.example.org/rest/"
    assert current.portal.trusted


def test_what_is_no_address_cannot_be_added(shown: PageBench) -> None:
    dialog = add(shown)

    dialog.address.setText("ftp://portal.example.org")

    assert shown.tells("This is not the address of a portal.")
    assert not button(dialog, "Add and trust").isEnabled()


def test_plain_http_is_allowed_by_the_name_of_the_host(shown: PageBench) -> None:
    dialog = add(shown)
    dialog.address.setText("http://box.local.net")
    assert not button(dialog, "Add and trust").isEnabled()

    button(dialog, "Allow plain http to box.local.net").click()
    dialog.address.setText("http://other.local.net")
    assert not button(dialog, "Add and trust").isEnabled()
    button(dialog, "Allow plain http to other.local.net").click()
    click(shown.qtbot, dialog, "Add and trust")

    shown.wait_for_portals("other.local.net")
    assert shown.portal.reach == Reach(plain_http_host="other.local.net")
    shown.wait_for_text("allowed to other.local.net")


def test_order_is_changed_by_keys_and_stays(shown: PageBench) -> None:
    shown.add_portal(webhook=True)
    earlier = shown.card(Source.WEBHOOK).earlier
    wanted = (Source.WEBHOOK, Source.CALL, Source.APPLICATION)

    earlier.setFocus()
    shown.qtbot.keyClick(earlier, Qt.Key.Key_Space)
    shown.qtbot.keyClick(earlier, Qt.Key.Key_Space)

    shown.wait(lambda: shown.portal.order == wanted)
    assert not earlier.isEnabled()
    assert shown.card(Source.WEBHOOK).later.hasFocus()
    shown.wait(lambda: shown.page.current is not None and shown.page.current.portal.order == wanted)
    texts = [shown.card(source).use.text() for source in wanted]
    assert texts == ["1. An incoming webhook", "2. Tokens of its calls", "3. The application"]


def test_source_can_be_left_out_but_not_the_last(shown: PageBench) -> None:
    shown.add_portal()
    for source in (Source.CALL, Source.APPLICATION):
        shown.card(source).use.click()

    shown.wait(lambda: shown.portal.order == (Source.WEBHOOK,))
    assert not shown.card(Source.WEBHOOK).use.isEnabled()
    assert shown.card(Source.CALL).use.text() == "Tokens of its calls (not tried)"
    shown.card(Source.CALL).use.click()
    shown.wait(lambda: shown.portal.order == (Source.WEBHOOK, Source.CALL))


def test_trust_in_a_caller_is_asked_for_with_what_it_is_bound_to(shown: PageBench) -> None:
    shown.bench.catch(trusted=False)
    shown.wait_for_portals(shown.portal.host)
    assert shown.states() == ["not trusted"]
    assert not shown.can(PortalTask.ENTER_WEBHOOK)
    assert not button(shown.page, "Test").isEnabled()

    shown.press(PortalTask.TRUST)
    said = answer(shown.qtbot, shown.page, "Trust this portal")

    assert shown.portal.endpoint in said
    assert shown.portal.member_id in said
    shown.wait(lambda: shown.portal.trusted)
    shown.wait(lambda: shown.states() == ["trusted"])


def test_impatient_clicks_ask_about_trust_once(shown: PageBench) -> None:
    shown.bench.catch(trusted=False)
    shown.wait(lambda: shown.can(PortalTask.TRUST))

    for _ in range(3):
        # An answer that came between two clicks has opened the question over the page already.
        if not questions(shown.page):
            shown.press(PortalTask.TRUST)
    answer(shown.qtbot, shown.page, "Cancel")

    shown.wait_until_only_page()
    shown.press(PortalTask.TRUST)
    answer(shown.qtbot, shown.page, "Trust this portal")
    shown.wait(lambda: shown.portal.trusted)


def test_page_that_is_closed_meanwhile_asks_nothing_more(shown: PageBench) -> None:
    shown.bench.catch(trusted=False)
    shown.wait(lambda: shown.can(PortalTask.TRUST))

    shown.page.card.tasks[PortalTask.TRUST].click()
    shown.page.close_page()

    shown.wait(lambda: not shown.window.findChildren(QDialog))


def test_order_that_cannot_be_kept_is_told_though_the_page_is_closed(shown: PageBench) -> None:
    portal = shown.add_portal()
    shown.bench.workspace.portal_book.forget(portal.key)

    with shown.qtbot.waitSignal(shown.desk.trouble, timeout=WAIT) as told:
        shown.card(Source.WEBHOOK).earlier.click()
        shown.page.close_page()

    assert "was forgotten meanwhile" in told.args[0]


def test_trust_is_bound_to_the_call_that_is_chosen_where_calls_differ(shown: PageBench) -> None:
    shown.bench.catch(trusted=False)
    later = shown.bench.catch(trusted=False, application_token="f" * 32)
    shown.wait_for_portals(shown.portal.host)

    choice = shown.begin(PortalTask.TRUST, TrustChoice)
    assert not button(choice, "Go on…").isEnabled()
    assert len(choice.choices) == 2
    choice.choices[0].click()
    click(shown.qtbot, choice, "Go on…")
    answer(shown.qtbot, shown.page, "Trust this portal")

    shown.wait(lambda: shown.portal.trusted)
    assert shown.portal.application_digest == later.application_digest


def test_trust_is_taken_back_after_a_question_and_given_again(shown: PageBench) -> None:
    shown.add_portal(webhook=True)

    shown.press(PortalTask.DISTRUST)
    said = answer(shown.qtbot, shown.page, "Cancel")
    assert "Take the trust in Office back?" in said
    assert shown.portal.trusted
    shown.press(PortalTask.DISTRUST)
    answer(shown.qtbot, shown.page, "Take it back")
    shown.wait(lambda: shown.states() == ["not trusted"])
    shown.press(PortalTask.TRUST)
    said = answer(shown.qtbot, shown.page, "Trust this portal")

    assert shown.portal.endpoint in said
    shown.wait(lambda: shown.states() == ["trusted"])


def test_forgetting_asks_first_and_says_what_stays(shown: PageBench) -> None:
    shown.add_portal(webhook=True)

    shown.press(PortalTask.FORGET)
    said = answer(shown.qtbot, shown.page, "Cancel")
    assert "Forget the portal Office?" in said
    assert "Its calls, replies and rules stay." in said
    assert shown.portal.trusted
    shown.press(PortalTask.FORGET)
    answer(shown.qtbot, shown.page, "Forget it")

    shown.wait_for_portals()
    shown.wait_for_text("Forgotten: Office.")
    assert not any("portal" in name for _, name in shown.bench.keyring.passwords)


def test_portal_is_moved_and_its_secrets_with_it(shown: PageBench) -> None:
    shown.add_portal(webhook=True)
    shown.bench.client.served.rename()

    dialog = shown.begin(PortalTask.MOVE, MoveDialog)
    dialog.address.setText(shown.portal.endpoint)
    assert not button(dialog, "Move it there").isEnabled()
    dialog.address.setText(shown.bench.client.served.endpoint)
    assert shown.tells("Its secrets will go to")
    click(shown.qtbot, dialog, "Move it there")

    shown.wait_until_only_page()
    assert shown.portal.endpoint == shown.bench.client.served.endpoint
    (report,) = shown.bench.workspace.portal_book.test(shown.portal.key)
    assert report.works


def test_only_a_trusted_portal_can_be_moved(shown: PageBench) -> None:
    portal = shown.add_portal()
    shown.bench.workspace.distrust(portal.key)

    shown.wait(lambda: shown.states() == ["not trusted"])

    assert not shown.can(PortalTask.MOVE)
    assert shown.can(PortalTask.FORGET)


def test_portal_is_moved_to_plain_http_only_after_a_tick_that_names_its_host(
    shown: PageBench,
) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.MOVE, MoveDialog)
    assert not dialog.http.isVisible()

    dialog.address.setText("http://box.local.net")
    assert dialog.http.tick.text() == "Allow plain http to box.local.net"
    assert not button(dialog, "Move it there").isEnabled()
    dialog.http.tick.click()
    click(shown.qtbot, dialog, "Move it there")

    shown.wait_until_only_page()
    assert shown.portal.endpoint == "http://box.local.net/rest/"
    assert shown.portal.reach.plain_http_host == "box.local.net"


def test_tick_for_one_host_is_none_for_the_next(shown: PageBench) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.MOVE, MoveDialog)
    dialog.address.setText("http://box.local.net")
    dialog.http.tick.click()

    dialog.address.setText("http://other.local.net")

    assert not dialog.http.tick.isChecked()
    assert not button(dialog, "Move it there").isEnabled()


def test_settings_change_only_what_was_changed(shown: PageBench) -> None:
    portal = shown.add_portal()
    dialog = shown.begin(PortalTask.SETTINGS, PortalSettingsDialog)
    order = (Source.WEBHOOK,)
    settings = type(portal.settings)("Office", order, Rate(3.25, 60), Reach())
    shown.bench.workspace.portal_book.change(portal.key, settings)

    dialog.name.setText("Head office")
    click(shown.qtbot, dialog, "Save")

    shown.wait_for_portals("Head office")
    assert shown.portal.order == order
    assert shown.portal.rate == Rate(3.25, 60)


def test_rate_is_set(shown: PageBench) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.SETTINGS, PortalSettingsDialog)

    dialog.per_second.setValue(5)
    dialog.burst.setValue(250)
    click(shown.qtbot, dialog, "Save")

    shown.wait_for_text("5 requests a second, 250 at once")
    assert shown.portal.rate == Rate(5, 250)
    assert shown.portal.order == DEFAULT_ORDER


def test_ca_file_of_no_use_is_refused_and_what_was_typed_stays(
    shown: PageBench, tmp_path: Path
) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.SETTINGS, PortalSettingsDialog)
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("nothing", "utf-8")

    dialog.ca_file.setText(str(wrong))
    click(shown.qtbot, dialog, "Save")

    shown.wait_for_text("it holds no certificates in PEM")
    assert dialog.ca_file.text() == str(wrong)
    click(shown.qtbot, dialog, "Remove")
    click(shown.qtbot, dialog, "Save")
    shown.wait_until_only_page()
    assert shown.portal.reach.ca_file == ""


def test_ca_file_is_chosen_and_shown(
    shown: PageBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.add_portal()
    file = tmp_path / "authority.pem"
    certificates.authority().cert_pem.write_to_path(str(file))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_rest: (str(file), ""))
    dialog = shown.begin(PortalTask.SETTINGS, PortalSettingsDialog)

    click(shown.qtbot, dialog, "Choose…")
    click(shown.qtbot, dialog, "Save")

    shown.wait_until_only_page()
    assert shown.portal.reach.ca_file == str(file)
    shown.wait_for_text(str(file))


def test_plain_http_is_asked_about_once_more_in_the_settings(shown: PageBench) -> None:
    portal = shown.bench.workspace.portal_book.add("https://box.local.net/rest/", "Office")
    shown.wait_for_portals("Office")
    dialog = shown.begin(PortalTask.SETTINGS, PortalSettingsDialog)
    button(dialog, "Allow plain http to box.local.net").click()

    click(shown.qtbot, dialog, "Save")
    said = answer(shown.qtbot, shown.page, "Cancel")
    assert "Allow plain http to box.local.net?" in said
    assert dialog.isVisible()
    click(shown.qtbot, dialog, "Save")
    answer(shown.qtbot, shown.page, "Allow it")

    shown.wait_until_only_page()
    assert shown.bench.workspace.portal_book.find(portal.key).reach.plain_http_host == (
        "box.local.net"
    )


def test_changed_settings_are_lost_only_after_a_yes(shown: PageBench) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.SETTINGS, PortalSettingsDialog)
    dialog.name.setText("Head office")

    shown.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    answer(shown.qtbot, shown.page, "Cancel")
    assert dialog.name.text() == "Head office"
    shown.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    answer(shown.qtbot, shown.page, "Discard the changes")

    shown.wait_until_only_page()
    assert shown.portal.settings.name == "Office"


def test_settings_of_a_portal_that_was_forgotten_say_so(shown: PageBench) -> None:
    portal = shown.add_portal()
    dialog = shown.begin(PortalTask.SETTINGS, PortalSettingsDialog)
    shown.bench.workspace.portal_book.forget(portal.key)

    dialog.name.setText("Head office")
    click(shown.qtbot, dialog, "Save")

    shown.wait_for_text("This portal is not known any more")


def test_dates_are_chosen(shown: PageBench) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.DATES, DateFormatDialog)

    button(dialog, "ISO 8601").click()
    click(shown.qtbot, dialog, "Save")

    shown.wait(lambda: shown.portal.date_format == DateFormat(DateStyle.ISO))
    shown.wait_for_text("ISO")


def test_change_of_the_store_keeps_selection_and_what_is_typed(shown: PageBench) -> None:
    book = shown.bench.workspace.portal_book
    for name in ("first", "second"):
        book.add(f"https://{name}.example.org/rest/")
    shown.wait_for_portals("first.example.org", "second.example.org")
    shown.page.list.setCurrentRow(shown.listed().index("first.example.org"))
    dialog = shown.begin(PortalTask.MOVE, MoveDialog)
    dialog.address.setText("half")

    book.add("https://third.example.org/rest/")

    shown.wait_for_portals("first.example.org", "second.example.org", "third.example.org")
    current = shown.page.current
    assert current is not None
    assert current.portal.host == "first.example.org"
    assert dialog.address.text() == "half"


def test_keys_go_through_the_list_and_escape_closes(shown: PageBench) -> None:
    book = shown.bench.workspace.portal_book
    for name in ("first", "second"):
        book.add(f"https://{name}.example.org/rest/")
    shown.wait_for_portals("first.example.org", "second.example.org")
    titles = shown.listed()

    shown.qtbot.keyClick(shown.page.list, Qt.Key.Key_Down)
    shown.wait_for_text(f"https://{titles[1]}/rest/")
    shown.qtbot.keyClick(shown.page, Qt.Key.Key_Escape)

    shown.wait(lambda: not shown.window.findChildren(PortalsDialog))


@pytest.mark.parametrize("words", ["", "wrong <b>pair</b>"])
def test_answer_of_the_authorization_server_is_told_whole_in_the_users_language(
    qapp: QApplication, words: str
) -> None:
    entry = BY_KEY["client_refused"]
    problem = problem_of(Verdict(entry, "INVALID_CLIENT", words))
    in_english = problem_text(problem)
    translators = language.install(qapp, "ru")
    try:
        in_russian = problem_text(problem)
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)

    assert in_english == str(problem)
    assert all(text in in_english for text in (entry.title, entry.cause, entry.action, words))
    assert "Сервер авторизации не знает этого приложения." in in_russian
    assert "Неверный client_id или client_secret приложения." in in_russian
    assert in_russian.endswith(words)


def test_page_is_opened_from_menu_key_and_call(
    qtbot: QtBot, bench: WindowBench, window: MainWindow
) -> None:
    (call_id,) = bench.take(post())
    qtbot.waitUntil(lambda: window.tokens.model.row_of(call_id) is not None, timeout=WAIT)
    pick(qtbot, window, call_id)

    def close_page() -> None:
        page = opened_dialog(qtbot, window, PortalsDialog)
        qtbot.waitUntil(lambda: page.current is not None, timeout=WAIT)
        page.reject()
        qtbot.waitUntil(lambda: not window.findChildren(PortalsDialog), timeout=WAIT)

    entries = [
        action
        for menu in window.listener_bar.findChildren(QMenu)
        for action in menu.actions()
        if action.text() == "Portals…"
    ]
    entries[0].trigger()
    close_page()
    name = "Its portal: trust, authorization, settings"
    by_name(window.call_view.header, QToolButton, name).click()
    close_page()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    qtbot.keyClick(
        window,
        Qt.Key.Key_P,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    close_page()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    box = open_question(qtbot, window)
    assert QKeySequence("Ctrl+Shift+P").toString() in box.text()  # type: ignore[attr-defined]
    box.close()


def test_dialog_over_the_page_begins_in_its_first_field_and_ends_with_its_buttons(
    shown: PageBench,
) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.SETTINGS, PortalSettingsDialog)

    assert walked(shown, dialog.name) == [
        *("Name", "Requests a second", "Requests at once", "CA file", "Choose…", "Remove"),
        *("Allow plain http to " + shown.portal.host, "Save", "Cancel"),
    ]


def test_new_address_is_typed_at_once(shown: PageBench) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.MOVE, MoveDialog)
    shown.wait(dialog.address.hasFocus)

    dialog.address.setText("new.example.org")

    assert walked(shown, dialog.address) == ["New address", "Move it there", "Cancel"]


def walked(shown: PageBench, first: QWidget) -> list[str]:
    """What Tab goes to, from the widget that has the focus once round."""
    shown.wait(first.hasFocus)
    found: list[QWidget] = []
    while (widget := QApplication.focusWidget()) not in found:
        assert widget is not None
        found.append(widget)
        shown.qtbot.keyClick(widget, Qt.Key.Key_Tab)
    return [named(widget) for widget in found]


def named(widget: QWidget) -> str:
    """As a screen reader names it."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text.replace("&", "")
