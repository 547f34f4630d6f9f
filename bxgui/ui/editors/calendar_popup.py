"""A calendar that opens under a line."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QPoint, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from bxgui.ui.widgets import push_button

_DATE = "dd.MM.yyyy"
_DATETIME = "dd.MM.yyyy HH:mm:ss"


class CalendarPopup(QFrame):
    """Offers a day, with the time where it belongs to the value; `chosen` carries the text.

    The text is in the site's format. Esc closes without a choice.
    """

    chosen = Signal(str)

    def __init__(self, begun: datetime | None, parent: QWidget, *, with_time: bool) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._with_time = with_time
        day, time = QDate.currentDate(), QTime(0, 0)
        if begun is not None:
            day = QDate(begun.year, begun.month, begun.day)
            time = QTime(begun.hour, begun.minute, begun.second)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(self.tr("Calendar"))
        self.calendar.setSelectedDate(day)
        self.calendar.activated.connect(lambda _day: self._choose())
        if not with_time:
            self.calendar.clicked.connect(lambda _day: self._choose())
        self.time = QTimeEdit(time)
        self.time.setDisplayFormat("HH:mm:ss")
        self.time.setAccessibleName(self.tr("Time"))
        self._lay_out()

    def open_below(self, place: QPoint) -> None:
        """Open under a place on the screen, or as near as there is room."""
        size, room = self.sizeHint(), self.screen().availableGeometry()
        left = max(min(place.x(), room.right() - size.width()), room.left())
        top = max(min(place.y(), room.bottom() - size.height()), room.top())
        self.move(left, top)
        self.show()
        self.calendar.setFocus()

    def _lay_out(self) -> None:
        last = QHBoxLayout()
        now = self.tr("Now") if self._with_time else self.tr("Today")
        last.addWidget(push_button(now, self._choose_now))
        last.addStretch()
        if self._with_time:
            label = QLabel(self.tr("&Time"))
            label.setBuddy(self.time)
            last.addWidget(label)
            last.addWidget(self.time)
        last.addWidget(push_button(self.tr("OK"), self._choose))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.calendar)
        layout.addLayout(last)
        if not self._with_time:
            self.time.hide()
            self.time.setParent(self)

    def _choose_now(self) -> None:
        self.calendar.setSelectedDate(QDate.currentDate())
        self.time.setTime(QTime.currentTime())
        self._choose()

    def _choose(self) -> None:
        moment = QDateTime(self.calendar.selectedDate(), self.time.time())
        text = moment.toString(_DATETIME if self._with_time else _DATE)
        self.close()
        self.chosen.emit(text)
