"""Which call of a portal trust is bound to, where its calls differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from bxgui.core.plain_text import brief
from bxgui.core.records import CallDetail
from bxgui.core.redact import fingerprint
from bxgui.ui import time_texts
from bxgui.ui.widgets import plain_label

_WIDTH = 560
_LONGEST = 120


class TrustChoice(QDialog):
    """Offers the newest call of each kind; `chosen` carries one."""

    chosen = Signal(object)

    def __init__(self, title: str, calls: Sequence[CallDetail], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Trust %1").replace("%1", title))
        self._calls = calls
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        accept = buttons.addButton(self.tr("Go on…"), QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setEnabled(False)
        buttons.accepted.connect(self._on_accept)
        buttons.rejected.connect(self.reject)
        text = plain_label(
            self.tr(
                "Calls of this portal name different addresses or application tokens, and trust "
                "is bound to one of each. Which of these is your portal?"
            ),
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(text)
        self.choices = [QRadioButton(self._text(call)) for call in calls]
        for choice in self.choices:
            choice.toggled.connect(lambda _on: accept.setEnabled(True))
            layout.addWidget(choice)
        layout.addStretch()
        layout.addWidget(buttons)
        self.setMinimumWidth(_WIDTH)

    def _text(self, call: CallDetail) -> str:
        text = self.tr("%1, application token %2, last seen %3")
        text = text.replace("%1", brief(call.endpoint, _LONGEST).replace("&", "&&"))
        token = fingerprint(call.application_digest) or self.tr("none")
        text = text.replace("%2", token)
        return text.replace("%3", time_texts.moment_text(call.row.arrived_at))

    def _on_accept(self) -> None:
        call = next(
            call
            for choice, call in zip(self.choices, self._calls, strict=True)
            if choice.isChecked()
        )
        self.accept()
        self.chosen.emit(call)
