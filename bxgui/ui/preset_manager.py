"""The presets of a rule: renamed, edited, deleted, carried elsewhere and brought from there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.preset import Imported, Preset
from bxgui.core.preset_file import PresetFile
from bxgui.core.records import CallDetail
from bxgui.core.rule import Rule
from bxgui.ui import theme
from bxgui.ui.asking_dialog import AskingDialog
from bxgui.ui.desk import Desk
from bxgui.ui.preset_saving import edit_preset, saved_text
from bxgui.ui.questions import (
    ask_delete_preset,
    ask_other_rule,
    ask_replace_presets,
    one_line,
)
from bxgui.ui.widgets import plain_label, push_button, tint

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

_WIDTH, _HEIGHT = 560, 400
_NAME = Qt.ItemDataRole.UserRole


class PresetManager(AskingDialog):
    """Lists the presets of a rule, the one used last first."""

    def __init__(self, desk: Desk, rule: Rule, call: CallDetail, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.setWindowTitle(self.tr("Presets of %1").replace("%1", one_line(rule.code)))
        self._rule = rule
        self._call = call
        self._presets: dict[str, Preset] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Presets"))
        self.list.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)
        self._of_one = (
            push_button(self.tr("&Rename"), self._rename, self.tr("Rename this preset (F2)")),
            push_button(self.tr("&Edit…"), self._edit, self.tr("Edit values and log message")),
            push_button(self.tr("&Delete…"), self._delete, self.tr("Remove this preset")),
        )
        self._export_button = push_button(
            self.tr("E&xport…"), self._export, self.tr("Write all of these presets to a file")
        )
        import_button = push_button(
            self.tr("&Import…"), self._import, self.tr("Take presets from a file")
        )
        self._lay_out([*self._of_one, self._export_button, import_button])
        self.list.itemChanged.connect(self._on_renamed)
        self.list.currentItemChanged.connect(lambda *_items: self._update())
        self.refresh()

    def refresh(self, current: str = "") -> None:
        """List the presets as they are kept now."""
        self.ask(lambda w: w.presets.of_rule(self._rule), lambda found: self._show(found, current))

    def import_from(self, path: str) -> None:
        """Keep the presets of a file for this rule, and report what became of each."""

        def read(_workspace: Workspace) -> PresetFile:
            from bxgui.services.preset_files import read_file  # noqa: PLC0415 - off the first paint

            return read_file(Path(path))

        self.ask(read, self._keep)

    def export_to(self, path: str) -> None:
        """Write the presets to a file."""

        def write(workspace: Workspace) -> None:
            from bxgui.services.preset_files import (  # noqa: PLC0415 - off the first paint
                write_file,
            )

            write_file(Path(path), workspace.presets.export(self._rule))

        text = self.tr("The presets were written to %1.").replace("%1", path)
        self.ask(write, lambda _none: self.tell(text))

    def _lay_out(self, buttons: Sequence[QPushButton]) -> None:
        hint = plain_label(self.tr("Presets belong to this rule of this portal."), wrap=True)
        tint(hint, theme.QUIET)
        side = QVBoxLayout()
        for button in buttons:
            side.addWidget(button)
        side.addStretch()
        close = push_button(self.tr("Close"), self.accept)
        close.setDefault(True)
        side.addWidget(close)
        across = QHBoxLayout()
        across.addWidget(self.list, 1)
        across.addLayout(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(self.report)
        layout.addLayout(across, 1)
        layout.addWidget(hint)
        self.resize(_WIDTH, _HEIGHT)

    def _show(self, found: Sequence[Preset], current: str) -> None:
        self._presets = {preset.name: preset for preset in found}
        self.list.blockSignals(True)
        self.list.clear()
        for name in self._presets:
            item = QListWidgetItem(name)
            item.setData(_NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        names = list(self._presets)
        self.list.setCurrentRow(names.index(current) if current in names else 0)
        self.list.blockSignals(False)
        self._update()

    def _update(self) -> None:
        for button in self._of_one:
            button.setEnabled(self._current is not None)
        self._export_button.setEnabled(bool(self._presets))

    @property
    def _current(self) -> Preset | None:
        row = self.list.currentRow()
        return None if row < 0 else self._presets.get(str(self.list.item(row).data(_NAME)))

    def _rename(self) -> None:
        self.list.setFocus()
        self.list.editItem(self.list.currentItem())

    def _on_renamed(self, item: QListWidgetItem) -> None:
        name, new_name = str(item.data(_NAME)), item.text()
        if new_name == name:
            return

        def failed(error: Exception) -> None:
            self.refresh(name)
            self.complain(error)

        self.ask(
            lambda w: w.presets.rename(self._rule, name, new_name),
            lambda _none: self.refresh(" ".join(new_name.split())),
            failed,
        )

    def _edit(self) -> None:
        preset = self._current
        if preset is None:
            return

        def kept(name: str) -> None:
            self.tell(saved_text(name))
            self.refresh(name)

        self.ask(
            lambda w: w.presets.facts(self._call),
            lambda facts: edit_preset(self.desk, self, self._rule, facts, preset, kept),
        )

    def _delete(self) -> None:
        preset = self._current
        if preset is None:
            return
        name = preset.name
        ask_delete_preset(
            self,
            name,
            lambda: self.ask(
                lambda w: w.presets.delete(self._rule, name), lambda _none: self.refresh()
            ),
        )

    def _export(self) -> None:
        dialog = self._file_dialog(self.tr("Export presets"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def _import(self) -> None:
        dialog = self._file_dialog(self.tr("Import presets"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.import_from)
        dialog.open()

    def _file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters([self.tr("Presets (*.json)"), self.tr("All files (*)")])
        return dialog

    def _keep(self, document: PresetFile) -> None:
        def keep() -> None:
            self._take(document.presets, replace=False)

        if document.rule == self._rule.code:
            keep()
        else:
            ask_other_rule(self, document.rule, self._rule.code, keep)

    def _take(self, presets: Sequence[Preset], *, replace: bool) -> None:
        def done(imported: Imported) -> None:
            self.refresh()
            self._tell_imported(imported, presets)

        self.ask(
            lambda w: w.presets.import_all(self._rule, presets, replace=replace),
            done,
        )

    def _tell_imported(self, imported: Imported, presets: Sequence[Preset]) -> None:
        lines = [
            text.replace("%1", ", ".join(map(one_line, names)))
            for text, names in (
                (self.tr("Added: %1."), imported.added),
                (self.tr("Replaced: %1."), imported.replaced),
                (self.tr("Skipped, as the name is taken: %1."), imported.skipped),
            )
            if names
        ]
        text = "\n".join(lines) or self.tr("The file holds no presets.")
        if not imported.skipped:
            self.tell(text)
            return
        left = [one for one in presets if one.name in imported.skipped]

        def ask() -> None:
            ask_replace_presets(self, imported.skipped, lambda: self._take(left, replace=True))

        self.report.show_message(text, button=self.tr("Re&place…"), action=ask)
