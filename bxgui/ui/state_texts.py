"""Token states in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.deadlines import TokenState

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
