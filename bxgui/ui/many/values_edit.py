"""Return values that many replies share, as rows or as JSON; both may hold variables."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.dates import DateFormat
from bxgui.core.json_values import JsonProblem, Pairs, dump_object, parse_object
from bxgui.core.preset import as_sent
from bxgui.core.records import CallDetail
from bxgui.core.template_rows import as_template, escaped, with_variable
from bxgui.core.value_rows import RowProblem, as_json, from_json, from_values, to_pairs
from bxgui.ui import texts
from bxgui.ui.editors.user import Users
from bxgui.ui.json_editor import JsonEditor
from bxgui.ui.questions import one_line
from bxgui.ui.reply_form import Draft
from bxgui.ui.value_rows_view import ValueRowsView
from bxgui.ui.variable_menu import insert_into_json
from bxgui.ui.widgets import plain_label


class ValuesEdit(QWidget):
    """Begins with what a form holds; `edited` comes after a person has changed something."""

    edited = Signal()

    def __init__(self, call: CallDetail, users: Users) -> None:
        super().__init__()
        self._call = call
        self._row_at: int | None = None
        self._rows = ValueRowsView(users)
        self._json = JsonEditor()
        self._views = QStackedWidget()
        self._views.addWidget(self._rows)
        self._views.addWidget(self._json)
        self.tools = QHBoxLayout()
        self._form_button = self._make_switch(self.tr("Form"), self._to_form)
        self._json_button = self._make_switch(self.tr("JSON"), self._to_json)
        self._form_button.setChecked(True)
        self._lay_out()
        self._rows.edited.connect(self.edited)
        self._json.edited.connect(self.edited)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def begin(self, draft: Draft) -> None:
        """Edit what a form holds, where double braces are no variables."""
        if draft.json_text is None:
            rows = draft.rows or from_values(self._call.schema, [], self._dates)
            self._rows.show_rows(list(map(escaped, rows)), self._dates)
            return
        try:
            values = as_sent(parse_object(draft.json_text), "").values
        except JsonProblem:
            self._show_json(draft.json_text)
        else:
            self._show_json(dump_object(values, indent=2))

    def begin_again(self, draft: Draft) -> None:
        """Edit what was left here before, variables and all."""
        if draft.json_text is None:
            self._rows.show_rows(draft.rows, self._dates)
        else:
            self._show_json(draft.json_text)

    def draft(self, log_message: str) -> Draft:
        """The values as they stand, to be gone on with later."""
        text = self._json.text() if self._shows_json else None
        return Draft(self._rows.rows(), text, log_message)

    def show_values(self, values: Pairs) -> None:
        """Edit these values, in the view that is shown."""
        if self._shows_json:
            self._json.put_text(dump_object(values, indent=2))
        else:
            rows = from_values(self._call.schema, values, self._dates)
            self._rows.put_rows(rows, self._dates)

    def values(self) -> Pairs:
        """The values as they stand; raises `RowProblem` or `JsonProblem`."""
        if self._shows_json:
            return self._json.values()
        return to_pairs(list(map(as_template, self._rows.rows())), self._dates)

    def unready_text(self, problem: RowProblem | JsonProblem) -> str:
        """Where the values are not valid, and why."""
        if isinstance(problem, JsonProblem):
            return self._json.problem_text
        name = one_line(self._rows.rows()[problem.row].name)
        text = texts.row_problem_text(problem.code)
        return f"{name}: {text}" if name else text

    def go_to_problem(self, problem: RowProblem | JsonProblem) -> None:
        """Put the cursor where the values are not valid."""
        if isinstance(problem, RowProblem):
            self._rows.go_to(problem.row, in_name=problem.code == "no_name")
        else:
            self._json.go_to_problem()

    def set_usable(self, usable: bool) -> None:
        """Let values be edited, or only seen."""
        for widget in (self._views, self._form_button, self._json_button):
            widget.setEnabled(usable)

    def insert(self, variable: str) -> bool:
        """Put a variable where the cursor was last; whether there was such a place."""
        if self._shows_json:
            insert_into_json(self._json, variable)
            self._json.setFocus()
            return True
        rows, at = self._rows.rows(), self._row_at
        if at is None or at >= len(rows):
            return False
        rows[at] = with_variable(rows[at], variable)
        self._rows.put_rows(rows, self._dates)
        self._rows.go_to(at)
        return True

    def leave_row(self) -> None:
        """A variable goes to no row any more."""
        self._row_at = None

    @property
    def _dates(self) -> DateFormat:
        return self._call.date_format

    @property
    def _shows_json(self) -> bool:
        return self._views.currentWidget() is self._json

    def _make_switch(self, text: str, choose: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.clicked.connect(choose)
        return button

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("Return values")))
        head.addStretch()
        head.addLayout(self.tools)
        for button in (self._form_button, self._json_button):
            group.addButton(button)
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._views, 1)
        shortcut = QShortcut(QKeySequence("Ctrl+J"), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._switch)

    def _switch(self) -> None:
        if self._shows_json:
            self._to_form()
        else:
            self._to_json()

    def _show_json(self, text: str) -> None:
        self._json.show_text(text)
        self._json_button.setChecked(True)
        self._views.setCurrentWidget(self._json)

    def _to_json(self) -> None:
        if self._shows_json:
            return
        try:
            self._show_json(as_json(list(map(as_template, self._rows.rows())), self._dates))
        except RowProblem as problem:
            self._form_button.setChecked(True)
            self.go_to_problem(problem)

    def _to_form(self) -> None:
        if not self._shows_json:
            return
        try:
            self._json.values()  # marks where it is none
            rows = from_json(self._rows.rows(), self._json.text(), self._dates)
        except JsonProblem as problem:
            self._json_button.setChecked(True)
            self.go_to_problem(problem)
            return
        self._rows.show_rows(rows, self._dates)
        self._form_button.setChecked(True)
        self._views.setCurrentWidget(self._rows)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Note the row that the cursor was in last: a variable goes there."""
        if now is not None and self._rows.isAncestorOf(now):
            self._row_at = self._rows.at()
