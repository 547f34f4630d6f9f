"""A test call: through the address to the secret path, into the store, and found there."""

from __future__ import annotations

import http.client
import json
import secrets
import time
from pathlib import Path
from urllib.parse import urlsplit

from bxgui.core.checks import Check, Severity, Subject
from bxgui.core.handler_address import PATH_PREFIX
from bxgui.services.doctor.address import shown_base
from bxgui.services.probe import Answer, connection_to
from bxgui.services.store import StoreProblem
from bxgui.services.store.inspection import Inspection
from bxgui.services.store.store import FILE_NAME

EVENT = "BXGUITEST"
_SECONDS = 10.0
_PAUSE_SECONDS = 0.1


def check_call(
    address: str, secret: str, answer: Answer | None, folder: Path, wait: float
) -> Check:
    """Post a call, and wait for it to be in the store; only to who has proved to be ours.

    To anybody else the call would show the secret path.
    """
    base = shown_base(address)
    if not secret or answer not in {Answer.OURS, Answer.OTHER_LISTENER}:
        text = f"The test call was not sent: nobody at {base} has proved to be our listener."
        return _problem(text, "To anybody else it would show the secret path.")
    inspection = Inspection(folder / FILE_NAME)
    nonce = secrets.token_hex(8)
    try:
        newest = inspection.newest_call()
        started = time.monotonic()
        status, said = _post(f"{address.rstrip('/')}{PATH_PREFIX}{secret}", nonce)
        if status == 403:
            return _not_admitted(said)
        if status != 200:
            text = f"The test call was answered with HTTP {status} ({said})."
            return _problem(text, "A portal's call would be lost as well.")
        call_id = _found(inspection, nonce.encode(), newest, wait)
    except StoreProblem as problem:
        return _problem(str(problem))
    except (OSError, http.client.HTTPException) as error:
        text = f"The test call broke off ({type(error).__name__})."
        return _problem(text, "A portal's call would be lost as well.")
    if call_id is None:
        text = (
            f"The test call was answered with HTTP 200, and is not in the store after {wait:g} s."
        )
        return _problem(text, "Another listener of the same secret path may have taken it.")
    return Check(
        Subject.TEST_CALL,
        Severity.OK,
        f"The test call through {base} came back after {(time.monotonic() - started) * 1000:.0f} "
        f"ms; it is call {call_id}, among the other posts.",
    )


def _not_admitted(said: str) -> Check:
    return Check(
        Subject.TEST_CALL,
        Severity.WARNING,
        f"The test call was not let in (HTTP 403, {said}).",
        "This computer is in none of the allowed networks; a portal in one of them is let in.",
    )


def _post(address: str, nonce: str) -> tuple[int, str]:
    """Status of the answer, and the reason it gives."""
    parts = urlsplit(address)
    connection = connection_to(parts, _SECONDS)
    try:
        connection.request(
            "POST",
            parts.path,
            f"event={EVENT}&data%5Bnonce%5D={nonce}",
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = connection.getresponse()
        return answer.status, _reason(answer.read(1000))
    finally:
        connection.close()


def _reason(body: bytes) -> str:
    try:
        return str(json.loads(body)["message"]).rstrip(".")
    except (ValueError, LookupError, TypeError):
        return "without a reason"


def _found(inspection: Inspection, nonce: bytes, newest: int, wait: float) -> int | None:
    until = time.monotonic() + wait
    while (found := inspection.call_with(nonce, newest)) is None and time.monotonic() < until:
        time.sleep(_PAUSE_SECONDS)
    return found


def _problem(text: str, advice: str = "") -> Check:
    return Check(Subject.TEST_CALL, Severity.PROBLEM, text, advice)
