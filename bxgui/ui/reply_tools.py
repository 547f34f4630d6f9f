"""What stands around the reply form: presets above it, preview and copies below."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton

from bxgui.ui.copy_menu import CopyMenu
from bxgui.ui.desk import Desk
from bxgui.ui.live_preview import LivePreview
from bxgui.ui.preset_menu import PresetButton
from bxgui.ui.preview_pane import PreviewPane
from bxgui.ui.reply_form import ReplyForm


class ReplyTools(QObject):
    """Puts the tools into the form; `told` carries short confirmations, `used` comes at a click.

    The preview has a pane of its own, to be placed where the form keeps its room.
    """

    told = Signal(str)
    used = Signal()

    def __init__(self, desk: Desk, form: ReplyForm) -> None:
        super().__init__(form)
        self.pane = PreviewPane()
        self.pane.hide()
        self._live = LivePreview(desk, form, self.pane)
        self._presets = PresetButton(desk, form)
        self._copy = CopyMenu(desk, form)
        self._toggle = self._make_toggle()
        form.head_tools.addWidget(self._presets.button)
        form.foot_tools.addWidget(self._toggle)
        form.foot_tools.addWidget(self._copy.button)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), form)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._toggle.click)
        self.pane.close_asked.connect(self._toggle.click)
        for button in (self._presets.button, self._copy.button):
            button.clicked.connect(self.used)
        for told in (self._copy.copied, self.pane.copied, self._presets.told):
            told.connect(self.told)

    @property
    def shows_preview(self) -> bool:
        """Whether the preview is open."""
        return self._toggle.isChecked()

    def show_preview(self, shown: bool) -> None:
        """Open the preview, or close it."""
        self._toggle.setChecked(shown)

    def note_sent(self, call_id: int) -> None:
        """A reply to the call went out."""
        self._presets.filling.note_sent(call_id)

    def _make_toggle(self) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setText(self.tr("Preview ▸"))
        button.setToolTip(self.tr("The request as it will go over the wire (Ctrl+P)"))
        button.toggled.connect(self._on_toggled)
        return button

    def _on_toggled(self, shown: bool) -> None:
        self._toggle.setText(self.tr("Preview ▾") if shown else self.tr("Preview ▸"))
        self.pane.setVisible(shown)
        if shown:
            self._live.ask()
        else:
            self.pane.hide_secrets()
