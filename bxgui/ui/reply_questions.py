"""What is asked before a reply goes: each question once, and of one reply to a call at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from bxgui.core.findings import Finding, FindingCode
from bxgui.core.records import CallDetail, Suspicion
from bxgui.ui import questions
from bxgui.ui.desk import Desk
from bxgui.ui.send_question import SendQuestion, Wording

# Trust and another application token have questions of their own, which are express.
_ASKED_APART = frozenset(
    {
        FindingCode.NOT_TRUSTED,
        FindingCode.OTHER_ADDRESS,
        FindingCode.OTHER_APPLICATION_TOKEN,
    }
)


def _nothing() -> None:
    """Whoever asks need not know that the answer was No."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A reply that is asked about: its call, what it answers, and what its warnings are."""

    call: CallDetail
    named: str
    warnings: Sequence[Finding]
    send: Callable[[bool], None]
    give_up: Callable[[], None]
    wording: Wording | None = None


class ReplyQuestions:
    """Asks about replies, and about trust in portals, in dialogs of a window."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        self._window = window
        self._desk = desk
        self._open: set[int] = set()

    def ask(
        self,
        call: CallDetail,
        named: str,
        warnings: Sequence[Finding],
        send: Callable[[bool], None],
        *,
        wording: Wording | None = None,
        give_up: Callable[[], None] = _nothing,
    ) -> None:
        """Ask what is to be asked, and then `send`; a reply to the same call waits for no other.

        `send` is told whether another application token was expressly accepted, and `give_up` is
        called when nothing is to be sent. With a wording there is a question in any case.
        """
        if call.row.id in self._open:
            give_up()
            return
        self._open.add(call.row.id)
        rest = [finding for finding in warnings if finding.code not in _ASKED_APART]
        asked = _Asked(call, named, rest, send, give_up, wording)
        if call.portal is not None and (
            not call.portal.trusted or call.row.suspicion is Suspicion.ADDRESS
        ):
            self._ask_trust(
                call,
                lambda: self._ask_warnings(asked, suspicious_too=False),
                lambda: self._give_up(asked),
            )
        elif call.row.suspicion is Suspicion.APPLICATION_TOKEN:
            questions.ask_suspicious(
                self._window,
                call,
                lambda: self._ask_warnings(asked, suspicious_too=True),
                lambda: self._give_up(asked),
            )
        else:
            self._ask_warnings(asked, suspicious_too=False)

    def ask_trust(self, call: CallDetail) -> None:
        """Ask whether to trust a call's portal, without sending anything."""
        self._ask_trust(call, lambda: self._end(call), lambda: self._end(call))

    def _ask_trust(
        self, call: CallDetail, then: Callable[[], None], give_up: Callable[[], None]
    ) -> None:
        def trusted(_portal: object) -> None:
            self._desk.note_change()
            then()

        def failed(error: Exception) -> None:
            give_up()
            self._desk.tell(error)

        questions.ask_trust(
            self._window,
            call,
            lambda: self._desk.ask(lambda w: w.trust_call(call), trusted, failed),
            give_up,
        )

    def _ask_warnings(self, asked: _Asked, *, suspicious_too: bool) -> None:
        if not asked.warnings and asked.wording is None:
            self._send(asked, suspicious_too)
            return
        dialog = SendQuestion(asked.named, asked.warnings, self._window, asked.wording)
        dialog.accepted.connect(lambda: self._on_accepted(asked, dialog, suspicious_too))
        dialog.rejected.connect(lambda: self._give_up(asked))
        dialog.open()

    def _on_accepted(self, asked: _Asked, dialog: SendQuestion, suspicious_too: bool) -> None:
        waived, call_id = dialog.waived(), asked.call.row.id
        if waived:
            self._desk.ask(
                lambda w: w.waive(call_id, waived), lambda _none: self._desk.note_change()
            )
        self._send(asked, suspicious_too)

    def _send(self, asked: _Asked, suspicious_too: bool) -> None:
        self._end(asked.call)
        asked.send(suspicious_too)

    def _give_up(self, asked: _Asked) -> None:
        self._end(asked.call)
        asked.give_up()

    def _end(self, call: CallDetail) -> None:
        self._open.discard(call.row.id)
