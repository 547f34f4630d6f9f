"""What the listener does and suffers, told in the message bar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QGuiApplication

from bxgui.ui import theme, time_texts
from bxgui.ui.listener_control import ListenerControl
from bxgui.ui.listener_probe import OTHER_LISTENER, OTHER_PROGRAM, OURS, SILENT
from bxgui.ui.message_bar import MessageBar
from bxgui.ui.problem_texts import told
from bxgui.ui.restarts import Outage

_SERVER_ERROR = 500
_NOT_STORED_REASON = "the call could not be stored"
_NO_BREAK = "\u00a0"
_STOPPED = "listener"
_RESTARTED = "restarted"
_REJECTED = "rejected"
_NO_ROOM = "no room"
_NOT_STORED = "not stored"
_SET_ASIDE = "set aside"
_BROUGHT_OVER = "brought over"
_ADDRESS = "address"
_ANSWER = "answer"
_DISK = "disk"
_TLS = "tls"


class ListenerMessages(QObject):
    """Shows a message for each kind of trouble, and takes it back when the trouble is over."""

    def __init__(
        self,
        control: ListenerControl,
        bar: MessageBar,
        show_rejected: Callable[[], None],
        open_settings: Callable[[], None],
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._restart = control.restart
        self._show_rejected = show_rejected
        self._open_settings = open_settings
        self._outages = 0
        self._lost = self._in_emergency = 0
        self._news: dict[str, Callable[[dict[str, object]], None]] = {
            "status": self._on_status,
            "disk_low": self._on_disk_low,
            "disk_ok": lambda _event: bar.clear(_DISK),
            "not_stored": self._on_not_stored,
            "cannot_store": self._on_cannot_store,
            "recovered": self._on_recovered,
            "set_aside": self._on_set_aside,
            "replaced": self._on_replaced,
            "brought_over": self._on_brought_over,
            "tls_problem": self._on_tls_problem,
            "tls_warning": self._on_tls_warning,
            "tls_reloaded": self._on_tls_reloaded,
            "address": self._on_address,
        }
        control.listening.connect(self._on_listening)
        control.stopped.connect(self._on_stopped)
        control.restarting.connect(self._on_restarting)
        control.restarted.connect(self._on_restarted)
        control.rejected.connect(self._on_rejected)
        control.answered.connect(self._on_answered)
        control.port_taken.connect(self._on_port_taken)
        control.news.connect(self._on_news)

    def _on_news(self, event: dict[str, object]) -> None:
        tell = self._news.get(str(event.get("event")))
        if tell is not None:
            tell(event)

    def _on_listening(self, _url: str) -> None:
        self._bar.clear(_STOPPED)

    def _on_stopped(self, reason: str) -> None:
        self._bar.clear(_ANSWER)
        text = self.tr(
            "The listener has stopped: %1 Calls that portals send now are lost, and they do not "
            "come again."
        )
        self._bar.show_message(
            text.replace("%1", reason),
            tint=theme.BAD,
            subject=_STOPPED,
            button=self.tr("Restart listener"),
            action=self._restart,
        )

    def _on_restarting(self, reason: str) -> None:
        self._bar.clear(_ANSWER)
        text = self.tr(
            "The listener has ended and is being started again: %1 Calls that portals send "
            "meanwhile are lost, and they do not come again."
        )
        self._bar.show_message(text.replace("%1", reason), tint=theme.BAD, subject=_STOPPED)

    def _on_restarted(self, outage: Outage) -> None:
        self._outages += 1
        text = self.tr(
            "The listener ended at %1: %2 It listens again since %3. Nobody listened for %4: calls "
            "that portals sent in that time are lost, and they do not come again."
        )
        for place, value in (
            ("%1", _time(outage.begun)),
            ("%3", _time(outage.over)),
            ("%4", _span(outage.over - outage.begun)),
            ("%2", outage.reason),
        ):
            text = text.replace(place, value)
        if self._outages > 1:
            times = self.tr("That was outage number %1 since the window was opened.")
            text = f"{text} {times.replace('%1', str(self._outages))}"
        self._bar.show_message(text, subject=_RESTARTED)

    def _on_rejected(self, status: int, reason: str) -> None:
        if reason.startswith(_NOT_STORED_REASON):
            self._tell_not_stored(reason, 1, kept=False)
        elif status >= _SERVER_ERROR:
            text = self.tr(
                "The listener has no room for all that comes, and turned posts away: %1. Calls "
                "among them are lost, and they do not come again."
            )
            self._offer_rejected(text, reason, theme.BAD, _NO_ROOM)
        elif status:
            text = self.tr("The listener rejected a post that is not a call: %1.")
            self._offer_rejected(text, reason, theme.WARN, _REJECTED)

    def _offer_rejected(self, text: str, reason: str, tint: theme.Tint, subject: str) -> None:
        self._bar.show_message(
            text.replace("%1", told(reason).rstrip(".")),
            tint=tint,
            subject=subject,
            button=self.tr("Show rejected posts"),
            action=self._show_rejected,
        )

    def _on_not_stored(self, event: dict[str, object]) -> None:
        count = event.get("calls")
        number = count if isinstance(count, int) else 1
        self._tell_not_stored(str(event.get("reason")), number, kept=event.get("kept") is True)

    def _tell_not_stored(self, reason: str, number: int, *, kept: bool) -> None:
        """What has become of all calls since the store was last written."""
        if kept:
            self._in_emergency += number
        else:
            self._lost += number
        parts = []
        if self._lost:
            text = self.tr(
                "Calls lost, for portals do not repeat them: %1. Start their workflows again once "
                "the cause is mended."
            )
            parts.append(text.replace("%1", str(self._lost)))
        if self._in_emergency:
            text = self.tr(
                "Calls that could not be stored: %1. They are kept in an emergency file beside the "
                "store, and are taken in as soon as it can be written again."
            )
            parts.append(text.replace("%1", str(self._in_emergency)))
        parts.append(_sentence(told(reason)))
        self._bar.show_message(" ".join(parts), tint=theme.BAD, subject=_NOT_STORED)

    def _on_cannot_store(self, event: dict[str, object]) -> None:
        text = self.tr(
            "The listener cannot use the store: %1 It keeps calls in an emergency file beside it, "
            "as far as that can be written, and takes them in as soon as the store works."
        )
        reason = _sentence(told(str(event.get("reason"))))
        self._bar.show_message(text.replace("%1", reason), tint=theme.BAD, subject=_NOT_STORED)

    def _on_recovered(self, event: dict[str, object]) -> None:
        self._lost = self._in_emergency = 0
        count = event.get("calls")
        text = self.tr("The store can be written again.")
        if isinstance(count, int) and count > 0:
            taken = self.tr("Calls taken in from the emergency file: %1.")
            text = f"{text} {taken.replace('%1', str(count))}"
        self._bar.show_message(text, tint=theme.GOOD, subject=_NOT_STORED)

    def _on_set_aside(self, event: dict[str, object]) -> None:
        name = event.get("name")
        if name:
            text = self.tr(
                "The store was damaged, and a new one was begun. Nothing is deleted: the former "
                "calls and replies are in the file %1 beside it."
            ).replace("%1", str(name))
        else:
            text = self.tr(
                "The store's file was gone, and a new one was begun. Calls and replies that were "
                "in it are no longer shown. Look who deletes or moves files in the data folder."
            )
        self._bar.show_message(text, tint=theme.BAD, subject=_SET_ASIDE)

    def _on_replaced(self, event: dict[str, object]) -> None:
        name = event.get("name")
        text = self.tr("Another file was put in the store's place, and is used from now on.")
        if name:
            kept = self.tr("The former one is kept beside it as %1.")
            text = f"{text} {kept.replace('%1', str(name))}"
        self._bar.show_message(text, tint=theme.BAD, subject=_SET_ASIDE)

    def _on_brought_over(self, event: dict[str, object]) -> None:
        if not event.get("reason"):
            text = self.tr(
                "Calls that the listener had stored were missing in the store's file, and were "
                "put there again: %1."
            )
        elif event.get("kept") is True:
            text = self.tr(
                "Calls that the listener had stored may be missing in the store's file: %1. They "
                "are kept in an emergency file beside it until it can be written."
            )
        else:
            text = self.tr(
                "Calls that the listener had stored may be missing in the store's file, and could "
                "not be kept elsewhere: %1. Start their workflows again where they are not listed."
            )
        text = text.replace("%1", str(event.get("calls")))
        self._bar.show_message(text, tint=theme.BAD, subject=_BROUGHT_OVER)

    def _on_tls_problem(self, event: dict[str, object]) -> None:
        text = self.tr(
            "The new TLS certificate or key cannot be used: %1. The listener goes on with the "
            "former one. Mend the files; they are looked at again by themselves."
        )
        reason = told(str(event.get("reason"))).rstrip(".")
        self._offer_settings(text.replace("%1", reason), theme.BAD, _TLS)

    def _on_tls_warning(self, event: dict[str, object]) -> None:
        self._offer_settings(told(str(event.get("reason"))), theme.BAD, _TLS)

    def _on_tls_reloaded(self, _event: dict[str, object]) -> None:
        text = self.tr("The listener has taken the new TLS certificate.")
        self._bar.show_message(text, tint=theme.GOOD, subject=_TLS)

    def _on_address(self, event: dict[str, object]) -> None:
        url = str(event.get("url"))
        self._bar.show_message(
            self.tr(
                "The handler has a new secret address. Rules keep the HANDLER that they were "
                "registered with: register them again with the new one."
            ),
            tint=theme.CALM,
            subject=_ADDRESS,
            button=self.tr("Copy the new address"),
            action=lambda: QGuiApplication.clipboard().setText(url),
        )

    def _on_status(self, event: dict[str, object]) -> None:
        if event.get("disk_low") is False:
            self._bar.clear(_DISK)

    def _on_disk_low(self, event: dict[str, object]) -> None:
        free = event.get("free")
        text = self.tr(
            "The disk with the store is nearly full: %1 are left. Without room no call can be "
            "stored, and portals do not repeat them. Free some space."
        )
        size = QLocale().formattedDataSize(
            free if isinstance(free, int) else 0, 0, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        self._bar.show_message(text.replace("%1", size), tint=theme.BAD, subject=_DISK)

    def _on_answered(self, answer: str, place: str) -> None:
        if answer == OURS:
            self._bar.clear(_ANSWER)
            return
        text = {
            OTHER_LISTENER: self.tr(
                "Another bxgui answers at %1 and serves the same store: calls appear here all the "
                "same. Close one of the two, or give it another port."
            ),
            OTHER_PROGRAM: self.tr(
                "Another program answers at %1, not this listener: calls that come there are lost. "
                "Close that program, or choose another port."
            ),
            SILENT: self.tr(
                "The listener runs, but nothing answers at %1: calls may be lost. Look whether a "
                "firewall keeps programs from it, or restart the listener."
            ),
        }.get(answer)
        if text is not None:
            tint = theme.WARN if answer == OTHER_LISTENER else theme.BAD
            self._offer_settings(text.replace("%1", place), tint, _ANSWER)

    def _offer_settings(self, text: str, tint: theme.Tint, subject: str) -> None:
        self._bar.show_message(
            text,
            tint=tint,
            subject=subject,
            button=self.tr("Listener settings…"),
            action=self._open_settings,
        )

    def _on_port_taken(self, answer: str, port: str) -> None:
        if answer not in {OURS, OTHER_LISTENER}:
            return
        text = self.tr(
            "Port %1 is taken by another bxgui that serves the same store, so calls appear here "
            "all the same, as long as it runs."
        )
        self._bar.show_message(
            text.replace("%1", port),
            subject=_STOPPED,
            button=self.tr("Restart listener"),
            action=self._restart,
        )


def _span(span: timedelta) -> str:
    """A span, rounded up: no outage took no time."""
    whole = timedelta(seconds=max(ceil(span.total_seconds()), 1))
    return time_texts.span_text(whole).replace(" ", _NO_BREAK)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"
