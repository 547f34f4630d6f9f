"""Portal, search and "shown of total": what narrows the list, always visible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from bxgui.ui import theme
from bxgui.ui.widgets import plain_label, tint

if TYPE_CHECKING:
    from bxgui.core.records import Portal

_TYPING_MILLISECONDS = 150


class FilterBar(QWidget):
    """`changed` comes when portal or search text are others."""

    changed = Signal()
    follow_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search rule, document, values (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.tr("Search"))
        self.portal = QComboBox()
        self.portal.setAccessibleName(self.tr("Portal"))
        self.portal.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.portal.setMinimumContentsLength(16)
        self.portal.addItem(self.tr("All portals"), None)
        self.follow = QCheckBox(self.tr("Follow newest"))
        self.follow.setToolTip(self.tr("Select each new call as it arrives"))
        self.follow.setChecked(True)
        # The application is dressed later, and this box is not to change before people's eyes.
        theme.dress(self.follow)
        self.count = plain_label()
        tint(self.count, theme.QUIET)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.portal)
        layout.addWidget(self.follow)
        layout.addWidget(self.count)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MILLISECONDS)
        self._typing.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.portal.activated.connect(lambda _index: self.changed.emit())
        self.follow.clicked.connect(self.follow_toggled)

    @property
    def portal_id(self) -> int | None:
        """The portal chosen, None for all."""
        chosen = self.portal.currentData()
        return chosen if isinstance(chosen, int) else None

    @property
    def is_active(self) -> bool:
        """Whether search or portal hide anything."""
        return bool(self.search.text().strip()) or self.portal_id is not None

    def clear(self) -> None:
        """Hide nothing."""
        self.search.clear()
        self.portal.setCurrentIndex(0)
        self._typing.stop()
        self.changed.emit()

    def show_portals(self, portals: Sequence[Portal]) -> None:
        """Offer these portals; the chosen one stays chosen."""
        offered = [self.portal.itemData(i) for i in range(1, self.portal.count())]
        if offered == [portal.id for portal in portals]:
            return
        chosen = self.portal_id
        while self.portal.count() > 1:
            self.portal.removeItem(1)
        for portal in portals:
            self.portal.addItem(portal.host or portal.key, portal.id)
        self.portal.setCurrentIndex(max(self.portal.findData(chosen), 0) if chosen else 0)

    def show_count(self, shown: int, total: int) -> None:
        """Show how many are listed of all."""
        text = self.tr("%1 of %2").replace("%1", str(shown)).replace("%2", str(total))
        self.count.setText(text)
