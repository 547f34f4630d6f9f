"""The card of an outcome: what happened, why, what to do, and the buttons to do it with."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from bxgui.core.explanations import Explanation, Outcome
from bxgui.core.moves import Move
from bxgui.core.next_steps import may_check, may_send_again
from bxgui.core.records import AttemptDetail
from bxgui.ui import marks, move_texts, texts, theme
from bxgui.ui.button_line import ButtonLine
from bxgui.ui.fitting_scroll import FittingScroll
from bxgui.ui.widgets import push_button, selectable_label, tint, tool_button


@dataclass(frozen=True, slots=True)
class CardState:
    """What is known beside the attempt, and what is under way about its call.

    `checked` tells what the portal said of the workflow, `problem` why nothing was sent.
    """

    busy: bool = False
    checking: bool = False
    checked: str = ""
    problem: str = ""
    move: Move | None = None


class OutcomeCard(QWidget):
    """Explains an attempt, and tells what a person wants next.

    Each signal carries the attempt; `shown` comes before the card is painted with it. Below the
    form, which holds the values, the card gives way to it: its texts scroll.
    """

    shown = Signal(object)
    check_asked = Signal(object)
    again_asked = Signal(object)
    follow_asked = Signal(object)
    form_asked = Signal(object)
    link_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, in_form: bool = False) -> None:
        super().__init__(parent)
        # A frame with a style sheet is not told of another palette; the card around it is.
        self._frame = QFrame()
        self._frame.setObjectName("outcomeCard")
        self._in_form = in_form
        self.attempt: AttemptDetail | None = None
        self._state = CardState()
        self._icon = QLabel()
        self._title = selectable_label(wrap=True)
        self._title.setFont(theme.bold(self.font()))
        self._text = selectable_label(wrap=True)
        self._move = selectable_label(wrap=True)
        self._checked = selectable_label(wrap=True)
        self._problem = selectable_label(wrap=True)
        self._link = tool_button(
            self.tr("Docs ↗"),
            self._on_link,
            self.tr("Open Bitrix24's documentation of this outcome in the browser"),
        )
        self._link.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._link.setCursor(Qt.CursorShape.PointingHandCursor)
        self._follow = push_button("", lambda: self._emit(self.follow_asked))
        self._check = push_button(
            self.tr("Check workflow"),
            lambda: self._emit(self.check_asked),
            self.tr("Ask the portal whether the workflow lives; nothing is changed there"),
        )
        self._again = push_button(
            self.tr("Send again…"),
            lambda: self._emit(self.again_asked),
            self.tr("Send the same values and log message again, after a question"),
        )
        self._form = push_button(
            self.tr("Open in the form"),
            lambda: self._emit(self.form_asked),
            self.tr("Put the values and the log message of this attempt into the reply form"),
        )
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def text(self) -> str:
        """All that the card says."""
        labels = (self._title, self._move, self._text, self._checked, self._problem)
        return "\n".join(label.text() for label in labels if label.text())

    def show_attempt(self, attempt: AttemptDetail) -> None:
        """Explain an attempt's outcome."""
        self.attempt, self._state = attempt, CardState()
        explanation = attempt.row.explanation
        if explanation is None:
            self.hide()
            return
        self.shown.emit(attempt)
        self._explain(attempt, explanation)
        self._paint()
        self.show()

    def show_state(self, state: CardState) -> None:
        """Tell what has become known of the attempt shown, and offer what can be done now."""
        self._state = state
        if self.attempt is not None and self.attempt.row.explanation is not None:
            self._offer(self.attempt.row.explanation)

    def changeEvent(self, event: QEvent) -> None:
        """Take another palette's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.attempt is not None:
            self._paint()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        head.addWidget(self._link, 0, Qt.AlignmentFlag.AlignTop)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._frame)
        layout = QVBoxLayout(self._frame)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        told = QVBoxLayout()
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(4)
        for label in (self._move, self._text, self._checked, self._problem):
            told.addWidget(label)
        self._scroll = FittingScroll(told) if self._in_form else None
        if self._scroll is None:
            layout.addLayout(told)
        else:
            self._scroll.setAccessibleName(self.tr("What came of the reply"))
            layout.addWidget(self._scroll)
        self._buttons = ButtonLine(self._follow, self._check, self._again, self._form)
        layout.addWidget(self._buttons)

    def _explain(self, attempt: AttemptDetail, entry: Explanation) -> None:
        row = attempt.row
        said = " ".join(filter(None, (row.code, row.description)))
        executed = texts.executed_text(entry) if row.outcome is not Outcome.ACCEPTED else ""
        lines = [
            " ".join(filter(None, (texts.explained(entry.cause), executed))),
            texts.explained(entry.action),
            self.tr("The portal's words: %1").replace("%1", said) if row.description else "",
        ]
        self._title.setText(texts.explained(entry.title))
        self._text.setText("\n".join(filter(None, lines)))
        self._link.setToolTip(entry.link)
        self._offer(entry)

    def _offer(self, entry: Explanation) -> None:
        state, move = self._state, self._state.move
        for label, text in (
            (self._move, "" if move is None else move_texts.move_text(move)),
            (self._checked, state.checked),
            (self._problem, state.problem),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._follow.setVisible(move is not None and move.obstacle is None)
        if move is not None:
            text = self.tr("Follow to %1…").replace("%1", move_texts.short_host(move.new_host))
            self._follow.setText(text.replace("&", "&&"))
        self._check.setVisible(may_check(entry))
        checking, again = self.tr("Checking…"), self.tr("Check again")
        usual = again if state.checked else self.tr("Check workflow")
        self._check.setText(checking if state.checking else usual)
        self._again.setVisible(may_send_again(entry, move))
        self._form.setVisible(not self._in_form)
        self._check.setEnabled(not state.checking)
        self._again.setEnabled(not state.busy)
        self._follow.setEnabled(not state.busy)
        self._buttons.arrange()
        if self._scroll is not None:
            new = (self._problem, state.problem), (self._checked, state.checked)
            self._scroll.fit(next((label for label, text in new if text), None))

    def _paint(self) -> None:
        attempt = self.attempt
        if attempt is None:
            return
        outcome, link = attempt.row.outcome, theme.CALM.colour
        self._icon.setPixmap(marks.outcome_icon(outcome, 16).pixmap(16, 16))
        sheet = theme.tinted_frame("outcomeCard", marks.outcome_colour(outcome))
        if sheet != self._frame.styleSheet():
            self._frame.setStyleSheet(sheet)
        tint(self._problem, theme.BAD)
        palette = QPalette(self._link.palette())
        palette.setColor(QPalette.ColorRole.ButtonText, link)
        self._link.setPalette(palette)

    def _on_link(self) -> None:
        if self.attempt is not None and self.attempt.row.explanation is not None:
            self.link_asked.emit(self.attempt.row.explanation.link)

    def _emit(self, signal: SignalInstance) -> None:
        if self.attempt is not None:
            signal.emit(self.attempt)
