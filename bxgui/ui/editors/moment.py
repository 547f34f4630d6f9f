"""Dates and moments, typed in the site's format or as ISO 8601, or picked from a calendar."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from bxgui.core.dates import DateFormat, read_date
from bxgui.core.schema import ValueType
from bxgui.ui.editors.calendar_popup import CalendarPopup
from bxgui.ui.editors.checks import check_of
from bxgui.ui.editors.editor import translate
from bxgui.ui.editors.line import OpeningEditor

_HINTS = {ValueType.DATE: "31.12.2026", ValueType.DATETIME: "31.12.2026 18:30:00"}


class DateEditor(OpeningEditor):
    """The editor of a `date` or a `datetime`."""

    def __init__(self, kind: ValueType, dates: DateFormat) -> None:
        tip = translate("Editors", "Calendar (F4)")
        super().__init__(_HINTS[kind], "calendar", tip, check_of(kind, dates))
        self._kind = kind
        self._dates = dates

    def _open(self) -> None:
        begun = read_date(self.text(), self._dates)
        popup = CalendarPopup(begun, self, with_time=self._kind is ValueType.DATETIME)
        popup.chosen.connect(self._put)
        popup.open_below(self.mapToGlobal(QPoint(0, self.height())))
