"""Why a typed text is not a value of its type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bxgui.core.coercion import ValueProblem, Writing, from_text
from bxgui.core.dates import DateFormat
from bxgui.core.schema import ValueType
from bxgui.ui import texts

# Gives the reason in the window's language, or an empty text.
Check: TypeAlias = Callable[[str], str]


def no_check(_text: str) -> str:
    """Any text will do."""
    return ""


def check_of(kind: ValueType, dates: DateFormat) -> Check:
    """The check of a type; nothing typed is nothing wrong."""
    writing = Writing(dates)

    def check(text: str) -> str:
        try:
            if text:
                from_text(kind, text, writing)
        except ValueProblem as problem:
            return texts.row_problem_text(problem.code)
        return ""

    return check
