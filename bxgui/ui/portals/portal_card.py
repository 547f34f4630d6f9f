"""The portal chosen on the page: what is known of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bxgui.ui import theme
from bxgui.ui.portals.portal_texts import fact_rows, portal_title, portal_told, trust_text
from bxgui.ui.portals.sources_view import SourcesView
from bxgui.ui.portals.task import NEEDS_TRUST, PortalTask
from bxgui.ui.portals.task_button import task_button
from bxgui.ui.widgets import ElidedLabel, plain_label, selectable_label, tint

if TYPE_CHECKING:
    from bxgui.services.portal_facts import PortalFacts

_BELOW = (PortalTask.SETTINGS, PortalTask.DATES, PortalTask.MOVE, PortalTask.FORGET)
_MARK = 18


class PortalCard(QWidget):
    """`asked` carries a `PortalTask`."""

    asked = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._icon = QLabel()
        self._title = ElidedLabel()
        self._title.setFont(theme.bold(self.font(), 1.15))
        self._trust = plain_label(wrap=True)
        self._rows: dict[str, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self.sources = SourcesView(now)
        self.sources.asked.connect(self.asked)
        self.tasks = {
            task: task_button(task, self.asked.emit)
            for task in (PortalTask.TRUST, PortalTask.DISTRUST, *_BELOW)
        }
        self._lay_out()

    def show_facts(self, facts: PortalFacts) -> None:
        """Show a portal."""
        portal = facts.portal
        told = portal_told(facts, self._now())
        self._icon.setPixmap(theme.mark(told.shape, told.tint.colour, _MARK).pixmap(_MARK, _MARK))
        self._icon.setToolTip(told.text)
        self._title.set_text(portal_title(portal))
        self._trust.setText(trust_text(portal))
        tint(self._trust, theme.QUIET if portal.trusted else theme.WARN)
        self.tasks[PortalTask.TRUST].setVisible(not portal.trusted)
        self.tasks[PortalTask.DISTRUST].setVisible(portal.trusted)
        for task in _BELOW:
            self.tasks[task].setEnabled(portal.trusted or task not in NEEDS_TRUST)
        self._show_rows(facts)
        self.sources.show_facts(facts)

    def _show_rows(self, facts: PortalFacts) -> None:
        for name, text in fact_rows(facts):
            label, value = self._rows.get(name) or self._add_row(name)
            if value.text() != text:  # what is selected in it stays so
                value.setText(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))

    def _add_row(self, name: str) -> tuple[QLabel, QLabel]:
        label, value = plain_label(name), selectable_label(wrap=True)
        value.setAccessibleName(name)
        tint(label, theme.QUIET)
        row = len(self._rows)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._rows[name] = label, value
        return label, value

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        head.addWidget(self.tasks[PortalTask.TRUST])
        head.addWidget(self.tasks[PortalTask.DISTRUST])
        below = QHBoxLayout()
        for task in _BELOW:
            below.addWidget(self.tasks[task])
        below.addStretch()
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addLayout(self._grid)
        inner.addWidget(self.sources)
        inner.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._trust)
        layout.addWidget(scroll, 1)
        layout.addLayout(below)
