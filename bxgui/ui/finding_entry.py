"""One finding in the list below the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from bxgui.core.findings import Finding, FindingCode, Severity
from bxgui.core.schema import ValueType
from bxgui.ui import marks, theme
from bxgui.ui.finding_texts import finding_text, mend_text, severity_text
from bxgui.ui.widgets import plain_label, plain_tip, tint, tool_button

translate = QCoreApplication.translate
_MOST_OF_A_MEND = 150
_BREATH = 40
Key: TypeAlias = tuple[FindingCode, str, int | None, bool]
_DATES = frozenset({ValueType.DATE, ValueType.DATETIME})


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding as it is listed: whether it is waived, and whether there is a place to go to."""

    finding: Finding
    waived: bool = False
    has_place: bool = False

    @property
    def key(self) -> Key:
        """What tells it apart from the others, also after an edit."""
        finding = self.finding
        return finding.code, finding.name, finding.row, bool(finding.given)

    @property
    def text(self) -> str:
        """How much it matters, and what it is."""
        finding = self.finding
        line = translate("FindingEntry", "%1: %2")
        if self.waived:
            line = translate("FindingEntry", "%1, not asked about for this rule: %2")
        return line.replace("%1", severity_text(finding.severity), 1).replace(
            "%2", finding_text(finding), 1
        )


class FindingEntry(QWidget):
    """Tells a finding, and offers its mend, its place, and what else is to be done about it."""

    mend_asked = Signal(object)
    place_asked = Signal(object)
    ask_again_asked = Signal(object)
    dates_asked = Signal()

    def __init__(self, listed: Listed) -> None:
        super().__init__()
        self._listed = listed
        self._current = False
        self._icon = QLabel()
        self._text = plain_label(wrap=True)
        self._text.setContentsMargins(0, 2, 0, 2)
        self._mend = self._button(lambda: self.mend_asked.emit(self._listed.finding))
        self._dates = self._button(self.dates_asked.emit, self.tr("Dates…"))
        self._dates.setToolTip(self.tr("How this portal is sent dates"))
        self._again = self._button(
            lambda: self.ask_again_asked.emit(self._listed.finding), self.tr("Ask again")
        )
        self._place = tool_button(
            "→", lambda: self.place_asked.emit(self._listed.finding), self.tr("Go there (F8)")
        )
        self._lay_out()
        self._show()

    @property
    def listed(self) -> Listed:
        """What is told."""
        return self._listed

    @property
    def is_error(self) -> bool:
        """Whether it stops the reply."""
        return self._listed.finding.severity is Severity.ERROR

    def show_listed(self, listed: Listed) -> None:
        """Tell another finding."""
        if listed != self._listed:
            self._listed = listed
            self._show()

    def set_current(self, current: bool) -> None:
        """Mark the one that a person has gone to."""
        if current != self._current:
            self._current = current
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the one gone to on a breath of the selection's colour."""
        if self._current:
            colour = self.palette().color(QPalette.ColorRole.Highlight)
            colour.setAlpha(_BREATH)
            painter = QPainter(self)
            painter.fillRect(self.rect(), colour)
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()

    def _button(self, act: Callable[[], None], text: str = "") -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 2, 0)
        layout.setSpacing(6)
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(self._icon, 0, top)
        layout.addWidget(self._text, 1, top)
        for button in (self._mend, self._dates, self._again, self._place):
            layout.addWidget(button, 0, top)

    def _show(self) -> None:
        listed, finding = self._listed, self._listed.finding
        self._text.setText(listed.text)
        if listed.waived:
            tint(self._text, theme.QUIET)
        else:
            self._text.setPalette(QPalette())
        self._show_icon()
        mend = mend_text(finding)
        room = self._mend.fontMetrics().elidedText(
            mend, Qt.TextElideMode.ElideRight, _MOST_OF_A_MEND
        )
        self._mend.setText(room.replace("&", "&&"))
        self._mend.setToolTip(plain_tip(f"{mend} (Alt+Enter)"))
        self._mend.setAccessibleName(mend)
        self._mend.setVisible(bool(mend))
        self._dates.setVisible(_is_about_dates(finding))
        self._again.setVisible(listed.waived)
        self._place.setVisible(listed.has_place)
        for button in (self._mend, self._dates, self._again, self._place):
            button.setAccessibleDescription(listed.text)

    def _show_icon(self) -> None:
        size = self.fontMetrics().ascent()
        colour = theme.QUIET if self._listed.waived else None
        icon = marks.severity_icon(self._listed.finding.severity, size, colour)
        self._icon.setPixmap(icon.pixmap(size, size))
        self._icon.setContentsMargins(0, 4, 0, 0)


def _is_about_dates(finding: Finding) -> bool:
    if finding.code is FindingCode.SHIFTED_DATE:
        return True
    told = {FindingCode.WRONG_TYPE, FindingCode.UNREADABLE}
    return finding.code in told and finding.kind in _DATES
