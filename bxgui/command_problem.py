"""Exit statuses, and how a command says in one line why it cannot go on."""

from __future__ import annotations

import os
import sys

from bxgui.core.plain_text import printable

ACCEPTED, OTHER, USAGE, REFUSED, UNKNOWN, RETRY_LATER, NOT_TRUSTED, ASKS_FIRST = range(8)


class CommandProblem(Exception):
    """A command that cannot go on: one line for the user, and the exit status."""

    def __init__(self, message: str, status: int = OTHER) -> None:
        super().__init__(message)
        self.status = status


def complain(message: str, status: int) -> int:
    """Write one line to standard error; returns the exit status given."""
    # Nobody may be there to take it: the status says it too.
    if sys.stderr is not None:
        try:
            sys.stderr.write(f"bxgui: {printable(' '.join(message.split()))}\n")
            sys.stderr.flush()
        except OSError:
            lead_nowhere(2)
    return status


def lead_nowhere(descriptor: int) -> None:
    """Let what waits for a descriptor be lost: at its end Python would try to write it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
