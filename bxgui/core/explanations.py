"""The catalogue of outcomes: what happened, why, what to do next, and whether it was executed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Outcome(StrEnum):
    """Of an attempt: accepted, refused for good, not executed but curable, perhaps executed."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETRY_LATER = "retry_later"
    UNKNOWN = "unknown"


Executed = Literal["yes", "no", "perhaps"]
_EXECUTED: dict[Outcome, Executed] = {
    Outcome.ACCEPTED: "yes",
    Outcome.REFUSED: "no",
    Outcome.RETRY_LATER: "no",
    Outcome.UNKNOWN: "perhaps",
}


_DOCUMENTATION = "https://apidocs.bitrix24.com/"
_BIZPROC = f"{_DOCUMENTATION}api-reference/bizproc/bizproc-robot/"
_PAGES = {
    f"{_DOCUMENTATION}limits.html": {"rate_limit", "operation_limit", "overload"},
    f"{_BIZPROC}bizproc-event-send.html": {
        "accepted",
        "logged",
        "token_not_recognised",
        "workflow_gone",
        "workflow_busy",
        "empty_log_message",
        "engine_error",
        "not_sent",
        "read_timeout",
        "connection_lost",
        "interrupted",
        "no_result",
        "unreadable_answer",
    },
    f"{_DOCUMENTATION}settings/cloud-and-on-premise/network-access.html": {
        "dns",
        "connection_refused",
        "connect_timeout",
        "tls",
        "certificate",
        "proxy",
    },
    f"{_BIZPROC}bizproc-robot-add.html": {
        "application_context",
        "handler_address",
        "rights",
        "rule_exists",
        "rule_invalid",
        "rule_missing",
    },
}
_ERROR_CODES = f"{_DOCUMENTATION}error-codes.html"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One entry of the catalogue; the texts are sentences."""

    key: str
    outcome: Outcome
    title: str
    cause: str
    action: str
    codes: tuple[str, ...] = ()

    @property
    def executed(self) -> Executed:
        """Whether the portal executed the request."""
        return _EXECUTED[self.outcome]

    @property
    def link(self) -> str:
        """The page of Bitrix24's documentation that tells most of it."""
        return next((page for page, keys in _PAGES.items() if self.key in keys), _ERROR_CODES)


_ACCEPTED = (
    Explanation(
        "accepted",
        Outcome.ACCEPTED,
        "The portal accepted the reply.",
        "Accepted is not applied: the portal answers the same when a name is misspelt, and when "
        "the step has timed out, was answered before or does not wait.",
        "Look in the portal whether the workflow went on.",
    ),
    Explanation(
        "logged",
        Outcome.ACCEPTED,
        "The portal accepted the log message.",
        "The step goes on waiting. A message to a step that no longer waits is dropped silently.",
        "The token can still be answered.",
    ),
)

