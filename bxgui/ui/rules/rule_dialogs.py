"""Opens the dialogs about rules, for a call's rule or from their list.

Each is loaded when it is wanted: the window is painted sooner without them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from bxgui.core.registration import Registration
from bxgui.core.rule import Rule
from bxgui.ui import questions
from bxgui.ui.desk import Desk
from bxgui.ui.rules.rule_names import rule_text
from bxgui.ui.rules.task import RuleTask


class RuleDialogs(QObject):
    """Does what is asked for with a rule; `address` is the handler's, empty while there is none."""

    def __init__(self, desk: Desk, window: QWidget, address: Callable[[], str]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._address = address
        self._tasks: dict[RuleTask, Callable[[Rule, QWidget], None]] = {
            RuleTask.IMPORT: self._import,
            RuleTask.EDIT: self._edit,
            RuleTask.LEARN: self._learn,
            RuleTask.EXPORT: self._export,
            RuleTask.FORGET: self._forget,
        }

    def open_list(self) -> None:
        """List the rules."""
        from bxgui.ui.rules.rules_dialog import RulesDialog  # noqa: PLC0415

        dialog = RulesDialog(self._desk, self._window)
        dialog.asked.connect(partial(self._begin, parent=dialog))
        _open(dialog)

    def begin_for_call(self, call_id: int, task: RuleTask) -> None:
        """Do something with the rule of a call."""

        def begin(rule: Rule | None) -> None:
            if rule is not None:
                self._begin(task, rule, self._window)

        self._desk.ask(lambda w: w.rules.of_call(call_id), begin)

    def _begin(self, task: RuleTask, rule: Rule | None, parent: QWidget) -> None:
        if rule is not None:
            self._tasks[task](rule, parent)
        elif task is RuleTask.IMPORT:
            self._import(None, parent)

    def _import(self, rule: Rule | None, parent: QWidget) -> None:
        from bxgui.ui.rules.import_dialog import ImportDialog  # noqa: PLC0415

        dialog = ImportDialog(self._desk, rule, parent)
        dialog.kept.connect(self._note_change)
        _open(dialog)

    def _edit(self, rule: Rule, parent: QWidget, begun: Registration | None = None) -> None:
        from bxgui.ui.rules.schema_editor import SchemaEditor  # noqa: PLC0415

        dialog = SchemaEditor(self._desk, rule, begun, parent)
        dialog.kept.connect(self._note_change)
        _open(dialog)

    def _learn(self, rule: Rule, parent: QWidget) -> None:
        from bxgui.ui.rules.learn_dialog import LearnDialog  # noqa: PLC0415

        dialog = LearnDialog(self._desk, rule, parent)
        dialog.wanted.connect(partial(self._edit, rule, parent))
        _open(dialog)

    def _export(self, rule: Rule, parent: QWidget) -> None:
        if rule.registration is None:
            self._tell_unknown(rule, parent)
            return
        from bxgui.ui.rules.export_dialog import ExportDialog  # noqa: PLC0415

        _open(ExportDialog(self._desk, rule, rule.registration, self._address(), parent))

    def _tell_unknown(self, rule: Rule, parent: QWidget) -> None:
        text = self.tr("The registration of %1 is not known: import it first, or edit its schema.")
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(self.tr("bxgui"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text.replace("%1", rule_text(rule)))
        _open(box)

    def _forget(self, rule: Rule, parent: QWidget) -> None:
        def forget() -> None:
            self._desk.ask(lambda w: w.rules.forget(rule), lambda _none: self._note_change())

        questions.ask_forget(parent, rule_text(rule), forget)

    def _note_change(self, _rule: object = None) -> None:
        """The form shown, and the lists, follow what is kept now."""
        self._desk.note_change()


def _open(dialog: QDialog) -> None:
    """Open it; it is gone once it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
