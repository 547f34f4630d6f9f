"""The rules that portals have called with, or that were imported: what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.plain_text import brief
from bxgui.core.rule import Rule
from bxgui.ui import language, theme
from bxgui.ui.desk import Desk
from bxgui.ui.rules.asking import Asking
from bxgui.ui.rules.task import RuleTask, task_text
from bxgui.ui.widgets import plain_label, plain_tip, push_button, set_up_table, tint

_LONGEST = 120
_AIR = 8
_TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CODE, _PORTAL, _NAME, _CALLS, _SCHEMA, _RETURNED, _PROPERTIES = range(7)
_NUMBERS = {_CALLS, _RETURNED, _PROPERTIES}
_NEEDS_REGISTRATION = {RuleTask.EXPORT, RuleTask.FORGET}


class RulesDialog(QDialog):
    """`asked` carries a task and the rule it is for; None for an import of a new rule."""

    asked = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Rules"))
        self._asking = Asking(desk)
        self._rules: Sequence[Rule] = ()
        self.table = self._make_table()
        self._empty = plain_label(
            self.tr("No rule is known yet. A rule is known from its first call."), wrap=True
        )
        tint(self._empty, theme.QUIET)
        self._empty.hide()
        self._buttons = {
            task: push_button(task_text(task), partial(self._ask, task)) for task in RuleTask
        }
        self._lay_out()
        self._update()
        self.refresh()
        desk.changed.connect(self.refresh)
        self.finished.connect(lambda _code: desk.changed.disconnect(self.refresh))

    def done(self, code: int) -> None:
        """Close; answers that come later are void."""
        self._asking.close()
        super().done(code)

    def refresh(self) -> None:
        """Ask for the rules again."""
        self._asking.ask(lambda w: w.rules.all(), self._show_rules)

    def close_list(self) -> None:
        """Close, as Esc does."""
        self.reject()

    @property
    def current(self) -> Rule | None:
        """The rule selected."""
        row = self.table.currentRow()
        return self._rules[row] if 0 <= row < len(self._rules) else None

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 7)
        table.setAccessibleName(self.tr("Rules"))
        table.setHorizontalHeaderLabels(
            [
                self.tr("Rule"),
                self.tr("Portal"),
                self.tr("Name"),
                self.tr("Calls"),
                self.tr("Schema"),
                self.tr("Return properties"),
                self.tr("Properties"),
            ]
        )
        widths = {_CODE: 170, _PORTAL: 170, _CALLS: 60, _SCHEMA: 90}
        widths |= {_RETURNED: 120, _PROPERTIES: 90}
        set_up_table(table, widths, _NAME, air=_AIR)
        table.itemSelectionChanged.connect(self._update)
        table.itemActivated.connect(lambda _item: self._ask(RuleTask.EDIT))
        return table

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        for button in self._buttons.values():
            acts.addWidget(button)
        acts.addStretch()
        acts.addWidget(push_button(self.tr("Close"), self.close_list))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self._empty)
        layout.addWidget(self.table, 1)
        layout.addLayout(acts)
        self.resize(900, 480)

    def _show_rules(self, rules: Sequence[Rule]) -> None:
        before = self.current
        self._rules = rules
        self.table.setRowCount(len(rules))
        for row, rule in enumerate(rules):
            for column, item in enumerate(map(QTableWidgetItem, self._texts(rule))):
                item.setToolTip(plain_tip(item.text()))
                if column in _NUMBERS:
                    item.setTextAlignment(_TO_THE_RIGHT)
                self.table.setItem(row, column, item)
        wanted = before.id if before is not None else None
        row = next((n for n, rule in enumerate(rules) if rule.id == wanted), 0)
        if rules:
            self.table.setCurrentCell(row, _CODE)
        self._empty.setVisible(not rules)
        self._update()

    def _texts(self, rule: Rule) -> tuple[str, ...]:
        kept = rule.registration
        schema = self.tr("known") if kept is not None else self.tr("not known")
        return (
            brief(rule.code, _LONGEST),
            brief(rule.host or rule.portal, _LONGEST),
            brief(kept.name.read(language.current()), _LONGEST) if kept is not None else "",
            str(rule.calls),
            schema,
            str(len(kept.return_properties)) if kept is not None else "",
            str(len(kept.properties)) if kept is not None else "",
        )

    def _update(self) -> None:
        rule = self.current
        for task, button in self._buttons.items():
            is_kept = rule is not None and rule.registration is not None
            button.setEnabled(
                task is RuleTask.IMPORT
                or (is_kept if task in _NEEDS_REGISTRATION else rule is not None)
            )

    def _ask(self, task: RuleTask) -> None:
        if self._buttons[task].isEnabled():
            self.asked.emit(task, self.current)
