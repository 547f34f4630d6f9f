"""Asks before the handler gets a new secret address, and how long the former one is honoured."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from bxgui.ui import theme
from bxgui.ui.widgets import plain_label

_WIDTH = 520


class NewAddressDialog(QDialog):
    """`wanted` carries for how many days calls to the former address are taken."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New secret address"))
        title = plain_label(self.tr("Give the handler a new secret address?"), wrap=True)
        title.setFont(theme.bold(self.font(), 1.1))
        text = plain_label(
            self.tr(
                "Whoever knows the address can post calls. A new one is wanted when it may have "
                "become known.\n\n"
                "Rules keep the HANDLER that they were registered with: register each of them "
                "again with the new address while the former one is still honoured. Calls that "
                "come to the former address later are lost, and their workflows wait in vain."
            ),
            wrap=True,
        )
        self.choices = {
            7: QRadioButton(self.tr("Honour the former address for 7 days")),
            1: QRadioButton(self.tr("Honour the former address for 1 day")),
            0: QRadioButton(self.tr("Stop honouring the former address at once")),
        }
        self.choices[7].setChecked(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        make = buttons.addButton(
            self.tr("Make a new address"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        make.setAutoDefault(False)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        buttons.accepted.connect(self._on_accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(text)
        for choice in self.choices.values():
            layout.addWidget(choice)
        layout.addStretch()
        layout.addWidget(buttons)
        self.resize(_WIDTH, self.sizeHint().height())

    def _on_accept(self) -> None:
        days = next(days for days, choice in self.choices.items() if choice.isChecked())
        self.accept()
        self.wanted.emit(days)
