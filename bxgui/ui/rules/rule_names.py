"""Rules by the names that questions and titles call them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.rule import Rule
from bxgui.ui.questions import one_line

translate = QCoreApplication.translate


def rule_text(rule: Rule) -> str:
    """A rule and its portal."""
    text = translate("Registrations", "%1 of %2").replace("%1", one_line(rule.code))
    return text.replace("%2", one_line(rule.host or rule.portal))
