"""The reply form: return values as rows or as JSON, the log message, and the two ways to send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.body import readable_fields
from bxgui.core.call_findings import of_call
from bxgui.core.call_users import CallUser, users_of
from bxgui.core.dates import SITE_DATES, DateFormat
from bxgui.core.findings import (
    Finding,
    FindingCode,
    Waiver,
    by_severity,
    errors,
    questions,
)
from bxgui.core.json_values import JsonProblem, Pairs, dump_object
from bxgui.core.records import (
    ACTIVITY_LOG,
    EVENT_SEND,
    AttemptDetail,
    CallDetail,
    Method,
    Reply,
)
from bxgui.core.schema import RuleProperty
from bxgui.core.value_findings import of_rows, of_values
from bxgui.core.value_rows import (
    RowProblem,
    ValueRow,
    as_json,
    from_json,
    from_values,
    to_pairs,
    with_schema,
)
from bxgui.ui import theme
from bxgui.ui.editors.editor import NO_LIMIT
from bxgui.ui.finding_places import JsonPlaces, Places, RowPlaces
from bxgui.ui.finding_texts import finding_text
from bxgui.ui.findings_list import FindingsList
from bxgui.ui.json_editor import JsonEditor
from bxgui.ui.message_bar import MessageBar
from bxgui.ui.outcome_card import OutcomeCard
from bxgui.ui.problem_texts import told
from bxgui.ui.value_rows_view import ValueRowsView
from bxgui.ui.widgets import keep_width, plain_label, plain_tip, push_button, tint

_PRIMARY = """
QPushButton { background: palette(highlight); color: palette(highlighted-text);
  border: 1px solid palette(highlight); border-radius: 3px; padding: 4px 12px; }
QPushButton:hover, QPushButton:focus { border-color: palette(text); }
QPushButton:disabled { background: palette(button); color: palette(placeholder-text);
  border-color: palette(mid); }
