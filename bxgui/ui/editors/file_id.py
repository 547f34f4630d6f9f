"""A file of the portal, by its id."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWhatsThis

from bxgui.core.dates import SITE_DATES
from bxgui.core.schema import ValueType
from bxgui.ui.editors.checks import check_of
from bxgui.ui.editors.editor import translate
from bxgui.ui.editors.line import OpeningEditor


class FileEditor(OpeningEditor):
    """The editor of a `file`, which explains why it takes an id and where to find one."""

    def __init__(self) -> None:
        tip = translate("Editors", "What is expected here (F4)")
        super().__init__("123", "question", tip, check_of(ValueType.FILE, SITE_DATES))

    def introduce(self, name: str, explained: str) -> None:
        """Tell with the rest what is expected."""
        super().introduce(name, "\n".join(filter(None, (explained, _explanation()))))

    def _open(self) -> None:
        place = self.mapToGlobal(QPoint(0, self.height()))
        QWhatsThis.showText(place, _explanation(), self.line)


def _explanation() -> str:
    return translate(
        "Editors",
        "The id of a file that is in the portal already: digits only. A reply cannot carry the "
        "file itself: the portal takes its content, name or address for a text and stores no "
        "file. Upload the file first, for example into a field of the document, and take the id "
        "from there, or take one that the call brings among its properties. An id of the Drive "
        "is another number.",
    )