_REFUSED = (
    Explanation(
        "token_not_recognised",
        Outcome.REFUSED,
        "The portal does not recognise the event token.",
        "The token's signature is missing, altered, or made by another portal.",
        "Nothing to repeat: start the workflow again to get a fresh call.",
    ),
    Explanation(
        "workflow_gone",
        Outcome.REFUSED,
        "The workflow no longer exists.",
        "It has ended or was deleted, for example after an earlier answer or a timeout.",
        "Nothing to repeat. If the step was still needed, start the workflow again.",
        ("404",),
    ),
    Explanation(
        "empty_log_message",
        Outcome.REFUSED,
        "The log message is empty.",
        "This method needs a message.",
        "Write a log message and send it again.",
        ("ERROR_EMPTY_LOG_MESSAGE",),
    ),
    Explanation(
        "no_auth",
        Outcome.REFUSED,
        "The portal found no authorization in the request.",
        "The call came without an access token, or something on the way changed the request.",
        "Answer a newer call of this portal, which carries its own access token.",
        ("NO_AUTH_FOUND",),
    ),
    Explanation(
        "invalid_token",
        Outcome.REFUSED,
        "The access token belongs to another application or portal.",
        "The portal could not find the application by this token.",
        "Check that the call really came from this portal.",
        ("INVALID_TOKEN", "WRONG_TOKEN"),
    ),
    Explanation(
        "application_removed",
        Outcome.REFUSED,
        "The application is not installed in the portal.",
        "It was removed or reinstalled, and its access tokens went with it.",
        "Install the application again, register its rules again, and start the workflow again.",
        ("ERROR_OAUTH", "APPLICATION_NOT_FOUND", "NOT_INSTALLED"),
    ),
    Explanation(
        "user_without_access",
        Outcome.REFUSED,
        "The rule's user has no right to this application.",
        "The access token belongs to a user who may not use the application.",
        "Give that user access to the application in the portal.",
        ("USER_ACCESS_ERROR",),
    ),
    Explanation(
        "user_dismissed",
        Outcome.REFUSED,
        "The rule's user cannot be authorized.",
        "The user was dismissed or deactivated.",
        "Register the rule with another AUTH_USER_ID; then start the workflow again.",
        ("AUTHORIZATION_ERROR",),
    ),
    Explanation(
        "insufficient_scope",
        Outcome.REFUSED,
        "The application lacks the right “bizproc”.",
        "The access token does not cover this method.",
        "Add the scope bizproc to the application, reinstall it, and start the workflow again.",
        ("INSUFFICIENT_SCOPE",),
    ),
    Explanation(
        "method_not_found",
        Outcome.REFUSED,
        "The portal does not know this method.",
        "The method is outside the application's scope, or the address is not a REST address.",
        "Check the portal's address and the application's scope.",
        ("ERROR_METHOD_NOT_FOUND",),
    ),
    Explanation(
        "tariff",
        Outcome.REFUSED,
        "The portal's plan does not include REST.",
        "Applications work only on commercial plans or with a paid subscription.",
        "The portal's owner has to renew the plan or the subscription.",
        ("PAYMENT_REQUIRED",),
    ),
    Explanation(
        "credentials",
        Outcome.REFUSED,
        "The portal does not accept the webhook's code.",
        "The incoming webhook was deleted or its code was changed.",
        "Create a new incoming webhook and enter its address.",
        ("INVALID_CREDENTIALS",),
    ),
    Explanation(
        "https_required",
        Outcome.REFUSED,
        "The portal wants https.",
        "The request went over plain http.",
        "Use the portal's https address.",
        ("INVALID_REQUEST",),
    ),
    Explanation(
        "portal_deleted",
        Outcome.REFUSED,
        "The portal was deleted.",
        "Bitrix24 has closed it.",
        "Nothing can be sent there any more.",
        ("PORTAL_DELETED",),
    ),
    Explanation(
        "portal_switched_off",
        Outcome.REFUSED,
        "There is no portal at this address.",
        "Bitrix24 answers for a switched-off or unknown address.",
        "Check the portal's address: it may have been renamed.",
    ),
    Explanation(
        "moved",
        Outcome.REFUSED,
        "The portal has moved to another address.",
        "It answered with a redirect, which bxgui does not follow: the access token would go to a "
        "host that you have not trusted.",
        "If you know that this is your portal's new address, follow it there.",
    ),
    Explanation(
        "confirmation_denied",
        Outcome.REFUSED,
        "An administrator has denied this method.",
        "The portal asks an administrator to confirm the methods of this application.",
        "Ask the portal's administrator.",
        ("METHOD_CONFIRM_DENIED",),
    ),
    Explanation(
        "application_context",
        Outcome.REFUSED,
        "The method needs an application.",
        "It does not work with an incoming webhook.",
        "Use the application's own authorization.",
    ),
    Explanation(
        "rights",
        Outcome.REFUSED,
        "Access denied.",
        "The method needs an administrator.",
        "Use the authorization of an administrator.",
    ),
    Explanation(
        "rule_invalid",
        Outcome.REFUSED,
        "The portal does not accept the rule's description.",
        "A code, name or property of the registration breaks the portal's rules.",
        "Mend what the portal's message names and register the rule again.",
        ("ERROR_ACTIVITY_VALIDATION_FAILURE", "ERROR_ACTIVITY_ADD_FAILURE"),
    ),
    Explanation(
        "rule_exists",
        Outcome.REFUSED,
        "A rule with this code exists.",
        "A rule and an activity of one application cannot share a code.",
        "Update the existing rule, or choose another code.",
        ("ERROR_ACTIVITY_ALREADY_INSTALLED",),
    ),
    Explanation(
        "rule_missing",
        Outcome.REFUSED,
        "The portal has no rule with this code.",
        "It was never registered, or an update of the application removed it.",
        "Register the rule again.",
        ("ERROR_ACTIVITY_NOT_FOUND",),
    ),
    Explanation(
        "handler_address",
        Outcome.REFUSED,
        "The portal does not accept the handler's address.",
        "It must begin with http:// or https:// and its host must contain a dot.",
        "Use the listener's public address.",
        ("ERROR_UNSUPPORTED_PROTOCOL", "ERROR_WRONG_HANDLER_URL", "ERROR_HANDLER_URL_MATCH"),
    ),
    Explanation(
        "refresh_refused",
        Outcome.REFUSED,
        "The authorization cannot be renewed.",
        "The refresh token has been used up, has expired, or belongs to another application.",
        "Answer a newer call of this portal, or authorize the application again.",
        ("INVALID_GRANT",),
    ),
    Explanation(
        "client_refused",
        Outcome.REFUSED,
        "The authorization server does not know the application.",
        "The application's client id or client secret is wrong.",
        "Copy both again from the application's page.",
        ("WRONG_CLIENT", "INVALID_CLIENT"),
    ),
    Explanation(
        "plain_http",
        Outcome.REFUSED,
        "bxgui does not send secrets over plain http.",
        "The portal's address begins with http:// and is not on this computer.",
        "Give the portal an https address, or allow plain http for it by its name.",
    ),
    Explanation(
        "bad_address",
        Outcome.REFUSED,
        "The portal's address cannot be used.",
        "The call names no address, or one that is not a web address.",
        "Look at the call's raw body: it may not come from a portal.",
    ),
    Explanation(
        "not_sent",
        Outcome.REFUSED,
        "The reply was not sent.",
        "The request could not be built.",
        "Look at the values of the reply.",
    ),
    Explanation(
        "unknown_code",
        Outcome.REFUSED,
        "The portal refused the request.",
        "bxgui does not know this error code.",
        "Read the portal's own message in the exchange.",
    ),
)

