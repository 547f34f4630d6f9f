"""Edits the default of a property with the editor of its type."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from bxgui.core.defaults import default_row, with_default
from bxgui.core.schema import RuleProperty
from bxgui.core.value_rows import ValueRow
from bxgui.ui.editors.editor import EmptyWords, RowEditor
from bxgui.ui.editors.factory import Offers, make_editor
from bxgui.ui.widgets import plain_tip


class DefaultEdit(QWidget):
    """A tick for whether there is a default, and its editor.

    `edited` comes when a person has changed it, `stops_changed` when the Tab key is to halt
    elsewhere.
    """

    edited = Signal()
    stops_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entry = RuleProperty("")
        self._row = ValueRow()
        self._editor: RowEditor | None = None
        self._tick = QCheckBox()
        self._tick.setAccessibleName(self.tr("There is a default"))
        self._tick.setToolTip(
            plain_tip(self.tr("Without the tick the property is registered without a default."))
        )
        self._tick.clicked.connect(self._on_ticked)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._tick)

    def entry(self) -> RuleProperty:
        """The property with the default as it stands."""
        return with_default(self._entry, self._row)

    def show_entry(self, entry: RuleProperty) -> None:
        """Show a property's default, without `edited`."""
        row = default_row(entry)
        is_other = self._editor is None or _kind(row) != _kind(self._row)
        self._entry, self._row = entry, row
        if is_other:
            self._renew_editor()
        self._show()

    def stops(self) -> list[QWidget]:
        """Where the Tab key halts, in order."""
        return [self._tick, *((self._editor,) if self._editor is not None else ())]

    def _renew_editor(self) -> None:
        if self._editor is not None:
            self._layout.removeWidget(self._editor)
            self._editor.hide()
            self._editor.deleteLater()
        editor = self._editor = make_editor(self._row, Offers())
        # Without one, Qt does not move it, and what is in it, in the way of the Tab key.
        editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        editor.introduce(self.tr("Default"), "")
        editor.say_when_empty(
            EmptyWords(self.tr("none"), self.tr("an empty text"), self.tr("an empty list"))
        )
        editor.edited.connect(self._on_edited)
        editor.stops_changed.connect(self.stops_changed)
        editor.unset_asked.connect(lambda: self._take(replace(self._row, text="", sent=False)))
        self._layout.addWidget(editor, 1)
        self.stops_changed.emit()

    def _show(self) -> None:
        self._tick.setChecked(self._row.sent)
        if self._editor is not None:
            self._editor.show_row(self._row)

    def _on_edited(self) -> None:
        if self._editor is not None:
            self._take(replace(self._editor.carried(self._row), sent=True), show=False)

    def _on_ticked(self, ticked: bool) -> None:
        self._take(replace(self._row, sent=ticked))

    def _take(self, row: ValueRow, *, show: bool = True) -> None:
        was_sent, self._row = self._row.sent, row
        if show or row.sent is not was_sent:
            self._show()
        self.edited.emit()


def _kind(row: ValueRow) -> tuple[object, ...]:
    """What an editor is made for."""
    options = row.entry.options if row.entry is not None else ()
    return row.type, row.multiple, options
