"""The question before the same reply is sent once more: what a second yes of the portal means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.findings import Finding, FindingCode
from bxgui.core.records import ACTIVITY_LOG, AttemptDetail
from bxgui.ui.send_question import Wording

translate = QCoreApplication.translate
_ANSWERED = frozenset({FindingCode.ANSWERED_BEFORE, FindingCode.PERHAPS_ANSWERED})


def again_wording(attempt: AttemptDetail, state: TokenState | None, named: str) -> Wording:
    """The question for an attempt of a token that is in this state now."""
    title = translate("SendAgain", "Send the same reply to %1 again?").replace("%1", named)
    return Wording(title, _truth(attempt, state), translate("SendAgain", "&Send again"))


def unsaid(warnings: Sequence[Finding], attempt: AttemptDetail) -> list[Finding]:
    """The warnings that the question does not tell in words of its own."""
    told = frozenset() if _is_logged_perhaps(attempt) else _ANSWERED
    return [finding for finding in warnings if finding.code not in told]


def _is_logged_perhaps(attempt: AttemptDetail) -> bool:
    return attempt.row.method == ACTIVITY_LOG and attempt.row.outcome is Outcome.UNKNOWN


def _truth(attempt: AttemptDetail, state: TokenState | None) -> str:
    if _is_logged_perhaps(attempt):
        return translate(
            "SendAgain",
            "The portal may have written the log message already. Sent again it may stand in the "
            "workflow's log twice, and the portal answers “true” even if it drops it.",
        )
    if state is TokenState.ACCEPTED:
        return translate(
            "SendAgain",
            "The portal has accepted a reply to this token. It answers “true” to another one as "
            "well, whether or not it uses it: you will not learn from the answer which of them "
            "counted.",
        )
    if attempt.row.outcome is Outcome.UNKNOWN or state is TokenState.UNKNOWN:
        return translate(
            "SendAgain",
            "The portal may have executed the first one. It answers “true” to a second one "
            "whether or not it uses it: if the step still waits, the second completes it; if it "
            "does not, the second is dropped without a word. A workflow that has ended is answered "
            "with 404.",
        )
    return translate("SendAgain", "The portal executed nothing of it.")
