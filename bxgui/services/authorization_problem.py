"""Why nothing authorizes a request."""

from __future__ import annotations

from bxgui.core.authorization import Source
from bxgui.core.outcome import Verdict
from bxgui.core.records import Portal
from bxgui.services.store.authorizations import KeptAuthorization

_NAMES = {Source.APPLICATION: "application", Source.WEBHOOK: "webhook"}


class AuthorizationProblem(Exception):
    """Nothing authorizes a request; `code` names why, the text says what to do.

    `verdict` is that on the authorization server's answer, where that was what failed.
    """

    def __init__(self, code: str, message: str, verdict: Verdict | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.verdict = verdict


def problem_of(verdict: Verdict) -> AuthorizationProblem:
    """The problem that an answer of the authorization server is, in the catalogue's words."""
    entry = verdict.explanation
    words = f" It says: {verdict.description}" if verdict.description else ""
    return AuthorizationProblem(
        entry.key, f"{entry.title} {entry.cause} {entry.action}{words}", verdict
    )


def not_entered(
    portal: Portal, source: Source, kept: KeptAuthorization | None
) -> AuthorizationProblem:
    """The problem of a source that was not entered for a portal, or for its former host."""
    what = _NAMES[source]
    if kept is None:
        return AuthorizationProblem(f"no_{what}", f"No {what} was entered for {portal.title}.")
    return AuthorizationProblem(
        "other_host",
        f"The {what} of {portal.title} was entered for {kept.host}, and the portal is at "
        f"{portal.host} now. Enter it again.",
    )
