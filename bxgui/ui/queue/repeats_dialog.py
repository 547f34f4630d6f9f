"""How often, and for how long, replies are repeated by themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.retrying import Patience
from bxgui.ui.asking_dialog import AskingDialog
from bxgui.ui.desk import Desk
from bxgui.ui.widgets import plain_label

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

_MOST_TRIES = 1000
_MOST_MINUTES = 7 * 24 * 60
_WIDTH = 540


class RepeatsDialog(AskingDialog):
    """Shows the limit as it is kept, and keeps another."""

    def __init__(self, desk: Desk, settings_folder: Path, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.setWindowTitle(self.tr("Repeats"))
        self._folder = settings_folder
        self._kept = Patience()
        self.tries = self._number(self.tr("Tries of a reply, with the first"), _MOST_TRIES)
        self.tries.setSpecialValueText(self.tr("1: no repeats"))
        self.minutes = self._number(self.tr("Repeat for at most"), _MOST_MINUTES)
        self.minutes.setSuffix(self.tr(" min"))
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self._save)
        self._buttons.rejected.connect(self.reject)
        self.tries.valueChanged.connect(lambda tries: self.minutes.setEnabled(tries > 1))
        self._lay_out()
        self._enable(False)
        self.ask(self._load, self._show)

    def _lay_out(self) -> None:
        form = QFormLayout()
        for field in (self.tries, self.minutes):
            form.addRow(field.accessibleName(), field)
        texts = (
            self.tr(
                "Only a reply that the portal surely did not execute is repeated by itself, with "
                "growing pauses: after too many requests, a limit, a busy workflow, no connection."
            ),
            self.tr("What the portal refused, or may have executed, waits for you."),
            self.tr("What is queued already keeps the limit that it was sent with."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self.report)
        layout.addLayout(form)
        for text in texts:
            layout.addWidget(plain_label(text, wrap=True))
        layout.addStretch()
        layout.addWidget(self._buttons)
        self.setMinimumWidth(_WIDTH)
        self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _number(self, name: str, most: int) -> QSpinBox:
        field = QSpinBox()
        field.setRange(1, most)
        field.setGroupSeparatorShown(False)
        field.setAccessibleName(name)
        field.setMinimumWidth(140)
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return field

    def _enable(self, enabled: bool) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(enabled)

    def _load(self, _workspace: Workspace) -> Patience:
        from bxgui.services import settings  # noqa: PLC0415 - loaded after the first paint

        return settings.load_patience(self._folder)

    def _show(self, patience: Patience) -> None:
        self._kept = patience
        self.tries.setValue(patience.attempts)
        self.minutes.setValue(_minutes(patience))
        self._enable(True)

    def _save(self) -> None:
        patience = replace(self._kept, attempts=self.tries.value())
        # What the file says to the second stays so unless it is changed here.
        if self.minutes.value() != _minutes(self._kept):
            patience = replace(patience, seconds=self.minutes.value() * 60.0)

        def save(_workspace: Workspace) -> None:
            from bxgui.services import settings  # noqa: PLC0415 - loaded after the first paint

            settings.save_patience(self._folder, patience)

        def failed(error: Exception) -> None:
            self._enable(True)
            self.complain(error)

        self._enable(False)
        self.ask(save, lambda _none: self.accept(), failed)


def _minutes(patience: Patience) -> int:
    return max(round(patience.seconds / 60), 1)
