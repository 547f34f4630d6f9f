"""Which view of a reply a person prefers, over restarts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bxgui.ui.desk import Desk
from bxgui.ui.reply_form import ReplyForm

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace


class ViewMemory(QObject):
    """Reads the choice once the desk is open, and keeps each new one in the settings."""

    def __init__(self, form: ReplyForm, desk: Desk, settings_folder: Path) -> None:
        super().__init__(form)
        self._form = form
        self._desk = desk
        self._folder = settings_folder
        desk.opened.connect(self._recall)
        form.json_preferred.connect(self._keep)

    def _recall(self) -> None:
        def read(_workspace: Workspace) -> bool:
            from bxgui.services import settings  # noqa: PLC0415 - loaded after the first paint

            return settings.prefers_json(self._folder)

        # A file that cannot be read is told of when the listener's settings are read from it.
        self._desk.ask(read, self._form.prefer_json, lambda _error: None)

    def _keep(self, preferred: bool) -> None:
        def write(_workspace: Workspace) -> None:
            from bxgui.services import settings  # noqa: PLC0415 - loaded after the first paint

            settings.prefer_json(self._folder, preferred)

        self._desk.ask(write, lambda _none: None)
