"""A bar for known troubles: what happened, what to do, and a button where one helps."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from bxgui.ui import theme
from bxgui.ui.theme import Tint
from bxgui.ui.widgets import plain_label, push_button, selectable_label, tint, tool_button


class _Message(NamedTuple):
    text: str
    tint: Tint
    subject: str
    button: str
    action: Callable[[], None] | None


class MessageBar(QFrame):
    """Shows the newest message, a loud one first, until it is closed or what it told of is over.

    The others wait behind it; there is one for each subject.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Message"))
        self._messages: list[_Message] = []
        self._shown: _Message | None = None
        self._painted: QColor | None = None
        self._icon = QLabel()
        self._text = selectable_label(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._more = plain_label()
        self._more.setToolTip(self.tr("Close this message to read the next one"))
        tint(self._more, theme.QUIET)
        self._button = push_button("", self._on_action)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._more)
        layout.addWidget(
            tool_button("✕", self._close_shown, self.tr("Close the message")),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        self.hide()

    @property
    def text(self) -> str:
        """The message shown, or shown last."""
        return self._text.text()

    def show_message(
        self,
        text: str,
        *,
        tint: Tint = theme.WARN,
        subject: str = "",
        button: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Show a message in the place of the former one of its subject."""
        self._remove(subject)
        self._messages.append(_Message(text, tint, subject, button, action))
        self._show_first()

    def clear(self, subject: str = "") -> None:
        """Take back the message about this, if there is one."""
        self._remove(subject)
        self._show_first()

    def _remove(self, subject: str) -> None:
        self._messages = [one for one in self._messages if one.subject != subject]

    def _show_first(self) -> None:
        loud = [one for one in self._messages if one.tint is theme.BAD]
        shown = next(reversed(loud or self._messages), None)
        self._shown = shown
        self.setVisible(shown is not None)
        if shown is None:
            return
        self._text.setText(shown.text)
        self._button.setText(shown.button)
        self._button.setVisible(bool(shown.button))
        more = len(self._messages) - 1
        self._more.setText(self.tr("%1 more").replace("%1", str(more)))
        self._more.setVisible(more > 0)
        self._paint(shown.tint)

    def _close_shown(self) -> None:
        if self._shown is not None:
            self.clear(self._shown.subject)

    def _on_action(self) -> None:
        shown = self._shown
        self._close_shown()
        if shown is not None and shown.action is not None:
            shown.action()

    def _paint(self, tint: Tint) -> None:
        colour = tint.colour
        if colour == self._painted:
            return  # painting is dear when messages come in floods
        self._painted = colour
        shape = {theme.GOOD: "check", theme.CALM: "info"}.get(tint, "warning")
        self._icon.setPixmap(theme.mark(shape, colour, 18).pixmap(18, 18))
        self.setStyleSheet(theme.tinted_frame("messageBar", colour))
