"""The bar at the top: whether the listener listens, where, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton

from bxgui.ui import theme
from bxgui.ui.listener_pulse import ListenerPulse
from bxgui.ui.widgets import ElidedLabel, copy_button, plain_label, push_button

_WIDTH_WITH_LAST_CALL = 940


class ListenerBar(QFrame):
    """Shows the listener's state, its address, and what comes at it."""

    restart_asked = Signal()
    test_call_asked = Signal()
    rejected_asked = Signal()
    settings_asked = Signal()
    new_address_asked = Signal()
    check_asked = Signal()
    rules_asked = Signal()
    portals_asked = Signal()
    repeats_asked = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("listenerBar")
        self._listening = False
        self._icon = QLabel()
        self._state = plain_label()
        self._state.setFont(theme.bold(self.font()))
        self._url = ElidedLabel()
        self.pulse = ListenerPulse(now)
        self.pulse.rejected_asked.connect(self.rejected_asked)
        self._copy = copy_button(self._copy_url, self.tr("Copy the handler's address"))
        self.test_call = push_button(
            self.tr("Send a test call"),
            self.test_call_asked.emit,
            self.tr("Post a call from a practice portal on this computer, to try everything out"),
        )
        self.restart = push_button(self.tr("Restart listener"), self.restart_asked.emit)
        self._more = self._make_menu()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._state)
        layout.addWidget(self._url, 1)
        layout.addWidget(self._copy)
        layout.addWidget(self.pulse)
        layout.addWidget(self.restart)
        layout.addWidget(self.test_call)
        layout.addWidget(self._more)
        self.show_starting()

    @property
    def url(self) -> str:
        """The handler's address, empty while there is none."""
        return self._url.text if self._listening else ""

    @property
    def state(self) -> str:
        """The listener's state in a word."""
        return self._state.text()

    def show_starting(self) -> None:
        """The listener is on its way."""
        self._listening = False
        self._show(self.tr("Starting"), "", theme.QUIET, "ring")

    def show_listening(self, url: str) -> None:
        """The listener listens at an address."""
        self._listening = True
        self._show(self.tr("Listening"), url, theme.GOOD, "disc")

    def show_stopped(self, reason: str) -> None:
        """The listener is down: calls that come now are lost."""
        self._listening = False
        self._show(self.tr("Not listening"), reason, theme.BAD, "cross")
        self.restart.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what a narrow bar has no room for."""
        super().resizeEvent(event)
        self.pulse.set_roomy(event.size().width() >= _WIDTH_WITH_LAST_CALL)

    def _show(self, state: str, text: str, tint: theme.Tint, shape: str) -> None:
        colour = tint.colour
        self._icon.setPixmap(theme.mark(shape, colour, 14).pixmap(14, 14))
        self._state.setText(state)
        self._url.set_text(text)
        self._copy.setVisible(self._listening)
        self.pulse.set_listening(self._listening)
        self.test_call.setEnabled(self._listening)
        self.restart.hide()
        loud = tint is theme.BAD
        self.setStyleSheet(theme.tinted_frame("listenerBar", colour) if loud else "")

    def _make_menu(self) -> QToolButton:
        button = QToolButton()
        button.setText("⋯")
        button.setAutoRaise(True)
        button.setToolTip(self.tr("More: portals, rules, listener"))
        button.setAccessibleName(self.tr("More: portals, rules, listener"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(button)
        menu.addAction(self.tr("Portals…"), self.portals_asked.emit)
        menu.addAction(self.tr("Rules…"), self.rules_asked.emit)
        menu.addAction(self.tr("Repeats of replies…"), self.repeats_asked.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Listener settings…"), self.settings_asked.emit)
        menu.addAction(self.tr("New secret address…"), self.new_address_asked.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Check the listener…"), self.check_asked.emit)
        menu.addAction(self.tr("Restart listener"), self.restart_asked.emit)
        button.setMenu(menu)
        return button

    def _copy_url(self) -> None:
        QGuiApplication.clipboard().setText(self._url.text)
