"""Waits for the code of a consent: from the browser by way of the listener, or pasted."""

from __future__ import annotations

import queue
import sys
import threading
import time
import webbrowser

from bxgui.command_problem import CommandProblem
from bxgui.services.logins import Login, Logins
from bxgui.services.store.authorizations import LOGIN_LIFE

_LOOK_SECONDS = 0.5


def completed(logins: Logins, login: Login, *, open_page: bool) -> None:
    """Have a person consent, and exchange the code; raises `AuthorizationProblem`."""
    if not open_page or not webbrowser.open(login.address):
        sys.stderr.write(f"Open this page in a browser: {login.address}\n")
    sys.stderr.write(
        "When the browser ends at the handler's address, a running listener takes the code by "
        "itself.\nElse paste that page's whole address here within 30 seconds:\n"
    )
    sys.stderr.flush()
    logins.finish(login, _text(logins, login))


def _text(logins: Logins, login: Login) -> str:
    pasted: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read_lines, args=(pasted,), name="paste", daemon=True).start()
    until = time.monotonic() + LOGIN_LIFE.total_seconds()
    while time.monotonic() < until:
        if arrived := logins.arrived(login):
            return arrived
        try:
            return pasted.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
    raise CommandProblem("No code has come. Begin the login again.")


def _read_lines(pasted: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        if line.strip():
            pasted.put(line.strip())
