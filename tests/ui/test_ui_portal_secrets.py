"""Secrets entered on the portals' page: kept by the keyring, bound to the host, shown nowhere."""

from __future__ import annotations

import json

import keyring.errors
import pytest
from PySide6.QtWidgets import QLineEdit
from ui.portal_parts import PageBench
from ui.rule_parts import opened_dialog
from ui.ui_parts import answer, button, click

from bxgui.core.authorization import Source
from bxgui.ui.portals.add_dialog import AddDialog
from bxgui.ui.portals.application_dialog import ApplicationDialog
from bxgui.ui.portals.move_dialog import MoveDialog
from bxgui.ui.portals.task import PortalTask
from bxgui.ui.portals.webhook_dialog import WebhookDialog

HIDDEN = QLineEdit.EchoMode.Password
CODE = "abcdefgh12345678"


def kept(shown: PageBench) -> dict[str, str]:
    """What the keyring keeps for the portal."""
    entries = [
        text for (_, name), text in shown.bench.keyring.passwords.items() if "portal" in name
    ]
    document: dict[str, str] = json.loads(entries[0]) if entries else {}
    return document


def is_told_anywhere(shown: PageBench, secret: str) -> bool:
    """Whether a secret can be read in any widget; what stands in a hidden line cannot."""
    lines = [line for line in shown.window.findChildren(QLineEdit) if secret in line.text()]
    assert all(line.echoMode() is HIDDEN for line in lines)
    hidden = {line.text() for line in lines}
    return any(secret in text for text in shown.texts() if text not in hidden)


def test_webhook_goes_to_the_keyring_and_is_shown_nowhere(shown: PageBench) -> None:
    shown.add_portal()
    webhook = shown.bench.webhook()
    dialog = shown.begin(PortalTask.ENTER_WEBHOOK, WebhookDialog)
    assert dialog.address.echoMode() is HIDDEN
    assert not button(dialog, "Keep").isEnabled()

    dialog.address.setText(f"  {webhook.address}profile.json ")
    assert shown.tells(f"A webhook of user 1 at {webhook.endpoint}")
    assert not is_told_anywhere(shown, webhook.code)
    click(shown.qtbot, dialog, "Keep")

    shown.wait_for_text("The incoming webhook of Office is kept.")
    assert kept(shown)["webhook"] == webhook.address
    shown.wait_for_text("Its address is kept.")
    assert shown.tells("User 1")
    assert not any(webhook.code in text for text in shown.texts())
    assert webhook.code.encode() not in shown.bench.files


@pytest.mark.parametrize(
    ("pasted", "complaint"),
    [
        ("nonsense", "This is not a web address."),
        ("https://portal.example.org/rest/", "no /rest/USER/CODE/ in it"),
        (f"https://portal.example.org/rest/1/{CODE}!/", "code in this address is none"),
        (f"https://other.example.org/rest/1/{CODE}/", "The webhook is for other.example.org"),
    ],
)
def test_what_is_no_webhook_of_the_portal_is_refused_in_words_without_it(
    shown: PageBench, pasted: str, complaint: str
) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.ENTER_WEBHOOK, WebhookDialog)

    dialog.address.setText(pasted)
    click(shown.qtbot, dialog, "Keep")

    shown.wait_for_text(complaint)
    assert dialog.isVisible()
    assert not is_told_anywhere(shown, CODE)
    assert kept(shown) == {}
    shown.close_dialog(dialog)
    assert not any(CODE in text for text in shown.texts())


def test_webhook_that_only_memory_keeps_is_told_so(shown: PageBench) -> None:
    shown.add_portal()
    shown.bench.keyring.drops = True
    dialog = shown.begin(PortalTask.ENTER_WEBHOOK, WebhookDialog)

    dialog.address.setText(shown.bench.webhook().address)
    click(shown.qtbot, dialog, "Keep")

    shown.wait_for_text("it is kept in memory only, because the keyring does not keep")


