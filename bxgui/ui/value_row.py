"""One row of the reply form: a tick for what is sent, its names, its editor, and its menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from bxgui.core.defaults import defaulted
from bxgui.core.json_values import whole
from bxgui.core.value_rows import ValueRow, retyped
from bxgui.ui import row_texts, theme
from bxgui.ui.editors.editor import RowEditor
from bxgui.ui.editors.factory import Offers, make_editor
from bxgui.ui.row_height import Heights, expected_height
from bxgui.ui.row_layout import Places, QuietTexts, place
from bxgui.ui.row_menu import KINDS, RowMenu
from bxgui.ui.row_parts import RowParts, make_parts, problem_label
from bxgui.ui.widgets import announce, has_cursor, plain_tip


@dataclass(frozen=True, slots=True)
class RowContext:
    """What the rows of a form have in common; `width` is what they have now.

    Callables take what a row tells: that a person has changed it, wants it removed, wants to
    choose how dates are sent, or that the way of the Tab key through it is another.
    """

    offers: Offers
    schema_known: bool
    width: int
    heights: Heights
    edited: Callable[[RowView], None]
    removed: Callable[[RowView], None]
    stops_changed: Callable[[RowView], None]
    dates_asked: Callable[[], None]


class RowView(QWidget):
    """Shows and edits a row; its widgets are made when it is to be seen."""

    def __init__(self, row: ValueRow, context: RowContext) -> None:
        super().__init__()
        self._row = row
        self._context = context
        self._problem = ""
        self._parts: RowParts | None = None
        self._quiet = _quiet_texts(row, context)
        self._places: Places | None = None
        self._placed_width = -1
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()
        self.setFixedHeight(
            expected_height(row, self._quiet, context.width, context.heights, self.fontMetrics())
        )

    @property
    def is_built(self) -> bool:
        """Whether the widgets are there."""
        return self._parts is not None

    @property
    def row(self) -> ValueRow:
        """The row as it stands."""
        return self._row

    @property
    def problem(self) -> str:
        """What was said to be wrong with it."""
        return self._problem

    def build(self) -> RowParts:
        """Make the widgets, unless they are there."""
        if self._parts is None:
            self._parts = make_parts(self._row, self._make_editor(), self)
            self._connect(self._parts)
            self._show()
            self.show()
            # What is shown is placed by its first resize event; what is in a hidden form, here.
            if self._placed_width != self.width():
                self._place()
        return self._parts

    def told(self) -> tuple[str, ...]:
        """What the row tells beside its widgets."""
        return self._quiet.name, self._quiet.kind, self._quiet.note

    def stops(self) -> list[QWidget]:
        """Where the Tab key halts, as far as the widgets are there."""
        return self._parts.stops() if self._parts is not None else []

    def can_show(self, row: ValueRow) -> bool:
        """Whether this view is made for such a row: its type, and its name where that is fixed."""
        return _kind(self._row) == _kind(row)

    def show_row(self, row: ValueRow) -> None:
        """Show another row of the same kind."""
        self._row = row
        self._show()

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the row; an empty text takes it back."""
        if text == self._problem:
            return
        self._problem = text
        parts = self.build()
        if parts.problem is not None:
            parts.problem.hide()
            parts.problem.deleteLater()
            parts.problem = None
        if text:
            parts.problem = problem_label(text, self)
            parts.problem.show()
        self._place()

    def set_focus(self, *, in_name: bool = False) -> None:
        """Put the cursor into the editor; if wanted, or where it has none, into the name."""
        parts = self.build()
        if parts.name is not None and (in_name or not self._row.name):
            parts.name.setFocus()
        else:
            parts.editor.setFocus()

    def open_menu(self) -> None:
        """Offer what can be done with the row."""
        button = self.build().menu
        self._open_menu(button.mapToGlobal(QPoint(0, button.height())))

    def _open_menu(self, where: QPoint) -> None:
        menu = RowMenu(self._row, self)
        menu.unset_asked.connect(lambda: self._change(replace(self._row, sent=False)))
        menu.empty_asked.connect(
            lambda: self._change(replace(self._row, text="", items=(), sent=True))
        )
        menu.default_asked.connect(self._take_default)
        menu.kind_asked.connect(self._set_kind)
        menu.dates_asked.connect(self._context.dates_asked)
        menu.remove_asked.connect(lambda: self._context.removed(self))
        menu.popup(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the widgets in their places."""
        super().resizeEvent(event)
        if event.size().width() != self._placed_width:
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet texts, as much of them as fits."""
        places = self._places
        if places is None:
            return
        painter, metrics = QPainter(self), self.fontMetrics()
        painter.setPen(theme.QUIET.colour)
        for text, where, side in (
            (self._quiet.name, places.name, Qt.AlignmentFlag.AlignLeft),
            (self._quiet.kind, places.kind, Qt.AlignmentFlag.AlignRight),
            (self._quiet.note, places.note, Qt.AlignmentFlag.AlignLeft),
        ):
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu where it is asked for."""
        self._open_menu(event.globalPos())

    def _make_editor(self) -> RowEditor:
        editor = make_editor(self._row, self._context.offers)
        editor.edited.connect(self._on_edited)
        editor.unset_asked.connect(self._on_unset)
        editor.height_changed.connect(self._place)
        editor.stops_changed.connect(lambda: self._context.stops_changed(self))
        return editor

    def _connect(self, parts: RowParts) -> None:
        parts.tick.clicked.connect(self._on_ticked)
        parts.menu.clicked.connect(self.open_menu)
        if parts.name is not None:
            parts.name.textEdited.connect(self._on_named)
            parts.name.inputRejected.connect(self._on_name_refused)
        if parts.kind is not None:
            parts.kind.activated.connect(self._set_kind)
        if parts.default is not None:
            parts.default.clicked.connect(self._take_default)

    def _show(self) -> None:
        parts, row = self._parts, self._row
        if parts is None:
            return
        parts.tick.setChecked(row.sent)
        # Half of a character, which only JSON can have brought, is shown as an unknown one.
        if parts.name is not None and parts.name.text() != whole(row.name):
            parts.name.setText(whole(row.name))
        if parts.kind is not None:
            parts.kind.setCurrentIndex(KINDS.index((row.type, row.multiple)))
        parts.editor.show_row(row)
        self._introduce(parts)

    def _introduce(self, parts: RowParts) -> None:
        row = self._row
        shown = row.name or row_texts.title_text(row)
        explained = row_texts.explained_text(row, schema_known=self._context.schema_known)
        parts.tick.setAccessibleName(self.tr("Send %1").replace("%1", shown))
        parts.tick.setAccessibleDescription(explained)
        self.setToolTip(plain_tip(explained))
        unset = self.tr("Without the tick the value is not sent at all.")
        parts.tick.setToolTip(plain_tip(f"{explained}\n{unset}"))
        parts.menu.setAccessibleName(self.tr("Menu of %1").replace("%1", shown))
        if parts.kind is not None:
            parts.kind.setAccessibleName(self.tr("Type of %1").replace("%1", shown))
        parts.editor.introduce(self.tr("Value of %1").replace("%1", shown), explained)

    def _place(self) -> None:
        if self._parts is not None:
            self._placed_width = self.width()
            line, metrics = self._context.heights.line, self.fontMetrics()
            self._places = place(self._parts, self._quiet, self.width(), line, metrics)
            if self._places.height != self.height():
                self.setFixedHeight(self._places.height)

    def _change(self, row: ValueRow) -> None:
        """Take what a person has decided outside the editor."""
        another_kind = not self.can_show(row)
        self._row = row
        if another_kind:
            self._renew_editor()
        self._show()
        self._context.edited(self)

    def _renew_editor(self) -> None:
        parts = self.build()
        focused = has_cursor(parts.editor)
        parts.editor.hide()
        parts.editor.deleteLater()
        parts.editor = self._make_editor()
        parts.editor.setParent(self)
        self._quiet = _quiet_texts(self._row, self._context)
        parts.editor.show()
        self._place()
        self._context.stops_changed(self)
        if focused:
            parts.editor.setFocus()

    def _take_default(self) -> None:
        self._change(defaulted(self._row))

    def _set_kind(self, number: int) -> None:
        self._change(retyped(self._row, *KINDS[number]))

    def _on_edited(self) -> None:
        was_sent = self._row.sent
        self._row = replace(self.build().editor.carried(self._row), sent=True)
        if not was_sent:
            self._show()
        self._context.edited(self)

    def _on_unset(self) -> None:
        self._change(replace(self._row, text="", sent=False))

    def _on_ticked(self, ticked: bool) -> None:
        self._change(replace(self._row, sent=ticked))

    def _on_name_refused(self) -> None:
        self.show_problem(
            self.tr("That holds half of a character, which no name can. It was not taken.")
        )
        announce(self, self._problem)

    def _on_named(self, name: str) -> None:
        self._row = replace(self._row, name=name)
        self._introduce(self.build())
        self._context.edited(self)


def _quiet_texts(row: ValueRow, context: RowContext) -> QuietTexts:
    note = row_texts.note_text(row, schema_known=context.schema_known)
    if row.entry is None:
        return QuietTexts(note=note)
    return QuietTexts(row_texts.name_text(row), row_texts.type_text(row), note)


def _kind(row: ValueRow) -> tuple[object, ...]:
    """What a row's widgets are made for."""
    return row.type, row.multiple, row.entry, row.name if row.entry is not None else ""
