"""Does what the cards of outcomes ask for, the same for each card of a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from bxgui.core.call_findings import of_call
from bxgui.core.deadlines import TokenState
from bxgui.core.findings import Finding, Waiver, questions
from bxgui.core.moves import Move
from bxgui.core.records import EVENT_SEND, AttemptDetail, CallDetail
from bxgui.core.value_findings import of_values
from bxgui.ui.again_texts import again_wording, unsaid
from bxgui.ui.check_texts import check_text
from bxgui.ui.desk import Desk, is_known
from bxgui.ui.move_texts import follow_wording
from bxgui.ui.outcome_card import CardState, OutcomeCard
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.questions import named
from bxgui.ui.reply_questions import ReplyQuestions
from bxgui.ui.send_question import Wording

if TYPE_CHECKING:
    from bxgui.services.workflow_check import WorkflowCheck
    from bxgui.services.workspace import Workspace

_Send: TypeAlias = Callable[[bool], None]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is needed to ask about an attempt that is to be made once more."""

    call: CallDetail | None
    waived: frozenset[Waiver]
    move: Move | None


class CardActions(QObject):
    """Keeps for each call what its cards show beside the attempt.

    `sending` tells that a reply to a call is on its way, or no longer; `concluded` carries the
    attempt that was made, and `form_wanted` one whose values are to be put into the form.
    `checked` carries a call and what its portal told of its workflow.
    """

    sending = Signal(int, bool)
    concluded = Signal(object)
    form_wanted = Signal(object)
    checked = Signal(int, str)

    def __init__(
        self,
        desk: Desk,
        asks: ReplyQuestions,
        now: Callable[[], datetime],
        cards: Sequence[OutcomeCard],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asks = asks
        self._now = now
        self._cards = tuple(cards)
        self._states: dict[int, CardState] = {}
        self._moves: dict[int, Move | None] = {}
        for card in cards:
            card.shown.connect(self._on_shown)
            card.check_asked.connect(self._on_check)
            card.again_asked.connect(self._ask_again)
            card.follow_asked.connect(self._ask_to_follow)
            card.form_asked.connect(self.form_wanted)
            card.link_asked.connect(_open_link)

    def _on_shown(self, attempt: AttemptDetail) -> None:
        self._show(attempt.row.call_id)
        if attempt.row.explanation_key == "moved":
            self._look_for_move(attempt)

    def _on_check(self, attempt: AttemptDetail) -> None:
        self.check(attempt.row.call_id)

    def _look_for_move(self, attempt: AttemptDetail) -> None:
        """Where the portal has moved; it may have been followed since."""

        def found(move: Move | None) -> None:
            self._moves[attempt.row.id] = move
            self._show(attempt.row.call_id)

        self._desk.ask(lambda w: w.moved_to(attempt), found)

    def check(self, call_id: int) -> None:
        """Ask the portal about the workflow of a call, unless it is being asked."""
        if self._state(call_id).checking:
            return

        def done(check: WorkflowCheck | None) -> None:
            text = "" if check is None else check_text(check, self._now())
            self._change(call_id, checking=False, checked=text)
            self.checked.emit(call_id, text)

        def failed(error: Exception) -> None:
            self._change(call_id, checking=False)
            self._tell(call_id, error)
            self.checked.emit(call_id, problem_text(error))

        self._change(call_id, checking=True, problem="")
        self._desk.ask(lambda w: w.check_workflow(call_id), done, failed)

    def _ask_again(self, attempt: AttemptDetail) -> None:
        def ask(asked: _Asked, call: CallDetail) -> None:
            wording = again_wording(attempt, call.row.state, named(call))
            warnings = _warnings(attempt, call, asked.waived, self._now())
            rest = unsaid(warnings, attempt)
            self._ask(call, rest, wording, partial(self._send_again, attempt))

        self._prepare(attempt, ask)

    def _ask_to_follow(self, attempt: AttemptDetail) -> None:
        def ask(asked: _Asked, call: CallDetail) -> None:
            move = asked.move
            if move is None or move.obstacle is not None:  # it was followed meanwhile
                self._moves[attempt.row.id] = move
                self._change(call.row.id, busy=False)
                return
            warnings = _warnings(attempt, call, asked.waived, self._now())
            wording = follow_wording(move, named(call))
            self._ask(call, warnings, wording, partial(self._follow, attempt))

        self._prepare(attempt, ask)

    def _prepare(self, attempt: AttemptDetail, ask: Callable[[_Asked, CallDetail], None]) -> None:
        """Look at the call as it is now, and then ask; a second click meanwhile does nothing."""
        call_id = attempt.row.call_id
        if self._state(call_id).busy:
            return

        def look(workspace: Workspace) -> _Asked:
            call, waived = workspace.call(call_id), workspace.waived(call_id)
            return _Asked(call, waived, workspace.moved_to(attempt))

        def found(asked: _Asked) -> None:
            if asked.call is None:
                self._change(call_id, busy=False)
            elif asked.call.row.state is TokenState.SENDING:
                text = self.tr(
                    "A reply to this token waits in the queue or is on its way. Wait for its "
                    "outcome, or take it back first."
                )
                self._change(call_id, busy=False, problem=text)
            else:
                ask(asked, asked.call)

        def failed(error: Exception) -> None:
            self._change(call_id, busy=False)
            self._tell(call_id, error)

        self._change(call_id, busy=True, problem="")
        self._desk.ask(look, found, failed)

    def _ask(
        self, call: CallDetail, warnings: Sequence[Finding], wording: Wording, send: _Send
    ) -> None:
        def give_up() -> None:
            self._change(call.row.id, busy=False)

        self._asks.ask(call, named(call), warnings, send, wording=wording, give_up=give_up)

    def _send_again(self, attempt: AttemptDetail, suspicious_too: bool) -> None:
        self._send(attempt, partial(self._desk.submit, attempt.reply), suspicious_too)

    def _follow(self, attempt: AttemptDetail, suspicious_too: bool) -> None:
        self._send(attempt, partial(self._desk.follow_move, attempt), suspicious_too)

    def _send(
        self, attempt: AttemptDetail, send: Callable[..., None], suspicious_too: bool
    ) -> None:
        call_id = attempt.row.call_id

        def end() -> None:
            self.sending.emit(call_id, False)
            self._change(call_id, busy=False, checked="")
            self._look_for_moves()

        def done(made: AttemptDetail) -> None:
            end()
            self.concluded.emit(made)

        def failed(error: Exception) -> None:
            end()
            self._tell(call_id, error)

        self.sending.emit(call_id, True)
        send(done, failed, taken_back=end, suspicious_too=suspicious_too)

    def _look_for_moves(self) -> None:
        shown = [card.attempt for card in self._cards]
        for attempt in shown:
            if attempt is not None and attempt.row.id in self._moves:
                self._look_for_move(attempt)

    def _tell(self, call_id: int, error: Exception) -> None:
        if not is_known(error):
            raise error
        self._change(call_id, problem=problem_text(error))

    def _state(self, call_id: int) -> CardState:
        return self._states.get(call_id, CardState())

    def _change(self, call_id: int, **changes: object) -> None:
        self._states[call_id] = replace(self._state(call_id), **changes)  # type: ignore[arg-type]
        self._show(call_id)

    def _show(self, call_id: int) -> None:
        for card in self._cards:
            attempt = card.attempt
            if attempt is not None and attempt.row.call_id == call_id:
                move = self._moves.get(attempt.row.id)
                card.show_state(replace(self._state(call_id), move=move))


def _warnings(
    attempt: AttemptDetail, call: CallDetail, waived: frozenset[Waiver], now: datetime
) -> list[Finding]:
    """What speaks against making an attempt once more."""
    is_answer = attempt.row.method == EVENT_SEND
    of_reply = of_values(call.schema, attempt.values, call.date_format) if is_answer else []
    return questions([*of_reply, *of_call(call, now)], waived)


def _open_link(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
