"""Why the values of a reply form are none yet, in a sentence."""

from __future__ import annotations

from bxgui.core.json_values import JsonProblem
from bxgui.core.value_rows import RowProblem
from bxgui.ui import texts
from bxgui.ui.questions import one_line
from bxgui.ui.reply_form import ReplyForm


def unready_text(form: ReplyForm, problem: RowProblem | JsonProblem) -> str:
    """Where the form's values are not valid, and why."""
    if isinstance(problem, JsonProblem):
        return form.json_problem_text
    text = texts.row_problem_text(problem.code)
    name = one_line(form.row_name(problem.row))
    return f"{name}: {text}" if name else text
