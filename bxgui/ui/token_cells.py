"""What the cells of the token list show of a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QIcon, QPalette

from bxgui.core.deadlines import TokenState
from bxgui.core.queued import Waits
from bxgui.core.records import CallKind, Suspicion, TokenRow
from bxgui.ui import marks, texts, theme, time_texts
from bxgui.ui.problem_texts import told
from bxgui.ui.queue import queue_texts
from bxgui.ui.rejection_texts import answered_text
from bxgui.ui.state_texts import state_meaning
from bxgui.ui.token_columns import ARRIVED, DEADLINE, DOCUMENT, RULE, STATE
from bxgui.ui.widgets import plain_tip

translate = QCoreApplication.translate


class TokenCells:
    """Knows the moment, and what the answers wait for that are `queued`, by their calls."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.queued: Mapping[int, Waits] = {}
        self._now = now
        self._icons: dict[tuple[TokenState | Waits | None, bool], QIcon] = {}

    def text(self, row: TokenRow, column: int) -> str:
        """What is written in a cell."""
        if column == STATE:
            waits = self._waits(row)
            return texts.row_state_text(row) if waits is None else queue_texts.state_text(waits)
        if column == RULE:
            return _name(row)
        if column == DOCUMENT:
            return answered_text(row.status) if _is_rejected(row) else row.document
        if column == ARRIVED:
            return time_texts.age_text(row.arrived_at, self._now())
        return time_texts.countdown_text(row.deadline, self._now()) if row.state else ""

    def icon(self, row: TokenRow) -> QIcon:
        """The mark of a call's state."""
        waits = self._waits(row)
        key = (waits or row.state, bool(row.suspicion))
        if key not in self._icons:
            suspicious = theme.mark("warning", theme.BAD.colour)
            plain = marks.state_icon(row.state) if waits is None else queue_texts.queued_icon(waits)
            self._icons[key] = suspicious if key[1] else plain
        return self._icons[key]

    def colour(self, row: TokenRow, column: int) -> object:
        """The colour of a text; None for the usual one."""
        if column == DEADLINE and row.deadline is not None and row.state is TokenState.EXPIRED:
            return theme.WARN.colour
        if column in {ARRIVED, DEADLINE}:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None

    def tooltip(self, row: TokenRow, column: int) -> str | None:
        """What a cell means."""
        if column == STATE:
            return self._state_meaning(row)
        if column == RULE:
            return plain_tip(told(row.reason) if _is_rejected(row) else row.portal)
        if column == ARRIVED:
            return time_texts.moment_text(row.arrived_at)
        if column == DEADLINE and row.deadline is not None:
            return time_texts.moment_text(row.deadline)
        return None

    def forget_colours(self) -> None:
        """Draw the marks anew, after the palette changed."""
        self._icons.clear()

    def _state_meaning(self, row: TokenRow) -> str | None:
        waits = self._waits(row)
        if waits is not None:
            return queue_texts.state_meaning(waits)
        if row.suspicion is not Suspicion.NONE:
            return texts.suspicion_text(row.suspicion)
        return state_meaning(row.state) if row.state else None

    def _waits(self, row: TokenRow) -> Waits | None:
        return self.queued.get(row.id) if row.state is TokenState.SENDING else None


def _name(row: TokenRow) -> str:
    if _is_rejected(row):
        return told(row.reason)
    return row.rule or translate("TokenModel", "(no rule)")


def _is_rejected(row: TokenRow) -> bool:
    return row.kind is CallKind.REJECTED
