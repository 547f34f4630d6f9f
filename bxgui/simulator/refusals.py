"""Errors a portal answers with (contract §8)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error answer: HTTP status, `error`, `error_description`."""

    status: int
    code: str | int
    text: str = ""


class Refused(Exception):
    """A request that ends in an error answer."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.text)
        self.refusal = refusal


ACCESS_DENIED = Refusal(403, "ACCESS_DENIED", "Access denied!")
APPLICATION_CONTEXT = Refusal(403, "ACCESS_DENIED", "Access denied! Application context required")
EMPTY_LOG_MESSAGE = Refusal(400, "ERROR_EMPTY_LOG_MESSAGE", "Empty log message!")
ENGINE_EXCEPTION = Refusal(400, "0", "CanNotResumeInstance")
INTERNAL_ERROR = Refusal(500, "INTERNAL_SERVER_ERROR", "Internal server error")

NO_AUTH_FOUND = Refusal(401, "NO_AUTH_FOUND", "Wrong authorization data")
EXPIRED_TOKEN = Refusal(401, "expired_token", "The access token provided has expired.")
INVALID_TOKEN = Refusal(401, "invalid_token", "Unable to get application by token")
NOT_INSTALLED = Refusal(401, "ERROR_OAUTH", "Application not installed")
USER_ACCESS = Refusal(401, "user_access_error", "The user does not have access to the application.")
DISMISSED = Refusal(401, "authorization_error", "Unable to authorize user")
INSUFFICIENT_SCOPE = Refusal(
    401,
    "insufficient_scope",
    "The request requires higher privileges than provided by the access token",
)
METHOD_NOT_FOUND = Refusal(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")
RATE_LIMIT = Refusal(503, "QUERY_LIMIT_EXCEEDED", "Too many requests")
TIME_LIMIT = Refusal(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.")
FREE_PLAN = Refusal(401, "ACCESS_DENIED", "REST is available only on commercial plans.")
FREE_PLAN_WEBHOOK = Refusal(401, "ACCESS_DENIED", "REST is available only by subscription")
SUBSCRIPTION_ENDED = Refusal(401, "PAYMENT_REQUIRED", "Subscription has been ended")
OVERLOAD = Refusal(401, "OVERLOAD_LIMIT", "REST API is blocked due to overload.")
INVALID_CREDENTIALS = Refusal(401, "INVALID_CREDENTIALS", "Invalid request credentials")
HTTPS_REQUIRED = Refusal(401, "INVALID_REQUEST", "Https required.")
PORTAL_DELETED = Refusal(403, "PORTAL_DELETED", "Portal was deleted")
CONNECTION_ERROR = Refusal(401, "CONNECTION_ERROR", "Error connecting to authorization server")
WRONG_ENCODING = Refusal(200, "WRONG_ENCODING", "Wrong request encoding")
CONFIRM_WAITING = Refusal(401, "METHOD_CONFIRM_WAITING", "Waiting for confirmation")
CONFIRM_DENIED = Refusal(403, "METHOD_CONFIRM_DENIED", "Method call denied")

BATCH_TOO_LONG = Refusal(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded")
NOT_IN_BATCH = Refusal(
    405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage"
)

ALREADY_INSTALLED = Refusal(
    400, "ERROR_ACTIVITY_ALREADY_INSTALLED", "Activity or Robot already installed!"
)
RULE_NOT_FOUND = Refusal(400, "ERROR_ACTIVITY_NOT_FOUND", "Activity or Robot not found!")
UNSUPPORTED_PROTOCOL = Refusal(400, "ERROR_UNSUPPORTED_PROTOCOL", "Unsupported handler protocol")
WRONG_HANDLER_URL = Refusal(400, "ERROR_WRONG_HANDLER_URL", "Wrong handler URL")

_GONE = {"en": "The business process is not found.", "ru": "Бизнес-процесс не найден"}
_LOCKED = {
    "en": "The workflow is hung or being executed",
    "ru": "Бизнес-процесс завис либо выполняется в данный момент",
}


def invalid_rule(text: str) -> Refusal:
    """A registration that breaks a rule for its fields."""
    return Refusal(400, "ERROR_ACTIVITY_VALIDATION_FAILURE", text)


def workflow_gone(language: str, code: str | int = "404") -> Refusal:
    """The row of the workflow is no longer there; older cores write other codes."""
    return Refusal(400, code, _GONE.get(language, _GONE["en"]))


def workflow_locked(language: str) -> Refusal:
    """The workflow is executing, or hung while it did."""
    return Refusal(400, "423", _LOCKED.get(language, _LOCKED["en"]))
