"""What is to be known before a reply goes, listed below the form, what matters most first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from bxgui.core.dates import DateFormat
from bxgui.core.findings import Finding, Severity, Waiver
from bxgui.ui import theme
from bxgui.ui.finding_entry import FindingEntry, Key, Listed
from bxgui.ui.finding_places import Places
from bxgui.ui.widgets import announce, plain_label, push_button, tint

translate = QCoreApplication.translate
# More are made when they are asked for; F8 comes to all of them.
_FIRST = 20
_ROOMY = 420
_SHARE_OPEN, _SHARE_CLOSED = 0.34, 0.2
_SETTLED_MILLISECONDS = 800


class FindingsList(QFrame):
    """Shows findings, goes to them and mends them.

    Where there is little room, a line that counts them is in sight, with the errors and with what
    a person has gone to.
    `places` gives the view that shows the values now, `dates` how they write dates.
    """

    ask_again_asked = Signal(object)
    dates_asked = Signal()

    def __init__(self, places: Callable[[], Places], dates: Callable[[], DateFormat]) -> None:
        super().__init__()
        self._places = places
        self._dates = dates
        self._listed: list[Listed] = []
        self._entries: list[FindingEntry] = []
        self._current: Key | None = None
        # Where the one gone to is, or the one before it once it has been mended.
        self._reached = -1
        self._shows_all = False
        self._room = 0
        self._wanted_open: bool | None = None
        self._told: set[str] = set()
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MILLISECONDS)
        self._settled.timeout.connect(self._announce)
        self._toggle = QToolButton()
        self._toggle.setAutoRaise(True)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.clicked.connect(self._on_toggled)
        self._more = push_button("", self._show_all)
        self._scroll, self._page, self._column = _make_scroll()
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._lay_out()
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether warnings and notes are in sight too."""
        return self._room >= _ROOMY if self._wanted_open is None else self._wanted_open

    def show_findings(self, found: Sequence[Finding], waived: Collection[Waiver]) -> None:
        """Show findings that are in order; those waived come last."""
        places = self._places()
        listed = [
            Listed(one, one.waiver in waived and one.waiver is not None, places.has(one))
            for one in found
        ]
        self._listed = sorted(listed, key=lambda one: one.waived)
        self._shows_all = self._shows_all and len(listed) > _FIRST
        if self._current is not None:
            keys = [one.key for one in self._listed]
            if self._current in keys:
                self._reached = keys.index(self._current)
            else:
                self._current = None
                self._reached -= 1
        self._fill()
        self._settled.start()

    def give_room(self, height: int) -> None:
        """Tell how high the form is."""
        if height != self._room:
            self._room = height
            self._show_open()

    def go_on(self, step: int) -> None:
        """Go to the next finding that has a place, round the end to the first again."""
        here, count = self._here(), len(self._listed)
        start = self._reached if here is None else here
        if here is None and self._current is None and step < 0:
            start += 1
        order = [(start + step * n) % count for n in range(1, count + 1)] if count else []
        found = next((number for number in order if self._listed[number].has_place), None)
        if found is not None:
            self._go_to(found)

    def go_to(self, finding: Finding) -> None:
        """Go to a finding that is listed; one without a place is told."""
        for number, one in enumerate(self._listed):
            if one.finding == finding:
                self._go_to(number)
                return

    def mend_current(self) -> None:
        """Mend the finding gone to, or the first at the cursor that can be mended."""
        at = self._places().at()
        there = [one.finding for one in self._listed if at is not None and one.finding.row == at]
        if self._current is not None:
            current = self._listed[self._reached].finding
            if at is None or current.row is None or current in there:
                there.insert(0, current)
        found = next((finding for finding in there if finding.mend is not None), None)
        if found is not None:
            self._mend(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the findings are in this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _lay_out(self) -> None:
        hint = plain_label(self.tr("F8 next, Alt+Enter mends"))
        tint(hint, theme.QUIET)
        head = QHBoxLayout()
        head.addWidget(self._toggle)
        head.addStretch()
        head.addWidget(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._scroll)

    def _here(self) -> int | None:
        """The finding at the cursor: the one gone to, or else the first of that value."""
        at = self._places().at()
        if at is None:
            return None
        there = [n for n, one in enumerate(self._listed) if one.finding.row == at]
        is_there = self._current is not None and self._reached in there
        return self._reached if is_there else next(iter(there), None)

    def _fill(self) -> None:
        shown = self._listed if self._shows_all else self._listed[:_FIRST]
        for entry in self._entries[len(shown) :]:
            entry.hide()
            entry.deleteLater()
        del self._entries[len(shown) :]
        for number, listed in enumerate(shown):
            if number < len(self._entries):
                self._entries[number].show_listed(listed)
            else:
                self._entries.append(self._make_entry(listed))
        text = self.tr("Show all, %1 more").replace("%1", str(len(self._listed) - len(shown)))
        self._more.setText(text)
        counted = summary_text(self._listed)
        self._toggle.setText(counted)
        self._toggle.setAccessibleName(self.tr("Findings: %1").replace("%1", counted))
        self.setVisible(bool(self._listed))
        self._show_open()

    def _make_entry(self, listed: Listed) -> FindingEntry:
        entry = FindingEntry(listed)
        entry.mend_asked.connect(self._mend)
        entry.place_asked.connect(self.go_to)
        entry.ask_again_asked.connect(self.ask_again_asked)
        entry.dates_asked.connect(self.dates_asked)
        self._column.insertWidget(len(self._entries), entry)
        return entry

    def _show_open(self) -> None:
        is_open = self.is_open
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        tip = self.tr("Show errors only") if is_open else self.tr("Show warnings and notes too")
        self._toggle.setToolTip(tip)
        for entry in self._entries:
            is_current = entry.listed.key == self._current
            entry.set_current(is_current)
            entry.setVisible(is_open or entry.is_error or is_current)
        self._more.setVisible(is_open and len(self._entries) < len(self._listed))
        self._scroll.setVisible(not all(entry.isHidden() for entry in self._entries))
        self._fit()

    def _fit(self) -> None:
        share = _SHARE_OPEN if self.is_open else _SHARE_CLOSED
        most = max(int(self._room * share), 2 * self.fontMetrics().height() + 8)
        wanted = max(self._column.heightForWidth(self.width()), 0)
        self._scroll.setFixedHeight(min(wanted, most))

    def _on_toggled(self) -> None:
        self._wanted_open = not self.is_open
        self._show_open()

    def _show_all(self) -> None:
        self._shows_all = True
        self._fill()

    def _go_to(self, number: int) -> None:
        listed = self._listed[number]
        self._reached, self._current = number, listed.key
        self._shows_all = self._shows_all or number >= len(self._entries)
        self._fill()
        # One that is new, or was hidden, has its place when the layouts are done.
        entry = self._entries[number]
        QTimer.singleShot(0, entry, lambda: self._scroll.ensureWidgetVisible(entry, 0, 0))
        if listed.has_place:
            self._places().go_to(listed.finding)
        else:
            announce(self, listed.text)

    def _mend(self, finding: Finding) -> None:
        self._places().mend(finding, self._dates())

    def _announce(self) -> None:
        """Tell a screen reader what is new, once a person has paused."""
        texts = [one.text for one in self._listed if not one.waived]
        new = [text for text in texts if text not in self._told]
        is_gone = not self._told.issubset(texts)
        self._told = set(texts)
        if new or is_gone:
            counted = summary_text(self._listed) or self.tr("Nothing speaks against this reply.")
            announce(self, "\n".join([counted, *new[:1]]))


def summary_text(listed: Sequence[Listed]) -> str:
    """How many findings there are, by how much they matter; empty for none."""
    asked = [one.finding.severity for one in listed if not one.waived]
    counts = (
        (translate("FindingsList", "Errors: %1"), asked.count(Severity.ERROR)),
        (translate("FindingsList", "Warnings: %1"), asked.count(Severity.WARNING)),
        (translate("FindingsList", "Notes: %1"), asked.count(Severity.NOTE)),
        (translate("FindingsList", "Not asked about: %1"), len(listed) - len(asked)),
    )
    return ", ".join(text.replace("%1", str(count)) for text, count in counts if count)


def _make_scroll() -> tuple[QScrollArea, QWidget, QVBoxLayout]:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    scroll.setWidget(page)
    return scroll, page, column
