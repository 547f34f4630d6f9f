"""What can go wrong with portals, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.services.portal_book import UnknownPortal
from bxgui.ui.desk import is_known
from bxgui.ui.problem_texts import problem_text


def trouble_text(error: Exception) -> str:
    """What an error tells; raises it where it is a bug."""
    if isinstance(error, UnknownPortal):
        return QCoreApplication.translate(
            "Portals", "This portal is not known any more: it was forgotten meanwhile."
        )
    if not is_known(error):
        raise error
    return problem_text(error)
