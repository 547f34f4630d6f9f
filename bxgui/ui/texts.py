"""Codes of the core in the words of the window."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Explanation, Outcome
from bxgui.core.records import ACTIVITY_LOG, CallKind, Suspicion, TokenRow
from bxgui.core.schema import ValueType


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Texts", text, None, count)


def state_text(state: TokenState) -> str:
    """A token state as the list names it."""
    return {
        TokenState.WAITING: _tr("Waiting"),
        TokenState.SENDING: _tr("Sending"),
        TokenState.ACCEPTED: _tr("Accepted"),
        TokenState.REFUSED: _tr("Refused"),
        TokenState.UNKNOWN: _tr("Unknown"),
        TokenState.EXPIRED: _tr("Expired"),
        TokenState.NOT_WAITING: _tr("Not waiting"),
        TokenState.DISMISSED: _tr("Dismissed"),
    }[state]


def state_meaning(state: TokenState) -> str:
    """What a token state means, in a sentence."""
    return {
        TokenState.WAITING: _tr("The workflow waits for an answer."),
        TokenState.SENDING: _tr("A reply is on its way."),
        TokenState.ACCEPTED: _tr("The portal accepted a reply. Accepted is not applied."),
        TokenState.REFUSED: _tr("The portal refused the reply for good."),
        TokenState.UNKNOWN: _tr("A reply was sent and may have been executed."),
        TokenState.EXPIRED: _tr("The deadline has passed by this computer's clock."),
        TokenState.NOT_WAITING: _tr("The step does not wait for an answer."),
        TokenState.DISMISSED: _tr("You have put this token aside."),
    }[state]


def row_state_text(row: TokenRow) -> str:
    """The state of a line, or what kind of post it is when it carries no token."""
    return state_text(row.state) if row.state is not None else kind_text(row.kind)


def kind_text(kind: CallKind) -> str:
    """What a stored post is."""
    return {
        CallKind.TOKEN: _tr("Call"),
        CallKind.EVENT: _tr("Event"),
        CallKind.OPENING: _tr("Opening"),
        CallKind.OTHER: _tr("Other post"),
    }[kind]


def reason_text(reason: str) -> str:
    """Why a post is not an application rule's call."""
    return {
        "empty": _tr("The post has no fields."),
        "empty_event_token": _tr("The event token is empty."),
        "built_in_webhook": _tr(
            "The post comes from the built-in “Webhook” rule, which waits for no answer."
        ),
        "unknown_shape": _tr("The post carries no event token and is not an event."),
    }.get(reason, reason)


def suspicion_text(suspicion: Suspicion) -> str:
    """Why a call is suspicious."""
    return {
        Suspicion.NONE: "",
        Suspicion.APPLICATION_TOKEN: _tr(
            "The call carries another application token than the trusted portal. It may be forged."
        ),
        Suspicion.ADDRESS: _tr(
            "The call names another address than the trusted portal. It may be forged."
        ),
    }[suspicion]


def outcome_text(outcome: Outcome | None) -> str:
    """An outcome as the history names it."""
    if outcome is None:
        return _tr("under way")
    return {
        Outcome.ACCEPTED: _tr("accepted"),
        Outcome.REFUSED: _tr("refused"),
        Outcome.RETRY_LATER: _tr("retry later"),
        Outcome.UNKNOWN: _tr("unknown"),
    }[outcome]


def executed_text(explanation: Explanation) -> str:
    """Whether the portal executed the request."""
    return {
        "yes": _tr("The portal executed the request."),
        "no": _tr("The portal executed nothing."),
        "perhaps": _tr("The portal may have executed the request."),
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
        "no_name": _tr("This value has no name."),
        "json": _tr("This is not JSON."),
        "bool": _tr("Choose Yes or No."),
        "int": _tr("This is not a whole number."),
        "double": _tr("This is not a number."),
        "surrogate": _tr("The text holds half of a character and cannot be sent."),
    }.get(code, code)


def method_text(method: str) -> str:
    """A method as the history names it."""
    return _tr("only log") if method == ACTIVITY_LOG else _tr("reply")


def age_text(moment: datetime, now: datetime) -> str:
    """How long ago something was: `12 s ago`."""
    return _tr("%1 ago").replace("%1", span_text(now - moment))


def span_text(span: timedelta) -> str:
    """A span in its greatest unit: `12 s`, `2 min`, `3 h`, `5 d`."""
    seconds = max(int(span.total_seconds()), 0)
    for size, unit in ((86_400, _tr("%1 d")), (3_600, _tr("%1 h")), (60, _tr("%1 min"))):
        if seconds >= size:
            return unit.replace("%1", str(seconds // size))
    return _tr("%1 s").replace("%1", str(seconds))


def countdown_text(deadline: datetime | None, now: datetime) -> str:
    """The time left: `9:48`, `3 h`, `late`, or `none`."""
    if deadline is None:
        return _tr("none")
    left = deadline - now
    seconds = int(left.total_seconds())
    if seconds <= 0:
        return _tr("late")
    if seconds < 3_600:
        return f"{seconds // 60}:{seconds % 60:02}"
    return span_text(left)


def moment_text(moment: datetime) -> str:
    """A moment in the user's zone and format, with seconds."""
    local = moment.astimezone()
    date = QDate(local.year, local.month, local.day)
    return f"{QLocale().toString(date, QLocale.FormatType.ShortFormat)} {local:%H:%M:%S}"
