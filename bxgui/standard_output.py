"""Standard output, which a shell may have closed, or sent to a disk that is full."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bxgui.command_problem import CommandProblem, lead_nowhere


def check_open() -> None:
    """Raise `CommandProblem` where there is no standard output."""
    if sys.stdout is None:
        message = "standard output is closed, and there the command writes. Leave it open."
        raise CommandProblem(message)


@contextmanager
def writing() -> Iterator[None]:
    """Raise `CommandProblem` for output that cannot be written.

    A reader that has left is no problem of ours: `BrokenPipeError` passes.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(error) from error


def flush() -> None:
    """Write what waits to be written; raises `CommandProblem`."""
    if sys.stdout is not None:
        with writing():
            sys.stdout.flush()


def unwritable(error: OSError) -> CommandProblem:
    """What a command says of output that cannot be written; none is written any more."""
    give_up()
    return CommandProblem(f"The output cannot be written: {error.strerror}.")


def give_up() -> None:
    """Write nothing more, and nothing of what waits to be written."""
    lead_nowhere(1)
