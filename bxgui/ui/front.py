"""The window's front: what is painted first, with empty places for what takes longer to load."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QFrame, QSplitter, QStatusBar, QVBoxLayout, QWidget

from bxgui.ui.desk import Desk
from bxgui.ui.empty_state import EmptyState
from bxgui.ui.filter_bar import FilterBar
from bxgui.ui.frame import WINDOW_SETTINGS
from bxgui.ui.listener_bar import ListenerBar
from bxgui.ui.lower_pane import LowerPane
from bxgui.ui.message_bar import MessageBar
from bxgui.ui.state_tabs import StateTabs
from bxgui.ui.token_list import TokenList

_ACROSS = (500, 500)


class Front(QWidget):
    """The listener bar, the filter and the list; beside and below it, places to be filled."""

    def __init__(self, desk: Desk, now: Callable[[], datetime], settings_folder: Path) -> None:
        super().__init__()
        self.desk = desk
        self.now = now
        self.kept = QSettings(str(settings_folder / WINDOW_SETTINGS), QSettings.Format.IniFormat)
        self.listener_bar = ListenerBar(now)
        self.message = MessageBar()
        self.filter = FilterBar()
        self.tabs = StateTabs()
        self.empty = EmptyState()
        self.tokens = TokenList(desk, now, self.empty)
        self._beside, self._below = _place(), _place()
        self.aside = QSplitter(Qt.Orientation.Vertical)
        self.aside.addWidget(self.tokens)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.aside)
        self.across.addWidget(self._beside)
        self.down = LowerPane(self.across, self._below)
        for splitter in (self.aside, self.across, self.down):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(7)
        self.status_bar = QStatusBar()
        self.status_bar.setSizeGripEnabled(False)
        self._lay_out()
        self._divide()

    def fill(self, beside: QWidget, preview: QWidget, below: QWidget) -> None:
        """Put the rest into its places: beside the list, under the list, and below both."""
        self.across.replaceWidget(1, beside)
        self.down.replaceWidget(1, below)
        for place in (self._beside, self._below):
            place.deleteLater()
        self.aside.addWidget(preview)
        self._divide()

    def keep(self) -> None:
        """Remember how the window is divided."""
        self.kept.setValue("across", self.across.saveState())
        sizes = self.down.choice()
        if sizes is not None:
            self.kept.setValue("down", sizes)

    def _lay_out(self) -> None:
        page = QVBoxLayout()
        page.setContentsMargins(8, 6, 8, 4)
        page.setSpacing(6)
        for widget in (self.listener_bar, self.message, self.filter, self.tabs):
            page.addWidget(widget)
        page.addWidget(self.down, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(page, 1)
        layout.addWidget(self.status_bar)

    def _divide(self) -> None:
        for splitter, shares in ((self.across, (2, 3)), (self.down, (3, 1))):
            for index, share in enumerate(shares):
                splitter.setStretchFactor(index, share)
        self.across.setSizes(_ACROSS)
        for name, restore in (("across", self.across.restoreState), ("down", self.down.restore)):
            kept = self.kept.value(name)
            if isinstance(kept, QByteArray):
                restore(kept)


def _place() -> QFrame:
    place = QFrame()
    place.setFrameShape(QFrame.Shape.StyledPanel)
    return place
