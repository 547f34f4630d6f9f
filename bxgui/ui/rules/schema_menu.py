"""The menu of what can be done with the rule of a call."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from bxgui.ui.rules.task import RuleTask, task_text

_TASKS = (RuleTask.IMPORT, RuleTask.EDIT, RuleTask.LEARN, RuleTask.EXPORT)


class SchemaMenu(QToolButton):
    """`asked` carries the task chosen."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setText(self.tr("Schema ▾"))
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.setAutoRaise(True)
        self.setToolTip(self.tr("What the rule of this call returns: import, edit, learn, export"))
        self.setAccessibleName(self.tr("Schema of the rule"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self)
        for task in _TASKS:
            menu.addAction(task_text(task), partial(self.asked.emit, task))
        self.setMenu(menu)
