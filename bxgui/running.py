"""How a command runs to its end: its exit status, and one line for what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper

from bxgui import standard_output
from bxgui.command_problem import OTHER, CommandProblem, complain


def run(command: Callable[[], int]) -> int:
    """Run a command; returns the exit status."""
    _write_any_text()
    try:
        status = command()
        standard_output.flush()
    except CommandProblem as problem:
        return complain(str(problem), problem.status)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has left
        standard_output.give_up()
        return OTHER
    except Exception as error:  # noqa: BLE001 - a bug, whatever it is, gets its line and its report
        import logging

        from bxgui.services.logs import report_of

        # Not `exception`: the text of an error may quote a call.
        logging.getLogger("bxgui.cli").error("a bug\n%s", report_of(error))  # noqa: TRY400
        message = f"a bug in bxgui ({type(error).__name__}); the log has the details."
        return complain(message, OTHER)
    return status


def _write_any_text() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
