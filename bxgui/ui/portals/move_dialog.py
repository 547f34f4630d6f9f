"""Follows a portal to its new address."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from bxgui.core.endpoint import endpoint_host
from bxgui.core.records import Portal
from bxgui.ui.desk import Desk
from bxgui.ui.portals.address_line import AddressLine
from bxgui.ui.portals.http_consent import HttpConsent, needs_consent
from bxgui.ui.portals.portal_form import PortalForm
from bxgui.ui.portals.portal_texts import portal_title


class MoveDialog(PortalForm):
    """`kept` carries the portal at its new address."""

    def __init__(self, desk: Desk, portal: Portal, parent: QWidget) -> None:
        title = self.tr("Move %1").replace("%1", portal_title(portal))
        super().__init__(desk, title, self.tr("Move it there"), parent)
        self._portal = portal
        self.add_text(
            self.tr(
                "For a portal that was renamed. From then on its secrets go to the new address: "
                "the webhook, the tokens and the replies. Move it only if you know that the new "
                "address is the same portal's, for example from its administrator."
            )
        )
        self.address = AddressLine()
        self.add_text(self.tr("Now it is at %1").replace("%1", portal.endpoint))
        self.add_fields((self.tr("New &address"), self.address))
        self._seen = self.add_text("", quiet=True)
        self.http = HttpConsent()
        self.body.addWidget(self.http)
        self.address.edited.connect(self._on_edited)
        self.http.changed.connect(self._on_edited)
        self._on_edited()

    def keep(self) -> None:
        """Have the portal there."""
        self.address.hide_webhook()
        key, endpoint, http_host = self._portal.key, self.address.endpoint, self.http.host
        self.ask_to_keep(lambda w: w.portal_book.move(key, endpoint, http_host))

    def _on_edited(self) -> None:
        endpoint = self.address.endpoint
        is_other = bool(endpoint) and endpoint != self._portal.endpoint
        wants = is_other and needs_consent(endpoint)
        host = endpoint_host(endpoint) if wants else ""
        self.http.show_host(host, allowed=bool(host) and host == self._portal.reach.plain_http_host)
        self.http.setVisible(wants)
        self.accept_button.setEnabled(is_other and (not wants or bool(self.http.host)))
        text = self.tr("Its secrets will go to %1").replace("%1", endpoint)
        self._seen.setText(text if is_other else self._why_not(endpoint))
        self.show_problem("")

    def _why_not(self, endpoint: str) -> str:
        if not self.address.text().strip():
            return self.tr("Its host is enough; the address of any of its pages will do.")
        if not endpoint:
            return self.tr("This is not the address of a portal.")
        return self.tr("It is there already.")
