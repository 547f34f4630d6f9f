"""For which portal and rule a registration is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from bxgui.core.records import Portal
from bxgui.core.rule import Rule
from bxgui.ui import theme
from bxgui.ui.questions import one_line
from bxgui.ui.widgets import plain_label, tint


class ImportTarget(QWidget):
    """Chooses a portal and a rule's code; `changed` comes when a person or the text has."""

    changed = Signal()

    def __init__(self, rule: Rule | None) -> None:
        super().__init__()
        self._rule = rule
        self._registered = ""
        self._portals: Sequence[Portal] = ()
        self.portal = QComboBox()
        self.portal.setAccessibleName(self.tr("Portal"))
        self.code = QComboBox()
        self.code.setEditable(True)
        self.code.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.code.setAccessibleName(self.tr("Rule"))
        if rule is not None:
            self.code.addItem(rule.code)
        self.code.setEditText(rule.code if rule is not None else "")
        self._warning = plain_label(wrap=True)
        tint(self._warning, theme.WARN)
        self._warning.hide()
        self._lay_out()
        self.portal.activated.connect(lambda _row: self.changed.emit())
        self.code.editTextChanged.connect(lambda _text: self._on_code())

    @property
    def chosen_portal(self) -> Portal | None:
        """The portal, once there is one."""
        row = self.portal.currentIndex()
        return self._portals[row] if row >= 0 else None

    @property
    def chosen_code(self) -> str:
        """The rule's code."""
        return self.code.currentText().strip()

    def show_portals(self, portals: Sequence[Portal]) -> None:
        """Offer the portals; the rule's own is chosen."""
        self._portals = portals
        self.portal.clear()
        self.portal.addItems([one_line(one.host or one.key) for one in portals])
        wanted = self._rule.portal_id if self._rule is not None else None
        row = next((n for n, one in enumerate(portals) if one.id == wanted), 0)
        self.portal.setCurrentIndex(row if portals else -1)
        self.changed.emit()

    def show_registered(self, code: str) -> None:
        """Offer the rule that the text registers; it is chosen where no other one is wanted."""
        before, self._registered = self._registered, code
        follows = not self.chosen_code or (self._rule is None and self.chosen_code == before)
        if code and self.code.findText(code) < 0:
            self.code.addItem(code)
        if code and follows:
            self.code.setEditText(code)
        self._warn()

    def _on_code(self) -> None:
        self._warn()
        self.changed.emit()

    def _warn(self) -> None:
        differs = bool(self._registered) and self.chosen_code not in {"", self._registered}
        if self._rule is not None and self.chosen_code == self._rule.code:
            text = self.tr("The text registers %1, the calls are of %2.")
        else:
            text = self.tr("The text registers %1, and it is kept for %2.")
        text = text.replace("%1", one_line(self._registered))
        self._warning.setText(text.replace("%2", one_line(self.chosen_code)))
        self._warning.setVisible(differs)

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for column, (text, field) in enumerate(
            ((self.tr("Keep for the &rule"), self.code), (self.tr("of the &portal"), self.portal))
        ):
            label = QLabel(text)
            label.setBuddy(field)
            layout.addWidget(label, 0, 2 * column)
            layout.addWidget(field, 0, 2 * column + 1)
            layout.setColumnStretch(2 * column + 1, 1)
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            field.setMinimumContentsLength(16)
        layout.addWidget(self._warning, 1, 0, 1, 4)
