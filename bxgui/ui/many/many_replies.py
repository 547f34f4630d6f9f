"""Opens the dialog for the selected tokens, once they are all of one rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bxgui.core.records import CallDetail
from bxgui.core.rule import Rule
from bxgui.ui import theme
from bxgui.ui.desk import Desk
from bxgui.ui.many.many_texts import rule_text
from bxgui.ui.many.marking import MOST_AT_ONCE
from bxgui.ui.many.subject import Subject
from bxgui.ui.message_bar import MessageBar
from bxgui.ui.reply_form import Draft, ReplyForm
from bxgui.ui.token_list import TokenList

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

_SUBJECT = "many"


@dataclass(frozen=True, slots=True)
class _Found:
    """The rule of a call, and those of the selected tokens that are of it."""

    rule: Rule
    call: CallDetail
    same: Sequence[int]


class ManyReplies(QObject):
    """Does what is asked for with several tokens; `told` carries short confirmations."""

    told = Signal(str)
    token_wanted = Signal(int)

    def __init__(
        self,
        desk: Desk,
        tokens: TokenList,
        form: ReplyForm,
        message: MessageBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._tokens = tokens
        self._form = form
        self._message = message
        self._window = window
        self._left: dict[int, Draft] = {}
        tokens.many_asked.connect(self._begin)
        tokens.rule_asked.connect(self._mark_waiting)

    def ask(self) -> None:
        """Reply to the selected tokens, or say how to select some."""
        if self._tokens.marking.ids:
            self._tokens.ask_many()
            return
        text = self.tr(
            "Select the tokens first: Shift and the arrow keys, Ctrl and a click, or "
            "Ctrl+Shift+A for every waiting token of the rule shown."
        )
        self._message.show_message(text, subject=_SUBJECT)

    def _begin(self, call_ids: Sequence[int], example: int) -> None:
        self._message.clear(_SUBJECT)

        def find(workspace: Workspace) -> _Found | None:
            call, same = workspace.call(example), workspace.many.of_same_rule(example, call_ids)
            if call is None or not same:
                return None
            return _Found(workspace.presets.rule_of(example), call, same)

        self._desk.ask(find, lambda found: self._open_or_ask(found, call_ids))

    def _open_or_ask(self, found: _Found | None, call_ids: Sequence[int]) -> None:
        if found is None:
            text = self.tr("The call shown belongs to no rule of a portal: select another one.")
            self._message.show_message(text, subject=_SUBJECT)
        elif len(found.same) == len(call_ids):
            self._open(found)
        else:
            self._offer_rule(found, len(call_ids) - len(found.same))

    def _offer_rule(self, found: _Found, others: int) -> None:
        text = self.tr(
            "One set of values fits one rule of one portal, and %1 of the selected tokens are of "
            "others than %2."
        )
        text = text.replace("%1", str(others)).replace("%2", rule_text(found.rule))
        keep = self.tr("Keep only its tokens: %1").replace("%1", str(len(found.same)))
        self._message.show_message(
            text,
            subject=_SUBJECT,
            button=keep,
            action=lambda: self._keep(found),
        )

    def _keep(self, found: _Found) -> None:
        if self._tokens.mark(found.same) > 1:
            self._open(found)
        else:
            self._tokens.select(found.call.row.id)

    def _open(self, found: _Found) -> None:
        # Loaded when it is wanted: the window is painted sooner without it.
        from bxgui.ui.many.many_dialog import ManyDialog  # noqa: PLC0415

        call = self._form.call
        is_shown = call is not None and call.row.id == found.call.row.id
        draft = self._form.draft() if is_shown else Draft()
        subject = Subject(found.rule, found.call, found.same)
        left = self._left.get(found.rule.id)
        dialog = ManyDialog(self._desk, subject, draft, self._window, left=left)
        dialog.left.connect(lambda typed: self._keep_typed(found.rule.id, typed))
        dialog.token_wanted.connect(self.token_wanted)
        dialog.over.connect(lambda counts: self._on_over(dialog, counts))
        dialog.show()

    def _keep_typed(self, rule_id: int, typed: Draft | None) -> None:
        if typed is None:
            self._left.pop(rule_id, None)
        else:
            self._left[rule_id] = typed

    def _on_over(self, dialog: QWidget, counts: str) -> None:
        if dialog.isVisible():
            return
        text = self.tr("The replies to many tokens are over. %1").replace("%1", counts)
        self._message.show_message(
            text,
            tint=theme.CALM,
            subject=_SUBJECT,
            button=self.tr("Show the results"),
            action=dialog.show,
        )

    def _mark_waiting(self, call_id: int) -> None:
        self._desk.ask(lambda w: w.many.waiting_of_rule(call_id), self._mark)

    def _mark(self, call_ids: Sequence[int]) -> None:
        count = self._tokens.mark(call_ids)
        hidden = len(call_ids) - count
        text = self.tr("Waiting tokens of the rule selected: %1.").replace("%1", str(count))
        if hidden and count == MOST_AT_ONCE:
            more = self.tr("Not selected: %1, because more go at once only in parts.")
            text = f"{text} {more.replace('%1', str(hidden))}"
        elif hidden:
            more = self.tr("Hidden by the filter, and not selected: %1.")
            text = f"{text} {more.replace('%1', str(hidden))}"
        self.told.emit(text)
