"""What is read of pasted texts, in the terms that tests compare."""

from __future__ import annotations

import pytest

from bxgui.core.registration_text import Read, TextProblem, Understood, read_text


def only(text: str) -> Read:
    """The only registration in a text."""
    (read,) = read_text(text).registrations
    return read


def problem(text: str) -> TextProblem:
    """Why a text is not understood."""
    with pytest.raises(TextProblem) as caught:
        read_text(text)
    return caught.value


def remarks(understood: Understood) -> list[tuple[str, tuple[str, ...], str]]:
    return [(remark.code, remark.where, remark.text) for remark in understood.remarks]
