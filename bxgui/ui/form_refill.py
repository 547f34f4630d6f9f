"""Puts the values of an attempt into the reply form, and takes it back: nothing typed is lost."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bxgui.core.records import AttemptDetail, CallDetail
from bxgui.ui import theme, time_texts
from bxgui.ui.call_view import REPLY, CallView

_SUBJECT = "attempt"


class FormRefill(QObject):
    """Waits until the call of the attempt is shown; `token_wanted` asks for that."""

    token_wanted = Signal(int)

    def __init__(self, view: CallView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._wanted: AttemptDetail | None = None
        self._shown_id: int | None = None
        view.form.shown.connect(self._on_shown)

    def open(self, attempt: AttemptDetail) -> None:
        """Show the call of an attempt, and its values in the form."""
        self._wanted = attempt
        if self._view.shows(attempt.row.call_id):
            self._put(attempt)
        else:
            self.token_wanted.emit(attempt.row.call_id)

    def _on_shown(self, call: CallDetail | None) -> None:
        call_id = None if call is None else call.row.id
        if call_id != self._shown_id:
            self._shown_id = call_id
            self._view.form.bar.clear(_SUBJECT)
        wanted = self._wanted
        if wanted is not None and call_id == wanted.row.call_id:
            self._put(wanted)

    def _put(self, attempt: AttemptDetail) -> None:
        self._wanted = None
        form = self._view.form
        before = form.draft()
        form.put(form.draft_of(attempt.values, attempt.log_message))
        self._view.choose(REPLY)

        def take_back() -> None:
            form.put(before)

        text = self.tr("The form holds what was sent at %1.")
        form.bar.show_message(
            text.replace("%1", time_texts.moment_text(attempt.row.at)),
            tint=theme.GOOD,
            subject=_SUBJECT,
            button=self.tr("&Undo"),
            action=take_back,
        )
