"""Reads a registration in whatever text a person has of it, shows what is understood, keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.records import Portal
from bxgui.core.registration_text import Read
from bxgui.core.rule import Rule
from bxgui.ui import theme
from bxgui.ui.desk import Desk
from bxgui.ui.rules.asking import Asking
from bxgui.ui.rules.import_plan import Plan, kept_as_planned, planned
from bxgui.ui.rules.import_target import ImportTarget
from bxgui.ui.rules.import_text import ImportText
from bxgui.ui.rules.notes_list import Note
from bxgui.ui.rules.registration_preview import RegistrationPreview
from bxgui.ui.rules.registration_texts import facts_text
from bxgui.ui.rules.rule_names import rule_text
from bxgui.ui.widgets import announce, plain_label, push_button, tint


class ImportDialog(QDialog):
    """`kept` carries the rule whose registration was kept."""

    kept = Signal(object)

    def __init__(self, desk: Desk, rule: Rule | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import a registration"))
        self._plan: Plan | None = None
        self._kept_text = ""
        self._planning, self._keeping = Asking(desk), Asking(desk)
        self.source = ImportText(desk)
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Rule in the text"))
        self.preview = RegistrationPreview()
        self.target = ImportTarget(rule)
        self._outcome = plain_label(wrap=True)
        self._keep = push_button(self.tr("Keep"), self._on_keep, self.tr("Keep it (Ctrl+Enter)"))
        self._lay_out()
        self._connect()
        self._show_read()
        self.source.text.setFocus()
        self._keeping.ask(lambda w: w.portals(), self._show_portals)

    def done(self, code: int) -> None:
        """Close; answers that come later are void."""
        self.source.close_asking()
        self._planning.close()
        self._keeping.close()
        super().done(code)

    def _lay_out(self) -> None:
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.which)
        layout.addWidget(self.preview, 1)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setChildrenCollapsible(False)
        across.setHandleWidth(9)
        across.addWidget(self.source)
        across.addWidget(right)
        across.setStretchFactor(0, 2)
        across.setStretchFactor(1, 3)
        across.setSizes([360, 600])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._keep, QDialogButtonBox.ButtonRole.ActionRole)
        for one in buttons.findChildren(QPushButton):
            # Enter in a field must neither keep nor close.
            one.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(across, 1)
        layout.addWidget(self.target)
        layout.addWidget(self._outcome)
        layout.addWidget(buttons)
        self.resize(960, 640)

    def _connect(self) -> None:
        self.source.edited.connect(self._on_edited)
        self.source.was_read.connect(self._show_read)
        self.which.activated.connect(lambda _row: self._on_which())
        self.target.changed.connect(self._make_plan)
        self.preview.notes.chosen.connect(self._go_to)
        for keys, act in (
            ("F8", self._go_on),
            ("Ctrl+Return", self._keep.click),
            ("Ctrl+Enter", self._keep.click),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _show_portals(self, portals: Sequence[Portal]) -> None:
        self.target.show_portals(portals)
        if not portals:
            text = self.tr(
                "No portal is known yet. Catch a call first: a registration belongs to a portal."
            )
            self._tell(text, theme.WARN)

    def _on_edited(self) -> None:
        self._kept_text = ""
        self._tell("", theme.QUIET)
        self._forget_plan()

    def _on_which(self) -> None:
        self._kept_text = ""
        self._show_chosen()

    @property
    def _registrations(self) -> Sequence[Read]:
        understood = self.source.understood
        return understood.registrations if understood is not None else ()

    @property
    def _chosen(self) -> Read | None:
        row = self.which.currentIndex()
        return self._registrations[row] if row >= 0 else None

    def _show_read(self) -> None:
        found = self._registrations
        self.which.clear()
        self.which.addItems([facts_text(read.registration) for read in found])
        self.which.setVisible(len(found) > 1)
        wanted = self.target.chosen_code
        row = next((n for n, one in enumerate(found) if one.registration.code == wanted), 0)
        self.which.setCurrentIndex(row if found else -1)
        self._show_chosen()

    def _show_chosen(self) -> None:
        read = self._chosen
        self.target.show_registered(read.registration.code if read is not None else "")
        self._make_plan()

    def _make_plan(self) -> None:
        self._forget_plan()
        read, code, portal = self._chosen, self.target.chosen_code, self.target.chosen_portal
        if read is None:
            self.preview.clear()
        elif code and portal is not None:
            self._planning.ask(lambda w: planned(w, read, code, portal), self._show_plan)

    def _forget_plan(self) -> None:
        self._planning.forget()
        self._plan = None
        self._keep.setEnabled(False)

    def _show_plan(self, plan: Plan) -> None:
        self._plan = plan
        understood = self.source.understood
        self.preview.show_plan(plan, understood.remarks if understood is not None else ())
        self._keep.setEnabled(not plan.is_bad and (plan.kept is None or bool(plan.changes)))
        if plan.is_bad:
            self._tell(self.tr("Mend the errors first: they are marked in the list."), theme.BAD)
        elif plan.kept is None:
            self._tell(self.tr("Nothing is kept for this rule yet."), theme.QUIET)
        elif plan.changes:
            text = self.tr("Keeping it changes what is kept in %1 places; they are marked.")
            self._tell(text.replace("%1", str(len(plan.changes))), theme.WARN)
        elif self._kept_text:
            self._tell(self._kept_text, theme.GOOD)
        else:
            self._tell(self.tr("Exactly this is kept already."), theme.QUIET)

    def _on_keep(self) -> None:
        read, plan = self._chosen, self._plan
        if read is not None and plan is not None:
            self._keep.setEnabled(False)
            self._keeping.ask(lambda w: kept_as_planned(w, read, plan), self._on_kept)

    def _on_kept(self, kept: Rule | Plan) -> None:
        if isinstance(kept, Plan):
            self._show_plan(kept)
            self._tell(
                self.tr("What is kept has changed meanwhile. Look again before you keep it."),
                theme.WARN,
            )
            return
        self.kept.emit(kept)
        if len(self._registrations) == 1:
            self.accept()
            return
        text = self.tr("Kept for %1. The text holds other rules: choose the next one above.")
        self._kept_text = text.replace("%1", rule_text(kept))
        self._make_plan()

    def _tell(self, text: str, colour: theme.Tint) -> None:
        self._outcome.setText(text)
        tint(self._outcome, colour)
        if text:
            announce(self, text)

    def _go_on(self) -> None:
        if not self.source.go_to_problem():
            self.preview.notes.go_on(1)

    def _go_to(self, note: Note) -> None:
        if note.line:
            self.source.text.go_to(note.line)
