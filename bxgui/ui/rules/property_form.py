"""Edits one property of a schema, in all its fields."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from bxgui.core.json_values import editable
from bxgui.core.plain_text import brief
from bxgui.core.schema import RuleProperty, ValueType, settled, type_name, value_type
from bxgui.ui import theme
from bxgui.ui.editors.choice import CalmBox
from bxgui.ui.editors.editor import NO_LIMIT
from bxgui.ui.rules.default_edit import DefaultEdit
from bxgui.ui.rules.local_text_edit import LocalTextEdit
from bxgui.ui.rules.options_edit import OptionsEdit
from bxgui.ui.widgets import plain_label, plain_tip, tint

_TYPES = [kind.value for kind in ValueType if kind is not ValueType.JSON]
_LONGEST = 300


class PropertyForm(QScrollArea):
    """`edited` carries the property as it is after a change, and the field that changed."""

    edited = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._entry = RuleProperty("")
        self._showing = False
        self.name = QLineEdit()
        self.name.setMaxLength(NO_LIMIT)
        self.title = LocalTextEdit(self.tr("Title"))
        self.description = LocalTextEdit(self.tr("Description"), lines=True)
        self.type = CalmBox(self)
        self.type.setEditable(True)
        self.type.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.type.addItems(_TYPES)
        self.type.setToolTip(
            plain_tip(self.tr("One of the list, or a type of the document such as UF:money"))
        )
        self.required = QCheckBox(self.tr("Required"))
        self.multiple = QCheckBox(self.tr("Multiple: a list of values"))
        self.options = OptionsEdit()
        self.default = DefaultEdit()
        self._others = plain_label(wrap=True)
        tint(self._others, theme.QUIET)
        self._lay_out()
        self._connect()
        self._chain()
        self.default.show_entry(self._entry)

    def show_entry(self, entry: RuleProperty) -> None:
        """Show a property, without `edited`."""
        self._showing = True
        before, self._entry = self._entry, entry
        if self.name.text() != entry.name:
            self.name.setText(entry.name)
        self.title.show_text(entry.title)
        self.description.show_text(entry.description)
        if self.type.currentText() != type_name(entry):
            self.type.setEditText(type_name(entry))
        self.required.setChecked(entry.required)
        self.multiple.setChecked(entry.multiple)
        self.options.show_options(entry.options)
        if _of_default(before) != _of_default(entry):
            self.default.show_entry(entry)
        self._show_others()
        self._showing = False

    def go_to(self, field: str) -> None:
        """Put the cursor into a field, by its name in a registration."""
        fields: dict[str, QWidget] = {
            "NAME": self.title,
            "DESCRIPTION": self.description,
            "TYPE": self.type,
            "OPTIONS": self.options,
            "REQUIRED": self.required,
            "MULTIPLE": self.multiple,
            "DEFAULT": self.default,
        }
        widget = _first_stop(fields.get(field, self.name))
        self.ensureWidgetVisible(widget)
        widget.setFocus()
        if widget is self.name:
            self.name.selectAll()

    def _lay_out(self) -> None:
        page = QWidget()
        form = QFormLayout(page)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._labels: list[tuple[QLabel, QWidget]] = []
        for label, field, name in (
            (QLabel(self.tr("&Name")), self.name, self.tr("Name, as it is sent")),
            (QLabel(self.tr("&Title")), self.title, ""),
            (QLabel(self.tr("T&ype")), self.type, self.tr("Type")),
            (QLabel(), self.required, ""),
            (QLabel(), self.multiple, ""),
            (QLabel(self.tr("&Options")), self.options, ""),
            (QLabel(self.tr("D&efault")), self.default, ""),
            (QLabel(self.tr("&Description")), self.description, ""),
            (QLabel(), self._others, ""),
        ):
            self._labels.append((label, field))
            if name:
                field.setAccessibleName(name)
            form.addRow(label, field)
        self._form = form
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)

    def _connect(self) -> None:
        self.name.textEdited.connect(
            lambda text: self._take(replace(self._entry, name=text.strip()), "")
        )
        self.title.edited.connect(
            lambda: self._take(replace(self._entry, title=self.title.text()), "NAME")
        )
        self.description.edited.connect(
            lambda: self._take(
                replace(self._entry, description=self.description.text()), "DESCRIPTION"
            )
        )
        self.type.editTextChanged.connect(self._on_type)
        self.required.clicked.connect(
            lambda on: self._take(replace(self._entry, required=on), "REQUIRED")
        )
        self.multiple.clicked.connect(
            lambda on: self._take(replace(self._entry, multiple=on), "MULTIPLE")
        )
        self.options.edited.connect(
            lambda: self._take(replace(self._entry, options=self.options.options()), "OPTIONS")
        )
        self.default.edited.connect(self._on_default)
        for field in (self.title, self.description, self.default):
            field.stops_changed.connect(self._chain)

    def _chain(self) -> None:
        """Let the Tab key come through the fields as they stand."""
        for label, field in self._labels:
            label.setBuddy(_first_stop(field))
        last: QWidget = self.name
        for stop in (
            *self.title.stops(),
            self.type,
            self.required,
            self.multiple,
            *self.options.stops(),
            *self.default.stops(),
            *self.description.stops(),
        ):
            QWidget.setTabOrder(last, stop)
            last = stop

    def _on_type(self, name: str) -> None:
        if not self._showing:
            entry = replace(self._entry, type=value_type(name.strip()), type_name=name.strip())
            self._take(entry, "TYPE")

    def _on_default(self) -> None:
        # The editor keeps what was typed, which need not be what is registered.
        default = self.default.entry().default
        self._entry = settled(replace(self._entry, default=default), "DEFAULT")
        self.edited.emit(self._entry, "DEFAULT")

    def _take(self, entry: RuleProperty, field: str) -> None:
        entry = settled(entry, field)
        if entry != self._entry:
            self.show_entry(entry)
            self.edited.emit(entry, field)

    def _show_others(self) -> None:
        entry = self._entry
        shows_options = entry.type is ValueType.SELECT or bool(entry.options)
        self._form.setRowVisible(self.options, shows_options)
        others = ", ".join(f"{name} = {editable(value)}" for name, value in entry.others)
        text = self.tr("Kept as it is registered: %1").replace("%1", brief(others, _LONGEST))
        self._others.setText(text)
        self._form.setRowVisible(self._others, bool(others))


def _first_stop(field: QWidget) -> QWidget:
    """Where the cursor goes in a field that is made of several."""
    if isinstance(field, LocalTextEdit | OptionsEdit):
        return field.stops()[0]
    return field.stops()[-1] if isinstance(field, DefaultEdit) else field


def _of_default(entry: RuleProperty) -> tuple[object, ...]:
    return entry.type, entry.multiple, entry.options, entry.default, entry.name
