"""The data folder that a command works on, and the call that it names."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bxgui.command_problem import CommandProblem, remark
from bxgui.core.records import CallDetail

if TYPE_CHECKING:
    from bxgui.services.paths import Paths
    from bxgui.services.store import Store
    from bxgui.services.workspace import Workspace

_RETRY_SECONDS = 2.0
# What the store can count to; a greater number names nothing.
GREATEST_ID = 2**63 - 1


@contextmanager
def opened_workspace(options: argparse.Namespace, *, to_read: bool = False) -> Iterator[Workspace]:
    """The workspace of the folder that the options name; what only reads need not write to it.

    Raises `CommandProblem` for trouble with the store, inside the block too.
    """
    from bxgui.services.workspace import Workspace

    with known_troubles(options) as paths:
        opened = Workspace.open_to_read(paths) if to_read else Workspace.open(paths)
        with closing(opened):
            yield opened


@contextmanager
def known_troubles(options: argparse.Namespace) -> Iterator[Paths]:
    """The folders that the options name; trouble with them is raised as `CommandProblem`."""
    from bxgui.services import logs
    from bxgui.services.store import StoreProblem

    paths = paths_of(options)
    logs.start(paths.logs)
    try:
        yield paths
    except StoreProblem as problem:
        raise CommandProblem(str(problem)) from problem
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{paths.data} cannot be used: {error.strerror or error}."
        raise CommandProblem(message) from error


def opened_to_catch(paths: Paths) -> Store:
    """The listener's store; what may pass is waited for: nobody may be there to help.

    Raises `StoreProblem` for what only a person can mend.
    """
    from bxgui.services.listener.opening import open_to_catch
    from bxgui.services.store import StoreProblem
    from bxgui.services.workspace import utc_now

    told = ""
    while True:
        try:
            return open_to_catch(paths.data, utc_now())
        except StoreProblem as problem:
            if not problem.may_pass:
                raise
            if told != (told := str(problem)):
                remark(f"NOT LISTENING: {told} Trying again until it works.")
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
