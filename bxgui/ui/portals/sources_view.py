"""What authorizes requests to a portal, in the order in which it is tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bxgui.core.authorization import Source
from bxgui.ui import theme
from bxgui.ui.portals.source_card import SourceCard
from bxgui.ui.portals.source_texts import report_told, source_told
from bxgui.ui.widgets import announce, plain_label, push_button, tint

if TYPE_CHECKING:
    from bxgui.services.portal_facts import PortalFacts
    from bxgui.services.source_report import SourceReport


class SourcesView(QWidget):
    """`order_wanted` carries the sources to try from now on, `asked` a `PortalTask`."""

    order_wanted = Signal(object)
    asked = Signal(object)
    test_asked = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._order: tuple[Source, ...] = ()
        self.cards = {source: SourceCard(source) for source in Source}
        for source, card in self.cards.items():
            card.moved.connect(partial(self._move, source))
            card.use_wanted.connect(partial(self._use, source))
            card.asked.connect(self.asked)
        self.test = push_button(
            self.tr("&Test"),
            self.test_asked.emit,
            self.tr("Ask the portal what each may do; nothing is changed there"),
        )
        self.outcome = plain_label(wrap=True)
        self._lay_out()

    def show_facts(self, facts: PortalFacts) -> None:
        """Show the state of each source; an order that was wanted meanwhile comes with the next."""
        portal, found = facts.portal, {one.source: one for one in facts.sources}
        for source, card in self.cards.items():
            told = source_told(source, found, portal, self._now())
            card.show_state(told, entered=source in found, trusted=portal.trusted)
        self.test.setEnabled(portal.trusted)
        self.show_order(portal.order)

    def show_order(self, order: tuple[Source, ...]) -> None:
        """Show the sources in this order, those that are not tried behind them."""
        unused = tuple(source for source in Source if source not in order)
        for place, source in enumerate((*order, *unused)):
            card = self.cards[source]
            if self._cards.indexOf(card) != place:
                self._cards.insertWidget(place, card)
            used = source in order
            card.show_place(place + 1, len(order), used=used, may_stop=len(order) > 1)
        if order != self._order:
            self._order = order
            self._set_tab_order((*order, *unused))

    def show_reports(self, reports: Sequence[SourceReport] | None, *, testing: bool) -> None:
        """Show what a test has found; None where there was no test."""
        found = {one.source: one for one in reports or ()}
        for source, card in self.cards.items():
            one = found.get(source)
            card.show_report(report_told(one, card.state.text()) if one is not None else None)
        self.test.setEnabled(self.test.isEnabled() and not testing)
        text, colour = self._outcome_text(reports, testing=testing)
        if text != self.outcome.text() and text:
            announce(self, text)
        self.outcome.setText(text)
        tint(self.outcome, colour)

    def _outcome_text(
        self, reports: Sequence[SourceReport] | None, *, testing: bool
    ) -> tuple[str, theme.Tint]:
        if testing:
            return self.tr("Asking the portal…"), theme.QUIET
        if reports is None:
            return "", theme.QUIET
        if not reports:
            return self.tr("Nothing authorizes requests to this portal yet."), theme.WARN
        if any(one.answers for one in reports):
            return self.tr("Tested: replies can be sent."), theme.GOOD
        return self.tr("Tested: no reply can be sent with any of these."), theme.BAD

    def _lay_out(self) -> None:
        title = plain_label(self.tr("Authorization, in the order of trying"))
        title.setFont(theme.bold(self.font()))
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self.outcome, 1)
        head.addWidget(self.test)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(self._cards)
        for card in self.cards.values():
            self._cards.addWidget(card)

    def _move(self, source: Source, step: int) -> None:
        order = list(self._order)
        place = order.index(source)
        order.insert(place + step, order.pop(place))
        self._want(tuple(order))
        card = self.cards[source]
        button = card.earlier if step < 0 else card.later
        other = card.later if step < 0 else card.earlier
        (button if button.isEnabled() else other).setFocus()

    def _use(self, source: Source, used: bool) -> None:
        rest = tuple(one for one in self._order if one is not source)
        self._want((*rest, source) if used else rest)

    def _want(self, order: tuple[Source, ...]) -> None:
        self.show_order(order)
        self.order_wanted.emit(order)

    def _set_tab_order(self, sources: Sequence[Source]) -> None:
        before: QWidget = self.test
        for source in sources:
            card = self.cards[source]
            for widget in (card.use, *card.tasks.values(), card.earlier, card.later):
                QWidget.setTabOrder(before, widget)
                before = widget
