"""Fills the reply form from presets, and takes it back: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from bxgui.core.preset import Fault, Filled, Preset, VariableProblem
from bxgui.core.records import CallDetail
from bxgui.core.rule import Rule
from bxgui.ui import theme
from bxgui.ui.desk import Desk, is_known
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.questions import one_line
from bxgui.ui.reply_form import Draft, ReplyForm
from bxgui.ui.variable_texts import fault_text

_FILLED, _PROBLEM = "preset", "preset problem"
_MOST_FAULTS = 4


@dataclass(frozen=True, slots=True)
class _Choice:
    """A preset of a rule; the last reply has no name."""

    rule: Rule
    name: str


@dataclass(frozen=True, slots=True)
class _Step:
    """Where the form can go back to, or forward once it went back, and which preset it holds."""

    draft: Draft
    choice: _Choice | None
    filled: _Choice
    undone: bool = False


class PresetFilling(QObject):
    """Puts filled presets into the form, and notes those that were sent."""

    def __init__(self, desk: Desk, form: ReplyForm) -> None:
        super().__init__(form)
        self._desk = desk
        self._form = form
        self._shown_id: int | None = None
        self._wanted = 0
        self._chosen: dict[int, _Choice] = {}
        self._steps: dict[int, _Step] = {}
        form.shown.connect(self._on_shown)
        # A text that is typed in has an undo of its own, which goes before this one.
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), form)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self._undo)

    def fill(self, rule: Rule, preset: Preset, call: CallDetail) -> None:
        """Fill the form for a call, or say what is missing and leave the form as it is."""
        self._form.bar.clear(_PROBLEM)
        self._wanted += 1
        number = self._wanted

        def done(filled: Filled) -> None:
            # Answers may come in another order than they were asked for: the last choice counts.
            if number == self._wanted and call.row.id == self._shown_id:
                self._put(call.row.id, _Choice(rule, preset.name), filled)

        self._desk.ask(lambda w: w.presets.fill(preset, call), done, self.complain)

    def note_sent(self, call_id: int) -> None:
        """A reply to the call went out: its preset comes first from now on."""
        self._steps.pop(call_id, None)
        choice = self._chosen.pop(call_id, None)
        if call_id == self._shown_id:
            self._form.bar.clear(_FILLED)
        if choice is not None and choice.name:
            rule, name = choice.rule, choice.name
            self._desk.ask(lambda w: w.presets.mark_used(rule, name), lambda _none: None)

    def complain(self, error: Exception) -> None:
        """Say in the form's bar why there is nothing to fill it with."""
        if isinstance(error, VariableProblem):
            text = self.tr("The preset does not fit this call. Nothing was changed.")
            self.tell_problem("\n".join([text, *self._fault_lines(error.faults)]))
        elif is_known(error):
            self.tell_problem(problem_text(error))
        else:
            raise error

    def tell_problem(self, text: str) -> None:
        """Say in the form's bar what is wrong."""
        self._form.bar.show_message(text, tint=theme.BAD, subject=_PROBLEM)

    def _fault_lines(self, faults: Sequence[Fault]) -> list[str]:
        lines = [fault_text(fault) for fault in faults[:_MOST_FAULTS]]
        if len(faults) > _MOST_FAULTS:
            more = str(len(faults) - _MOST_FAULTS)
            lines.append(self.tr("and %1 more").replace("%1", more))
        return lines

    def _put(self, call_id: int, choice: _Choice, filled: Filled) -> None:
        form = self._form
        step = _Step(form.draft(), self._chosen.get(call_id), choice)
        form.put(form.draft_of(filled.values, filled.log_message))
        self._chosen[call_id] = choice
        self._steps[call_id] = step
        self._offer(step)

    def _undo(self) -> None:
        step = None if self._shown_id is None else self._steps.get(self._shown_id)
        if step is not None and not step.undone:
            self._swap()

    def _swap(self) -> None:
        """Go to the other side of the step; what stands here now can be come back to."""
        call_id = self._shown_id
        if call_id is None or call_id not in self._steps:
            return
        step = self._steps[call_id]
        back = _Step(self._form.draft(), self._chosen.get(call_id), step.filled, not step.undone)
        self._form.put(step.draft)
        if step.choice is None:
            self._chosen.pop(call_id, None)
        else:
            self._chosen[call_id] = step.choice
        self._steps[call_id] = back
        self._offer(back)

    def _offer(self, step: _Step) -> None:
        if step.undone:
            text, button = self.tr("The form is as it was typed."), self.tr("&Redo")
        else:
            text, button = self._filled_text(step.filled), self.tr("&Undo")
        self._form.bar.show_message(
            text, tint=theme.GOOD, subject=_FILLED, button=button, action=self._swap
        )

    def _filled_text(self, choice: _Choice) -> str:
        if not choice.name:
            return self.tr("Filled like the last reply to this rule.")
        return self.tr("Filled from the preset “%1”.").replace("%1", one_line(choice.name))

    def _on_shown(self, call: CallDetail | None) -> None:
        call_id = None if call is None else call.row.id
        if call_id == self._shown_id:
            return
        self._shown_id = call_id
        for subject in (_FILLED, _PROBLEM):
            self._form.bar.clear(subject)
        if call_id in self._steps:
            self._offer(self._steps[call_id])
