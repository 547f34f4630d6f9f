"""The reply form's rows: a tick for what is sent, name, type, value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.schema import ValueType
from bxgui.core.value_rows import ValueRow, retyped
from bxgui.ui import language, texts, theme
from bxgui.ui.field_editors import Editor, make_editor
from bxgui.ui.widgets import plain_label, plain_tip, push_button, tint, tool_button

_SENT, _NAME, _TYPE, _VALUE, _REMOVE = range(5)


_TYPES = [
    *((kind, False) for kind in ValueType),
    *((kind, True) for kind in ValueType if kind is not ValueType.JSON),
]


class RowWidgets(QObject):
    """The widgets of one row; `edited` comes when a person has changed any of them."""

    edited = Signal()
    removed = Signal()

    def __init__(self, row: ValueRow, parent: QObject) -> None:
        super().__init__(parent)
        self._row = row
        self._made_for = _kind(row)
        self.sent = QCheckBox()
        self.sent.setToolTip(self.tr("Send this value. Without the tick it is not sent at all."))
        self.name: QLineEdit | QLabel = self._make_name(row)
        self.type = self._make_type(row)
        self.problem = plain_label(wrap=True)
        self.problem.hide()
        tint(self.problem, theme.BAD)
        self.remove: QToolButton | None = None
        if row.entry is None:
            self.remove = tool_button("✕", self.removed.emit, self.tr("Remove this value"))
        self.editor = self._make_editor(row)
        self._show(row)
        self.sent.clicked.connect(self.edited)
        self.type.activated.connect(self._on_type)

    def parts(self) -> list[QWidget]:
        """All widgets of the row."""
        always: list[QWidget] = [self.sent, self.name, self.type, self.editor, self.problem]
        return always if self.remove is None else [*always, self.remove]

    def row(self) -> ValueRow:
        """The row as it stands in the widgets."""
        name = self.name.text() if isinstance(self.name, QLineEdit) else self._row.name
        row = replace(self._row, name=name, sent=self.sent.isChecked())
        text = self.editor.text()
        # Items are edited as lines; those that nobody has edited are as they were given.
        return row if text == _shown(row) else _typed(row, text)

    def fits(self, row: ValueRow) -> bool:
        """Whether these widgets can show the row, being made for its name and type."""
        return self._made_for == _kind(row) and self.editor.fits(_shown(row))

    def show_row(self, row: ValueRow) -> None:
        """Show another row of the same kind."""
        self._row = row
        self._show(row)

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the row; an empty text takes it back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _show(self, row: ValueRow) -> None:
        self.sent.setChecked(row.sent)
        if isinstance(self.name, QLineEdit) and self.name.text() != row.name:
            self.name.setText(row.name)
        self.editor.show_text(_shown(row))
        shown = row.name or self.tr("new value")
        self.sent.setAccessibleName(self.tr("Send %1").replace("%1", shown))
        self.type.setAccessibleName(self.tr("Type of %1").replace("%1", shown))
        focus = self.editor.focusProxy()
        if focus is not None:
            focus.setAccessibleName(self.tr("Value of %1").replace("%1", shown))

    def _make_name(self, row: ValueRow) -> QLineEdit | QLabel:
        if row.entry is None:
            edit = QLineEdit(row.name)
            edit.setPlaceholderText(self.tr("Name"))
            edit.setAccessibleName(self.tr("Name of the value"))
            edit.textEdited.connect(self.edited)
            return edit
        label = plain_label(f"{row.name} *" if row.entry.required else row.name)
        read = language.current()
        texts_of = (row.entry.title.read(read), row.entry.description.read(read))
        tip = "\n".join(filter(None, texts_of))
        required = self.tr("The rule's registration marks this value as required.")
        lines = (tip, required if row.entry.required else "")
        label.setToolTip(plain_tip("\n".join(filter(None, lines))))
        return label

    def _make_type(self, row: ValueRow) -> QComboBox:
        box = QComboBox()
        for kind, multiple in _TYPES:
            text = texts.type_text(kind)
            box.addItem(self.tr("%1 list").replace("%1", text) if multiple else text)
        box.setCurrentIndex(_TYPES.index((row.type, row.multiple)))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        return box

    def _make_editor(self, row: ValueRow) -> Editor:
        hint = self.tr("one value a line")
        editor = make_editor(row, self.tr("Yes"), self.tr("No"), hint)
        editor.edited.connect(self._on_edited)
        return editor

    def _on_edited(self) -> None:
        self.sent.setChecked(True)
        self.edited.emit()

    def _on_type(self, index: int) -> None:
        self._row = retyped(self.row(), *_TYPES[index])
        self.edited.emit()


def _shown(row: ValueRow) -> str:
    """The row's text, or its items as lines."""
    return "\n".join(row.items) if row.multiple else row.text


