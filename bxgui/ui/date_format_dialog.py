"""How a portal is sent dates."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.dates import DateFormat, DateStyle, written_date
from bxgui.core.plain_text import brief
from bxgui.core.records import Portal
from bxgui.ui import theme
from bxgui.ui.widgets import plain_label, tint

_WIDTH = 560
_LONGEST_HOST = 60
# How far clocks of the world are ahead of UTC today: whole hours, and what lies between them.
_HOURS = range(-12, 15)
_BETWEEN = (-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765)
_OFFSETS = sorted([hour * 60 for hour in _HOURS] + list(_BETWEEN))


class DateFormatDialog(QDialog):
    """Offers each style with today in it; `wanted` carries the `DateFormat` chosen."""

    wanted = Signal(object)

    def __init__(self, portal: Portal, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How this portal is sent dates"))
        self._now = now
        self._group = QButtonGroup(self)
        self._examples: dict[DateStyle, QLabel] = {}
        self._clock = self._make_clock(portal.date_format)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        host = brief(portal.host, _LONGEST_HOST)
        layout.addWidget(
            plain_label(
                self.tr(
                    "Whatever way a date is typed, %1 is sent it in the format chosen here. "
                    "It has to be that of the portal's site."
                ).replace("%1", host),
                wrap=True,
            )
        )
        layout.addLayout(self._make_styles(portal.date_format.style))
        layout.addLayout(self._make_clock_line())
        layout.addWidget(self._quiet(self._clock_text()))
        layout.addWidget(self._make_buttons())
        self.setMinimumWidth(_WIDTH)
        self._show_examples()

    @property
    def date_format(self) -> DateFormat:
        """The format chosen."""
        style = list(DateStyle)[self._group.checkedId()]
        return DateFormat(style, self._clock.currentData())

    def _make_styles(self, chosen: DateStyle) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(18)
        texts = {
            DateStyle.ISO: self.tr("ISO 8601"),
            DateStyle.UNIX: self.tr("Seconds since 1970"),
        }
        for number, style in enumerate(DateStyle):
            button = QRadioButton(texts.get(style, style.value))
            button.setChecked(style is chosen)
            button.toggled.connect(self._show_examples)
            self._group.addButton(button, number)
            self._examples[style] = plain_label()
            tint(self._examples[style], theme.QUIET)
            row = grid.rowCount()
            grid.addWidget(button, row, 0)
            grid.addWidget(self._examples[style], row, 1)
            if style is DateStyle.ISO:
                grid.addWidget(self._quiet(self._iso_text()), row + 1, 0, 1, 2)
        return grid

    def _make_clock(self, chosen: DateFormat) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("The portal's clock"))
        box.addItem(self.tr("not known"), None)
        for offset in sorted({*_OFFSETS, *([] if chosen.offset is None else [chosen.offset])}):
            zone = str(DateFormat(chosen.style, offset)).rpartition(" ")[2]
            box.addItem(f"UTC{zone}", offset)
        box.setCurrentIndex(box.findData(chosen.offset) if chosen.offset is not None else 0)
        box.currentIndexChanged.connect(self._show_examples)
        return box

    def _make_clock_line(self) -> QHBoxLayout:
        label = QLabel(self.tr("The portal's &clock"))
        label.setBuddy(self._clock)
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self._clock)
        line.addStretch()
        return line

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._on_save)
        buttons.rejected.connect(self.reject)
        return buttons

    def _quiet(self, text: str) -> QLabel:
        label = plain_label(text, wrap=True)
        tint(label, theme.QUIET)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        return label

    def _iso_text(self) -> str:
        return self.tr(
            "The portal shifts a date with an offset by the time zone of its user, so another "
            "hour may be stored. Choose it only where that is wanted."
        )

    def _clock_text(self) -> str:
        return self.tr(
            "Used when a date is typed with an offset, as 2026-12-31T18:30:00+03:00, and for "
            "ISO 8601 and seconds. While it is not known, an offset typed is left out, and "
            "other dates count as UTC there."
        )

    def _show_examples(self) -> None:
        today = self._now.isoformat(timespec="seconds")
        for style, label in self._examples.items():
            form = DateFormat(style, self._clock.currentData())
            label.setText(written_date(today, form, with_time=True) or "")

    def _on_save(self) -> None:
        self.wanted.emit(self.date_format)
        self.accept()
