"""Errors without what they remember: with it they would keep calls in memory."""

from __future__ import annotations

import traceback


def bare(error: Exception) -> Exception:
    """The error alone. The frames of its traceback, and of its causes', hold calls, often in rings
    that are found only much later; so does the statement that could not be executed.
    """
    one: BaseException | None = error
    while one is not None:
        traceback.clear_frames(one.__traceback__)
        one.__traceback__ = None
        before, one = one, one.__cause__ or one.__context__
        before.__cause__ = before.__context__ = None
    return error
