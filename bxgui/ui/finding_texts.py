"""Findings in the words of the window; `core.finding_texts` has the English ones."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core import finding_texts
from bxgui.core.findings import Finding, FindingCode, Severity

translate = QCoreApplication.translate


def finding_text(finding: Finding) -> str:
    """A finding as the form lists it."""
    return finding_texts.finding_text(finding, _said)


def mend_text(finding: Finding) -> str:
    """What the finding's mend does, for its button; empty when it has none."""
    return finding_texts.mend_text(finding, _said)


def severity_text(severity: Severity) -> str:
    """How much a finding matters, as it is read out."""
    return {
        Severity.ERROR: translate("Findings", "Error"),
        Severity.WARNING: translate("Findings", "Warning"),
        Severity.NOTE: translate("Findings", "Note"),
    }[severity]


def question_text(finding: Finding, token: str) -> str:
    """The question before a reply that cannot have its usual effect; empty when none is needed."""
    text = {
        FindingCode.EXPIRED: translate(
            "Findings", "The deadline of %1 has passed. Send the reply all the same?"
        ),
        FindingCode.NOT_WAITING: translate(
            "Findings", "%1 does not wait for an answer. Send the reply all the same?"
        ),
        FindingCode.ANSWERED_BEFORE: translate(
            "Findings", "A reply to %1 was accepted before. Send another one?"
        ),
        FindingCode.PERHAPS_ANSWERED: translate(
            "Findings", "An earlier reply to %1 may have been executed. Send another one?"
        ),
    }.get(finding.code, "")
    return text.replace("%1", token)


def _said(text: str) -> str:
    """A text of the core in the user's language."""
    return QCoreApplication.translate("Findings", text)
