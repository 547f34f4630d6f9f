"""Takes the address of an incoming webhook, which is never shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from bxgui.core.records import Portal
from bxgui.core.webhook_address import NotAWebhook, Webhook, read_webhook
from bxgui.ui.desk import Desk
from bxgui.ui.portals.portal_form import PortalForm, secret_line
from bxgui.ui.portals.portal_texts import portal_title
from bxgui.ui.portals.webhook_texts import no_webhook_text


class WebhookDialog(PortalForm):
    """`kept` carries why only this program's memory keeps it; empty where the keyring does."""

    def __init__(self, desk: Desk, portal: Portal, parent: QWidget) -> None:
        title = self.tr("Incoming webhook of %1").replace("%1", portal_title(portal))
        super().__init__(desk, title, self.tr("Keep"), parent)
        self._portal = portal
        self.add_text(
            self.tr(
                "Paste the whole address of an incoming webhook of %1, as its page in the portal "
                "shows it. It has to have the permission bizproc."
            ).replace("%1", portal.host)
        )
        self.address = secret_line()
        self.address.setPlaceholderText(f"{portal.endpoint}1/…/")
        self.add_fields((self.tr("&Webhook address"), self.address))
        self._seen = self.add_text("", quiet=True)
        self.add_text(
            self.tr(
                "Most of it is a secret: whoever knows it can act in the portal as its user. It "
                "goes to the keyring, is sent to this host alone, and is not shown again."
            ),
            quiet=True,
        )
        self.address.textChanged.connect(lambda _text: self._show_seen())
        self._show_seen()

    def keep(self) -> None:
        """Keep the webhook, if it is one."""
        try:
            webhook = read_webhook(self.address.text())
        except NotAWebhook as problem:
            self.show_problem(no_webhook_text(problem), self.address)
            return
        key = self._portal.key
        self.ask_to_keep(lambda w: w.portal_book.enter_webhook(key, webhook))

    def done(self, code: int) -> None:
        """Close, and let go of the secret."""
        super().done(code)
        self.address.clear()

    def _show_seen(self) -> None:
        """What of the address is no secret: host and user."""
        self.show_problem("")
        self.accept_button.setEnabled(bool(self.address.text().strip()))
        webhook = _read(self.address.text())
        if webhook is None:
            self._seen.setText(self.tr("What you paste is not shown, only its host and user."))
            return
        text = self.tr("A webhook of user %1 at %2").replace("%1", webhook.user_id)
        self._seen.setText(text.replace("%2", webhook.endpoint))


def _read(text: str) -> Webhook | None:
    try:
        return read_webhook(text)
    except NotAWebhook:
        return None
