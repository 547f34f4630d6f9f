"""Keeps a preset after it was edited; a new one replaces another only after a question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from bxgui.core.preset import Imported, Preset, VariableProblem
from bxgui.core.rule import Rule
from bxgui.core.variables import Facts
from bxgui.ui.desk import Desk, is_known
from bxgui.ui.preset_dialog import PresetDialog
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.questions import ask_replace_presets, one_line
from bxgui.ui.variable_texts import fault_text

translate = QCoreApplication.translate


def edit_preset(
    desk: Desk,
    parent: QWidget,
    rule: Rule,
    facts: Facts,
    begun: Preset,
    kept: Callable[[str], None],
) -> None:
    """Open the dialog for a preset, a new one where it has no name; `kept` is told its name.

    Its variables are shown as the call with these facts fills them.
    """
    dialog = PresetDialog(begun, facts, parent)
    dialog.save_asked.connect(lambda new: _save(desk, dialog, rule, begun, new, kept))
    dialog.open()


def _save(
    desk: Desk,
    dialog: PresetDialog,
    rule: Rule,
    begun: Preset,
    new: Preset,
    kept: Callable[[str], None],
) -> None:
    def save(*, replace: bool) -> None:
        dialog.saving = True
        desk.ask(lambda w: w.presets.import_all(rule, [new], replace=replace), added, failed)

    def added(imported: Imported) -> None:
        if imported.skipped:
            dialog.saving = False
            ask_replace_presets(dialog, imported.skipped, lambda: save(replace=True))
            return
        (name,) = imported.added + imported.replaced
        done(name)

    def done(name: str) -> None:
        dialog.saving = False
        dialog.accept()
        kept(name)

    def failed(error: Exception) -> None:
        dialog.saving = False
        if isinstance(error, VariableProblem):
            dialog.show_problem("\n".join(map(fault_text, error.faults[:1])))
        elif is_known(error):
            dialog.show_problem(problem_text(error))
        else:
            raise error

    if begun.name:
        dialog.saving = True
        desk.ask(lambda w: w.presets.edit(rule, begun.name, new), done, failed)
    else:
        save(replace=False)


def saved_text(name: str) -> str:
    """That a preset was kept."""
    return translate("Presets", "Saved the preset “%1”.").replace("%1", one_line(name))
