"""What an answer of the portal, or its absence, means for a reply (contract §2, §3, §8)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import BY_CODE, BY_KEY, Explanation, Outcome

__all__ = ["Answer", "Failure", "Outcome", "Verdict", "classify", "classify_failure", "state_after"]


class Failure(StrEnum):
    """Why no answer came. The first group proves that the portal executed nothing."""

    DNS = "dns"
    CONNECTION_REFUSED = "connection_refused"
    CONNECT_TIMEOUT = "connect_timeout"
    TLS = "tls"
    CERTIFICATE = "certificate"
    PROXY = "proxy"
    NOT_SENT = "not_sent"
    PLAIN_HTTP = "plain_http"
    BAD_ADDRESS = "bad_address"

    CONNECTION_LOST = "connection_lost"
    READ_TIMEOUT = "read_timeout"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete HTTP answer of the portal."""

    status: int
    body: bytes
    location: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of an attempt with the portal's code, its own words and our explanation."""

    explanation: Explanation
    code: str = ""
    description: str = ""

    @property
    def outcome(self) -> Outcome:
        """The outcome that the explanation carries."""
        return self.explanation.outcome


def classify_failure(failure: Failure) -> Verdict:
    """The verdict on an attempt that got no answer."""
    return Verdict(BY_KEY[failure.value], failure.value)


def classify(answer: Answer, method: str, success_key: str = "result") -> Verdict:
    """The verdict on an answer; success needs HTTP 200, no `error`, and `success_key` present."""
    if 300 <= answer.status < 400:
        return Verdict(BY_KEY["moved"], str(answer.status), answer.location)
    document = _document(answer.body)
    if document is None:
        return _unreadable(answer)
    if "error" in document and not (
        document["error"] in (None, "", []) and success_key in document
    ):
        return _error(answer.status, document, method)
    if answer.status == 200 and success_key in document and "error" not in document:
        return Verdict(BY_KEY["logged" if method == "bizproc.activity.log" else "accepted"])
    return _without_result(answer.status)


def _document(body: bytes) -> Mapping[str, object] | None:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _without_result(status: int) -> Verdict:
    key = "no_result" if status == 200 else "unreadable_answer"
    return Verdict(BY_KEY[key], str(status))


def _unreadable(answer: Answer) -> Verdict:
    code = str(answer.status)
    if answer.status >= 403 and b"portal404" in answer.body[:65536]:
        return Verdict(BY_KEY["portal_switched_off"], code)
    if answer.status >= 500:
        return Verdict(BY_KEY["server_error"], code)
    return Verdict(BY_KEY["unreadable_answer"], code)


def _error(status: int, document: Mapping[str, object], method: str) -> Verdict:
    code, description = _code_and_text(document)
    key = BY_CODE.get(code.upper())
    if key is None:
        key = "server_error" if status >= 500 else "unknown_code"
    elif key == "access_denied":
        key = _access_denied(status, description, method)
    elif key == "engine_error":
        key = _engine_error(description)
    return Verdict(BY_KEY[key], code, description)


def _code_and_text(document: Mapping[str, object]) -> tuple[str, str]:
    """Code and text of an error; REST 3.0 wraps both in an object."""
    error = document["error"]
    text = document.get("error_description", "")
    if isinstance(error, Mapping):
        text = error.get("message", text)
        error = error.get("code", "")
    code = "" if error is None or isinstance(error, bool) else str(error)
    return code, text if isinstance(text, str) else ""


def _engine_error(description: str) -> str:
    """The oldest cores give a missing or locked workflow no code of its own, only a text."""
    text = description.lower()
    if "not found" in text or "не найден" in text:
        return "workflow_gone"
    if "hung or being executed" in text or "завис" in text:
        return "workflow_busy"
    return "engine_error"


def _access_denied(status: int, description: str, method: str) -> str:
    """One code for four refusals: the tariff, the context, a token's signature, rights."""
    text = description.lower()
    if status == 401 or "commercial" in text or "subscription" in text:
        return "tariff"
    if "context" in text:
        return "application_context"
    if method in {"bizproc.event.send", "bizproc.activity.log"}:
        return "token_not_recognised"
    return "rights"


def state_after(outcome: Outcome, before: TokenState) -> TokenState:
    """The state after an attempt to send a reply.

    Nothing changes when it was not executed, and an accepted reply stays accepted whatever a
    second one meets.
    """
    if before is TokenState.ACCEPTED:
        return before
    after = {
        Outcome.ACCEPTED: TokenState.ACCEPTED,
        Outcome.REFUSED: TokenState.REFUSED,
        Outcome.UNKNOWN: TokenState.UNKNOWN,
    }
    return after.get(outcome, before)
