"""What can be done with several selected tokens, where a menu alone would not be found."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from bxgui.ui import theme
from bxgui.ui.many.marking import MOST_AT_ONCE, Marking
from bxgui.ui.widgets import announce, plain_label, push_button, tool_button


class MarkingBar(QFrame):
    """Stands below the list while several tokens are selected."""

    reply_asked = Signal()
    rule_asked = Signal()
    one_asked = Signal()

    def __init__(self, marking: Marking) -> None:
        super().__init__()
        self.setObjectName("markingBar")
        self.setAccessibleName(self.tr("Selected tokens"))
        self._marking = marking
        self._is_offered = True
        self._count = plain_label(wrap=True)
        self._reply = push_button(
            self.tr("&Reply to all of them…"),
            self.reply_asked.emit,
            self.tr("One set of values for all that are selected (Ctrl+Shift+Enter)"),
        )
        self._rule = push_button(
            self.tr("All waiting of this &rule"),
            self.rule_asked.emit,
            self.tr("Select every waiting token of the rule of the call beside (Ctrl+Shift+A)"),
        )
        self._lay_out()
        marking.changed.connect(self._show)
        self._show()

    def set_offered(self, offered: bool) -> None:
        """Only tokens can be replied to."""
        if offered != self._is_offered:
            self._is_offered = offered
            self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        head.addWidget(
            tool_button("✕", self.one_asked.emit, self.tr("Select only the call shown beside"))
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self._reply)
        buttons.addWidget(self._rule)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 6)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(buttons)

    def _show(self) -> None:
        count = len(self._marking.ids)
        self.setVisible(count > 1 and self._is_offered)
        if count <= 1:
            return
        text = self.tr("Tokens selected: %1").replace("%1", str(count))
        too_many = count > MOST_AT_ONCE
        if too_many:
            most = self.tr("at most %1 can be replied to at once")
            text = f"{text} · {most.replace('%1', str(MOST_AT_ONCE))}"
        self._count.setText(text)
        self._reply.setEnabled(not too_many)
        self.setStyleSheet(theme.tinted_frame("markingBar", theme.CALM.colour))
        announce(self, text)
