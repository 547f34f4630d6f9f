"""Keeps the preview at what the form holds: asked for after a pause, one question at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from bxgui.core.json_values import JsonProblem
from bxgui.core.records import EVENT_SEND, CallDetail, Reply, Suspicion
from bxgui.core.value_rows import RowProblem
from bxgui.ui.desk import Desk, is_known
from bxgui.ui.preview_pane import PreviewPane
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.reply_form import ReplyForm
from bxgui.ui.unready_text import unready_text

if TYPE_CHECKING:
    from bxgui.services.previews import Preview

_PAUSE_MILLISECONDS = 150


def may_reveal(call: CallDetail) -> bool:
    """Whether the secrets of a reply may be shown: its address is one that the user trusts."""
    trusted = call.portal is not None and call.portal.trusted
    return trusted and call.row.suspicion is not Suspicion.ADDRESS


class LivePreview(QObject):
    """Asks for the request of the form's reply while the pane is open."""

    def __init__(self, desk: Desk, form: ReplyForm, pane: PreviewPane) -> None:
        super().__init__(pane)
        self._desk = desk
        self._form = form
        self._pane = pane
        self._call_id: int | None = None
        # A keyring may let one question wait for long; more would keep the window from asking.
        self._asking = False
        self._wanted = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.ask)
        form.edited.connect(self._on_edited)
        form.shown.connect(self._on_shown)
        pane.reveal_asked.connect(self.ask)

    def ask(self) -> None:
        """Bring the pane up to date, if it is open."""
        self._pause.stop()
        self._wanted += 1
        if not self._pane.isHidden() and not self._asking:
            self._ask()

    def _on_edited(self) -> None:
        self._wanted += 1
        self._pane.hide_secrets()
        self._pause.start()

    def _on_shown(self, call: CallDetail | None) -> None:
        call_id = None if call is None else call.row.id
        if call_id != self._call_id:
            self._call_id = call_id
            self._pane.show_none("")
        self._pane.set_may_reveal(call is not None and may_reveal(call))
        self.ask()

    def _ask(self) -> None:
        form, number = self._form, self._wanted
        if form.call is None:
            self._pane.show_none(self.tr("Select a token to see what a reply to it would send."))
            return
        try:
            values = form.values()
        except (RowProblem, JsonProblem) as problem:
            text = self.tr("There is no request yet. %1")
            self._pane.show_none(text.replace("%1", unready_text(form, problem)))
            return
        reply = Reply(form.call.row.id, EVENT_SEND, values, form.log_message)
        revealed = self._pane.reveal.isChecked()

        def done(preview: Preview) -> None:
            if self._is_current(number):
                self._show(preview, revealed)

        def failed(error: Exception) -> None:
            if not is_known(error):
                self._asking = False
                raise error
            if not self._is_current(number):
                return
            if revealed:
                # The masked request may still be shown, and what is wrong beside it.
                self._pane.hide_secrets()
                self.ask()
                return
            text = self.tr("There is no request. %1")
            self._pane.show_none(text.replace("%1", problem_text(error)))

        self._asking = True
        self._desk.ask(lambda w: w.preview(reply, revealed=revealed), done, failed)

    def _is_current(self, number: int) -> bool:
        """Whether an answer is what is wanted by now; if not, ask again."""
        self._asking = False
        if number == self._wanted:
            return True
        if not self._pause.isActive():
            self.ask()
        return False

    def _show(self, preview: Preview, revealed: bool) -> None:
        problem = preview.problem
        if revealed:
            self._pane.show_revealed(preview.text)
        else:
            self._pane.show_request(preview.text, problem_text(problem) if problem else "")