"""


@dataclass
class Draft:
    """A half-filled form, kept while the person looks elsewhere."""

    rows: list[ValueRow] = field(default_factory=list)
    json_text: str | None = None
    log_message: str = ""


class ReplyForm(QWidget):
    """Edits the reply to one call; `send_asked` carries a reply that is complete and valid.

    `shown` carries the call whose reply is edited from now on, afresh or again, or None.
    `json_preferred` tells which view a person has turned to, `ask_again_asked` of which finding
    is to be asked again, and `dates_asked` that the format of dates is to be chosen.
    """

    send_asked = Signal(object)
    edited = Signal()
    shown = Signal(object)
    json_preferred = Signal(bool)
    ask_again_asked = Signal(object)
    dates_asked = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._prefers_json = False
        self._call: CallDetail | None = None
        self._drafts: dict[int, Draft] = {}
        self._sending: set[int] = set()
        self._queued = False
        self._waived: frozenset[Waiver] = frozenset()
        self._of_call: list[Finding] = []
        # Only what a person has begun is a draft; an untouched form may still get a suggestion.
        self._touched = False
        self._rows = ValueRowsView(self._users)
        self._json = JsonEditor()
        self._views = QStackedWidget()
        self._views.addWidget(self._rows)
        self._views.addWidget(self._json)
        self._form_button, self._json_button = self._make_switch()
        self._problem = plain_label(wrap=True)
        tint(self._problem, theme.BAD)
        self._log = QLineEdit()
        self._log.setMaxLength(NO_LIMIT)
        self._log.setAccessibleName(self.tr("Log message"))
        self._log.setPlaceholderText(self.tr("written to the workflow's log in the portal"))
        self._row_places, self._json_places = RowPlaces(self._rows), JsonPlaces(self._json)
        self._findings = FindingsList(self._places, lambda: self._dates)
        self.bar = MessageBar()
        self.head_tools = QHBoxLayout()
        self.foot_tools = QHBoxLayout()
        self.card = OutcomeCard(in_form=True)
        self._send_tip = self.tr("Complete the step with these values (Ctrl+Enter)")
        self._send = push_button("", lambda: self._on_send(EVENT_SEND), self._send_tip)
        self._send.setStyleSheet(_PRIMARY)
        self._send_texts = (self.tr("Send reply"), self.tr("In the queue"), self.tr("Sending…"))
        keep_width(self._send, self._send_texts)
        self._only_log = push_button(
            self.tr("Only log"),
            lambda: self._on_send(ACTIVITY_LOG),
            self.tr("Write the log message and let the step go on waiting"),
        )
        self._lay_out()
        self._connect()

    def put_above(self, widget: QWidget) -> None:
        """Show a widget above the values."""
        self._above.addWidget(widget)

    def put_below(self, widget: QWidget) -> None:
        """Show a widget below the values."""
        self._below.addWidget(widget)

    def show_call(
        self,
        call: CallDetail,
        suggestion: Reply | None,
        waived: frozenset[Waiver] = frozenset(),
    ) -> None:
        """Edit the reply to a call; a form begun before is as it was left."""
        before, self._call = self._call, call
        self._waived = waived
        if before is None or before.row.id != call.row.id:
            self._keep_draft_of(before)
            draft = self._drafts.get(call.row.id)
            self._touched = draft is not None
            self._show_draft(draft or _begun(call, suggestion))
            self.card.hide()
        new_dates = before is not None and before.date_format != call.date_format
        if new_dates or not _follow(self._rows.rows(), call.schema):
            self._rows.show_rows(
                with_schema(self._rows.rows(), call.schema, self._dates), self._dates
            )
        self._update()
        self.shown.emit(call)

    def clear(self) -> None:
        """Edit nothing; what was begun is kept."""
        before, self._call = self._call, None
        self._keep_draft_of(before)
        self.shown.emit(None)

    @property
    def call(self) -> CallDetail | None:
        """The call whose reply is edited."""
        return self._call

    def draft(self) -> Draft:
        """The form as it stands."""
        text = self._json.text() if self._shows_json else None
        return Draft(self._rows.rows(), text, self._log.text())

    def draft_of(self, values: Pairs, log_message: str) -> Draft:
        """A form with exactly these values, in the view that is shown."""
        schema = self._call.schema if self._call is not None else ()
        text = dump_object(values, indent=2) if self._shows_json else None
        return Draft(from_values(schema, values, self._dates), text, log_message)

    def put(self, draft: Draft) -> None:
        """Put a draft in the place of what the form holds, as if it were typed."""
        self._touched = True
        self._show_draft(draft)
        self._on_edited()

    def row_name(self, number: int) -> str:
        """The name of a row, counted from 0."""
        return self._rows.rows()[number].name

    def has_draft(self, call_id: int) -> bool:
        """Whether a form was begun for this call, so that no suggestion is wanted."""
        shown = self._call is not None and self._call.row.id == call_id
        return shown or call_id in self._drafts

    def set_sending(self, call_id: int, sending: bool) -> None:
        """A reply to the call is on its way, or no longer."""
        (self._sending.add if sending else self._sending.discard)(call_id)
        self._update()

    def set_queued(self, queued: bool) -> None:
        """A reply to the call waits to be sent: there is nothing to change until it is over."""
        if queued is not self._queued:
            self._queued = queued
            for widget in (self._views, self._log):
                widget.setEnabled(not queued)
            self._update()

    def prefer_json(self, preferred: bool) -> None:
        """Begin with this view, also in an untouched form that is shown already."""
        self._prefers_json = preferred
        if preferred and self._call is not None and not self._touched:
            self._to_json()

    def show_outcome(self, attempt: AttemptDetail) -> None:
        """Explain what came of a reply to the call shown."""
        if self._call is not None and attempt.row.call_id == self._call.row.id:
            self._problem.hide()
            self.card.show_attempt(attempt)

    def show_problem(self, text: str) -> None:
        """Say why the reply was not sent."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    @property
    def json_problem_text(self) -> str:
        """What is wrong with the JSON view, and where; empty while all is well."""
        return self._json.problem_text

    def values(self) -> Pairs:
        """The values as they stand; raises `RowProblem` or `JsonProblem`."""
        if self._shows_json:
            return self._json.values()
        return to_pairs(self._rows.rows(), self._dates)

    def findings(self) -> list[Finding]:
        """What is to be known before the values go, what matters most first.

        `row` counts the rows of the form, or the members of the JSON view while that is shown.
        """
        call = self._call
        if call is None:
            return []
        found = of_call(call, self._now())
        if not self._shows_json:
            return by_severity([*of_rows(call.schema, self._rows.rows(), self._dates), *found])
        try:
            values = self._json.values()
        except JsonProblem as problem:
            return by_severity([_broken(problem), *found])
        return by_severity([*of_values(call.schema, values, self._dates), *found])

    def questions(self, method: Method = EVENT_SEND) -> list[Finding]:
        """What is to be asked about before the values, or only the log message, go."""
        found = self.findings() if method == EVENT_SEND else self._of_call
        return questions(found, self._waived)

    def tick(self) -> None:
        """Tell what has come to be wrong with answering the call only because time has passed."""
        if self._call is not None and of_call(self._call, self._now()) != self._of_call:
            self._update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the findings how much room there is."""
        super().resizeEvent(event)
        self._findings.give_room(event.size().height())

    @property
    def _dates(self) -> DateFormat:
        return SITE_DATES if self._call is None else self._call.date_format

    def _places(self) -> Places:
        return self._json_places if self._shows_json else self._row_places

    @property
    def log_message(self) -> str:
        """The log message as it stands."""
        return self._log.text()

    @property
    def _shows_json(self) -> bool:
        return self._views.currentWidget() is self._json

    def _make_switch(self) -> tuple[QToolButton, QToolButton]:
        group = QButtonGroup(self)
        made = []
        for text, tip in (
            (self.tr("Form"), self.tr("Edit the values as rows")),
            (self.tr("JSON"), self.tr("Edit the same values as JSON (Ctrl+J)")),
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setAutoRaise(True)
            group.addButton(button)
            made.append(button)
        made[0].setChecked(True)
        return made[0], made[1]

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("Return values")))
        head.addStretch()
        head.addLayout(self.head_tools)
        head.addWidget(self._form_button)
        head.addWidget(self._json_button)
        log = QGridLayout()
        label = QLabel(self.tr("&Log message"))
        label.setBuddy(self._log)
        log.addWidget(label, 0, 0)
        log.addWidget(self._log, 0, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._send)
        buttons.addWidget(self._only_log)
        buttons.addStretch()
        buttons.addLayout(self.foot_tools)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        self._above = QVBoxLayout()
        layout.addLayout(self._above)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self._views, 1)
        layout.addLayout(log)
        layout.addWidget(self._findings)
        layout.addWidget(self._problem)
        self._below = QVBoxLayout()
        layout.addLayout(self._below)
        layout.addWidget(self.card)
        layout.addLayout(buttons)
        self._problem.hide()

    def _connect(self) -> None:
        self._form_button.clicked.connect(lambda: self._choose(json=False))
        self._json_button.clicked.connect(lambda: self._choose(json=True))
        self._rows.edited.connect(self._on_edited)
        self._json.edited.connect(self._on_edited)
        self._rows.named.connect(self._update)
        self._rows.dates_asked.connect(self.dates_asked)
        self._findings.dates_asked.connect(self.dates_asked)
        self._findings.ask_again_asked.connect(self.ask_again_asked)
        self._log.textEdited.connect(lambda _text: self._on_edited())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda: self._on_send(EVENT_SEND))
        table: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+J", self._switch),
            ("F8", lambda: self._findings.go_on(1)),
            ("Shift+F8", lambda: self._findings.go_on(-1)),
            ("Alt+Return", self._findings.mend_current),
            ("Alt+Enter", self._findings.mend_current),
        ]
        for keys, act in table:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def _on_edited(self) -> None:
        self._touched = True
        self.show_problem("")
        self._update()
        self.edited.emit()

    def _switch(self) -> None:
        self._choose(json=not self._shows_json)

    def _choose(self, *, json: bool) -> None:
        if json:
            self._to_json()
        else:
            self._to_form()
        if self._shows_json is json and self._prefers_json is not json:
            self._prefers_json = json
            self.json_preferred.emit(json)

    def _to_json(self) -> None:
        if self._shows_json:
            return
        try:
            text = as_json(self._rows.rows(), self._dates)
        except RowProblem:
            self._form_button.setChecked(True)
            self._go_to_first_error()
            return
        self._json.show_text(text)
        self._json_button.setChecked(True)
        self._views.setCurrentWidget(self._json)
        self._update()

    def _to_form(self) -> None:
        if not self._shows_json:
            return
        try:
            rows = from_json(self._rows.rows(), self._json.text(), self._dates)
        except JsonProblem:
            self._json_button.setChecked(True)
            self._go_to_first_error()
            return
        self._rows.show_rows(rows, self._dates)
        self._form_button.setChecked(True)
        self._views.setCurrentWidget(self._rows)
        self.show_problem("")
        self._update()

    def _go_to_first_error(self) -> None:
        self._rows.end_naming()
        self._update()
        self._findings.go_to(errors(self.findings())[0])

    def _on_send(self, method: Method) -> None:
        call = self._call
        if call is None or self._busy:
            return
        self.show_problem("")
        log = self._log.text()
        if method == ACTIVITY_LOG:
            if not log.strip():
                self.show_problem(self.tr("Write a log message first."))
                self._log.setFocus()
                return
            self.send_asked.emit(Reply(call.row.id, method, [], log))
            return
        if errors(self.findings()):
            self._go_to_first_error()
            return
        self.send_asked.emit(Reply(call.row.id, method, self.values(), log))

    def _update(self) -> None:
        call = self._call
        self._of_call = [] if call is None else of_call(call, self._now())
        unnamed = None if self._shows_json else self._rows.unnamed
        found = [
            one
            for one in self.findings()
            if one.code is not FindingCode.NO_NAME or one.row != unnamed
        ]
        stops = errors(found)
        busy = self._busy
        self._send.setEnabled(call is not None and not busy and not stops)
        self._send.setToolTip(plain_tip(finding_text(stops[0])) if stops else self._send_tip)
        self._only_log.setEnabled(call is not None and not busy and not errors(self._of_call))
        usual, queued, sending = self._send_texts
        on_its_way = queued if self._queued else sending
        self._send.setText(on_its_way if busy else usual)
        # While the reply waits there is nothing to mend, and the room is for what it waits for.
        self._findings.show_findings([] if self._queued else found, self._waived)

    @property
    def _busy(self) -> bool:
        """Whether a reply to the call is on its way, or waits for that."""
        return self._queued or (self._call is not None and self._call.row.id in self._sending)

    def _users(self) -> tuple[CallUser, ...]:
        """The users that the call names."""
        if self._call is None:
            return ()
        return users_of(readable_fields(self._call.body, self._call.content_type))

    def _keep_draft_of(self, call: CallDetail | None) -> None:
        if call is not None and self._touched:
            self._drafts[call.row.id] = self.draft()

    def _show_draft(self, draft: Draft) -> None:
        self.show_problem("")
        self._rows.show_rows(draft.rows, self._dates)
        self._log.setText(draft.log_message)
        shows_json = draft.json_text is not None
        if draft.json_text is not None:
            self._json.show_text(draft.json_text)
        self._views.setCurrentWidget(self._json if shows_json else self._rows)
        (self._json_button if shows_json else self._form_button).setChecked(True)
        if self._prefers_json and not self._touched:
            self._to_json()


def _broken(problem: JsonProblem) -> Finding:
    return Finding(
        FindingCode.BROKEN_JSON,
        given=told(problem.message),
        line=problem.line,
        column=problem.column,
    )


def _follow(rows: Sequence[ValueRow], schema: Sequence[RuleProperty]) -> bool:
    """Whether the rows were made under this schema."""
    entries = {row.entry.name: row.entry for row in rows if row.entry is not None}
    return entries == {entry.name: entry for entry in schema}


def _begun(call: CallDetail, suggestion: Reply | None) -> Draft:
    """An untouched form: the same token's last reply, or the names of one to the same rule."""
    if suggestion is not None and suggestion.call_id == call.row.id:
        rows = from_values(call.schema, suggestion.values, call.date_format)
        return Draft(rows, log_message=suggestion.log_message)
    values = suggestion.values if suggestion else []
    rows = from_values(call.schema, values, call.date_format)
    blank = [ValueRow(r.name, r.type, r.multiple, sent=False, entry=r.entry) for r in rows]
    return Draft(blank)