_RETRY_LATER = (
    Explanation(
        "workflow_busy",
        Outcome.RETRY_LATER,
        "The workflow is being executed at this moment.",
        "The portal has locked it, or an earlier step has left it hung.",
        "Send the reply again in a few seconds. If it stays so, the workflow hangs in the portal.",
        ("423",),
    ),
    Explanation(
        "access_expired",
        Outcome.RETRY_LATER,
        "The call's access token has expired.",
        "An access token lives one hour. The workflow still waits.",
        "Enter the application's client id and secret, or an incoming webhook, for this portal: "
        "they authorize replies to older calls too.",
        ("EXPIRED_TOKEN",),
    ),
    Explanation(
        "rate_limit",
        Outcome.RETRY_LATER,
        "Too many requests to the portal.",
        "The portal limits how many requests come from one address.",
        "Wait a minute and send the reply again.",
        ("QUERY_LIMIT_EXCEEDED",),
    ),
    Explanation(
        "operation_limit",
        Outcome.RETRY_LATER,
        "The portal has blocked this method for a while.",
        "The method has used up its time for the last ten minutes.",
        "Wait ten minutes and send the reply again.",
        ("OPERATION_TIME_LIMIT",),
    ),
    Explanation(
        "overload",
        Outcome.RETRY_LATER,
        "The portal has blocked REST because of overload.",
        "Some application has sent too many heavy requests.",
        "Send the reply again later; if it stays so, ask the portal's support.",
        ("OVERLOAD_LIMIT",),
    ),
    Explanation(
        "authorization_server",
        Outcome.RETRY_LATER,
        "The portal could not reach its authorization server.",
        "A passing fault between the portal and Bitrix24.",
        "Send the reply again in a minute.",
        ("CONNECTION_ERROR",),
    ),
    Explanation(
        "confirmation_awaited",
        Outcome.RETRY_LATER,
        "The portal waits for an administrator's confirmation.",
        "The portal asks an administrator to confirm the methods of this application.",
        "Ask the portal's administrator to confirm, then send the reply again.",
        ("METHOD_CONFIRM_WAITING",),
    ),
    Explanation(
        "dns",
        Outcome.RETRY_LATER,
        "The portal's host name was not found.",
        "This computer is offline, or the name is wrong.",
        "Check the connection and the portal's address, then send the reply again.",
    ),
    Explanation(
        "connection_refused",
        Outcome.RETRY_LATER,
        "No connection to the portal.",
        "The portal, or something before it, refused the connection. Nothing was sent.",
        "Check that the portal is up, then send the reply again.",
    ),
    Explanation(
        "connect_timeout",
        Outcome.RETRY_LATER,
        "The portal did not take the connection in time.",
        "It is down, or a firewall drops the connection. Nothing was sent.",
        "Check the connection, then send the reply again.",
    ),
    Explanation(
        "tls",
        Outcome.RETRY_LATER,
        "No secure connection to the portal.",
        "The encrypted connection could not be set up. Nothing was sent.",
        "Send the reply again; if it stays so, look for a proxy or an old TLS version.",
    ),
    Explanation(
        "certificate",
        Outcome.RETRY_LATER,
        "The portal's certificate is not valid.",
        "It is self-signed, expired, or for another host. Nothing was sent.",
        "Have the certificate mended; do not answer before you know who is at that address.",
    ),
    Explanation(
        "proxy",
        Outcome.RETRY_LATER,
        "The proxy does not connect to the portal.",
        "The proxy that this computer uses refused or failed. Nothing was sent.",
        "Check the proxy, then send the reply again.",
    ),
)

