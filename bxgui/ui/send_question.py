"""The one question before a reply that is warned of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.findings import Finding
from bxgui.ui import marks, theme
from bxgui.ui.finding_texts import finding_text
from bxgui.ui.widgets import plain_label, tint

_WIDTH = 520
_MOST_HEIGHT = 320


@dataclass(frozen=True, slots=True)
class Wording:
    """What is asked, what is to be known of it beside the warnings, and what yes is called."""

    title: str
    text: str
    accept: str


class SendQuestion(QDialog):
    """Lists what is warned of; those that can be waived for the rule stand together, last.

    `said` is what is told of a finding.
    """

    def __init__(
        self,
        named: str,
        warnings: Sequence[Finding],
        parent: QWidget,
        wording: Wording | None = None,
        said: Callable[[Finding], str] = finding_text,
    ) -> None:
        super().__init__(parent)
        self._said = said
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Before the reply goes"))
        self._waivable = [one for one in warnings if one.waiver is not None]
        always = [one for one in warnings if one.waiver is None]
        self._tick = QCheckBox(self.tr("&Do not ask about these again for this rule"))
        self._tick.setVisible(bool(self._waivable))
        wording = wording or Wording(
            self.tr("Send the reply to %1?").replace("%1", named),
            "",
            self.tr("&Send all the same"),
        )
        title = plain_label(wording.title, wrap=True)
        title.setFont(theme.bold(title.font()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(title)
        if wording.text:
            layout.addWidget(plain_label(wording.text, wrap=True))
        if warnings:
            layout.addWidget(self._make_list(always))
        layout.addWidget(self._tick)
        buttons = QDialogButtonBox()
        layout.addWidget(buttons)
        self._add_buttons(buttons, wording.accept)
        self.setMinimumWidth(_WIDTH)

    def waived(self) -> list[Finding]:
        """What is not to be asked about again."""
        return self._waivable if self._tick.isChecked() else []

    def _make_list(self, always: Sequence[Finding]) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for finding in always:
            column.addLayout(_line(finding, self._said(finding)))
        if always and self._waivable:
            heading = plain_label(self.tr("About replies to this rule:"), wrap=True)
            tint(heading, theme.QUIET)
            column.addWidget(heading)
        for finding in self._waivable:
            column.addLayout(_line(finding, self._said(finding)))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        scroll.setFixedHeight(min(column.heightForWidth(_WIDTH - 48), _MOST_HEIGHT))
        return scroll

    def _add_buttons(self, buttons: QDialogButtonBox, accept: str) -> None:
        """Both ways; the one that Enter takes sends nothing."""
        send = buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        back = buttons.addButton(self.tr("&Go back"), QDialogButtonBox.ButtonRole.RejectRole)
        send.setAutoDefault(False)
        back.setDefault(True)
        back.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)


def _line(finding: Finding, text: str) -> QLayout:
    size = 14
    icon = QLabel()
    icon.setPixmap(marks.severity_icon(finding.severity, size).pixmap(size, size))
    icon.setContentsMargins(0, 2, 0, 0)
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(plain_label(text, wrap=True), 1)
    return line
