"""What comes at the listener, quietly: calls and rejections of the last minute, the last call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bxgui.ui import theme, time_texts
from bxgui.ui.pulse import Pulse
from bxgui.ui.widgets import plain_label, tint, tool_button

_TICK_MILLISECONDS = 1000
_LINK = """
QToolButton { border: 1px solid transparent; padding: 0; text-decoration: underline; }
QToolButton:hover { color: palette(link); }
QToolButton:focus { border-color: palette(highlight); border-radius: 2px; }
"""


class ListenerPulse(QWidget):
    """Leaves out what is zero; `rejected_asked` comes when the rejections are clicked."""

    rejected_asked = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._pulse = Pulse()
        self._roomy = True
        self._listening = False
        self.calls = plain_label()
        self.rejected = tool_button("", self.rejected_asked.emit, "")
        self.rejected.setStyleSheet(_LINK)
        self.last_call = plain_label()
        self._dots = (_dot(), _dot())
        for label in (self.calls, self.last_call, *self._dots):
            tint(label, theme.QUIET)
        self.calls.setToolTip(self.tr("Calls that were stored in the last minute"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.calls, self._dots[0], self.rejected, self._dots[1], self.last_call):
            layout.addWidget(widget)
        ticker = QTimer(self, interval=_TICK_MILLISECONDS)
        ticker.timeout.connect(self.tick)
        ticker.start()
        self.tick()

    def show_pulse(self, pulse: Pulse) -> None:
        """Show rates and the last call."""
        self._pulse = pulse
        self.tick()

    def set_roomy(self, roomy: bool) -> None:
        """With little room the last call is left out."""
        self._roomy = roomy
        self.tick()

    def set_listening(self, listening: bool) -> None:
        """While nobody listens nothing is shown."""
        self._listening = listening
        self.tick()

    def tick(self) -> None:
        """Bring the age of the last call up to date."""
        pulse, last = self._pulse, self._pulse.last_call_at
        calls = self.tr("1 call/min") if pulse.calls == 1 else self.tr("%1 calls/min")
        self.calls.setText(calls.replace("%1", str(pulse.calls)))
        # To measure its underlined text takes another font, which is not loaded for nothing.
        if pulse.rejected:
            self._name_rejected(pulse.rejected)
        if last is not None:
            age = time_texts.age_text(last, self._now())
            self.last_call.setText(self.tr("last call %1").replace("%1", age))
            self.last_call.setToolTip(time_texts.moment_text(last))
        shown = (bool(pulse.calls), bool(pulse.rejected), last is not None and self._roomy)
        for widget, is_shown in zip(
            (self.calls, self.rejected, self.last_call), shown, strict=True
        ):
            widget.setVisible(is_shown)
        self._dots[0].setVisible(shown[0] and any(shown[1:]))
        self._dots[1].setVisible(shown[1] and shown[2])
        self.setVisible(self._listening and any(shown))

    def _name_rejected(self, number: int) -> None:
        text = self.tr("%1 rejected/min").replace("%1", str(number))
        self.rejected.setText(text)
        self.rejected.setAccessibleName(text)
        # A style would leave room for an icon.
        self.rejected.setFixedWidth(self.rejected.fontMetrics().horizontalAdvance(text) + 4)
        self.rejected.setToolTip(
            self.tr("Posts that were not taken in the last minute. Click to see which, and why.")
        )


def _dot() -> QLabel:
    return plain_label("·")
