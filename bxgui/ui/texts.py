"""Codes of the core in the words of the window."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Explanation, Outcome
from bxgui.core.records import ACTIVITY_LOG, CallKind, Suspicion, TokenRow
from bxgui.core.schema import ValueType

translate = QCoreApplication.translate


def state_text(state: TokenState) -> str:
    """A token state as the list names it."""
    return {
        TokenState.WAITING: translate("Texts", "Waiting"),
        TokenState.SENDING: translate("Texts", "Sending"),
        TokenState.ACCEPTED: translate("Texts", "Accepted"),
        TokenState.REFUSED: translate("Texts", "Refused"),
        TokenState.UNKNOWN: translate("Texts", "Unknown"),
        TokenState.EXPIRED: translate("Texts", "Expired"),
        TokenState.NOT_WAITING: translate("Texts", "Not waiting"),
        TokenState.DISMISSED: translate("Texts", "Dismissed"),
    }[state]


def state_meaning(state: TokenState) -> str:
    """What a token state means, in a sentence."""
    return {
        TokenState.WAITING: translate("Texts", "The workflow waits for an answer."),
        TokenState.SENDING: translate("Texts", "A reply is on its way."),
        TokenState.ACCEPTED: translate(
            "Texts", "The portal accepted a reply. Accepted is not applied."
        ),
        TokenState.REFUSED: translate("Texts", "The portal refused the reply for good."),
        TokenState.UNKNOWN: translate("Texts", "A reply was sent and may have been executed."),
        TokenState.EXPIRED: translate("Texts", "The deadline has passed by this computer's clock."),
        TokenState.NOT_WAITING: translate("Texts", "The step does not wait for an answer."),
        TokenState.DISMISSED: translate("Texts", "You have put this token aside."),
    }[state]


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


def age_text(moment: datetime, now: datetime) -> str:
    """How long ago something was: `12 s ago`."""
    return translate("Texts", "%1 ago").replace("%1", span_text(now - moment))


def span_text(span: timedelta) -> str:
    """A span in its greatest unit: `12 s`, `2 min`, `3 h`, `5 d`."""
    seconds = max(int(span.total_seconds()), 0)
    for size, unit in (
        (86_400, translate("Texts", "%1 d")),
        (3_600, translate("Texts", "%1 h")),
        (60, translate("Texts", "%1 min")),
    ):
        if seconds >= size:
            return unit.replace("%1", str(seconds // size))
    return translate("Texts", "%1 s").replace("%1", str(seconds))


def countdown_text(deadline: datetime | None, now: datetime) -> str:
    """The time left: `9:48`, `3 h`, `late`, or `none`."""
    if deadline is None:
        return translate("Texts", "none")
    left = deadline - now
    seconds = int(left.total_seconds())
    if seconds <= 0:
        return translate("Texts", "late")
    if seconds < 3_600:
        return f"{seconds // 60}:{seconds % 60:02}"
    return span_text(left)


def moment_text(moment: datetime) -> str:
    """A moment in the user's zone and format, with seconds."""
    local = moment.astimezone()
    date = QDate(local.year, local.month, local.day)
    return f"{QLocale().toString(date, QLocale.FormatType.ShortFormat)} {local:%H:%M:%S}"