def test_application_goes_to_the_keyring_and_its_secret_is_shown_nowhere(shown: PageBench) -> None:
    shown.add_portal()
    given = shown.bench.application
    dialog = shown.begin(PortalTask.ENTER_APPLICATION, ApplicationDialog)
    assert dialog.client_secret.echoMode() is HIDDEN

    dialog.client_id.setText(given.client_id)
    assert not button(dialog, "Keep").isEnabled()
    dialog.client_secret.setText(given.client_secret)
    assert not is_told_anywhere(shown, given.client_secret)
    click(shown.qtbot, dialog, "Keep")

    shown.wait_for_text("Client id and secret for Office are kept.")
    assert kept(shown) == {"client_id": given.client_id, "client_secret": given.client_secret}
    shown.wait_for_text("No tokens yet: log in, or wait for a call.")
    assert not any(given.client_secret in text for text in shown.texts())
    shown.wait(lambda: shown.can(PortalTask.LOG_IN))


@pytest.mark.parametrize(
    ("task", "source", "rest", "question"),
    [
        (
            PortalTask.REMOVE_WEBHOOK,
            Source.WEBHOOK,
            {"client_id", "client_secret"},
            "Remove the incoming webhook of Office?",
        ),
        (
            PortalTask.REMOVE_APPLICATION,
            Source.APPLICATION,
            {"webhook"},
            "Remove the application of Office?",
        ),
    ],
)
def test_source_is_removed_after_a_question_that_names_it(
    shown: PageBench, task: PortalTask, source: Source, rest: set[str], question: str
) -> None:
    shown.add_portal(webhook=True, application=True)
    shown.wait(lambda: shown.can(task))

    shown.press(task)
    assert question in answer(shown.qtbot, shown.page, "Cancel")
    assert len(kept(shown)) == 3
    shown.press(task)
    answer(shown.qtbot, shown.page, "Remove")

    shown.wait(lambda: set(kept(shown)) == rest)
    shown.wait(lambda: not shown.can(task))


@pytest.mark.parametrize(
    ("task", "accept"),
    [(PortalTask.FORGET, "Forget it"), (PortalTask.REMOVE_WEBHOOK, "Remove")],
)
def test_secret_that_a_locked_keyring_goes_on_holding_is_told_of(
    shown: PageBench, task: PortalTask, accept: str
) -> None:
    shown.add_portal(webhook=True)
    shown.wait(lambda: shown.can(task))
    shown.bench.keyring.on_reading = keyring.errors.KeyringLocked()

    shown.press(task)
    answer(shown.qtbot, shown.page, accept)

    shown.wait_for_text("may still hold what was entered, because the keyring is locked")


def test_webhook_pasted_as_the_address_of_a_portal_does_not_stay_in_sight(
    shown: PageBench,
) -> None:
    webhook = shown.bench.webhook()
    click(shown.qtbot, shown.page, "Add a portal…")
    dialog = opened_dialog(shown.qtbot, shown.window, AddDialog)

    dialog.address.setText(webhook.address)

    assert dialog.address.text() == webhook.endpoint
    assert not dialog.address.isUndoAvailable()
    assert shown.tells("The incoming webhook of user 1 in what you pasted is kept with it.")
    assert not any(webhook.code in text for text in shown.texts())
    click(shown.qtbot, dialog, "Add and trust")
    shown.wait(lambda: kept(shown) == {"webhook": webhook.address})
    shown.wait_for_portals(shown.portal.host)


def test_webhook_typed_as_the_address_of_a_portal_goes_with_its_host_only(
    shown: PageBench,
) -> None:
    webhook = shown.bench.webhook()
    click(shown.qtbot, shown.page, "Add a portal…")
    dialog = opened_dialog(shown.qtbot, shown.window, AddDialog)
    shown.qtbot.keyClicks(dialog.address, webhook.address)
    shown.qtbot.keyClick(dialog.address, "\r")

    shown.wait(lambda: kept(shown) == {"webhook": webhook.address})
    click(shown.qtbot, shown.page, "Add a portal…")
    dialog = opened_dialog(shown.qtbot, shown.window, AddDialog)
    dialog.address.setText(webhook.address)
    dialog.address.setText("other.example.org")

    assert dialog.address.webhook is None


def test_webhook_pasted_as_a_new_address_does_not_stay_in_sight(shown: PageBench) -> None:
    shown.add_portal()
    dialog = shown.begin(PortalTask.MOVE, MoveDialog)

    dialog.address.setText(f"https://new.example.org/rest/1/{CODE}/")

    assert dialog.address.text() == "https://new.example.org/rest/"
    assert not any(CODE in text for text in shown.texts())
