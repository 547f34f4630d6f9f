"""What can be done with a rule."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


class RuleTask(StrEnum):
    """What a person asks for, in a menu or a list, about one rule."""

    IMPORT = "import"
    EDIT = "edit"
    LEARN = "learn"
    EXPORT = "export"
    FORGET = "forget"


def task_text(task: RuleTask) -> str:
    """A task as menus and buttons name it."""
    return {
        RuleTask.IMPORT: translate("RuleTasks", "Import registration…"),
        RuleTask.EDIT: translate("RuleTasks", "Edit schema…"),
        RuleTask.LEARN: translate("RuleTasks", "Learn from replies…"),
        RuleTask.EXPORT: translate("RuleTasks", "Export…"),
        RuleTask.FORGET: translate("RuleTasks", "Forget…"),
    }[task]
