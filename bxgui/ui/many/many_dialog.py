"""One set of values for many tokens: the values, the list of what goes out, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from bxgui.core.findings import Finding, Waiver, questions
from bxgui.core.many import ManyResult, Plan, PlannedReply, unsent
from bxgui.ui import theme
from bxgui.ui.desk import Desk, is_known
from bxgui.ui.finding_texts import finding_text
from bxgui.ui.many import report
from bxgui.ui.many.list_page import ListPage
from bxgui.ui.many.many_texts import rule_text
from bxgui.ui.many.results_page import ResultsPage
from bxgui.ui.many.run_follower import RunFollower
from bxgui.ui.many.subject import Content, Subject
from bxgui.ui.many.values_page import ValuesPage
from bxgui.ui.menu_button import add_choice, menu_button, popup_below
from bxgui.ui.message_bar import MessageBar
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.reply_form import Draft
from bxgui.ui.rules.asking import Asking
from bxgui.ui.send_question import SendQuestion, Wording
from bxgui.ui.widgets import announce, plain_label, push_button

if TYPE_CHECKING:
    from bxgui.services.many import ManyRun
    from bxgui.services.workspace import Workspace

_WIDTH, _HEIGHT = 860, 620
_Planned: TypeAlias = tuple[Plan, frozenset[Waiver]]


class ManyDialog(QDialog):
    """Leads from the values to the results.

    Closed while replies are on their way, it is only hidden; `over` comes when they are, and tells
    how many came to what. `left` carries what was typed when it is closed without sending, and
    None once that went out; the next dialog for the rule begins with it.
    """

    over = Signal(str)
    left = Signal(object)
    token_wanted = Signal(int)

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        draft: Draft,
        parent: QWidget,
        *,
        left: Draft | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Reply to many tokens"))
        self._desk = desk
        self._subject = subject
        self._content: Content | None = None
        self._call_ids: Sequence[int] = subject.call_ids
        self._run: RunFollower | None = None
        self._is_begun = False
        self._is_edited = left is not None
        self._planning, self._asking = Asking(desk), Asking(desk)
        self.message = MessageBar()
        self.values = ValuesPage(Asking(desk), subject, draft, left=left)
        self.list = ListPage(self._asking)
        self.results = ResultsPage()
        self._pages = QStackedWidget()
        for page in (self.values, self.list, self.results):
            self._pages.addWidget(page)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._turn_to(self.values)

    @property
    def is_running(self) -> bool:
        """Whether replies are on their way, or about to be."""
        return self._is_begun or self._run is not None

    def done(self, code: int) -> None:
        """Close; what is on its way goes on."""
        super().done(code)
        if not self.results.model.calls and self._is_edited:
            self.left.emit(self.values.draft())
        if not self.is_running:
            self._leave()

    def _make_buttons(self) -> None:
        self._back = push_button(self.tr("&Back"), self._go_back)
        self._cancel = push_button(
            self.tr("&Take back the rest"),
            self._take_back,
            self.tr("Take back what is not on its way to the portal yet"),
        )
        self._retry = push_button(self.tr("Retry the &failed"), self._retry_failed)
        self._copy = menu_button(self.tr("&Copy results"), self._open_copies)
        self._copies = QMenu(self)
        add_choice(self._copies, self.tr("As &text"), self._copy_text)
        add_choice(self._copies, self.tr("As &CSV"), self._copy_csv)
        self._next = push_button(self.tr("&Next: the list"), self._ask_plan)
        self._send = push_button("", self._on_send)
        self._close = push_button(self.tr("Close"), self.reject)

    def _lay_out(self) -> None:
        text = self.tr("Rule %1 · tokens: %2")
        text = text.replace("%2", str(len(self._subject.call_ids)))
        title = plain_label(text.replace("%1", rule_text(self._subject.rule)), wrap=True)
        title.setFont(theme.bold(self.font(), 1.1))
        self._step = plain_label()
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._step)
        buttons = QHBoxLayout()
        for widget in (self._back, self._copy, self._cancel):
            buttons.addWidget(widget)
        buttons.addStretch()
        for widget in (self._retry, self._next, self._send, self._close):
            buttons.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.message)
        layout.addWidget(self._pages, 1)
        layout.addLayout(buttons)
        self.resize(_WIDTH, _HEIGHT)

    def _connect(self) -> None:
        self.values.edited.connect(self._on_edited)
        self.list.changed.connect(self._show_send)
        for page in (self.list, self.results):
            page.token_wanted.connect(self.token_wanted)

    def _on_edited(self) -> None:
        self._is_edited = True
        self.message.clear()

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        steps = {
            self.values: self.tr("1 of 3 · values"),
            self.list: self.tr("2 of 3 · what goes out"),
            self.results: self.tr("3 of 3 · results"),
        }
        self._step.setText(steps[page])
        announce(self, steps[page])
        self._show_buttons()
        first = {self.list: self.list.table, self.results: self.results.table}.get(page)
        if first is not None:
            first.setFocus()

    def _show_buttons(self) -> None:
        page, is_over = self._pages.currentWidget(), not self.is_running
        failed = len(unsent(self.results.model.results)) if is_over else 0
        self._next.setVisible(page is self.values)
        self._back.setVisible(page is self.list)
        self._send.setVisible(page is self.list)
        self._cancel.setVisible(page is self.results and not is_over)
        self._copy.setVisible(page is self.results)
        self._retry.setVisible(page is self.results and failed > 0)
        self._retry.setText(self.tr("Retry the &failed: %1").replace("%1", str(failed)))
        self._next.setDefault(page is self.values)
        self._close.setDefault(page is self.results)
        self._show_send()

    def _show_send(self) -> None:
        chosen = self.list.chosen
        count = len(chosen.going)
        self._send.setText(self.tr("&Send replies: %1").replace("%1", str(count)))
        self._send.setEnabled(count > 0 and self.list.isEnabled())
        # Where anything is to be asked, Enter sends nothing.
        asks = bool(chosen.asked_about(self.list.waived))
        if self._pages.currentWidget() is self.list:
            (self._back if asks else self._send).setDefault(True)

    def _go_back(self) -> None:
        self._planning.forget()
        retries = bool(self.results.model.calls)
        self._turn_to(self.results if retries else self.values)

    def _ask_plan(self) -> None:
        content = self.values.content()
        if content is not None:
            self._content = content
            self._next.setEnabled(False)
            self._plan(content, self._show_plan)

    def _plan(self, content: Content, show: Callable[[_Planned], None]) -> None:
        ids, preset, method = list(self._call_ids), content.preset, content.method

        def ask(workspace: Workspace) -> _Planned:
            plan = workspace.many.plan(ids, preset, method)
            return plan, workspace.waived(ids[0])

        self._planning.ask(ask, show, self._on_problem)

    def _show_plan(self, found: _Planned) -> None:
        self._next.setEnabled(True)
        self.list.show_plan(*found)
        self._turn_to(self.list)

    def _on_problem(self, error: Exception) -> None:
        self._next.setEnabled(True)
        self._offer_list(True)
        if not is_known(error):
            raise error
        self.message.show_message(problem_text(error), tint=theme.BAD)

    def _on_send(self) -> None:
        chosen, waived = self.list.chosen, self.list.waived
        asked = chosen.asked_how_often(waived)
        if not asked:
            self._look_again(chosen)
            return
        counts = {id(finding): count for finding, count in asked}
        text = self.tr("Send %1 replies to the rule %2?")
        title = text.replace("%1", str(len(chosen.going)))
        title = title.replace("%2", rule_text(self._subject.rule))

        def said(finding: Finding) -> str:
            return f"{counts[id(finding)]} × {finding_text(finding)}"

        findings = [finding for finding, _ in asked]
        wording = Wording(title, "", self.tr("&Send all the same"))
        question = SendQuestion("", findings, self, wording, said)
        question.accepted.connect(lambda: self._on_accepted(chosen, question.waived()))
        question.open()

    def _on_accepted(self, chosen: Plan, waived: Sequence[Finding]) -> None:
        if waived:
            call_id = self._subject.example.row.id
            self._desk.ask(
                lambda w: w.waive(call_id, waived), lambda _none: self._desk.note_change()
            )
        self._look_again(chosen)

    def _look_again(self, chosen: Plan) -> None:
        """Meanwhile another window, or this one, may have answered: plan again, and compare."""
        if self._content is not None:
            self._offer_list(False)
            self._plan(self._content, partial(self._send_if_same, chosen))

    def _offer_list(self, offered: bool) -> None:
        """What is about to be sent can be neither changed nor left."""
        for widget in (self.list, self._back):
            widget.setEnabled(offered)
        self._show_send()

    def _send_if_same(self, chosen: Plan, found: _Planned) -> None:
        plan, waived = found
        again = plan.only({one.call.row.id for one in chosen.replies})
        if list(map(_facts, again.replies)) == list(map(_facts, chosen.replies)):
            self._is_begun = True
            follow = partial(self._follow, chosen)
            self._desk.do(lambda w: w.many.send(chosen), follow, self._on_not_begun)
            return
        self._offer_list(True)
        unticked = {one.call.row.id for one in self.list.model.plan.going}
        self.list.show_plan(plan, waived, unticked - self.list.model.ticked)
        text = self.tr("Something has changed since this list was made. Look at it again.")
        self.message.show_message(text)
        self.list.table.setFocus()

    def _on_not_begun(self, error: Exception) -> None:
        """Who has closed meanwhile believes that they went."""
        self._is_begun = False
        self.show()
        self._on_problem(error)

    def _follow(self, sent: Plan, run: ManyRun) -> None:
        self.message.clear()
        self._offer_list(True)
        self._run = follower = RunFollower(self._desk, run, self)
        self._is_begun = False
        self.results.begin([one.call for one in sent.going])
        follower.progressed.connect(self._on_progress)
        follower.ended.connect(self._on_end)
        self._turn_to(self.results)
        self.left.emit(None)
        self._note_preset()

    def _on_progress(self, results: Sequence[ManyResult]) -> None:
        self.results.take(results)

    def _on_end(self) -> None:
        if self._run is not None:
            self._run.deleteLater()
            self._run = None
        self.results.end()
        self._show_buttons()
        self._desk.note_change()
        announce(self, self.results.counts)
        self.over.emit(self.results.counts)

    def _take_back(self) -> None:
        if self._run is not None:
            self._cancel.setEnabled(False)
            self._run.cancel(self._on_taken_back, self._on_not_taken_back)

    def _on_taken_back(self) -> None:
        if self.is_running:
            text = self.tr(
                "What is not on its way is taken back. What is being sent now, up to 50 replies, "
                "can no longer be: wait for its outcome."
            )
            self.results.say(text, theme.WARN)

    def _on_not_taken_back(self, error: Exception) -> None:
        self._cancel.setEnabled(True)
        self._on_problem(error)

    def _retry_failed(self) -> None:
        """List what was surely not executed once more, as it is now."""
        self._call_ids = unsent(self.results.model.results)
        self._cancel.setEnabled(True)
        if self._content is not None:
            self._plan(self._content, self._show_plan)

    def _note_preset(self) -> None:
        rule, name = self._subject.rule, self.values.chosen
        if name:
            self._desk.ask(lambda w: w.presets.mark_used(rule, name), lambda _none: None)

    def _open_copies(self) -> None:
        popup_below(self._copy, self._copies)

    def _copy_text(self) -> None:
        model = self.results.model
        self._put(report.as_text(self._subject.rule, model.calls, model.results))

    def _copy_csv(self) -> None:
        self._put(report.as_csv(self.results.model.calls, self.results.model.results))

    def _put(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.message.show_message(self.tr("Copied the results, without secrets."), tint=theme.GOOD)

    def _leave(self) -> None:
        for asking in (self._planning, self._asking):
            asking.close()
        self.values.close_asking()
        self.deleteLater()


def _facts(one: PlannedReply) -> tuple[object, ...]:
    """What a person has looked at, but for the values: `{{now}}` is another moment each time."""
    return one.call.row.id, one.goes, one.problem, {found.code for found in questions(one.findings)}
