"""Who answers where the listener should listen."""

from __future__ import annotations

import secrets
import socket
from urllib.parse import urlsplit

from bxgui.core.checks import Check, Severity, Subject
from bxgui.services.probe import Answer, hear

_SECONDS = 3.0


def any_port() -> Check:
    """What can be told where no port is set."""
    text = "The listener takes any free port, so there is none to look at."
    return _check(Severity.NOTE, text, "Name the one that it tells at its start with --port.")


def check_port(
    base: str, secret: str, instance: str, *, is_new: bool
) -> tuple[list[Check], Answer]:
    """Who answers at the base of the local address.

    Without a secret path nobody can prove anything: the store is new, or cannot be read.
    """
    heard = hear(base, secret or secrets.token_hex(), instance, _SECONDS).answer
    if heard is Answer.SILENT and _is_taken(base):
        text = f"A program holds {base} and does not answer."
        advice = "If it is a listener of bxgui, restart it; else end it, or choose another port."
        return [_check(Severity.PROBLEM, text, advice)], heard
    if heard is Answer.SILENT:
        return [_nobody(base, is_new=is_new)], heard
    if not secret and not is_new:
        text = f"Something answers at {base}; whether it is our listener only the store can tell."
        return [_check(Severity.NOTE, text)], heard
    return [_of_answer(heard, base)], heard


def _nobody(base: str, *, is_new: bool) -> Check:
    advice = "Start it: in the window, or with bxgui listen."
    if is_new:
        text = f"Nobody listens at {base} yet: the listener has never run."
        return _check(Severity.NOTE, text, advice)
    text = f"Nobody listens at {base}: calls that portals send now are lost."
    return _check(Severity.PROBLEM, text, advice)


def _of_answer(heard: Answer, base: str) -> Check:
    if heard is Answer.OURS:
        return _check(Severity.OK, f"Our listener answers at {base}.")
    if heard is Answer.OTHER_LISTENER:
        text = f"A second listener of this store answers at {base}."
        return _check(Severity.WARNING, text, "One is enough: end the listener not wanted.")
    text = f"Another program answers at {base}; it may be a bxgui with another store."
    advice = "End it, or choose another port: --port, or port in settings.toml."
    return _check(Severity.PROBLEM, text, advice)


def _is_taken(base: str) -> bool:
    parts = urlsplit(base)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), _SECONDS).close()
    except (OSError, ValueError):
        return False
    return True


def _check(severity: Severity, text: str, advice: str = "") -> Check:
    return Check(Subject.PORT, severity, text, advice)
