"""Findings in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.findings import Finding

translate = QCoreApplication.translate


def finding_text(finding: Finding) -> str:
    """A finding as the form lists it."""
    text = {
        "unknown_name": translate(
            "Findings", "“%1” is not a return property of this rule: the portal drops it."
        ),
        "repeated_name": translate(
            "Findings", "“%1” is given twice: the portal takes one of them."
        ),
        "required_missing": translate("Findings", "“%1” is required and not sent."),
        "expired": translate(
            "Findings", "The deadline has passed: the portal drops late values silently."
        ),
        "not_waiting": translate(
            "Findings", "The step does not wait: the portal will not use the values."
        ),
        "answered_before": translate(
            "Findings", "A reply was accepted before: the portal drops a second one."
        ),
        "perhaps_answered": translate("Findings", "An earlier reply may have been executed."),
        "access_expired": translate(
            "Findings", "The call's access token has expired: the portal may refuse it."
        ),
    }[finding.code].replace("%1", finding.name)
    if finding.nearest:
        text += " " + translate("Findings", "Did you mean “%1”?").replace("%1", finding.nearest)
    return text


def question_text(finding: Finding, token: str) -> str:
    """The question before a reply that cannot have its usual effect; empty when none is needed."""
    text = {
        "expired": translate(
            "Findings", "The deadline of %1 has passed. Send the reply all the same?"
        ),
        "not_waiting": translate(
            "Findings", "%1 does not wait for an answer. Send the reply all the same?"
        ),
        "answered_before": translate(
            "Findings", "A reply to %1 was accepted before. Send another one?"
        ),
        "perhaps_answered": translate(
            "Findings", "An earlier reply to %1 may have been executed. Send another one?"
        ),
    }.get(finding.code, "")
    return text.replace("%1", token)
