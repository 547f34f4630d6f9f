"""“Copy as”: the request of a reply as code, its secrets left out unless they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from bxgui.core.copying import CopyAs
from bxgui.core.json_values import JsonProblem
from bxgui.core.records import EVENT_SEND, Reply
from bxgui.core.value_rows import RowProblem
from bxgui.ui import theme
from bxgui.ui.desk import Desk, is_known
from bxgui.ui.live_preview import may_reveal
from bxgui.ui.menu_button import add_choice, menu_button, popup_below
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.questions import ask_copy_secrets
from bxgui.ui.reply_form import ReplyForm
from bxgui.ui.unready_text import unready_text

if TYPE_CHECKING:
    from bxgui.services.previews import Snippet

# Names of programs and libraries: the same in every language.
TITLES: Mapping[CopyAs, str] = {
    CopyAs.CURL: "cURL (bash)",
    CopyAs.POWERSHELL: "cURL (PowerShell)",
    CopyAs.HTTPIE: "HTTPie",
    CopyAs.PYTHON: "Python (requests)",
    CopyAs.B24PYSDK: "Python (b24pysdk)",
    CopyAs.CREST: "PHP (CRest)",
    CopyAs.B24PHPSDK: "PHP (b24phpsdk)",
    CopyAs.B24JSSDK: "JavaScript (b24jssdk)",
}
_SUBJECT = "copy"


class CopyMenu(QObject):
    """A button with a menu; `copied` tells what went to the clipboard."""

    copied = Signal(str)

    def __init__(self, desk: Desk, form: ReplyForm) -> None:
        super().__init__(form)
        self._desk = desk
        self._form = form
        self._wanted = 0
        self.menu = QMenu(form)
        self.button = menu_button(self.tr("&Copy as"), self._open)
        self._add_titles(self.menu, self.copy)
        self.menu.addSeparator()
        self._with_secrets = self.menu.addMenu(self.tr("With secrets…"))
        self._add_titles(self._with_secrets, self.ask)

    def copy(self, kind: CopyAs) -> None:
        """Copy the request of the form's reply, its secrets left out."""
        reply = self._reply()
        if reply is not None:
            self._fetch(reply, kind, revealed=False)

    def ask(self, kind: CopyAs) -> None:
        """Copy the request with its secrets after a question, which is about the reply as it is."""
        reply = self._reply()
        if reply is not None:
            ask_copy_secrets(self._form, lambda: self._fetch(reply, kind, revealed=True))

    def _reply(self) -> Reply | None:
        form = self._form
        form.bar.clear(_SUBJECT)
        if form.call is None:
            return None
        try:
            return Reply(form.call.row.id, EVENT_SEND, form.values(), form.log_message)
        except (RowProblem, JsonProblem) as problem:
            text = self.tr("There is no request to copy yet. %1")
            self._complain(text.replace("%1", unready_text(form, problem)))
            return None

    def _fetch(self, reply: Reply, kind: CopyAs, *, revealed: bool) -> None:
        self._wanted += 1
        number = self._wanted

        def done(snippet: Snippet) -> None:
            # Answers may come in another order than they were asked for: the last choice counts.
            if number == self._wanted:
                self._copy(kind, snippet, revealed)

        self._desk.ask(lambda w: w.snippet(reply, kind, revealed=revealed), done, self._failed)

    def _open(self) -> None:
        call = self._form.call
        self._with_secrets.setEnabled(call is not None and may_reveal(call))
        popup_below(self.button, self.menu)

    def _add_titles(self, menu: QMenu, chosen: Callable[[CopyAs], None]) -> None:
        for number, kind in enumerate(CopyAs, 1):
            add_choice(menu, f"&{number}  {TITLES[kind]}", partial(chosen, kind))

    def _copy(self, kind: CopyAs, snippet: Snippet, revealed: bool) -> None:
        QGuiApplication.clipboard().setText(snippet.text)
        if revealed:
            text = self.tr("Copied as %1, with secrets.")
        else:
            text = self.tr("Copied as %1, secrets left out.")
        text = text.replace("%1", TITLES[kind])
        problem = snippet.problem
        self.copied.emit(text if problem is None else f"{text} {problem_text(problem)}")

    def _failed(self, error: Exception) -> None:
        if not is_known(error):
            raise error
        self._complain(problem_text(error))

    def _complain(self, text: str) -> None:
        self._form.bar.show_message(text, tint=theme.BAD, subject=_SUBJECT)
