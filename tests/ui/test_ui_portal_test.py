"""The test of what authorizes requests to a portal, in the window."""

from __future__ import annotations

import threading

import pytest
from ui.portal_parts import PageBench
from ui.ui_parts import WAIT, button, click

from bxgui.core.authorization import Source
from bxgui.core.webhook_address import read_webhook
from bxgui.services.portal_book import PortalBook
from bxgui.services.source_report import SourceReport
from bxgui.ui.portals.portals_dialog import PortalsDialog
from bxgui.ui.portals.task import PortalTask


def test_each_source_is_told_what_it_may_do(shown: PageBench) -> None:
    shown.bench.catch()
    shown.bench.workspace.portal_book.enter_webhook(shown.portal.key, shown.bench.webhook("crm"))
    shown.wait(lambda: shown.can(PortalTask.REMOVE_WEBHOOK))

    click(shown.qtbot, shown.page, "Test")

    shown.wait_for_text("Tested: replies can be sent.")
    call, webhook = shown.card(Source.CALL).report, shown.card(Source.WEBHOOK).report
    application = shown.card(Source.APPLICATION).report
    assert "works for user 1 Administrator, an administrator." in call.text()
    assert "Replies can be sent with it." in call.text()
    assert shown.bench.application.client_id in call.text()
    assert "Permissions: crm." in webhook.text()
    assert "it lacks the permission bizproc" in webhook.text()
    assert not application.isVisible()
    shown.wait_for_text("Last success")
    methods = {one.method for one in shown.bench.client.served.requests}
    assert methods == {"scope", "profile", "app.info"}


def test_refused_source_is_told_why_and_what_to_do(shown: PageBench) -> None:
    portal = shown.add_portal()
    unknown = read_webhook(f"{portal.endpoint}1/abcdefgh12345678/")
    shown.bench.workspace.portal_book.enter_webhook(portal.key, unknown)
    shown.wait_for_text("Its address is kept.")

    click(shown.qtbot, shown.page, "Test")

    shown.wait_for_text("Tested: no reply can be sent with any of these.")
    shown.wait_for_text("Not used any more, because it was refused.")
    title = "The portal does not accept the webhook's code."
    state = shown.card(Source.WEBHOOK).state.text()
    assert title in state
    assert "Create a new incoming webhook and enter its address." in state
    shown.wait(lambda: shown.states() == ["trusted, not authorized"])
    error = shown.bench.workspace.portal_book.facts_of(portal.key).last_error
    assert error is not None
    assert shown.tells(f"scope\n{title}")


def test_nothing_to_test_is_told(shown: PageBench) -> None:
    shown.add_portal()

    click(shown.qtbot, shown.page, "Test")

    shown.wait_for_text("Nothing authorizes requests to this portal yet.")
    assert button(shown.page, "Test").isEnabled()


def test_test_is_busy_until_the_portal_has_answered_and_can_be_done_again(
    shown: PageBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = shown.add_portal(webhook=True)
    other = shown.bench.workspace.portal_book.add("https://other.example.org/rest/")
    shown.wait_for_portals("Office", "other.example.org")
    may_go_on, asked, ask = threading.Event(), [], PortalBook.test

    def test(book: PortalBook, key: str) -> list[SourceReport]:
        asked.append(key)
        may_go_on.wait(WAIT / 1000)
        return ask(book, key)

    monkeypatch.setattr(PortalBook, "test", test)
    shown.page.choose(portal.key)
    shown.wait_for_text(portal.endpoint)
    click(shown.qtbot, shown.page, "Test")

    shown.wait_for_text("Asking the portal…")
    assert not button(shown.page, "Test").isEnabled()
    shown.page.list.setCurrentRow(shown.listed().index("other.example.org"))
    assert not shown.tells("Asking the portal…")
    assert button(shown.page, "Test").isEnabled()
    may_go_on.set()
    shown.page.list.setCurrentRow(shown.listed().index("Office"))
    shown.wait_for_text("Tested: replies can be sent.")
    click(shown.qtbot, shown.page, "Test")
    shown.wait(lambda: asked == [portal.key, portal.key])
    shown.wait_for_text("Tested: replies can be sent.")
    assert other.key not in asked


def test_page_closed_during_a_test_goes_when_the_portal_has_answered(
    shown: PageBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.add_portal(webhook=True)
    may_go_on, ask = threading.Event(), PortalBook.test

    def test(book: PortalBook, key: str) -> list[SourceReport]:
        may_go_on.wait(WAIT / 1000)
        return ask(book, key)

    monkeypatch.setattr(PortalBook, "test", test)
    click(shown.qtbot, shown.page, "Test")

    shown.page.reject()
    assert not shown.page.isVisible()
    may_go_on.set()

    shown.wait(lambda: not shown.window.findChildren(PortalsDialog))
