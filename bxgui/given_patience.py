"""How often a reply is tried, as the command line says it, else the settings."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from bxgui.command_problem import CommandProblem
from bxgui.opened_workspace import paths_of

if TYPE_CHECKING:
    from bxgui.core.retrying import Patience

_MOST_TRIES = 1000


def add_options(parser: argparse.ArgumentParser) -> None:
    """The option that limits how often a reply is tried."""
    parser.add_argument(
        "--tries",
        type=_tries,
        metavar="N",
        help="try what the portal did not execute so often at most, in the place of what is set",
    )


def _tries(text: str) -> int:
    """A number of tries, as argparse wants it read."""
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= _MOST_TRIES:
        message = f"{text!r} is not a number of tries between 1 and {_MOST_TRIES}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def given_patience(options: argparse.Namespace) -> Patience | None:
    """The patience of the settings with the tries that were asked for; None where none were.

    Raises `CommandProblem` for settings that cannot be used.
    """
    from bxgui.services import settings

    if options.tries is None:
        return None
    try:
        usual = settings.load_patience(paths_of(options).settings)
    except settings.SettingsProblem as problem:
        raise CommandProblem(str(problem)) from problem
    return replace(usual, attempts=options.tries)
