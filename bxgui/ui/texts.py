"""Codes of the core in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.explanations import Explanation, Outcome
from bxgui.core.records import ACTIVITY_LOG, CallKind, Suspicion, TokenRow
from bxgui.core.schema import ValueType
from bxgui.ui.state_texts import state_text

translate = QCoreApplication.translate


def row_state_text(row: TokenRow) -> str:
    """The state of a line, or what kind of post it is when it carries no token."""
    return state_text(row.state) if row.state is not None else kind_text(row.kind)


def kind_text(kind: CallKind) -> str:
    """What a stored post is."""
    return {
        CallKind.TOKEN: translate("Texts", "Call"),
        CallKind.EVENT: translate("Texts", "Event"),
        CallKind.OPENING: translate("Texts", "Opening"),
        CallKind.OTHER: translate("Texts", "Other post"),
        CallKind.REJECTED: translate("Texts", "Rejected"),
    }[kind]


def reason_text(reason: str) -> str:
    """Why a post is not an application rule's call."""
    return {
        "empty": translate("Texts", "The post has no fields."),
        "empty_event_token": translate("Texts", "The event token is empty."),
        "built_in_webhook": translate(
            "Texts", "The post comes from the built-in “Webhook” rule, which waits for no answer."
        ),
        "unknown_shape": translate("Texts", "The post carries no event token and is not an event."),
    }.get(reason, reason)


def suspicion_text(suspicion: Suspicion) -> str:
    """Why a call is suspicious."""
    return {
        Suspicion.NONE: "",
        Suspicion.APPLICATION_TOKEN: translate(
            "Texts",
            "The call carries another application token than the one kept for its portal, or none. "
            "It may be forged.",
        ),
        Suspicion.ADDRESS: translate(
            "Texts", "The call names another address than the trusted portal. It may be forged."
        ),
    }[suspicion]


def outcome_text(outcome: Outcome | None) -> str:
    """An outcome as the history names it."""
    if outcome is None:
        return translate("Texts", "under way")
    return {
        Outcome.ACCEPTED: translate("Texts", "accepted"),
        Outcome.REFUSED: translate("Texts", "refused"),
        Outcome.RETRY_LATER: translate("Texts", "retry later"),
        Outcome.UNKNOWN: translate("Texts", "unknown"),
    }[outcome]


def executed_text(explanation: Explanation) -> str:
    """Whether the portal executed the request."""
    return {
        "yes": translate("Texts", "The portal executed the request."),
        "no": translate("Texts", "The portal executed nothing."),
        "perhaps": translate("Texts", "The portal may have executed the request."),
    }[explanation.executed]


def explained(text: str) -> str:
    """A text of the catalogue in the user's language."""
    return QCoreApplication.translate("Explanation", text)


def type_text(kind: ValueType) -> str:
    """A value type as the form offers it; the names are the portal's own."""
    return kind.value


def row_problem_text(code: str) -> str:
    """Why a row's text is not a value."""
    return {
        "no_name": translate("Texts", "This value has no name."),
        "json": translate("Texts", "This is not JSON."),
        "bool": translate("Texts", "Choose Yes or No."),
        "int": translate("Texts", "This is not a whole number."),
        "double": translate("Texts", "This is not a number."),
        "date": translate("Texts", "This is not a date such as 31.12.2026."),
        "datetime": translate("Texts", "This is not a date such as 31.12.2026 18:30:00."),
        "time": translate("Texts", "This is not a time such as 18:30."),
        "user": translate("Texts", "This is not a user such as user_1."),
        "file": translate("Texts", "This is not the id of a file."),
    }.get(code, code)


def method_text(method: str) -> str:
    """A method as the history names it."""
    return translate("Texts", "only log") if method == ACTIVITY_LOG else translate("Texts", "reply")
