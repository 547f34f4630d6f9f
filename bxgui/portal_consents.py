"""What is asked about a portal before a command does it."""

from __future__ import annotations

import sys

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.records import Portal


def ask_to_forget(portal: Portal) -> None:
    """Go on only after a yes; raises `CommandProblem` for anything else."""
    if not sys.stdin.isatty():
        message = f"Forgetting {portal.title} cannot be undone: say it with --yes."
        raise CommandProblem(message, USAGE)
    text = (
        f"Forget the secrets, settings and trust of {portal.title} ({portal.key})? "
        "This cannot be undone."
    )
    _ask(text, "Nothing was forgotten.")


def ask_to_trust_address(portal: Portal, host: str | None) -> None:
    """Go on only after a yes to an address of which no call has told, or when its host is named.

    Raises `CommandProblem` for anything else.
    """
    if host == portal.host:
        return
    if host is not None:
        message = f"{portal.title} was added at {portal.host}, not at {host}. It is not trusted."
        raise CommandProblem(message, USAGE)
    if not sys.stdin.isatty():
        message = (
            f"No call has told of the address {portal.endpoint}. Name its host to trust it: "
            f"--host {portal.host}."
        )
        raise CommandProblem(message, USAGE)
    text = (
        f"Trust {portal.endpoint}? No call has told of it. Secrets that you enter for it go to "
        "this host."
    )
    _ask(text, "It is not trusted.")


def _ask(text: str, otherwise: str) -> None:
    sys.stderr.write(f"{text} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise CommandProblem(otherwise)
