"""Offers, above the form, to make the schema of a call's rule known."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bxgui.core.records import CallDetail, CallKind
from bxgui.ui import theme
from bxgui.ui.desk import Desk
from bxgui.ui.rules.task import RuleTask
from bxgui.ui.widgets import ElidedLabel, tint, tool_button

if TYPE_CHECKING:
    from bxgui.services.rules import SchemaOffer as Offer


class SchemaOffer(QWidget):
    """One quiet line, until a schema is kept or the offer is declined for the rule.

    `asked` carries the task chosen.
    """

    asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._call_id: int | None = None
        self._text = ElidedLabel(gives_way=Qt.TextElideMode.ElideRight)
        text = self.tr("No schema is known for this rule.")
        more = self.tr("Import its registration, or learn it from earlier replies to the rule.")
        self._text.set_text(text, f"{text} {more}")
        tint(self._text, theme.QUIET)
        self.import_button = tool_button(
            self.tr("Import…"),
            partial(self.asked.emit, RuleTask.IMPORT),
            self.tr("Import the registration of this rule"),
        )
        self.learn_button = tool_button("", partial(self.asked.emit, RuleTask.LEARN), "")
        decline = tool_button(
            "✕", self._decline, self.tr("Do not offer this for the rule any more")
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._text, 1)
        for button in (self.import_button, self.learn_button, decline):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            layout.addWidget(button)
        self.hide()

    def show_call(self, call: CallDetail) -> None:
        """Offer it for the rule of a call, where nothing is known of it."""
        if call.row.id != self._call_id or call.schema:
            self.hide()
        self._call_id = call.row.id
        if call.schema or call.row.kind is not CallKind.TOKEN:
            return
        call_id = call.row.id
        self._desk.ask(lambda w: w.rules.offer(call_id), partial(self._show, call_id))

    def _show(self, call_id: int, offer: Offer | None) -> None:
        if call_id != self._call_id:
            return
        self.setVisible(offer is not None)
        if offer is not None:
            text = self.tr("Learn from replies (%1)…").replace("%1", str(offer.replies))
            self.learn_button.setText(text)
            self.learn_button.setToolTip(text)
            self.learn_button.setAccessibleName(text)
            self.learn_button.setVisible(offer.replies > 0)

    def _decline(self) -> None:
        call_id = self._call_id
        self.hide()
        if call_id is not None:
            self._desk.ask(lambda w: w.rules.decline_offer(call_id), lambda _none: None)
