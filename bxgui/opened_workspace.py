"""The data folder that a command works on, and the call that it names."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bxgui.command_problem import OTHER, CommandProblem, complain
from bxgui.core.records import CallDetail

if TYPE_CHECKING:
    from bxgui.services.paths import Paths
    from bxgui.services.workspace import Workspace

_PASSING_CODES = {"disk_full", "locked"}
_RETRY_SECONDS = 2.0
# What the store can count to; a greater number names nothing.
GREATEST_ID = 2**63 - 1


@contextmanager
def opened_workspace(options: argparse.Namespace, *, to_catch: bool = False) -> Iterator[Workspace]:
    """The workspace of the folder that the options name; closed at the end of the block.

    Raises `CommandProblem` for trouble with the store, inside the block too.
    """
    from bxgui.services import logs
    from bxgui.services.store import StoreProblem
    from bxgui.services.workspace import Workspace

    paths = paths_of(options)
    logs.start(paths.logs)
    try:
        opened = _opened_to_catch(paths) if to_catch else Workspace.open(paths)
        try:
            yield opened
        finally:
            opened.close()
    except StoreProblem as problem:
        raise CommandProblem(str(problem)) from problem
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{paths.data} cannot be used: {error.strerror or error}."
        raise CommandProblem(message) from error


def _opened_to_catch(paths: Paths) -> Workspace:
    """A damaged store is set aside, and what will pass is waited for: nobody may be there to help.

    Raises `StoreProblem` for what only a person can mend.
    """
    from bxgui.services.store import StoreProblem
    from bxgui.services.workspace import Workspace

    told = ""
    while True:
        try:
            return Workspace.open(paths, anew_if_damaged=True)
        except StoreProblem as problem:
            if problem.code not in _PASSING_CODES:
                raise
            if told != (told := str(problem)):
                complain(f"NOT LISTENING: {told} Trying again until it works.", OTHER)
        time.sleep(_RETRY_SECONDS)


def paths_of(options: argparse.Namespace) -> Paths:
    """The folders that the options name."""
    from bxgui.services.paths import Paths

    return Paths.of(options.data_dir)


def found_call(workspace: Workspace, call_id: int) -> CallDetail:
    """The call of this number; raises `CommandProblem` where there is none."""
    call = workspace.call(call_id) if abs(call_id) <= GREATEST_ID else None
    if call is None:
        message = f"There is no call {call_id}. `bxgui tokens` lists the tokens."
        raise CommandProblem(message)
    return call
