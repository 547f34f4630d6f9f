"""What stands above a call's tabs: which it is, its token, deadline and access."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from bxgui.core.deadlines import TokenState
from bxgui.core.document_link import document_url
from bxgui.core.queued import Waits
from bxgui.core.records import CallDetail, CallKind, Suspicion
from bxgui.ui import marks, state_texts, texts, theme, time_texts
from bxgui.ui.problem_texts import told
from bxgui.ui.queue.queue_texts import queued_icon, state_meaning, state_text
from bxgui.ui.rejection_texts import answered_text
from bxgui.ui.rules.schema_menu import SchemaMenu
from bxgui.ui.rules.task import RuleTask
from bxgui.ui.widgets import ElidedLabel, copy_button, plain_label, tint, tool_button


class CallHeader(QWidget):
    """Names the call and counts down.

    `schema_asked` carries the call, and what is wanted of its rule's schema; `portal_asked` the key
    of its portal.
    """

    copy_token_asked = Signal(int)
    open_asked = Signal(str)
    schema_asked = Signal(int, object)
    portal_asked = Signal(str)
    check_asked = Signal(int)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._call: CallDetail | None = None
        self._queued: Mapping[int, Waits] = {}
        self._icon = QLabel()
        self._title = ElidedLabel()
        self._title.setFont(theme.bold(self.font(), 1.15))
        self._open = tool_button("↗", self._on_open, self.tr("Open the document in the portal"))
        self.portal = tool_button(
            "⚙", self._on_portal, self.tr("Its portal: trust, authorization, settings")
        )
        self._check = tool_button(
            self.tr("Check"),
            self._on_check,
            self.tr("Ask the portal whether the workflow lives; nothing is changed there"),
        )
        self.schema = SchemaMenu()
        self.schema.asked.connect(self._on_schema)
        self._state = plain_label()
        self._token = plain_label()
        self._copy = copy_button(self._on_copy, self.tr("Copy the whole event token"))
        self._deadline = plain_label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(70, 8)
        self._access = plain_label()
        for label in (self._token, self._deadline, self._access):
            tint(label, theme.QUIET)
        first, second = QHBoxLayout(), QHBoxLayout()
        line: tuple[QWidget, ...] = (
            self._icon,
            self._title,
            self._open,
            self.portal,
            self._check,
            self.schema,
        )
        for widget in line:
            first.addWidget(widget)
        line = (self._state, self._token, self._copy, self._deadline, self._bar, self._access)
        for widget in line:
            second.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        second.addStretch()
        second.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 2)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addLayout(second)

    def show_queued(self, queued: Mapping[int, Waits]) -> None:
        """Take what answers wait for that are stored and not on their way, by their calls."""
        if queued != self._queued:
            self._queued = queued
            if self._call is not None:
                self.show_call(self._call)

    def show_call(self, call: CallDetail) -> None:
        """Show a call."""
        self._call = call
        row, waits = call.row, self._waits(call)
        self._title.set_text(_title(call))
        icon = marks.state_icon(row.state, 18) if waits is None else queued_icon(waits, 18)
        self._icon.setPixmap(icon.pixmap(18, 18))
        self._open.setVisible(bool(_document_link(call)))
        is_token = row.kind is CallKind.TOKEN
        self._token.setText(self.tr("token %1").replace("%1", row.token))
        self._token.setVisible(is_token)
        self._copy.setVisible(is_token)
        self.portal.setVisible(call.portal is not None)
        self._check.setVisible(is_token)
        self.schema.setVisible(is_token and call.portal is not None)
        self.tick()

    def tick(self) -> None:
        """Bring ages and countdowns up to date."""
        call = self._call
        if call is None:
            return
        now, row = self._now(), call.row
        waits = self._waits(call)
        if waits is None:
            self._state.setText(_state_text(call, now))
            self._state.setToolTip(state_texts.state_meaning(row.state) if row.state else "")
        else:
            self._state.setText(state_text(waits))
            self._state.setToolTip(state_meaning(waits))
        has_deadline = row.deadline is not None and row.state is not None
        self._deadline.setVisible(has_deadline)
        runs = has_deadline and row.state in {TokenState.WAITING, TokenState.SENDING}
        self._bar.setVisible(bool(runs))
        if row.deadline is not None:
            left = time_texts.countdown_text(row.deadline, now)
            self._deadline.setText(self.tr("deadline %1").replace("%1", left))
            self._deadline.setToolTip(time_texts.moment_text(row.deadline))
            self._bar.setValue(_share_left(row.arrived_at, row.deadline, now))
        self._show_access(call, now)

    def _waits(self, call: CallDetail) -> Waits | None:
        return self._queued.get(call.row.id) if call.row.state is TokenState.SENDING else None

    def _show_access(self, call: CallDetail, now: datetime) -> None:
        expires = call.access_expires_at
        self._access.setVisible(call.row.kind is CallKind.TOKEN)
        if expires is None:
            self._access.setText(self.tr("no access token"))
        elif expires <= now:
            self._access.setText(self.tr("access expired"))
            self._access.setToolTip(time_texts.moment_text(expires))
        else:
            left = time_texts.span_text(expires - now)
            self._access.setText(self.tr("access %1").replace("%1", left))
            self._access.setToolTip(time_texts.moment_text(expires))

    def _on_copy(self) -> None:
        if self._call is not None:
            self.copy_token_asked.emit(self._call.row.id)

    def _on_check(self) -> None:
        if self._call is not None:
            self.check_asked.emit(self._call.row.id)

    def _on_schema(self, task: RuleTask) -> None:
        if self._call is not None:
            self.schema_asked.emit(self._call.row.id, task)

    def _on_portal(self) -> None:
        if self._call is not None and self._call.portal is not None:
            self.portal_asked.emit(self._call.portal.key)

    def _on_open(self) -> None:
        if self._call is not None:
            self.open_asked.emit(_document_link(self._call))


def _title(call: CallDetail) -> str:
    row = call.row
    name = told(row.reason) if row.kind is CallKind.REJECTED else ""
    title = row.rule or texts.kind_text(row.kind)
    return " · ".join(filter(None, (title, name, row.portal, row.document)))


def _state_text(call: CallDetail, now: datetime) -> str:
    """The state; of a rejected post its answer, its age and where it came from."""
    if call.row.kind is not CallKind.REJECTED:
        return texts.row_state_text(call.row)
    parts = (answered_text(call.status), time_texts.age_text(call.row.arrived_at, now), call.peer)
    return " · ".join(filter(None, parts))


def _document_link(call: CallDetail) -> str:
    """The document at the address that is trusted, which need not be the one the call names."""
    if call.portal is None or not call.portal.trusted or call.row.suspicion is not Suspicion.NONE:
        return ""
    return document_url(call.portal.endpoint, call.row.document)


def _share_left(begun: datetime, deadline: datetime, now: datetime) -> int:
    whole = max(deadline - begun, timedelta(seconds=1))
    return max(0, min(100, round((deadline - now) / whole * 100)))
