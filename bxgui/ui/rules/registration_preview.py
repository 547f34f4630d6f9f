"""What was understood of a text: the rule, its properties, and what is to be known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from bxgui.core.registration import Registration
from bxgui.core.registration_changes import Change
from bxgui.core.registration_text import Remark
from bxgui.core.schema import RuleProperty
from bxgui.ui.rules.import_plan import Plan
from bxgui.ui.rules.notes_list import NotesList, change_note, finding_note, remark_note
from bxgui.ui.rules.properties_table import PropertiesTable, PropertyLine
from bxgui.ui.rules.registration_texts import facts_text
from bxgui.ui.widgets import ElidedLabel

_RETURNED, _TAKEN = "RETURN_PROPERTIES", "PROPERTIES"


class RegistrationPreview(QWidget):
    """Shows a plan."""

    def __init__(self) -> None:
        super().__init__()
        self._facts = ElidedLabel(gives_way=Qt.TextElideMode.ElideRight)
        self.returned = PropertiesTable(self.tr("Return properties"))
        self.taken = PropertiesTable(self.tr("Properties"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.returned, "")
        self.tabs.addTab(self.taken, "")
        self.notes = NotesList(self.tr("What is to be known"))
        down = QSplitter(Qt.Orientation.Vertical)
        down.setChildrenCollapsible(False)
        down.addWidget(self.tabs)
        down.addWidget(self.notes)
        down.setStretchFactor(0, 3)
        down.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._facts)
        layout.addWidget(down, 1)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._show(Registration(), None, ())
        self._facts.set_text("")
        self.notes.show_notes(())

    def show_plan(self, plan: Plan, remarks: Sequence[Remark]) -> None:
        """Show what would be kept."""
        # Where nothing is kept yet, all is new and nothing is told by saying so.
        told = plan.changes if plan.kept is not None else ()
        self._show(plan.proposed, plan.kept, told)
        of_rule = [one for one in told if not one.name]
        self.notes.show_notes(
            [
                *map(finding_note, plan.findings),
                *map(remark_note, remarks),
                *map(change_note, of_rule),
            ]
        )

    def _show(
        self, proposed: Registration, kept: Registration | None, told: Sequence[Change]
    ) -> None:
        self._facts.set_text(facts_text(proposed))
        before = kept or Registration()
        for number, (table, field, name, schema, former) in enumerate(
            (
                (
                    self.returned,
                    _RETURNED,
                    self.tr("Return properties %1"),
                    proposed.return_properties,
                    before.return_properties,
                ),
                (
                    self.taken,
                    _TAKEN,
                    self.tr("Properties %1"),
                    proposed.properties,
                    before.properties,
                ),
            )
        ):
            table.show_lines(list(_lines(field, schema, former, told)))
            self.tabs.setTabText(number, name.replace("%1", str(len(schema))))


def _lines(
    field: str,
    schema: Sequence[RuleProperty],
    former: Sequence[RuleProperty],
    told: Sequence[Change],
) -> Iterator[PropertyLine]:
    """The properties, then those that are removed."""
    by_name = {one.name: one for one in told if one.field == field and one.name}
    for entry in schema:
        yield PropertyLine(entry, by_name.get(entry.name))
    names = {entry.name for entry in schema}
    for entry in former:
        if entry.name not in names and entry.name in by_name:
            yield PropertyLine(entry, by_name[entry.name])
