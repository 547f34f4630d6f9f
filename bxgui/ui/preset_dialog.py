"""Name, values and log message of a preset, with its variables as a call fills them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.json_values import JsonProblem, dump_object
from bxgui.core.preset import LONGEST_NAME, Preset, VariableProblem, fill
from bxgui.core.template import CLOSING, OPENING
from bxgui.core.variables import Facts, available
from bxgui.ui import theme
from bxgui.ui.editors.editor import NO_LIMIT
from bxgui.ui.json_editor import JsonEditor
from bxgui.ui.long_text import LongText
from bxgui.ui.menu_button import menu_button, popup_below
from bxgui.ui.variable_menu import fill_menu, insert_into_json
from bxgui.ui.variable_texts import fault_text
from bxgui.ui.widgets import plain_label, tint

_WIDTH, _HEIGHT = 620, 560
_PAUSE_MILLISECONDS = 150
_MOST_FAULTS = 4


class PresetDialog(QDialog):
    """Edits a preset; `save_asked` carries it once its values are JSON."""

    save_asked = Signal(object)

    def __init__(self, begun: Preset, facts: Facts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Edit preset") if begun.name else self.tr("Save as preset"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Whoever saves the preset needs the dialog for the answer.
        self.saving = False
        self._facts = facts
        self.name = QLineEdit(begun.name)
        self.name.setMaxLength(LONGEST_NAME)
        self.values = JsonEditor()
        self.values.show_text(dump_object(begun.values, indent=2))
        self.log_message = QLineEdit()
        self.log_message.setMaxLength(NO_LIMIT)
        self.log_message.setText(begun.log_message)
        self._into: QWidget = self.values
        self._menu = QMenu(self)
        fill_menu(self._menu, available(facts), self.insert)
        self._insert = menu_button(self.tr("&Insert variable"), self._open_menu)
        self._filled = LongText(self.tr("As this call fills it"))
        self._problem = plain_label(wrap=True)
        tint(self._problem, theme.BAD)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self._connect()
        self._preview()

    def insert(self, variable: str) -> None:
        """Put a variable where the cursor is, in quotation marks where JSON needs them."""
        text = f"{OPENING}{variable}{CLOSING}"
        if self._into is self.log_message:
            self.log_message.insert(text)
        else:
            insert_into_json(self.values, text)
        self._into.setFocus()
        self._preview()

    def show_problem(self, text: str) -> None:
        """Say why the preset is not kept."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def reject(self) -> None:
        """Close the dialog, unless the preset is just being saved."""
        if not self.saving:
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note where the cursor was last: a variable goes there."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._into = watched
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Return values"), self.values)
        form.addRow(self.tr("&Log message"), self.log_message)
        hint = plain_label(
            self.tr("Variables are filled from the call that is answered."), wrap=True
        )
        tint(hint, theme.QUIET)
        line = QHBoxLayout()
        line.addWidget(self._insert)
        line.addWidget(hint, 1)
        shown = QLabel(self.tr("As this call fills it"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addLayout(form, 3)
        layout.addLayout(line)
        layout.addWidget(shown)
        layout.addWidget(self._filled, 2)
        layout.addWidget(self._problem)
        layout.addWidget(self._buttons)
        self.resize(_WIDTH, _HEIGHT)
        self.name.setFocus()

    def _connect(self) -> None:
        for field in (self.values, self.log_message):
            field.installEventFilter(self)
        self.values.edited.connect(self._on_edited)
        self.log_message.textEdited.connect(lambda _text: self._on_edited())
        self.name.textChanged.connect(lambda _text: self._on_named())
        self._pause.timeout.connect(self._preview)
        self._buttons.accepted.connect(self._on_save)
        self._buttons.rejected.connect(self.reject)
        self._on_named()

    def _open_menu(self) -> None:
        popup_below(self._insert, self._menu)

    def _on_named(self) -> None:
        self.show_problem("")
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(bool(self.name.text().strip()))

    def _on_edited(self) -> None:
        self.show_problem("")
        self._pause.start()

    def _preset(self) -> Preset:
        """The preset as it is typed; raises `JsonProblem`."""
        name, log_message = self.name.text().strip(), self.log_message.text()
        return Preset(name, self.values.values(), log_message)

    def _preview(self) -> None:
        self._pause.stop()
        try:
            filled = fill(self._preset(), self._facts)
        except JsonProblem:
            self._filled.show_parts([self.values.problem_text])
        except VariableProblem as problem:
            lines = [f"⚠ {fault_text(fault)}" for fault in problem.faults[:_MOST_FAULTS]]
            self._filled.show_parts(lines)
        else:
            message = self.tr("Log message: %1").replace("%1", filled.log_message)
            values = dump_object(filled.values, indent=2)
            self._filled.show_parts([values, message] if filled.log_message else [values])

    def _on_save(self) -> None:
        try:
            preset = self._preset()
        except JsonProblem:
            self.show_problem(self.values.problem_text)
            self.values.go_to_problem()
            return
        if not self.saving:
            self.save_asked.emit(preset)
