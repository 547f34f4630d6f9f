"""Takes the client id and the client secret of an application."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from bxgui.core.oauth import Application
from bxgui.core.records import Portal
from bxgui.ui.desk import Desk
from bxgui.ui.portals.portal_form import PortalForm, secret_line
from bxgui.ui.portals.portal_texts import portal_title


class ApplicationDialog(PortalForm):
    """`kept` carries why only this program's memory keeps them; empty where the keyring does."""

    def __init__(self, desk: Desk, portal: Portal, parent: QWidget) -> None:
        title = self.tr("Application in %1").replace("%1", portal_title(portal))
        super().__init__(desk, title, self.tr("Keep"), parent)
        self._portal = portal
        self.add_text(
            self.tr(
                "The page of the application in the portal shows both: client_id and "
                "client_secret, of the application whose calls you answer."
            )
        )
        self.client_id = QLineEdit()
        self.client_id.setPlaceholderText("local.0123456789abcd.01234567")
        self.client_secret = secret_line()
        self.add_fields(
            (self.tr("Client &id"), self.client_id),
            (self.tr("Client &secret"), self.client_secret),
        )
        self.add_text(
            self.tr(
                "They go to the keyring and are not shown again. The secret is sent to Bitrix24's "
                "authorization server alone, never to the portal. Tokens come with the portal's "
                "next call, or when you log in."
            ),
            quiet=True,
        )
        for line in (self.client_id, self.client_secret):
            line.textChanged.connect(lambda _text: self._on_edited())
        self._on_edited()

    def keep(self) -> None:
        """Keep the pair."""
        application = Application(self.client_id.text().strip(), self.client_secret.text().strip())
        key = self._portal.key
        self.ask_to_keep(lambda w: w.portal_book.enter_application(key, application))

    def done(self, code: int) -> None:
        """Close, and let go of the secret."""
        super().done(code)
        self.client_secret.clear()

    def _on_edited(self) -> None:
        self.show_problem("")
        both = (self.client_id.text().strip(), self.client_secret.text().strip())
        self.accept_button.setEnabled(all(both))
