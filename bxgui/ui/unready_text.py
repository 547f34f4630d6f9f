"""Why what is typed as values is none yet, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.json_values import JsonProblem
from bxgui.core.value_rows import RowProblem
from bxgui.ui import texts
from bxgui.ui.problem_texts import told
from bxgui.ui.questions import one_line
from bxgui.ui.reply_form import ReplyForm

translate = QCoreApplication.translate


def unready_text(form: ReplyForm, problem: RowProblem | JsonProblem) -> str:
    """Where the form's values are not valid, and why."""
    if isinstance(problem, RowProblem):
        text = texts.row_problem_text(problem.code)
        name = one_line(form.row_name(problem.row))
        return f"{name}: {text}" if name else text
    return json_text(problem)


def json_text(problem: JsonProblem) -> str:
    """Where a text is no JSON, and why."""
    text = translate("Unready", "Line %1, column %2: %3.")
    text = text.replace("%1", str(problem.line)).replace("%2", str(problem.column))
    return text.replace("%3", told(problem.message))
