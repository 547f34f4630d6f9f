"""Allows plain http to one host, by its name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from bxgui.core.plain_text import brief
from bxgui.core.reach import Reach
from bxgui.ui import theme
from bxgui.ui.widgets import plain_label, tint

_LONGEST_HOST = 60


class HttpConsent(QWidget):
    """A tick that names the host, and what it means."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._host = ""
        self.tick = QCheckBox()
        self.tick.toggled.connect(self._on_toggled)
        self._meaning = plain_label(
            self.tr(
                "Whoever is on the way, in the same network for instance, can then read tokens "
                "and webhooks, and answer in your place. Allow it only inside a network of your "
                "own."
            ),
            wrap=True,
        )
        tint(self._meaning, theme.QUIET)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.tick)
        layout.addWidget(self._meaning)

    @property
    def host(self) -> str:
        """The host that plain http is allowed to; empty for none."""
        return self._host if self.tick.isChecked() else ""

    def show_host(self, host: str, *, allowed: bool = False) -> None:
        """Ask for another host; what was allowed to the former one is not to this."""
        if host != self._host:
            self._host = host
            text = self.tr("Allow plain http to %1").replace("%1", brief(host, _LONGEST_HOST))
            self.tick.setText(text.replace("&", "&&"))
            self.tick.setChecked(allowed)

    def _on_toggled(self, on: bool) -> None:
        tint(self._meaning, theme.WARN if on else theme.QUIET)
        self.changed.emit()


def needs_consent(endpoint: str) -> bool:
    """Whether secrets go to an address only after a yes."""
    return bool(endpoint) and not Reach().allows(endpoint)
