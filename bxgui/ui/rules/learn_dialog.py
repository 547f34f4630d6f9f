"""Shows what the last replies to a rule teach of its schema, to be taken into the editor."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.learned_schema import Lessons
from bxgui.core.plain_text import brief
from bxgui.core.registration import Registration
from bxgui.core.rule import Rule
from bxgui.ui import theme
from bxgui.ui.desk import Desk
from bxgui.ui.row_texts import kind_text
from bxgui.ui.rules.asking import Asking
from bxgui.ui.rules.registration_texts import type_text
from bxgui.ui.rules.rule_names import rule_text
from bxgui.ui.widgets import plain_label, set_up_table, tint

_LONGEST = 120
_AIR = 8
_NAME, _TYPE, _REPLIES, _STATE = range(4)


class LearnDialog(QDialog):
    """`wanted` carries the registration with the properties that are ticked."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Learn a schema from replies"))
        self._rule = rule
        self._kept = rule.registration or Registration(code=rule.code)
        self._lessons = Lessons(0)
        self._asking = Asking(desk)
        self._text = plain_label(self.tr("Looking at the replies…"), wrap=True)
        self._note = plain_label(
            self.tr(
                "Replies show names as they were sent. One that the portal dropped looks the same "
                "here: compare with the program that registers the rule."
            ),
            wrap=True,
        )
        tint(self._note, theme.QUIET)
        self.table = self._make_table()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go_on = buttons.addButton(
            self.tr("Continue in the editor…"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.accepted.connect(self._on_go_on)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addWidget(self._text)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._note)
        layout.addWidget(buttons)
        self.resize(640, 420)
        self._update()
        self._asking.ask(lambda w: w.rules.lessons(rule), self._show)

    def done(self, code: int) -> None:
        """Close; an answer that comes later is void."""
        self._asking.close()
        super().done(code)

    def _show(self, lessons: Lessons) -> None:
        self._lessons = lessons
        text = self.tr(
            "The last %1 replies to %2 have returned these values. A type is guessed only where "
            "every value fits it. Tick what the rule returns; the editor opens with it."
        )
        if not lessons.found:
            text = self.tr("No reply to %2 has returned a value yet: there is nothing to learn.")
        text = text.replace("%1", str(lessons.replies))
        self._text.setText(text.replace("%2", rule_text(self._rule)))
        self._fill()
        self.table.itemChanged.connect(lambda _item: self._update())
        self.table.setFocus()
        self._update()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setAccessibleName(self.tr("What would be learned"))
        table.setHorizontalHeaderLabels(
            [self.tr("Property"), self.tr("Type"), self.tr("In replies"), self.tr("In the schema")]
        )
        set_up_table(table, {_TYPE: 120, _REPLIES: 100, _STATE: 120}, _NAME, air=_AIR)
        return table

    def _fill(self) -> None:
        found, of = self._lessons.found, str(self._lessons.replies)
        known = {entry.name.lower() for entry in self._kept.return_properties}
        self.table.setRowCount(len(found))
        for row, learned in enumerate(found):
            entry = learned.entry
            is_known = entry.name.lower() in known
            count = self.tr("%1 of %2").replace("%1", str(learned.replies)).replace("%2", of)
            for column, item in (
                (_NAME, _ticked(brief(entry.name, _LONGEST), not is_known)),
                (_TYPE, QTableWidgetItem(kind_text(type_text(entry), entry.multiple))),
                (_REPLIES, QTableWidgetItem(count)),
                (_STATE, QTableWidgetItem(self.tr("already there") if is_known else "")),
            ):
                self.table.setItem(row, column, item)
        self.table.setCurrentCell(0, _NAME)

    def _chosen(self) -> list[int]:
        items = ((row, self.table.item(row, _NAME)) for row in range(self.table.rowCount()))
        return [
            row
            for row, item in items
            if item is not None and item.checkState() is Qt.CheckState.Checked
        ]

    def _update(self) -> None:
        self._go_on.setEnabled(bool(self._chosen()))

    def _on_go_on(self) -> None:
        found = self._lessons.found
        learned = tuple(found[row].entry for row in self._chosen())
        schema = (*self._kept.return_properties, *learned)
        self.accept()
        self.wanted.emit(replace(self._kept, return_properties=schema))


def _ticked(name: str, is_new: bool) -> QTableWidgetItem:
    """A name with a tick, which cannot be set where the schema has the name."""
    item = QTableWidgetItem(name)
    tickable = Qt.ItemFlag.ItemIsUserCheckable
    item.setFlags(item.flags() | tickable if is_new else item.flags() & ~tickable)
    item.setCheckState(Qt.CheckState.Checked if is_new else Qt.CheckState.Unchecked)
    return item
