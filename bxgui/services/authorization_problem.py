"""Why nothing authorizes a request."""

from __future__ import annotations

from bxgui.core.outcome import Verdict
from bxgui.core.records import Portal
from bxgui.services.store.authorizations import KeptAuthorization


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
    words = f"It says: {verdict.description}" if verdict.description else ""
    told = filter(None, (entry.title, entry.cause, entry.action, words))
    return AuthorizationProblem(entry.key, " ".join(told), verdict)


def no_webhook(portal: Portal, kept: KeptAuthorization | None) -> AuthorizationProblem:
    """The problem of a webhook that was not entered for a portal, or for its former host."""
    if kept is None:
        return AuthorizationProblem("no_webhook", f"No webhook was entered for {portal.title}.")
    return AuthorizationProblem(
        "other_host",
        f"The webhook of {portal.title} was entered for {kept.host}, and the portal is at "
        f"{portal.host} now. Enter it again.",
    )


def no_application(portal: Portal, kept: KeptAuthorization | None) -> AuthorizationProblem:
    """The problem of an application that was not entered for a portal, or for its former host."""
    if kept is None:
        message = f"No application was entered for {portal.title}."
        return AuthorizationProblem("no_application", message)
    return AuthorizationProblem(
        "other_host",
        f"The application of {portal.title} was entered for {kept.host}, and the portal is at "
        f"{portal.host} now. Enter it again.",
    )
