"""The window: its parts, and how they speak with each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMessageBox

from bxgui.core.deadlines import TokenState
from bxgui.core.findings import Finding
from bxgui.core.listing import Group, TokenQuery
from bxgui.core.records import AttemptDetail, CallDetail, Counts, Reply
from bxgui.ui import questions, theme
from bxgui.ui.call_view import ATTEMPTS, CALL, RAW, REPLY, CallView
from bxgui.ui.card_actions import CardActions
from bxgui.ui.desk import Desk, is_known
from bxgui.ui.empty_state import Emptiness
from bxgui.ui.form_refill import FormRefill
from bxgui.ui.front import Front
from bxgui.ui.history_panel import HistoryPanel
from bxgui.ui.listener_control import ListenerControl
from bxgui.ui.listener_messages import ListenerMessages
from bxgui.ui.many.many_replies import ManyReplies
from bxgui.ui.portals.portal_dialogs import PortalDialogs
from bxgui.ui.problem_texts import problem_text, told
from bxgui.ui.queue.queue_parts import QueueParts
from bxgui.ui.reply_questions import ReplyQuestions
from bxgui.ui.reply_tools import ReplyTools
from bxgui.ui.rules.rule_dialogs import RuleDialogs
from bxgui.ui.state_tabs import OTHERS, REJECTED
from bxgui.ui.view_memory import ViewMemory
from bxgui.ui.widgets import announce, plain_label, plain_tip, tint

if TYPE_CHECKING:
    from bxgui.services.settings import Settings

_CONFIRMED_MILLISECONDS = 8000


class MainWindow(QMainWindow):
    """Puts the parts together, around a front that is painted already or one of its own."""

    def __init__(
        self,
        desk: Desk,
        control: ListenerControl,
        settings_folder: Path,
        now: Callable[[], datetime],
        front: Front | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("bxgui"))
        self._desk = desk
        self._now = now
        self._total = 0
        self._closing = self._may_close = False
        self.control = control
        self.front = front or Front(desk, now, settings_folder)
        self._kept = self.front.kept
        self.listener_bar = self.front.listener_bar
        self.message = self.front.message
        self.filter = self.front.filter
        self.tabs = self.front.tabs
        self.empty = self.front.empty
        self.tokens = self.front.tokens
        ListenerMessages(control, self.message, self._show_rejected, self._open_settings)
        self.call_view = CallView(desk, now)
        self.reply_tools = ReplyTools(desk, self.call_view.form)
        ViewMemory(self.call_view.form, desk, settings_folder)
        self._questions = ReplyQuestions(self, desk)
        self.rules = RuleDialogs(desk, self, lambda: self.listener_bar.url)
        self.portals = PortalDialogs(desk, self, now)
        self.many = ManyReplies(desk, self.tokens, self.call_view.form, self.message, self)
        self.history = HistoryPanel(desk)
        self.history.add_filter()
        self.queue = QueueParts(desk, settings_folder, now, self)
        self.queue.stand_beside(self.history)
        self.queue.follow_in(self.call_view.form)
        self.queue.mark_in(self.tokens.model, self.call_view.header)
        self.queue.tell_in(self.message)
        cards = (
            self.call_view.form.card,
            self.call_view.attempts.exchange.card,
            self.history.exchange.card,
        )
        self.cards = CardActions(desk, self._questions, now, cards, self)
        self.refill = FormRefill(self.call_view, self)
        self.front.fill(self.call_view, self.reply_tools.pane, self.history)
        self.setCentralWidget(self.front)
        self._keyring = plain_label()
        self._make_status_bar()
        self._connect()
        self._make_shortcuts()
        self._restore_sizes()
        self._show_emptiness()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the sizes; the listener finishes what is in flight."""
        if not self._may_close and self.queue.ask_before_closing(self.close_at_once):
            event.ignore()
            return
        super().closeEvent(event)
        if self._closing:
            return
        self._closing = True
        if self.isWindow():
            self._kept.setValue("geometry", self.saveGeometry())
        self._kept.setValue("aside", self.front.aside.saveState())
        self._kept.setValue("preview", self.reply_tools.shows_preview)
        self.front.keep()
        self._kept.sync()
        # What is in flight is finished first; the person need not watch.
        self.window().hide()
        self.control.close()
        self._desk.close()

    def close_at_once(self) -> None:
        """Close without a question: what waits in the queue stays there."""
        self._may_close = True
        self.window().close()

    def send(self, reply: Reply) -> None:
        """Send a reply after the questions that its call needs."""
        call = self.call_view.call
        if call is None or call.row.id != reply.call_id:
            return
        self._stop_following()
        warnings = self.call_view.form.questions(reply.method)
        self._questions.ask(
            call, questions.named(call), warnings, partial(self._submit, call, reply)
        )

    def _make_status_bar(self) -> None:
        hints = plain_label(
            self.tr("↑↓ select   Ctrl+Enter send   Ctrl+J JSON   Ctrl+F search   F1 keys")
        )
        tint(hints, theme.QUIET)
        tint(self._keyring, theme.QUIET)
        self.setStatusBar(self.front.status_bar)
        self.statusBar().addWidget(hints, 1)
        self.statusBar().addPermanentWidget(self._keyring)
        self.statusBar().setContentsMargins(8, 0, 8, 0)

    def _connect(self) -> None:
        self._desk.opened.connect(self._on_opened)
        self._desk.cannot_open.connect(self._on_cannot_open)
        self._desk.trouble.connect(self._on_trouble)
        self._desk.changed.connect(self._refresh_portals)
        self.tabs.chosen.connect(lambda _choice: self._apply_filter())
        self.filter.changed.connect(self._apply_filter)
        self.filter.follow_toggled.connect(self.tokens.set_follow)
        self.tokens.selected.connect(self.call_view.show_call)
        self.tokens.listed.connect(self._on_listed)
        self.tokens.navigated.connect(self._stop_following)
        self.tokens.dismiss_asked.connect(self._dismiss)
        self.call_view.form.edited.connect(self._stop_following)
        self.call_view.form.send_asked.connect(self.send)
        self.call_view.form.ask_again_asked.connect(self._ask_again)
        self.call_view.form.dates_asked.connect(self._choose_dates)
        self.call_view.trust_asked.connect(self._questions.ask_trust)
        self.reply_tools.told.connect(self._confirm)
        self.reply_tools.used.connect(self._stop_following)
        self.history.token_wanted.connect(self._go_to)
        self.many.token_wanted.connect(self._go_to)
        self.many.told.connect(self._confirm)
        self.queue.token_wanted.connect(self._go_to)
        self.queue.told.connect(self._confirm)
        self.cards.sending.connect(self.call_view.form.set_sending)
        self.cards.concluded.connect(self.call_view.form.show_outcome)
        self.cards.concluded.connect(self.call_view.attempts.go_on_to)
        self.cards.concluded.connect(self.history.go_on_to)
        self.cards.form_wanted.connect(self.refill.open)
        self.cards.checked.connect(self.call_view.tell_check)
        self.call_view.check_asked.connect(self.cards.check)
        self.refill.token_wanted.connect(self._go_to)
        self.listener_bar.restart_asked.connect(self.control.restart)
        self.listener_bar.test_call_asked.connect(self.control.send_test_call)
        self.listener_bar.rejected_asked.connect(self._show_rejected)
        self.listener_bar.settings_asked.connect(self._open_settings)
        self.listener_bar.new_address_asked.connect(self._ask_new_address)
        self.listener_bar.rules_asked.connect(self.rules.open_list)
        self.listener_bar.portals_asked.connect(self.portals.open_page)
        self.call_view.header.portal_asked.connect(self.portals.open_page)
        self.listener_bar.repeats_asked.connect(self.queue.open_repeats)
        self.call_view.header.schema_asked.connect(self.rules.begin_for_call)
        self.control.listening.connect(self._on_listening)
        self.control.news.connect(self._on_news)
        self.control.moved.connect(self.listener_bar.show_listening)
        self.control.stopped.connect(self._on_listener_stopped)
        self.control.restarting.connect(self._on_listener_stopped)
        self.control.starting.connect(self.listener_bar.show_starting)
        self.control.pulse.connect(self.listener_bar.pulse.show_pulse)
        self.control.keyring.connect(self._show_keyring)
        self.control.trouble.connect(self._on_trouble)

    def _make_shortcuts(self) -> None:
        table: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+F", self._focus_search),
            ("F1", self._show_keys),
            ("Ctrl+L", self.tokens.table.setFocus),
            ("Ctrl+Shift+P", self.portals.open_page),
            ("Ctrl+Shift+Return", self.many.ask),
            ("Ctrl+Shift+Enter", self.many.ask),
            ("Ctrl+Shift+A", self.tokens.ask_rule),
            *(
                (f"Alt+{n + 1}", partial(self.call_view.choose, tab))
                for n, tab in enumerate((REPLY, CALL, RAW, ATTEMPTS))
            ),
        ]
        for keys, action in table:
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _restore_sizes(self) -> None:
        self.resize(1180, 780)
        self.front.aside.setSizes([250, 250])
        self.reply_tools.show_preview(bool(self._kept.value("preview", False, bool)))
        for name, restore in (
            ("geometry", self.restoreGeometry),
            ("aside", self.front.aside.restoreState),
        ):
            kept = self._kept.value(name)
            if isinstance(kept, QByteArray):
                restore(kept)

    def _on_opened(self) -> None:
        self.message.clear("store")
        self.tokens.refresh()
        self.history.refresh()
        self._refresh_portals()
        self._desk.ask(lambda w: w.store.set_aside, self._tell_set_aside)
        self.control.start()

    def _on_cannot_open(self, text: str) -> None:
        self.listener_bar.show_stopped(self.tr("The store is not open."))
        self.listener_bar.restart.hide()
        self.message.show_message(text, tint=theme.BAD, subject="store")
        self._show_emptiness()
        self.tokens.show_empty()

    def _tell_set_aside(self, name: str) -> None:
        """The window may be the first that meets a damaged store."""
        if name:
            self.control.news.emit({"event": "set_aside", "name": name})

    def _on_news(self, event: dict[str, object]) -> None:
        if event.get("event") in {"set_aside", "replaced"}:
            self.call_view.show_call(None)
            self.tokens.forget()
            self.history.refresh()

    def _on_trouble(self, text: str) -> None:
        self.message.show_message(text, tint=theme.BAD)

    def _on_listening(self, url: str) -> None:
        self.listener_bar.show_listening(url)
        self._show_emptiness()

    def _on_listener_stopped(self, reason: str) -> None:
        self.listener_bar.show_stopped(reason)
        self._show_emptiness()

    def _show_keyring(self, keeper: str, reason: str) -> None:
        if keeper:
            self._keyring.setText(self.tr("secrets: %1").replace("%1", told(keeper)))
            return
        self._keyring.setText(self.tr("secrets: in memory only"))
        text = self.tr(
            "Secrets are kept in memory only, because %1. Calls caught now can be looked at "
            "later, but not answered after bxgui is closed."
        )
        text = text.replace("%1", told(reason))
        tip = plain_tip(text)
        if self._keyring.toolTip() != tip:
            # Once: a restart of the listener must not cover a message about something else.
            self.message.show_message(text, subject="keyring")
        self._keyring.setToolTip(tip)

    def _on_listed(self, counts: Counts, shown: int) -> None:
        self._total = counts.tokens + counts.others + counts.rejected
        self.tabs.show_counts(counts)
        total = {OTHERS: counts.others, REJECTED: counts.rejected}.get(
            self.tabs.choice, counts.tokens
        )
        self.filter.show_count(shown, total)
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        self.empty.show_emptiness(self._emptiness())

    def _emptiness(self) -> Emptiness:
        if self.tabs.choice == REJECTED and not self.filter.is_active:
            return Emptiness(
                self.tr("No rejected posts"),
                self.tr(
                    "What reaches the listener and is not taken is kept here for a while, with "
                    "the reason and its first bytes."
                ),
            )
        hidden = self._total > 0 or self.filter.is_active
        if hidden:
            return Emptiness(
                self.tr("The filter hides all calls"),
                self.tr("There are calls, but none fits the state, portal or search text chosen."),
                self.tr("Show all"),
                self._show_all,
            )
        if not self.listener_bar.url:
            return Emptiness(
                self.tr("Not listening"),
                self.tr("No call can be caught until the listener runs. The bar above says why."),
            )
        return Emptiness(
            self.tr("Listening, and nothing has come yet"),
            self.tr(
                "1.  Make the address above reachable from the internet, for example with a "
                "tunnel, and enter what it is called outside under ⋯ Listener settings.\n\n"
                "2.  Register your rule with that address as its HANDLER and with "
                "USE_SUBSCRIPTION=Y.\n\n"
                "3.  Start a workflow that uses the rule. Its call appears here.\n\n"
                "No portal at hand? Send a test call: a practice portal on this computer posts "
                "one, and you can answer it."
            ),
            self.tr("Send a test call"),
            self.control.send_test_call,
        )

    def _show_rejected(self) -> None:
        self.tabs.choose(REJECTED)
        self.filter.clear()

    def _show_all(self) -> None:
        self.tabs.choose("all")
        self.filter.clear()

    def _apply_filter(self) -> None:
        choice = self.tabs.choice
        query = self.tokens.query
        self.tokens.set_query(
            TokenQuery(
                state=choice if isinstance(choice, TokenState) else None,
                group=Group(choice) if choice in {OTHERS, REJECTED} else Group.TOKENS,
                portal_id=self.filter.portal_id,
                text=self.filter.search.text(),
                sort=query.sort,
                descending=query.descending,
            )
        )
        self._show_emptiness()

    def _refresh_portals(self) -> None:
        self._desk.ask(lambda w: w.portals(), self.filter.show_portals)

    def _stop_following(self) -> None:
        self.filter.follow.setChecked(False)
        self.tokens.set_follow(False)

    def _dismiss(self, call_id: int, dismissed: bool) -> None:
        self._desk.ask(
            lambda w: w.dismiss(call_id, dismissed=dismissed),
            lambda _none: self._desk.note_change(),
        )

    def _go_to(self, call_id: int) -> None:
        self._stop_following()
        if not self.tokens.select(call_id):
            self.call_view.show_call(call_id)

    def _ask_again(self, finding: Finding) -> None:
        call = self.call_view.call
        if call is not None:
            call_id = call.row.id
            self._desk.ask(
                lambda w: w.ask_again(call_id, [finding]), lambda _none: self._desk.note_change()
            )

    def _choose_dates(self) -> None:
        call = self.call_view.call
        if call is None or call.portal is None:
            return
        key = call.portal.key
        from bxgui.ui.date_format_dialog import DateFormatDialog  # noqa: PLC0415 - when it is wanted

        dialog = DateFormatDialog(call.portal, self._now(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(
            lambda dates: self._desk.ask(
                lambda w: w.set_date_format(key, dates), lambda _portal: self._desk.note_change()
            )
        )
        dialog.open()

    def _submit(self, call: CallDetail, reply: Reply, suspicious_too: bool) -> None:
        form = self.call_view.form

        def done(attempt: AttemptDetail) -> None:
            self.reply_tools.note_sent(reply.call_id)
            form.set_sending(reply.call_id, False)
            form.show_outcome(attempt)

        def failed(error: Exception) -> None:
            form.set_sending(reply.call_id, False)
            if not is_known(error):
                raise error
            if self.call_view.shows(reply.call_id):
                form.show_problem(problem_text(error))
                return
            subject = self.tr("Reply to %1").replace("%1", questions.named(call))
            self.message.show_message(f"{subject}: {problem_text(error)}", tint=theme.BAD)

        def taken_back() -> None:
            form.set_sending(reply.call_id, False)

        form.set_sending(reply.call_id, True)
        self._desk.submit(reply, done, failed, taken_back=taken_back, suspicious_too=suspicious_too)

    def _open_settings(self) -> None:
        self.control.settings(self._show_settings)

    def _show_settings(self, settings: Settings) -> None:
        from bxgui.ui.settings_dialog import SettingsDialog  # noqa: PLC0415 - when it is wanted

        dialog = SettingsDialog(settings, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.save_asked.connect(self.control.save)
        self.control.saved.connect(dialog.conclude)
        dialog.open()

    def _ask_new_address(self) -> None:
        from bxgui.ui.new_address_dialog import NewAddressDialog  # noqa: PLC0415 - when it is wanted

        dialog = NewAddressDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self.control.make_new_address)
        dialog.open()

    def _confirm(self, text: str) -> None:
        self.statusBar().showMessage(text, _CONFIRMED_MILLISECONDS)
        announce(self.statusBar(), text)

    def _focus_search(self) -> None:
        self.filter.search.setFocus()
        self.filter.search.selectAll()

    def _show_keys(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Keys"))
        box.setText(
            self.tr(
                "Ctrl+Enter\tsend the reply\n"
                "Ctrl+J\tform or JSON\n"
                "Ctrl+P\tpreview of the request\n"
                "Ctrl+M\tunset, empty, default or type of a value\n"
                "F4\tcalendar, users, or what a file is\n"
                "F8\tnext finding (Shift+F8: the one before)\n"
                "Alt+Enter\tmend the finding at the cursor\n"
                "Ctrl+F\tsearch\n"
                "Ctrl+L\tto the list of tokens\n"
                "Ctrl+Shift+P\tportals\n"
                "↑ ↓\tanother token\n"
                "Shift+↑ ↓, Ctrl+A\tselect several tokens\n"
                "Ctrl+Shift+A\tselect all waiting of the rule\n"
                "Ctrl+Shift+Enter\treply to all that are selected\n"
                "Alt+1 … Alt+4\tReply, Call, Raw, Attempts\n"
                "Ctrl+C\tcopy the value selected in Call\n"
                "F1\tthis list"
            )
        )
        box.open()
