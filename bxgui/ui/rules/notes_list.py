"""What is to be known of a registration: findings, remarks and changes, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from bxgui.core.findings import Severity
from bxgui.core.registration_changes import Change
from bxgui.core.registration_rules import RegistrationFinding
from bxgui.core.registration_text import Remark
from bxgui.ui import theme
from bxgui.ui.finding_texts import severity_text
from bxgui.ui.rules.registration_texts import change_text, finding_text, remark_text
from bxgui.ui.theme import Tint
from bxgui.ui.widgets import plain_tip

translate = QCoreApplication.translate
_MOST = 300
_MARKS: dict[Severity, tuple[Tint, str]] = {
    Severity.ERROR: (theme.BAD, "cross"),
    Severity.WARNING: (theme.WARN, "warning"),
    Severity.NOTE: (theme.CALM, "ring"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A line: its mark, what a screen reader says of the mark, the text, and what it is about."""

    mark: tuple[Tint, str]
    word: str
    text: str
    where: tuple[str, ...] = ()
    line: int = 0


def finding_note(finding: RegistrationFinding) -> Note:
    """What is wrong with a registration."""
    severity = finding.severity
    return Note(
        _MARKS[severity], severity_text(severity), finding_text(finding), where=finding.where
    )


def remark_note(remark: Remark) -> Note:
    """How something in a text was read."""
    word = translate("Registrations", "Remark")
    return Note((theme.QUIET, "dash"), word, remark_text(remark), line=remark.line)


def change_note(change: Change) -> Note:
    """What becomes of a field or a property."""
    where = tuple(filter(None, (change.field, change.name)))
    word = translate("Registrations", "Change")
    return Note((theme.CALM, "disc"), word, change_text(change), where)


class NotesList(QListWidget):
    """Lists notes; `chosen` carries one that a person wants to go to."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._notes: Sequence[Note] = ()
        self.setAccessibleName(name)
        self.setIconSize(QSize(14, 14))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(lambda _item: self._choose())

    def show_notes(self, notes: Sequence[Note]) -> None:
        """List other notes; the current line stays where it is."""
        if list(notes) == list(self._notes):
            return
        current = self.currentRow()
        self._notes = notes
        self.clear()
        for note in notes[:_MOST]:
            self.addItem(_item(note))
        if len(notes) > _MOST:
            text = translate("Registrations", "and %1 more")
            self.addItem(text.replace("%1", str(len(notes) - _MOST)))
        self.setCurrentRow(min(current, self.count() - 1))

    def go_on(self, step: int) -> None:
        """Choose the next note, or the one before; after the last comes the first."""
        if self._notes:
            count = min(len(self._notes), _MOST)
            first = self.currentRow() + step if self.currentRow() >= 0 else min(step, 0)
            self.setCurrentRow(first % count)
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            notes, self._notes = self._notes, ()
            self.show_notes(notes)

    def _choose(self) -> None:
        row = self.currentRow()
        if 0 <= row < min(len(self._notes), _MOST):
            self.chosen.emit(self._notes[row])


def _item(note: Note) -> QListWidgetItem:
    tint, shape = note.mark
    item = QListWidgetItem(theme.mark(shape, tint.colour), note.text)
    item.setToolTip(plain_tip(note.text))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{note.word}: {note.text}")
    return item
