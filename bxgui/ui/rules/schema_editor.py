"""The schema editor: all that a rule's registration tells, checked by the portal's rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.findings import Severity
from bxgui.core.registration import Registration
from bxgui.core.registration_rules import RegistrationFinding, registration_findings
from bxgui.core.registration_text.secret_texts import masked_address
from bxgui.core.rule import Rule
from bxgui.core.schema import RuleProperty
from bxgui.ui import questions, theme
from bxgui.ui.desk import Desk
from bxgui.ui.rules.asking import Asking
from bxgui.ui.rules.notes_list import Note, NotesList, finding_note
from bxgui.ui.rules.properties_edit import PropertiesEdit
from bxgui.ui.rules.rule_form import RuleForm
from bxgui.ui.rules.rule_names import rule_text
from bxgui.ui.rules.steps import Steps
from bxgui.ui.widgets import announce, plain_label, push_button, tint

_PAUSE_MILLISECONDS = 150
_RETURNED, _TAKEN = "RETURN_PROPERTIES", "PROPERTIES"


class SchemaEditor(QDialog):
    """Edits what is kept of a rule, beginning with `begun` where that is given.

    `kept` carries the rule once its registration is saved.
    """

    kept = Signal(object)

    def __init__(
        self,
        desk: Desk,
        rule: Rule,
        begun: Registration | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Schema of %1").replace("%1", rule_text(rule)))
        self._rule = rule
        kept = rule.registration or Registration(code=rule.code)
        self._begun = kept
        self._steps = Steps(kept)
        self._checking, self._saving = Asking(desk), Asking(desk)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._check)
        self.returned = PropertiesEdit(self.tr("Return properties"))
        self.taken = PropertiesEdit(self.tr("Properties"))
        self.rule = RuleForm()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for page, name in (
            (self.returned, self.tr("Return properties")),
            (self.taken, self.tr("Properties")),
            (self.rule, self.tr("Rule")),
        ):
            self.tabs.addTab(page, name)
        self.notes = NotesList(self.tr("What is wrong"))
        self._outcome = plain_label(wrap=True)
        self._outcome.hide()
        self._undo = push_button(self.tr("Undo"), self._on_undo, self.tr("Undo (Ctrl+Z)"))
        self._redo = push_button(self.tr("Redo"), self._on_redo, self.tr("Redo (Ctrl+Shift+Z)"))
        self._lay_out()
        self._connect()
        if begun is not None:
            self._steps.take(begun)
        self._show(self._steps.current)
        self.returned.list.setFocus()
        self._check()

    @property
    def is_changed(self) -> bool:
        """Whether there is something to be saved."""
        return self._steps.current != self._begun

    def reject(self) -> None:
        """Close; what was changed and not saved is asked about."""
        if self.is_changed:
            questions.ask_discard(self, rule_text(self._rule), partial(super().reject))
        else:
            super().reject()

    def done(self, code: int) -> None:
        """Close; answers that come later are void."""
        self._pause.stop()
        self._checking.close()
        self._saving.close()
        # A cell that is being edited would outlive its table.
        self.setFocus()
        super().done(code)

    def _lay_out(self) -> None:
        down = QSplitter(Qt.Orientation.Vertical)
        down.setChildrenCollapsible(False)
        down.addWidget(self.tabs)
        down.addWidget(self.notes)
        down.setStretchFactor(0, 5)
        down.setStretchFactor(1, 1)
        down.setSizes([460, 90])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._save = buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setToolTip(self.tr("Save (Ctrl+Enter)"))
        for button in (self._undo, self._redo):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ResetRole)
        for one in buttons.findChildren(QPushButton):
            # Enter in a field must neither save nor close.
            one.setAutoDefault(False)
        buttons.accepted.connect(self._on_save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(down, 1)
        layout.addWidget(self._outcome)
        layout.addWidget(buttons)
        self.resize(960, 660)

    def _connect(self) -> None:
        self.returned.edited.connect(partial(self._on_schema, _RETURNED))
        self.taken.edited.connect(partial(self._on_schema, _TAKEN))
        self.rule.edited.connect(self._on_rule)
        self.notes.chosen.connect(self._go_to)
        table: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+Z", self._on_undo),
            ("Ctrl+Shift+Z", self._on_redo),
            ("Ctrl+Return", self._on_save),
            ("Ctrl+Enter", self._on_save),
            ("F8", partial(self.notes.go_on, 1)),
            ("Shift+F8", partial(self.notes.go_on, -1)),
        )
        for keys, act in table:
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _show(self, registration: Registration) -> None:
        self.returned.show_schema(registration.return_properties)
        self.taken.show_schema(registration.properties)
        self.rule.show_registration(registration)
        self._show_state()

    def _show_state(self) -> None:
        current = self._steps.current
        for number, (name, schema) in enumerate(
            (
                (self.tr("Return properties %1"), current.return_properties),
                (self.tr("Properties %1"), current.properties),
            )
        ):
            self.tabs.setTabText(number, name.replace("%1", str(len(schema))))
        self._undo.setEnabled(self._steps.can_undo)
        self._redo.setEnabled(self._steps.can_redo)
        self._save.setEnabled(self.is_changed)

    def _on_schema(self, field: str, schema: tuple[RuleProperty, ...], place: str) -> None:
        current = self._steps.current
        if field == _RETURNED:
            after = replace(current, return_properties=schema)
        else:
            after = replace(current, properties=schema)
        self._take(after, f"{field} {place}" if place else "")

    def _on_rule(self, registration: Registration, field: str) -> None:
        current = self._steps.current
        after = replace(
            registration,
            properties=current.properties,
            return_properties=current.return_properties,
        )
        self._take(after, field)

    def _take(self, registration: Registration, place: str) -> None:
        self._steps.take(registration, place)
        self._tell("", theme.QUIET)
        self._show_state()
        self._pause.start()

    def _on_undo(self) -> None:
        self._show(self._steps.undo())
        self._pause.start()

    def _on_redo(self) -> None:
        self._show(self._steps.redo())
        self._pause.start()

    def _check(self) -> None:
        registration = self._steps.current
        self._checking.ask(
            lambda _w: registration_findings(registration, whole=False), self._show_findings
        )

    def _show_findings(self, found: Sequence[RegistrationFinding]) -> None:
        order = list(Severity)
        ordered = sorted(found, key=lambda one: order.index(one.severity))
        self.notes.show_notes([finding_note(one) for one in ordered])
        errors = [one for one in found if one.severity is Severity.ERROR]
        for field, edit in ((_RETURNED, self.returned), (_TAKEN, self.taken)):
            edit.show_bad([one.where[1] for one in errors if one.where[0] == field])

    def _on_save(self) -> None:
        if not self.is_changed:
            return
        registration, rule = _without_secrets(self._steps.current), self._rule
        found = registration_findings(registration, whole=False)
        if any(one.severity is Severity.ERROR for one in found):
            self._show_findings(found)
            self._tell(self.tr("Mend the errors first: F8 goes to each of them."), theme.BAD)
            return
        self._saving.ask(
            lambda w: w.rules.change(rule, registration), partial(self._on_saved, registration)
        )

    def _on_saved(self, registration: Registration, rule: Rule | None) -> None:
        if rule is None:
            over = partial(self._save_over, registration)
            questions.ask_overwrite(self, rule_text(self._rule), over)
            return
        self.kept.emit(rule)
        self.accept()

    def _save_over(self, registration: Registration) -> None:
        code, portal = self._rule.code, self._rule.portal
        self._saving.ask(
            lambda w: w.rules.change(w.rules.only(code, portal), registration),
            partial(self._on_saved, registration),
        )

    def _go_to(self, note: Note) -> None:
        field, name, part = (*note.where, "", "", "")[:3]
        page = {_RETURNED: self.returned, _TAKEN: self.taken}.get(field)
        if page is None:
            self.tabs.setCurrentWidget(self.rule)
            self.rule.go_to(field)
        else:
            self.tabs.setCurrentWidget(page)
            page.go_to(name, part)
        announce(self, note.text)

    def _tell(self, text: str, colour: theme.Tint) -> None:
        self._outcome.setText(text)
        self._outcome.setVisible(bool(text))
        tint(self._outcome, colour)
        if text:
            announce(self, text)


def _without_secrets(registration: Registration) -> Registration:
    """The registration with addresses that tell nobody how to call them."""
    return replace(
        registration,
        handler=masked_address(registration.handler),
        placement_handler=masked_address(registration.placement_handler),
    )
