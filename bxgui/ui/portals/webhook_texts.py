"""Why a text is no incoming webhook, in words that never hold the text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.webhook_address import NotAWebhook

translate = QCoreApplication.translate


def no_webhook_text(problem: NotAWebhook) -> str:
    """Why it is none, and what to do."""
    reason = {
        "not_an_address": translate("Portals", "This is not a web address."),
        "not_rest": translate("Portals", "This address has no /rest/USER/CODE/ in it."),
        "not_a_code": translate(
            "Portals", "What stands for the webhook's code in this address is none."
        ),
    }[problem.code]
    more = translate("Portals", "Copy the whole address from the webhook's page in the portal.")
    return f"{reason} {more}"
