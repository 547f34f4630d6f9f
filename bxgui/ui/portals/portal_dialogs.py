"""Opens the page of portals, and does what is asked for there.

Each dialog is loaded when it is wanted: the window is painted sooner without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from bxgui.core.authorization import Source
from bxgui.core.dates import DateFormat
from bxgui.core.records import CallDetail, Portal
from bxgui.ui import questions
from bxgui.ui.desk import Desk
from bxgui.ui.portals.task import PortalTask
from bxgui.ui.problem_texts import told

if TYPE_CHECKING:
    from bxgui.services.portal_facts import PortalFacts
    from bxgui.ui.portals.portals_dialog import PortalsDialog


class PortalDialogs(QObject):
    """Opens the page over a window."""

    def __init__(self, desk: Desk, window: QWidget, now: Callable[[], datetime]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._now = now
        self._is_looking = False
        self._tasks: dict[PortalTask, Callable[[Portal, PortalsDialog], None]] = {
            PortalTask.TRUST: self._trust,
            PortalTask.DISTRUST: self._distrust,
            PortalTask.SETTINGS: self._set_up,
            PortalTask.DATES: self._choose_dates,
            PortalTask.MOVE: self._move,
            PortalTask.FORGET: self._forget,
            PortalTask.ENTER_WEBHOOK: self._enter_webhook,
            PortalTask.REMOVE_WEBHOOK: partial(self._remove, Source.WEBHOOK),
            PortalTask.ENTER_APPLICATION: self._enter_application,
            PortalTask.REMOVE_APPLICATION: partial(self._remove, Source.APPLICATION),
            PortalTask.LOG_IN: self._log_in,
        }

    def open_page(self, chosen: str = "") -> None:
        """List the portals; the one with this key is shown."""
        from bxgui.ui.portals.portals_dialog import PortalsDialog  # noqa: PLC0415

        page = PortalsDialog(self._desk, self._now, chosen, self._window)
        page.asked.connect(partial(self._begin, page))
        page.add_asked.connect(partial(self._add, page))
        page.open()

    def _begin(self, page: PortalsDialog, task: PortalTask, facts: PortalFacts) -> None:
        self._tasks[task](facts.portal, page)

    def _add(self, page: PortalsDialog) -> None:
        from bxgui.ui.portals.add_dialog import AddDialog  # noqa: PLC0415

        def added(kept: tuple[Portal, str]) -> None:
            portal, reason = kept
            page.choose(portal.key)
            self._tell_kept(page, self.tr("Added: %1.").replace("%1", _named(portal)), reason)

        dialog = AddDialog(self._desk, page)
        dialog.kept.connect(added)
        _open(dialog)

    def _trust(self, portal: Portal, page: PortalsDialog) -> None:
        if self._is_looking:
            return
        self._is_looking = True

        def failed(error: Exception) -> None:
            self._is_looking = False
            page.complain(error)

        page.ask(lambda w: w.trustworthy(portal.key), partial(self._on_calls, portal, page), failed)

    def _on_calls(self, portal: Portal, page: PortalsDialog, calls: Sequence[CallDetail]) -> None:
        """Ask about the call that trust would be bound to, or about the address given by hand."""
        self._is_looking = False
        if not page.isVisible():
            return
        if len(calls) == 1:
            self._ask_trust(page, calls[0])
        elif calls:
            from bxgui.ui.portals.trust_choice import TrustChoice  # noqa: PLC0415

            dialog = TrustChoice(_named(portal), calls, page)
            dialog.chosen.connect(partial(self._ask_trust, page))
            _open(dialog)
        else:
            questions.ask_trust_address(
                page,
                portal,
                lambda: page.ask(lambda w: w.portal_book.trust(portal.key), self._note_change),
            )

    def _ask_trust(self, page: PortalsDialog, call: CallDetail) -> None:
        def trust() -> None:
            page.ask(lambda w: w.trust_call(call), self._note_change)

        questions.ask_trust(page, call, trust)

    def _distrust(self, portal: Portal, page: PortalsDialog) -> None:
        def distrust() -> None:
            page.ask(lambda w: w.distrust(portal.key), self._note_change)

        questions.ask_distrust(page, _named(portal), distrust)

    def _set_up(self, portal: Portal, page: PortalsDialog) -> None:
        from bxgui.ui.portals.portal_settings_dialog import PortalSettingsDialog  # noqa: PLC0415

        dialog = PortalSettingsDialog(self._desk, portal, page)
        dialog.kept.connect(self._note_change)
        _open(dialog)

    def _choose_dates(self, portal: Portal, page: PortalsDialog) -> None:
        from bxgui.ui.date_format_dialog import DateFormatDialog  # noqa: PLC0415

        def keep(dates: DateFormat) -> None:
            page.ask(lambda w: w.set_date_format(portal.key, dates), self._note_change)

        dialog = DateFormatDialog(portal, self._now(), page)
        dialog.wanted.connect(keep)
        _open(dialog)

    def _move(self, portal: Portal, page: PortalsDialog) -> None:
        from bxgui.ui.portals.move_dialog import MoveDialog  # noqa: PLC0415

        dialog = MoveDialog(self._desk, portal, page)
        dialog.kept.connect(self._note_change)
        _open(dialog)

    def _forget(self, portal: Portal, page: PortalsDialog) -> None:
        forgotten = self.tr("Forgotten: %1.").replace("%1", _named(portal))

        def forget() -> None:
            page.ask(
                lambda w: w.portal_book.forget(portal.key),
                partial(self._tell_removed, page, forgotten),
            )

        questions.ask_forget_portal(page, _named(portal), forget)

    def _enter_webhook(self, portal: Portal, page: PortalsDialog) -> None:
        from bxgui.ui.portals.webhook_dialog import WebhookDialog  # noqa: PLC0415

        kept = self.tr("The incoming webhook of %1 is kept.").replace("%1", _named(portal))
        dialog = WebhookDialog(self._desk, portal, page)
        dialog.kept.connect(partial(self._tell_kept, page, kept))
        _open(dialog)

    def _enter_application(self, portal: Portal, page: PortalsDialog) -> None:
        from bxgui.ui.portals.application_dialog import ApplicationDialog  # noqa: PLC0415

        kept = self.tr("Client id and secret for %1 are kept.").replace("%1", _named(portal))
        dialog = ApplicationDialog(self._desk, portal, page)
        dialog.kept.connect(partial(self._tell_kept, page, kept))
        _open(dialog)

    def _remove(self, source: Source, portal: Portal, page: PortalsDialog) -> None:
        if source is Source.WEBHOOK:
            removed = self.tr("The incoming webhook of %1 is removed.")
        else:
            removed = self.tr("The application of %1 is removed.")
        removed = removed.replace("%1", _named(portal))

        def remove() -> None:
            page.ask(
                lambda w: w.portal_book.withdraw(portal.key, source),
                partial(self._tell_removed, page, removed),
            )

        questions.ask_withdraw(page, source, _named(portal), remove)

    def _log_in(self, portal: Portal, page: PortalsDialog) -> None:
        from bxgui.ui.portals.login_dialog import LoginDialog  # noqa: PLC0415

        _open(LoginDialog(self._desk, portal, page))

    def _tell_kept(self, page: PortalsDialog, text: str, reason: str) -> None:
        """Tell what was done, and why only memory keeps it, if so."""
        if reason:
            more = self.tr(
                "But it is kept in memory only, because %1: enter it again when bxgui was closed."
            )
            page.warn(f"{text} {more.replace('%1', told(reason))}")
        else:
            page.tell(text)
        self._note_change()

    def _tell_removed(self, page: PortalsDialog, text: str, reason: str) -> None:
        """Tell what was removed, and why the keyring may hold its secrets still, if so."""
        if reason:
            more = self.tr(
                "But the keyring may still hold what was entered, because %1: remove the entry "
                "of bxgui there."
            )
            page.warn(f"{text} {more.replace('%1', told(reason))}")
        else:
            page.tell(text)
        self._note_change()

    def _note_change(self, _answer: object = None) -> None:
        """The page, and the rest of the window, follow what is kept now."""
        self._desk.note_change()


def _named(portal: Portal) -> str:
    return questions.one_line(portal.title)


def _open(dialog: QDialog) -> None:
    """Open it; it is gone once it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