def _typed(row: ValueRow, text: str) -> ValueRow:
    if row.multiple:
        return replace(row, items=tuple(text.split("\n")) if text else ())
    return replace(row, text=text)


def _kind(row: ValueRow) -> tuple[object, ...]:
    """What a row's widgets are made for."""
    return row.type, row.multiple, row.entry, row.name if row.entry is not None else ""


class ValueRowsView(QScrollArea):
    """All rows in a grid; `edited` comes after a person has changed something."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._rows: list[RowWidgets] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(_NAME, 2)
        self._grid.setColumnStretch(_VALUE, 5)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self._nothing = plain_label(wrap=True)
        tint(self._nothing, theme.QUIET)
        self._nothing.setText(
            self.tr("No return values yet. The reply can go without any, or add the ones it needs.")
        )
        add = push_button(
            self.tr("Add value"), self.add_row, self.tr("Add a return value of any name")
        )
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.addWidget(self._nothing)
        layout.addLayout(self._grid)
        layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        self.setWidget(page)

    def rows(self) -> list[ValueRow]:
        """The rows as they stand."""
        return [widgets.row() for widgets in self._rows]

    def show_rows(self, rows: Sequence[ValueRow]) -> None:
        """Show rows, in the widgets that are there as far as they fit."""
        if len(rows) == len(self._rows) and all(
            widgets.fits(row) for widgets, row in zip(self._rows, rows, strict=True)
        ):
            for widgets, row in zip(self._rows, rows, strict=True):
                widgets.show_row(row)
                widgets.show_problem("")
            return
        self._clear()
        for row in rows:
            self._append(row)
        self._nothing.setVisible(not rows)

    def add_row(self) -> None:
        """Add an empty row and put the cursor into its name."""
        self._append(ValueRow())
        self._nothing.hide()
        self._rows[-1].name.setFocus()
        self.edited.emit()

    def show_problem(self, number: int, text: str) -> None:
        """Say what is wrong with a row, and go there."""
        self.clear_problems()
        self._rows[number].show_problem(text)
        self._rows[number].editor.setFocus()
        self.ensureWidgetVisible(self._rows[number].problem)

    def clear_problems(self) -> None:
        """Take back what was said."""
        for widgets in self._rows:
            widgets.show_problem("")

    def _append(self, row: ValueRow) -> None:
        widgets = RowWidgets(row, self)
        line = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(widgets.sent, line, _SENT, top)
        self._grid.addWidget(widgets.name, line, _NAME, top)
        self._grid.addWidget(widgets.type, line, _TYPE, top)
        self._grid.addWidget(widgets.editor, line, _VALUE)
        if widgets.remove is not None:
            self._grid.addWidget(widgets.remove, line, _REMOVE, top)
        self._grid.addWidget(widgets.problem, line + 1, _VALUE)
        for one in (widgets.sent, widgets.name):
            one.setMinimumHeight(widgets.type.sizeHint().height())
        # Now, not when the layout gets to it: only what is shown can take the cursor.
        for part in (widgets.sent, widgets.name, widgets.type, widgets.editor):
            part.show()
        widgets.edited.connect(lambda: self._on_edited(widgets))
        widgets.removed.connect(lambda: self._remove(widgets))
        self._rows.append(widgets)

    def _on_edited(self, widgets: RowWidgets) -> None:
        widgets.show_problem("")
        row = widgets.row()
        if not widgets.fits(row):
            number, on_type = self._rows.index(widgets), widgets.type.hasFocus()
            self.show_rows(self.rows())
            made = self._rows[number]
            (made.type if on_type else made.editor).setFocus()
        self.edited.emit()

    def _remove(self, widgets: RowWidgets) -> None:
        rows = [one.row() for one in self._rows if one is not widgets]
        self._clear()
        self.show_rows(rows)
        self.edited.emit()

    def _clear(self) -> None:
        for widgets in self._rows:
            for part in widgets.parts():
                part.hide()
                part.deleteLater()
            widgets.deleteLater()
        self._rows.clear()
