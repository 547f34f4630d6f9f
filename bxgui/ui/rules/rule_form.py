"""Edits what a registration tells of the rule itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from bxgui.core.json_values import JsonProblem, JsonValue, editable, parse
from bxgui.core.local_text import write_local_text
from bxgui.core.plain_text import brief
from bxgui.core.registration import Registration, RuleKind, to_document, with_field
from bxgui.ui import theme
from bxgui.ui.editors.choice import CalmBox
from bxgui.ui.editors.editor import NO_LIMIT
from bxgui.ui.editors.text import TextEditor
from bxgui.ui.rules.local_text_edit import LocalTextEdit
from bxgui.ui.rules.registration_texts import kind_text
from bxgui.ui.widgets import plain_label, tint

_FLAGS = (None, "Y", "N")
_KINDS = tuple(RuleKind)
_LONGEST = 300
_SHOWN = {
    *("KIND", "CODE", "HANDLER", "AUTH_USER_ID", "USE_SUBSCRIPTION", "NAME", "DESCRIPTION"),
    *("DOCUMENT_TYPE", "FILTER", "USE_PLACEMENT", "PLACEMENT_HANDLER"),
}


class RuleForm(QScrollArea):
    """`edited` carries the registration after a change, and the field that changed."""

    edited = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._registration = Registration()
        self.name = LocalTextEdit("NAME")
        self.description = LocalTextEdit("DESCRIPTION", lines=True)
        self.kind = self._box([kind_text(kind) for kind in _KINDS])
        flags = [
            self.tr("not given: the author of the workflow decides"),
            self.tr("Y: the step waits for a reply"),
            self.tr("N: the step does not wait"),
        ]
        self.subscription = self._box(flags)
        self.document_type = [self._line("") for _ in range(3)]
        self.handler = self._line("https://")
        self.user = self._line(self.tr("the id of a user"))
        self.filter = TextEditor('{"INCLUDE": [["crm", "CCrmDocumentDeal"]]}', code=True)
        # Without one, Qt does not move it, and what is in it, in the way of the Tab key.
        self.filter.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.placement = self._box([self.tr("not given"), "Y", "N"])
        self.placement_handler = self._line("https://")
        self._others = plain_label(wrap=True)
        tint(self._others, theme.QUIET)
        self._lay_out()
        self._connect()
        self._chain()

    def show_registration(self, registration: Registration) -> None:
        """Show a rule, without `edited`."""
        self._registration = registration
        document = to_document(registration)
        self.name.show_text(registration.name)
        self.description.show_text(registration.description)
        self.kind.setCurrentIndex(_KINDS.index(registration.kind))
        for box, flag in (
            (self.subscription, document.get("USE_SUBSCRIPTION")),
            (self.placement, document.get("USE_PLACEMENT")),
        ):
            box.setCurrentIndex(_FLAGS.index(flag) if flag in _FLAGS else 0)
        parts = registration.document_type or ("", "", "")
        for line, text in (
            *zip(self.document_type, parts, strict=True),
            (self.handler, registration.handler),
            (self.user, _typed(document.get("AUTH_USER_ID"))),
            (self.placement_handler, registration.placement_handler),
        ):
            if line.text() != text:
                line.setText(text)
        self._show_filter(document.get("FILTER"))
        others = ", ".join(
            f"{name} = {editable(value)}"
            for name, value in registration.others
            if name not in _SHOWN
        )
        text = self.tr("Kept as it is registered: %1").replace("%1", brief(others, _LONGEST))
        self._others.setText(text)
        self._form.setRowVisible(self._others, bool(others))

    def go_to(self, field: str) -> None:
        """Put the cursor into a field."""
        fields: dict[str, QWidget] = {
            "NAME": self.name,
            "DESCRIPTION": self.description,
            "USE_SUBSCRIPTION": self.subscription,
            "DOCUMENT_TYPE": self.document_type[0],
            "HANDLER": self.handler,
            "AUTH_USER_ID": self.user,
            "FILTER": self.filter,
            "USE_PLACEMENT": self.placement,
            "PLACEMENT_HANDLER": self.placement_handler,
        }
        widget = fields.get(field, self.kind)
        if isinstance(widget, LocalTextEdit):
            widget = widget.stops()[0]
        self.ensureWidgetVisible(widget)
        widget.setFocus()

    def _box(self, texts: list[str]) -> CalmBox:
        box = CalmBox(self)
        box.addItems(texts)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        return box

    def _line(self, hint: str) -> QLineEdit:
        line = QLineEdit()
        line.setMaxLength(NO_LIMIT)
        line.setPlaceholderText(hint)
        return line

    def _lay_out(self) -> None:
        page, document = QWidget(), QWidget()
        self._form = QFormLayout(page)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setHorizontalSpacing(12)
        parts = QHBoxLayout(document)
        parts.setContentsMargins(0, 0, 0, 0)
        for number, (line, hint) in enumerate(
            zip(self.document_type, ("crm", "CCrmDocumentDeal", "DEAL"), strict=True)
        ):
            line.setPlaceholderText(hint)
            text = self.tr("Part %1 of DOCUMENT_TYPE").replace("%1", str(number + 1))
            line.setAccessibleName(text)
            parts.addWidget(line)
        note = plain_label(self.tr("Secrets in an address are masked when it is saved."), wrap=True)
        tint(note, theme.QUIET)
        for name, field in (
            (self.tr("Kind"), self.kind),
            ("NAME", self.name),
            ("DESCRIPTION", self.description),
            ("USE_SUBSCRIPTION", self.subscription),
            ("DOCUMENT_TYPE", document),
            ("HANDLER", self.handler),
            ("", note),
            ("AUTH_USER_ID", self.user),
            ("FILTER", self.filter),
            ("USE_PLACEMENT", self.placement),
            ("PLACEMENT_HANDLER", self.placement_handler),
            ("", self._others),
        ):
            label = QLabel(name)
            if isinstance(field, TextEditor):
                field.introduce(name, "")
            elif name:
                field.setAccessibleName(name)
            self._form.addRow(label, field)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)

    def _connect(self) -> None:
        self.name.edited.connect(lambda: self._take("NAME", write_local_text(self.name.text())))
        self.description.edited.connect(
            lambda: self._take("DESCRIPTION", write_local_text(self.description.text()))
        )
        self.kind.activated.connect(lambda row: self._take("KIND", _KINDS[row].value or None))
        for box, field in (
            (self.subscription, "USE_SUBSCRIPTION"),
            (self.placement, "USE_PLACEMENT"),
        ):
            box.activated.connect(lambda row, name=field: self._take(name, _FLAGS[row]))
        for line, field in (
            (self.handler, "HANDLER"),
            (self.user, "AUTH_USER_ID"),
            (self.placement_handler, "PLACEMENT_HANDLER"),
        ):
            line.textEdited.connect(lambda text, name=field: self._take(name, text.strip() or None))
        for line in self.document_type:
            line.textEdited.connect(lambda _text: self._on_document_type())
        for text in (self.name, self.description):
            text.stops_changed.connect(self._chain)
        self.filter.edited.connect(lambda: self._take("FILTER", _read(self.filter.text())))

    def _chain(self) -> None:
        """Let the Tab key come through the fields as they stand."""
        last: QWidget = self.kind
        for stop in (
            *self.name.stops(),
            *self.description.stops(),
            self.subscription,
            *self.document_type,
            self.handler,
            self.user,
            self.filter,
            self.placement,
            self.placement_handler,
        ):
            QWidget.setTabOrder(last, stop)
            last = stop

    def _show_filter(self, value: JsonValue) -> None:
        """Show it, unless it is what is being typed."""
        if editable(_read(self.filter.text())) != editable(value):
            text = value if isinstance(value, str) else editable(value)
            self.filter.show_text("" if value is None else text)

    def _on_document_type(self) -> None:
        parts: list[JsonValue] = [line.text().strip() for line in self.document_type]
        self._take("DOCUMENT_TYPE", parts if any(parts) else None)

    def _take(self, field: str, value: JsonValue) -> None:
        registration = with_field(self._registration, field, value)
        if registration != self._registration:
            self._registration = registration
            self.edited.emit(registration, field)


def _typed(value: JsonValue) -> str:
    return "" if value is None else value if isinstance(value, str) else editable(value)


def _read(text: str) -> JsonValue:
    """The value that a JSON text is; one that is no JSON is a text as it stands."""
    try:
        return parse(text) if text.strip() else None
    except JsonProblem:
        return text
