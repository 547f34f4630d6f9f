"""Findings in the words of the window; `core.finding_texts` has the English ones."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core import finding_texts
from bxgui.core.findings import Finding, Severity

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


def _said(text: str) -> str:
    """A text of the core in the user's language."""
    return QCoreApplication.translate("Findings", text)
