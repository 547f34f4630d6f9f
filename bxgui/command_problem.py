"""Exit statuses, and what a command says on standard error: why it cannot go on, and remarks.

Each is one line: of text, or of JSON where the command was asked for that.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bxgui.core.plain_text import printable

ACCEPTED, OTHER, USAGE, REFUSED, UNKNOWN, RETRY_LATER, NOT_TRUSTED, ASKS_FIRST = range(8)

_as_json = ContextVar("as_json", default=False)


class CommandProblem(Exception):
    """A command that cannot go on: one line for the user, and the exit status."""

    def __init__(self, message: str, status: int = OTHER) -> None:
        super().__init__(message)
        self.status = status


def complain(message: str, status: int) -> int:
    """Say why the command cannot go on; returns the exit status given."""
    _say(message, {"error": _line(message), "exit_status": status})
    return status


def remark(message: str) -> None:
    """Say what is to be known beside the command's output."""
    _say(message, {"remark": _line(message)})


@contextmanager
def told_as_json(wanted: bool) -> Iterator[None]:
    """What is said in the block is said in JSON, if that is wanted."""
    before = _as_json.set(wanted)
    try:
        yield
    finally:
        _as_json.reset(before)


def _say(message: str, document: dict[str, object]) -> None:
    # Nobody may be there to take it: the status says it too.
    if sys.stderr is not None:
        said = _packed(document) if _as_json.get() else f"bxgui: {_line(message)}"
        try:
            sys.stderr.write(f"{said}\n")
            sys.stderr.flush()
        except OSError:
            lead_nowhere(2)


def _packed(document: dict[str, object]) -> str:
    import json

    return json.dumps(document, ensure_ascii=False)


def _line(message: str) -> str:
    return printable(" ".join(message.split()))


def lead_nowhere(descriptor: int) -> None:
    """Let what waits for a descriptor be lost: at its end Python would try to write it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
