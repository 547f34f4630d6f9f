"""A line for the address of a portal, in which a pasted webhook does not stay."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from bxgui.core.endpoint import endpoint_host, typed_endpoint
from bxgui.core.webhook_address import NotAWebhook, Webhook, read_webhook


class AddressLine(QLineEdit):
    """Takes host, page or endpoint; of a webhook's address it shows only what is no secret."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._webhook: Webhook | None = None
        self._length = 0
        self.setPlaceholderText("portal.example.org")
        self.textChanged.connect(self._on_changed)
        self.editingFinished.connect(self.hide_webhook)

    @property
    def endpoint(self) -> str:
        """The portal's address; empty for none."""
        return typed_endpoint(self.text())

    @property
    def webhook(self) -> Webhook | None:
        """The webhook whose address was entered, while the line names its host."""
        if self._webhook is None:
            return None
        same = endpoint_host(self._webhook.endpoint) == endpoint_host(self.endpoint)
        return self._webhook if same else None

    def hide_webhook(self) -> None:
        """Leave of a webhook's address what is no secret; `webhook` has the rest."""
        try:
            self._webhook = read_webhook(self.text())
        except NotAWebhook:
            return
        self.setText(self._webhook.endpoint)

    def _on_changed(self, text: str) -> None:
        pasted = len(text) > self._length + 1
        self._length = len(text)
        if pasted:
            self.hide_webhook()
        self.edited.emit()
