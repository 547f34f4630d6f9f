"""The selected call: header, what to know about it, and its tabs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from bxgui.core.body import readable_fields
from bxgui.core.deadlines import TokenState
from bxgui.core.findings import Waiver
from bxgui.core.life_cycle import Effect, effect_of, offers_trust
from bxgui.core.records import CallDetail, CallKind, Reply, Suspicion, TokenRow
from bxgui.ui import life_cycle_texts, texts, theme
from bxgui.ui.call_header import CallHeader
from bxgui.ui.desk import Desk
from bxgui.ui.fields_tree import FieldsTree
from bxgui.ui.history_panel import HistoryPanel
from bxgui.ui.message_bar import MessageBar
from bxgui.ui.raw_view import RawView
from bxgui.ui.rejection_texts import notice_text
from bxgui.ui.reply_form import ReplyForm
from bxgui.ui.rules.schema_offer import SchemaOffer
from bxgui.ui.rules.task import RuleTask
from bxgui.ui.widgets import plain_label, tint

if TYPE_CHECKING:
    from bxgui.services.workspace import ClearCall, Workspace

_TICK_MILLISECONDS = 1000
_CHECK = "check"
REPLY, CALL, RAW, ATTEMPTS = range(4)
_Found: TypeAlias = tuple[CallDetail | None, Reply | None, frozenset[Waiver]]


class CallView(QWidget):
    """Shows one call and keeps it up to date."""

    trust_asked = Signal(object)
    check_asked = Signal(int)
    shown = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._desk = desk
        self._now = now
        self._call_id: int | None = None
        self._asked = self._answered = 0
        self._checks: set[int] = set()
        self.call: CallDetail | None = None
        self.header = CallHeader(now)
        self.notice = MessageBar()
        self.form = ReplyForm(now)
        self.offer = SchemaOffer(desk)
        self.form.put_above(self.offer)
        self.tree = FieldsTree()
        self.raw = RawView()
        self.attempts = HistoryPanel(desk)
        self.attempts.splitter.setOrientation(Qt.Orientation.Vertical)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(self.tr("Parts of the call"))
        for widget, name in (
            (self.form, self.tr("Reply")),
            (self.tree, self.tr("Call")),
            (self.raw, self.tr("Raw")),
            (self.attempts, self.tr("Attempts")),
        ):
            self.tabs.addTab(widget, name)
        self._nothing = plain_label(self.tr("Select a token to see its call."))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tint(self._nothing, theme.QUIET)
        self._lay_out()
        self._connect()

    def show_call(self, call_id: int | None) -> None:
        """Show a call, or none."""
        self._call_id = call_id
        if call_id is None:
            self.call = None
            self.form.clear()
            self._stack.setCurrentIndex(0)
            return
        self.refresh()

    def refresh(self) -> None:
        """Ask for the call again; an answer that a newer one has overtaken is void."""
        call_id = self._call_id
        if call_id is None:
            return
        self._asked += 1
        number = self._asked
        wants_suggestion = not self.form.has_draft(call_id)

        def ask(workspace: Workspace) -> _Found:
            suggestion = workspace.draft(call_id) if wants_suggestion else None
            return workspace.call(call_id), suggestion, workspace.waived(call_id)

        def show(found: _Found) -> None:
            if number > self._answered:
                self._answered = number
                self._show(*found)

        self._desk.ask(ask, show)

    def shows(self, call_id: int) -> bool:
        """Whether this call is shown, and no other one asked for."""
        return self._call_id == call_id and self.call is not None and self.call.row.id == call_id

    def tell_check(self, call_id: int, text: str) -> None:
        """Tell above the tabs what the portal said of a workflow, if that was asked for there."""
        asked = call_id in self._checks
        self._checks.discard(call_id)
        if asked and self.shows(call_id):
            self.notice.show_message(text, tint=theme.CALM, subject=_CHECK)

    def choose(self, tab: int) -> None:
        """Turn to a tab that this kind of call has."""
        if self.tabs.isTabVisible(tab):
            self.tabs.setCurrentIndex(tab)

    def _lay_out(self) -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.header)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(page)

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self.header.copy_token_asked.connect(self._copy_token)
        self.header.open_asked.connect(lambda url: QDesktopServices.openUrl(QUrl(url)))
        self.header.check_asked.connect(self._on_check)
        self.raw.reveal_asked.connect(self._reveal)
        self.offer.asked.connect(self._on_offer)
        ticker = QTimer(self, interval=_TICK_MILLISECONDS)
        ticker.timeout.connect(self._tick)
        ticker.start()

    def _tick(self) -> None:
        """Count down; the list may have learnt of a passed deadline a moment before we asked."""
        self.header.tick()
        self.form.tick()
        row = self.call.row if self.call is not None else None
        if row is not None and _is_late(row, self._now()):
            self.refresh()

    def _show(
        self, call: CallDetail | None, suggestion: Reply | None, waived: frozenset[Waiver]
    ) -> None:
        if call is None or call.row.id != self._call_id:
            return
        new = self.call is None or self.call.row.id != call.row.id
        self.call = call
        self.header.show_call(call)
        self._show_notice(call)
        if new:
            self.notice.clear(_CHECK)
            self.tree.show_fields(readable_fields(call.body, call.content_type))
        self.raw.show_call(call)
        self.offer.show_call(call)
        is_token = call.row.kind is CallKind.TOKEN
        # Nothing decodes a rejected post.
        self.tabs.setTabVisible(CALL, call.row.kind is not CallKind.REJECTED)
        self.tabs.setTabVisible(REPLY, is_token)
        self.tabs.setTabVisible(ATTEMPTS, is_token)
        if is_token:
            self.form.show_call(call, suggestion, waived)
            self.attempts.set_call(call.row.id)
            title = self.tr("Attempts %1").replace("%1", str(call.row.attempts))
            self.tabs.setTabText(ATTEMPTS, title if call.row.attempts else self.tr("Attempts"))
        else:
            self.form.clear()
        self._stack.setCurrentIndex(1)
        self.shown.emit(call)

    def _show_notice(self, call: CallDetail) -> None:
        row, effect = call.row, effect_of(call)
        if row.kind is CallKind.TOKEN:
            self._show_token_notice(call)
        elif row.kind is CallKind.OTHER:
            self.notice.show_message(texts.reason_text(call.reason), tint=theme.QUIET)
        elif row.kind is CallKind.REJECTED:
            self.notice.show_message(notice_text(call), tint=theme.WARN)
        elif effect is not None:
            self._show_effect(call, effect)
        elif row.suspicion is not Suspicion.NONE:
            self.notice.show_message(texts.suspicion_text(row.suspicion), tint=theme.BAD)
        else:
            self.notice.clear()

    def _show_token_notice(self, call: CallDetail) -> None:
        row, gone = call.row, life_cycle_texts.gone_text(call.portal)
        if row.suspicion is not Suspicion.NONE:
            self._offer_trust(call, _lines(texts.suspicion_text(row.suspicion), gone), theme.BAD)
        elif call.portal is None:
            text = self.tr("The call does not say which portal it comes from: no reply can go.")
            self.notice.show_message(text, tint=theme.BAD)
        elif not call.portal.trusted:
            text = self.tr(
                "You have not trusted this portal yet. Look at the call; replies go out only "
                "after you trust it."
            )
            self._offer_trust(call, _lines(text, gone), theme.WARN)
        elif gone:
            self.notice.show_message(gone, tint=theme.WARN)
        elif row.state is TokenState.NOT_WAITING:
            text = self.tr("This step does not wait for an answer (use_subscription is not Y).")
            self.notice.show_message(text, tint=theme.QUIET)
        else:
            self.notice.clear()

    def _show_effect(self, call: CallDetail, effect: Effect) -> None:
        text, colour = life_cycle_texts.effect_text(effect), theme.QUIET
        if call.row.suspicion is Suspicion.ADDRESS:
            text = _lines(texts.suspicion_text(Suspicion.ADDRESS), text)
        if call.row.suspicion is not Suspicion.NONE:
            colour = theme.BAD
        if offers_trust(call):
            self._offer_trust(call, text, colour)
        else:
            self.notice.show_message(text, tint=colour)

    def _offer_trust(self, call: CallDetail, text: str, colour: theme.Tint) -> None:
        self.notice.show_message(
            text,
            tint=colour,
            button=self.tr("Trust…"),
            action=lambda: self._ask_trust(call),
        )

    def _ask_trust(self, call: CallDetail) -> None:
        self._show_notice(call)
        self.trust_asked.emit(call)

    def _on_check(self, call_id: int) -> None:
        self._checks.add(call_id)
        text = self.tr("Asking the portal about the workflow…")
        self.notice.show_message(text, tint=theme.CALM, subject=_CHECK)
        self.check_asked.emit(call_id)

    def _on_offer(self, task: RuleTask) -> None:
        if self.call is not None:
            self.header.schema_asked.emit(self.call.row.id, task)

    def _reveal(self, call_id: int) -> None:
        def show(clear: ClearCall | None) -> None:
            if clear is not None:
                self.raw.show_clear(call_id, clear.body, clear.query)

        def failed(error: Exception) -> None:
            if getattr(error, "code", "") == "secrets_locked":
                self.raw.show_locked(call_id)
            else:
                self.raw.show_masked(call_id)
                self._desk.tell(error)

        self._desk.ask(lambda w: w.reveal(call_id), show, failed)

    def _copy_token(self, call_id: int) -> None:
        def ask(workspace: Workspace) -> str:
            return workspace.event_token(call_id)

        self._desk.ask(ask, lambda token: QGuiApplication.clipboard().setText(token))


def _lines(*sentences: str) -> str:
    return "\n".join(filter(None, sentences))


def _is_late(row: TokenRow, now: datetime) -> bool:
    """Whether a token that is shown as waiting has run out."""
    return row.state is TokenState.WAITING and row.deadline is not None and row.deadline <= now
