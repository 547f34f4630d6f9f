"""The page of portals: those known from calls and installations, and those added by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.authorization import Source
from bxgui.ui import theme
from bxgui.ui.asking_dialog import AskingDialog
from bxgui.ui.desk import Desk
from bxgui.ui.portals.portal_card import PortalCard
from bxgui.ui.portals.portal_texts import portal_title, portal_told
from bxgui.ui.portals.trouble import trouble_text
from bxgui.ui.rules.asking import Asking
from bxgui.ui.widgets import plain_label, plain_tip, push_button, tint

if TYPE_CHECKING:
    from bxgui.services.portal_facts import PortalFacts
    from bxgui.services.source_report import SourceReport
    from bxgui.services.workspace import Workspace

_WIDTH, _HEIGHT = 960, 660
_MARK = 16


class PortalsDialog(AskingDialog):
    """`asked` carries a `PortalTask` and the facts of the portal it is for; `add_asked` nothing."""

    asked = Signal(object, object)
    add_asked = Signal()

    def __init__(
        self, desk: Desk, now: Callable[[], datetime], chosen: str, parent: QWidget
    ) -> None:
        super().__init__(desk, parent)
        self.setWindowTitle(self.tr("Portals"))
        self._now = now
        self._wanted = chosen
        self._portals: Sequence[PortalFacts] = ()
        self._reports: dict[int, Sequence[SourceReport]] = {}
        self._testing: set[int] = set()
        self._orders: dict[int, tuple[Asking, tuple[Source, ...]]] = {}
        self._refreshing = Asking(desk)
        self.list = self._make_list()
        self.card = PortalCard(now)
        self._empty = self._make_empty()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.refresh()

    @property
    def current(self) -> PortalFacts | None:
        """The portal chosen."""
        row = self.list.currentRow()
        return self._portals[row] if 0 <= row < len(self._portals) else None

    def choose(self, key: str) -> None:
        """Show a portal, at once or as soon as it is listed."""
        self._wanted = key
        self.refresh()

    def refresh(self) -> None:
        """Ask for the portals again."""
        self._refreshing.ask(lambda w: w.portal_book.facts(), self._show_portals, self.complain)

    def complain(self, error: Exception) -> None:
        """Report a known problem; raise a bug."""
        self.report.show_message(trouble_text(error), tint=theme.BAD)

    def warn(self, text: str) -> None:
        """Report what was done, and what is to be known of it."""
        self.report.show_message(text, tint=theme.WARN)

    def close_page(self) -> None:
        """Close, as Esc does."""
        self.reject()

    def done(self, code: int) -> None:
        """Close; answers to questions about what is shown are void."""
        self._refreshing.close()
        self.desk.changed.disconnect(self.refresh)
        super().done(code)

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(self.tr("Portals"))
        made.setIconSize(QSize(_MARK, _MARK))
        made.setSpacing(2)
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _make_empty(self) -> QWidget:
        text = plain_label(
            self.tr(
                "No portal is known yet.\n\nA portal is known from its first call, or from the "
                "installation of its application. One that has not called can be added by hand, "
                "by its address."
            ),
            wrap=True,
        )
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setMargin(40)
        tint(text, theme.QUIET)
        return text

    def _lay_out(self) -> None:
        add = push_button(
            self.tr("&Add a portal…"), self.add_asked.emit, self.tr("Add a portal by its address")
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(add)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.card)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setChildrenCollapsible(False)
        across.setHandleWidth(9)
        across.addWidget(left)
        across.addWidget(self._stack)
        across.setStretchFactor(1, 1)
        across.setSizes([240, _WIDTH - 240])
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(push_button(self.tr("Close"), self.close_page))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.report)
        layout.addWidget(across, 1)
        layout.addLayout(below)
        self.resize(_WIDTH, _HEIGHT)
        self.list.setFocus()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._show_current())
        self.card.asked.connect(self._on_asked)
        self.card.sources.test_asked.connect(self._test)
        self.card.sources.order_wanted.connect(self._set_order)
        self.desk.changed.connect(self.refresh)

    def _on_asked(self, task: object) -> None:
        if self.current is not None:
            self.asked.emit(task, self.current)

    def _show_portals(self, portals: Sequence[PortalFacts]) -> None:
        before = self.current
        self._portals = portals
        row = self._row_to_show(before)
        with QSignalBlocker(self.list):
            self._fill_list()
            self.list.setCurrentRow(row)
        self._show_current()

    def _row_to_show(self, before: PortalFacts | None) -> int:
        """That of the portal asked for, else of the one shown, whose key may have changed."""
        keys = [one.portal.key for one in self._portals]
        if self._wanted in keys:
            row = keys.index(self._wanted)
            self._wanted = ""
            return row
        ids = [one.portal.id for one in self._portals]
        if before is not None and before.portal.id in ids:
            return ids.index(before.portal.id)
        return 0 if ids else -1

    def _fill_list(self) -> None:
        while self.list.count() > len(self._portals):
            self.list.takeItem(self.list.count() - 1)
        for row, facts in enumerate(self._portals):
            if row == self.list.count():
                self.list.addItem(QListWidgetItem())
            self._show_item(self.list.item(row), facts)

    def _show_item(self, item: QListWidgetItem, facts: PortalFacts) -> None:
        told, title = portal_told(facts, self._now()), portal_title(facts.portal)
        item.setText(f"{title}\n{told.text}")
        item.setToolTip(plain_tip(facts.portal.endpoint or title))
        item.setIcon(QIcon(theme.mark(told.shape, told.tint.colour, _MARK)))

    def _show_current(self) -> None:
        facts = self.current
        self._stack.setCurrentWidget(self._empty if facts is None else self.card)
        if facts is None:
            return
        portal_id = facts.portal.id
        self.card.show_facts(facts)
        if portal_id in self._orders:
            self.card.sources.show_order(self._orders[portal_id][1])
        testing = portal_id in self._testing
        self.card.sources.show_reports(self._reports.get(portal_id), testing=testing)

    def _test(self) -> None:
        facts = self.current
        if facts is None or facts.portal.id in self._testing:
            return
        portal = facts.portal
        self._testing.add(portal.id)
        self._reports.pop(portal.id, None)
        self._show_current()

        def over() -> None:
            self._testing.discard(portal.id)
            self.desk.note_change()
            self._show_current()

        def tested(reports: Sequence[SourceReport]) -> None:
            self._reports[portal.id] = reports
            over()

        def failed(error: Exception) -> None:
            over()
            self.complain(error)

        self.ask(lambda w: w.portal_book.test(portal.key), tested, failed)

    def _set_order(self, order: tuple[Source, ...]) -> None:
        """Keep an order; of several that are wanted in a row, the last one stays."""
        facts = self.current
        if facts is None:
            return
        portal = facts.portal
        asking = self._orders[portal.id][0] if portal.id in self._orders else Asking(self.desk)
        self._orders[portal.id] = asking, order

        def keep(workspace: Workspace) -> None:
            settings = workspace.portal_book.find(portal.key).settings
            workspace.portal_book.change(portal.key, replace(settings, order=order))

        def kept(_none: object) -> None:
            self._orders.pop(portal.id, None)
            self.desk.note_change()

        def failed(error: Exception) -> None:
            kept(None)
            self.complain(error)

        asking.ask(keep, kept, failed)
