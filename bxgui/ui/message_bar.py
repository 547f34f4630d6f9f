"""A bar for known troubles: what happened, what to do, and a button where one helps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from bxgui.ui import theme
from bxgui.ui.theme import Tint
from bxgui.ui.widgets import push_button, selectable_label, tool_button


class MessageBar(QFrame):
    """Shows one message at a time until it is closed, or what it told of is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Message"))
        self._action: Callable[[], None] | None = None
        self._subject = ""
        self._icon = QLabel()
        self._text = selectable_label(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = push_button("", self._on_action)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(
            tool_button("✕", self.hide, self.tr("Close the message")),
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
        """Show a message; `subject` lets `clear` take back just this one."""
        self._action, self._subject = action, subject
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._paint(tint)
        self.show()

    def clear(self, subject: str) -> None:
        """Hide the message if it is about this."""
        if self._subject == subject:
            self.hide()

    def _on_action(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def _paint(self, tint: Tint) -> None:
        colour = tint.colour
        self._icon.setPixmap(theme.mark("warning", colour, 18).pixmap(18, 18))
        self.setStyleSheet(theme.tinted_frame("messageBar", colour))
