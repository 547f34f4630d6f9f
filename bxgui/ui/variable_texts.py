"""What is wrong with the variables of a preset, in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.preset import Fault
from bxgui.core.variables import FORMATS

translate = QCoreApplication.translate


def fault_text(fault: Fault) -> str:
    """A fault in a line: where it is, what is wrong, what may be meant."""
    text = {
        "unknown": translate("Variables", "There is no variable “%1”."),
        "missing": translate("Variables", "This call has no “%1”."),
        "secret": translate("Variables", "“%1” is a secret, and no preset tells it."),
        "format": translate("Variables", "“%1”: only moments have a format, one of %2."),
        "not_text": translate("Variables", "“%1” holds bytes that are no text."),
        "broken": translate(
            "Variables", "“{{%1” is no variable. Write {{{{ for two braces as text."
        ),
    }[fault.code]
    text = text.replace("%2", ", ".join(FORMATS)).replace("%1", fault.variable)
    if fault.nearest:
        text += " " + translate("Variables", "Did you mean “%1”?").replace("%1", fault.nearest)
    return ": ".join(filter(None, (fault.preset, _place(fault), text)))


def _place(fault: Fault) -> str:
    return fault.place or translate("Variables", "Log message")
