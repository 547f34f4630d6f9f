"""Adds a portal by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from bxgui.core.endpoint import endpoint_host
from bxgui.core.reach import Reach
from bxgui.core.records import Portal
from bxgui.core.webhook_address import Webhook
from bxgui.ui.desk import Desk
from bxgui.ui.portals.address_line import AddressLine
from bxgui.ui.portals.http_consent import HttpConsent, needs_consent
from bxgui.ui.portals.portal_form import PortalForm

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace


class AddDialog(PortalForm):
    """`kept` carries the portal, and why only memory keeps the webhook that came with it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, self.tr("Add a portal"), self.tr("Add and trust"), parent)
        self.add_text(
            self.tr(
                "Adding a portal trusts its address: the secrets that you enter for it, and the "
                "replies to its calls, go there."
            )
        )
        self.address, self.name = AddressLine(), QLineEdit()
        self.name.setPlaceholderText(self.tr("what to call it, if not by its host"))
        self.add_fields((self.tr("&Address"), self.address), (self.tr("&Name"), self.name))
        self._seen = self.add_text("", quiet=True)
        self.http = HttpConsent()
        self.http.hide()
        self.body.addWidget(self.http)
        self.address.edited.connect(self._on_edited)
        self.http.changed.connect(self._on_edited)
        self._on_edited()

    def keep(self) -> None:
        """Add the portal."""
        self.address.hide_webhook()
        endpoint, webhook = self.address.endpoint, self.address.webhook
        name, http_host = self.name.text().strip(), self.http.host

        def add(workspace: Workspace) -> tuple[Portal, str]:
            return _added(workspace, endpoint, name, http_host, webhook)

        self.ask_to_keep(add)

    def _on_edited(self) -> None:
        endpoint = self.address.endpoint
        wants = needs_consent(endpoint)
        self.http.show_host(endpoint_host(endpoint) if wants else "")
        self.http.setVisible(wants)
        self.accept_button.setEnabled(bool(endpoint) and (not wants or bool(self.http.host)))
        self._seen.setText(self._seen_text(endpoint))
        self.show_problem("")

    def _seen_text(self, endpoint: str) -> str:
        if not self.address.text().strip():
            return self.tr("Its host is enough; the address of any of its pages will do.")
        if not endpoint:
            return self.tr("This is not the address of a portal.")
        text = self.tr("Its methods are at %1").replace("%1", endpoint)
        webhook = self.address.webhook
        if webhook is None:
            return text
        more = self.tr("The incoming webhook of user %1 in what you pasted is kept with it.")
        return f"{text}\n{more.replace('%1', webhook.user_id)}"


def _added(
    workspace: Workspace, endpoint: str, name: str, http_host: str, webhook: Webhook | None
) -> tuple[Portal, str]:
    """The portal, and why only memory keeps its webhook, if so."""
    reach = Reach(plain_http_host=http_host) if http_host else None
    portal = workspace.portal_book.add(endpoint, name, reach)
    if webhook is None:
        return portal, ""
    return portal, workspace.portal_book.enter_webhook(portal.key, webhook)