_UNKNOWN = (
    Explanation(
        "read_timeout",
        Outcome.UNKNOWN,
        "The portal did not answer in time.",
        "The reply had been sent. The portal runs the following steps inside the same request, "
        "which takes time.",
        "Look in the portal whether the workflow went on before you send it again.",
    ),
    Explanation(
        "connection_lost",
        Outcome.UNKNOWN,
        "The connection broke before the answer came.",
        "The reply had been sent by then.",
        "Look in the portal whether the workflow went on before you send it again.",
    ),
    Explanation(
        "interrupted",
        Outcome.UNKNOWN,
        "bxgui was stopped before the answer came.",
        "The reply may have been sent by then.",
        "Look in the portal whether the workflow went on before you send it again.",
    ),
    Explanation(
        "server_error",
        Outcome.UNKNOWN,
        "The portal failed while it worked on the reply.",
        "A step behind this one may have failed; the reply itself may have been executed.",
        "Look in the portal whether the workflow went on. While it hangs, it answers 423.",
        ("INTERNAL_SERVER_ERROR",),
    ),
    Explanation(
        "engine_error",
        Outcome.UNKNOWN,
        "The workflow engine reported an error.",
        "This step or one behind it failed; the reply itself may have been executed.",
        "Read the portal's message, and look at the workflow in the portal.",
        ("0", "ERROR_CORE"),
    ),
    Explanation(
        "answer_not_encoded",
        Outcome.UNKNOWN,
        "The portal could not write its answer.",
        "It worked on the reply, but its answer could not be encoded.",
        "Look in the portal whether the workflow went on before you send it again.",
        ("WRONG_ENCODING",),
    ),
    Explanation(
        "no_result",
        Outcome.UNKNOWN,
        "The portal's answer says neither yes nor no.",
        "It has no result and no error, or a result beside an empty error.",
        "Look in the portal whether the workflow went on before you send it again.",
    ),
    Explanation(
        "unreadable_answer",
        Outcome.UNKNOWN,
        "The answer is not a REST answer.",
        "Something before the portal, such as a proxy or a firewall, may have answered; or the "
        "answer was cut short.",
        "Read the answer in the exchange, and look in the portal whether the workflow went on.",
    ),
)

CATALOGUE: tuple[Explanation, ...] = (*_ACCEPTED, *_REFUSED, *_RETRY_LATER, *_UNKNOWN)
BY_KEY: dict[str, Explanation] = {entry.key: entry for entry in CATALOGUE}
# ACCESS_DENIED says four different things; `outcome` tells them apart.
BY_CODE: dict[str, str] = {
    **{code: entry.key for entry in CATALOGUE for code in entry.codes},
    "ACCESS_DENIED": "access_denied",
}
_ACCESS_DENIED = ("token_not_recognised", "tariff", "application_context", "rights")


def explanations_of(code: str) -> tuple[Explanation, ...]:
    """The entries that a portal's code, or our own name for a failure, may stand for."""
    key = BY_CODE.get(code.upper(), code.lower())
    if key == "access_denied":
        return tuple(BY_KEY[one] for one in _ACCESS_DENIED)
    return (BY_KEY[key],) if key in BY_KEY else ()
