"""The first authorization of an application, in the window: by arrival, by pasting, given up."""

from __future__ import annotations

import pytest
from authorizing import consents
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QToolButton
from ui.portal_parts import PageBench, consent, query_of
from ui.ui_parts import button, by_name, click

from bxgui.core.authorization import Source
from bxgui.core.explanations import BY_KEY
from bxgui.services.consents import Consents
from bxgui.services.vault import new_key
from bxgui.ui.portals.login_dialog import LoginDialog
from bxgui.ui.portals.task import PortalTask

AUTHORIZED = "The application is authorized for Office."


@pytest.fixture
def login(shown: PageBench) -> LoginDialog:
    """A login that waits for its code."""
    shown.add_portal(application=True)
    shown.wait(lambda: shown.can(PortalTask.LOG_IN))
    dialog = shown.begin(PortalTask.LOG_IN, LoginDialog)
    shown.wait(lambda: bool(dialog.address.text()))
    return dialog


def has_tokens(shown: PageBench) -> bool:
    kept = shown.bench.workspace.store.authorizations.of_portal(shown.portal.id)
    return kept[Source.APPLICATION].sealed is not None


def awaited(shown: PageBench, dialog: LoginDialog) -> bool:
    """Whether a listener would take the code of this login."""
    address = consent(shown.bench, dialog.address.text())
    return consents(shown.bench).take(query_of(address))


def test_code_that_arrives_at_the_listener_authorizes_the_application(
    shown: PageBench, login: LoginDialog
) -> None:
    assert shown.tells("Waiting for the code…")
    assert shown.tells("lives 30 seconds")

    assert awaited(shown, login)

    shown.wait_for_text(AUTHORIZED)
    assert has_tokens(shown)
    assert shown.portal.member_id == shown.bench.portal_side.member_id
    click(shown.qtbot, login, "Close")
    shown.wait_for_text("Authorized. Its token is valid until")
    current = shown.page.current
    assert current is not None
    assert current.portal.key == shown.portal.key


def test_address_that_is_pasted_authorizes_the_application_and_is_shown_nowhere(
    shown: PageBench, login: LoginDialog
) -> None:
    ended = consent(shown.bench, login.address.text())
    assert login.pasted.echoMode() is QLineEdit.EchoMode.Password

    login.pasted.setText(ended)
    shown.qtbot.keyClick(login.pasted, Qt.Key.Key_Return)

    shown.wait_for_text(AUTHORIZED)
    assert has_tokens(shown)
    assert not shown.tells("s3cret-path")
    assert not shown.tells("code=0")


def test_text_without_a_code_is_told_and_the_login_goes_on(
    shown: PageBench, login: LoginDialog
) -> None:
    login.pasted.setText("https://hook.example.com/h/s3cret-path")
    click(shown.qtbot, login, "Use it")

    shown.wait_for_text("There is no code in this.")
    assert not shown.tells("s3cret-path")
    assert awaited(shown, login)
    shown.wait_for_text(AUTHORIZED)


def test_code_that_came_too_late_is_told_and_another_login_can_begin(
    shown: PageBench, login: LoginDialog
) -> None:
    ended = consent(shown.bench, login.address.text())
    shown.bench.client.clock.advance(31)
    login.pasted.setText(ended)

    click(shown.qtbot, login, "Use it")
    shown.wait_for_text("The code came too late: it lives 30 seconds.")
    before = login.address.text()
    click(shown.qtbot, login, "Begin again")

    shown.wait(lambda: login.address.text() != before)
    shown.wait_for_text("Waiting for the code…")
    assert awaited(shown, login)
    shown.wait_for_text(AUTHORIZED)


def test_code_that_arrived_and_is_refused_is_not_tried_again_and_again(
    shown: PageBench, login: LoginDialog
) -> None:
    shown.bench.portal_side.accounts.client_secret = "another"

    assert awaited(shown, login)

    shown.wait_for_text(BY_KEY["client_refused"].title)
    assert shown.tells(BY_KEY["client_refused"].action)
    assert button(login, "Begin again").isVisible()
    assert shown.bench.asked() == 1


def test_code_that_the_listener_keeps_under_another_key_can_be_pasted(
    shown: PageBench, login: LoginDialog
) -> None:
    ended = consent(shown.bench, login.address.text())
    listener = Consents(shown.bench.workspace.store, new_key("in memory"), shown.bench.now)

    assert listener.take(query_of(ended))

    shown.wait_for_text("the listener keeps it under another key")
    login.pasted.setText(ended)
    click(shown.qtbot, login, "Use it")
    shown.wait_for_text(AUTHORIZED)


def test_login_that_nobody_finishes_ends(shown: PageBench, login: LoginDialog) -> None:
    login._life.timeout.emit()

    assert shown.tells("No code has come. Begin the login again.")
    assert button(login, "Begin again").isVisible()


def test_login_is_not_called_late_while_its_code_is_exchanged(
    shown: PageBench, login: LoginDialog
) -> None:
    login.pasted.setText(consent(shown.bench, login.address.text()))

    click(shown.qtbot, login, "Use it")

    assert not login._life.isActive()
    shown.wait_for_text(AUTHORIZED)


def test_address_that_no_program_can_read_is_told(shown: PageBench, login: LoginDialog) -> None:
    login.pasted.setText("https://[hook.example.com/h/s3cret-path?code=1&state=2")

    click(shown.qtbot, login, "Use it")

    shown.wait_for_text("There is no code in this.")
    assert login._life.isActive()


def test_closing_gives_the_login_up(shown: PageBench, login: LoginDialog) -> None:
    address = consent(shown.bench, login.address.text())

    shown.qtbot.keyClick(login, Qt.Key.Key_Escape)

    shown.wait_until_only_page()
    shown.wait(lambda: not consents(shown.bench).take(query_of(address)))
    assert not has_tokens(shown)


def test_page_is_opened_only_when_that_is_wanted_and_its_address_can_be_copied(
    shown: PageBench, login: LoginDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    assert opened == []

    click(shown.qtbot, login, "Open the page")
    by_name(login, QToolButton, "Copy the address of the page").click()

    assert opened == [login.address.text()]
    assert QGuiApplication.clipboard().text() == login.address.text()
    assert "/oauth/authorize/?client_id=" in login.address.text()


def test_browser_that_does_not_open_is_told(
    shown: PageBench, login: LoginDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)

    click(shown.qtbot, login, "Open the page")

    assert shown.tells("No browser could be opened.")


def test_login_that_cannot_begin_says_why(shown: PageBench) -> None:
    portal = shown.add_portal(application=True)
    shown.wait(lambda: shown.can(PortalTask.LOG_IN))
    shown.bench.keyring.passwords.clear()

    dialog = shown.begin(PortalTask.LOG_IN, LoginDialog)

    shown.wait_for_text("Client id and secret for Office cannot be had")
    assert dialog.address.text() == ""
    assert not button(dialog, "Open the page").isEnabled()
    given = shown.bench.application
    shown.bench.client.clock.advance(1)
    shown.bench.workspace.portal_book.enter_application(portal.key, given)
    click(shown.qtbot, dialog, "Begin again")
    shown.wait(lambda: bool(dialog.address.text()))
