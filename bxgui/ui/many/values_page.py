"""Step one: what all of the tokens are sent, shown as one of their calls fills it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.body import readable_fields
from bxgui.core.call_users import users_of
from bxgui.core.json_values import JsonProblem, dump_object
from bxgui.core.preset import Filled, Preset, PresetMenu, VariableProblem, fill
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND
from bxgui.core.template import CLOSING, OPENING, escape
from bxgui.core.value_findings import of_values
from bxgui.core.value_rows import RowProblem
from bxgui.core.variables import Facts, available
from bxgui.ui import theme
from bxgui.ui.editors.editor import NO_LIMIT
from bxgui.ui.finding_texts import finding_text
from bxgui.ui.long_text import LongText
from bxgui.ui.many.subject import Content, Subject
from bxgui.ui.many.values_edit import ValuesEdit
from bxgui.ui.menu_button import add_choice, literal, menu_button, popup_below
from bxgui.ui.questions import one_line
from bxgui.ui.reply_form import Draft
from bxgui.ui.rules.asking import Asking
from bxgui.ui.variable_menu import fill_menu
from bxgui.ui.variable_texts import fault_text
from bxgui.ui.widgets import plain_label, tint

_PAUSE_MILLISECONDS = 150
_MOST_FAULTS = 4


class ValuesPage(QWidget):
    """Edits the values and the log message; `chosen` is the name of the preset last taken."""

    edited = Signal()

    def __init__(
        self, asking: Asking, subject: Subject, draft: Draft, *, left: Draft | None
    ) -> None:
        super().__init__()
        self._asking = asking
        self._subject = subject
        self._facts: Facts = {}
        self.chosen = ""
        call = subject.example
        self.values = ValuesEdit(
            call, lambda: users_of(readable_fields(call.body, call.content_type))
        )
        self.log_message = QLineEdit()
        self.log_message.setMaxLength(NO_LIMIT)
        self.log_message.setAccessibleName(self.tr("Log message"))
        self.only_log = QCheckBox(
            self.tr("&Only log: write the log message and let the steps go on waiting")
        )
        self._presets, self._variables = QMenu(self), QMenu(self)
        self._preset = menu_button(self.tr("&Preset"), self._ask_presets)
        self._variable = menu_button(self.tr("&Insert variable"), self._open_variables)
        self._filled = LongText(self.tr("As one call fills it"))
        self._problem = plain_label(wrap=True)
        tint(self._problem, theme.BAD)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._lay_out()
        self._connect()
        if left is None:
            self.values.begin(draft)
            self.log_message.setText(escape(draft.log_message))
        else:
            self.values.begin_again(left)
            self.log_message.setText(left.log_message)
        asking.ask(lambda w: w.presets.facts(call), self._take_facts)

    def draft(self) -> Draft:
        """What is typed, to be gone on with later."""
        return self.values.draft(self.log_message.text())

    def content(self) -> Content | None:
        """What is to be sent; None where it is not valid, which is then said and shown."""
        try:
            preset = self._typed()
        except (RowProblem, JsonProblem) as problem:
            self.show_problem(self.values.unready_text(problem))
            self.values.go_to_problem(problem)
            return None
        if self.only_log.isChecked() and not preset.log_message.strip():
            self.show_problem(self.tr("Write a log message first."))
            self.log_message.setFocus()
            return None
        return Content(preset, ACTIVITY_LOG if self.only_log.isChecked() else EVENT_SEND)

    def show_problem(self, text: str) -> None:
        """Say what is wrong."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def insert(self, variable: str) -> None:
        """Put a variable where the cursor was last, or else into the log message."""
        text = f"{OPENING}{variable}{CLOSING}"
        if self.only_log.isChecked() or not self.values.insert(text):
            self.log_message.insert(text)
            self.log_message.setFocus()
        self._on_edited()

    def close_asking(self) -> None:
        """Want no answer any more."""
        self._asking.close()

    def _lay_out(self) -> None:
        self.values.tools.addWidget(self._preset)
        self.values.tools.addWidget(self._variable)
        label = QLabel(self.tr("&Log message"))
        label.setBuddy(self.log_message)
        log = QHBoxLayout()
        log.addWidget(label)
        log.addWidget(self.log_message, 1)
        upper, lower = QWidget(), QWidget()
        above, below = QVBoxLayout(upper), QVBoxLayout(lower)
        for layout in (above, below):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(6)
        above.addWidget(self.values, 1)
        above.addLayout(log)
        above.addWidget(self.only_log)
        shown = self.tr("As the call of %1 fills it")
        document = one_line(self._subject.example.row.document)
        hint = plain_label(shown.replace("%1", document), wrap=True)
        tint(hint, theme.QUIET)
        below.addWidget(hint)
        below.addWidget(self._filled, 1)
        down = QSplitter(Qt.Orientation.Vertical)
        down.setChildrenCollapsible(False)
        down.setHandleWidth(7)
        down.addWidget(upper)
        down.addWidget(lower)
        down.setSizes([340, 150])
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(down, 1)
        page.addWidget(self._problem)
        self.show_problem("")

    def _connect(self) -> None:
        self.values.edited.connect(self._on_edited)
        self.log_message.textChanged.connect(lambda _text: self._on_edited())
        self.only_log.toggled.connect(self._on_only_log)
        self._pause.timeout.connect(self._preview)
        # A variable goes to where the cursor was last.
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _typed(self) -> Preset:
        values = [] if self.only_log.isChecked() else self.values.values()
        return Preset("", values, self.log_message.text())

    def _take_facts(self, facts: Facts) -> None:
        self._facts = facts
        fill_menu(self._variables, available(facts), self.insert)
        self._preview()

    def _ask_presets(self) -> None:
        call_id = self._subject.example.row.id
        self._asking.ask(lambda w: w.presets.menu(call_id), self._show_presets)

    def _show_presets(self, found: PresetMenu) -> None:
        menu = self._presets
        menu.clear()
        for preset in found.presets:
            add_choice(menu, literal(one_line(preset.name)), self._taker(preset))
        if not found.presets:
            menu.addAction(self.tr("No presets for this rule yet")).setEnabled(False)
        menu.addSeparator()
        again = self.tr("&Reply again like last time")
        if found.last is None:
            menu.addAction(again).setEnabled(False)
        else:
            add_choice(menu, again, self._taker(found.last))
        popup_below(self._preset, menu)

    def _taker(self, preset: Preset) -> Callable[[], None]:
        def take() -> None:
            self.chosen = preset.name
            self.values.show_values(preset.values)
            self.log_message.setText(preset.log_message)
            self._on_edited()

        return take

    def _open_variables(self) -> None:
        popup_below(self._variable, self._variables)

    def _on_edited(self) -> None:
        self.show_problem("")
        self._pause.start()
        self.edited.emit()

    def _on_only_log(self, only: bool) -> None:
        self.values.set_usable(not only)
        self._on_edited()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is self.log_message:
            self.values.leave_row()

    def _preview(self) -> None:
        self._pause.stop()
        try:
            filled = fill(self._typed(), self._facts)
        except (RowProblem, JsonProblem) as problem:
            self._filled.show_parts([self.values.unready_text(problem)])
        except VariableProblem as problem:
            faults = problem.faults[:_MOST_FAULTS]
            self._filled.show_parts([f"⚠ {fault_text(fault)}" for fault in faults])
        else:
            self._filled.show_parts(self._told(filled))

    def _told(self, filled: Filled) -> list[str]:
        """What the example would be sent, and what speaks against it."""
        parts, call = [], self._subject.example
        if not self.only_log.isChecked():
            parts.append(dump_object(filled.values, indent=2))
        if filled.log_message:
            parts.append(self.tr("Log message: %1").replace("%1", filled.log_message))
        if not self.only_log.isChecked():
            found = of_values(call.schema, filled.values, call.date_format)
            parts += [f"⚠ {finding_text(finding)}" for finding in found]
        return parts
