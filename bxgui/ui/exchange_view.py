"""One attempt in full: what it means, what to do next, and the exchange byte for byte."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.explanations import Outcome
from bxgui.core.records import AttemptDetail, Exchange, Headers
from bxgui.ui import texts, theme
from bxgui.ui.long_text import MOST_SHOWN, LongText
from bxgui.ui.widgets import selectable_label

_LEAST_LINES = 7


class OutcomeCard(QFrame):
    """Title, cause and advice of an outcome."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outcomeCard")
        self._icon = QLabel()
        self._title = selectable_label(wrap=True)
        self._title.setFont(theme.bold(self.font()))
        self._text = selectable_label(wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def text(self) -> str:
        """All that the card says."""
        return f"{self._title.text()}\n{self._text.text()}"

    def show_attempt(self, attempt: AttemptDetail) -> None:
        """Explain an attempt's outcome."""
        row, explanation = attempt.row, attempt.row.explanation
        if explanation is None:
            self.hide()
            return
        colour = theme.outcome_colour(row.outcome)
        self._icon.setPixmap(theme.outcome_icon(row.outcome, 16).pixmap(16, 16))
        self._title.setText(texts.explained(explanation.title))
        said = " ".join(filter(None, (row.code, row.description)))
        lines = [
            texts.explained(explanation.cause),
            texts.explained(explanation.action),
            texts.executed_text(explanation) if row.outcome is not Outcome.ACCEPTED else "",
            self.tr("The portal's words: %1").replace("%1", said) if row.description else "",
        ]
        self._text.setText("\n".join(filter(None, lines)))
        self.setStyleSheet(theme.tinted_frame("outcomeCard", colour))
        self.show()


class ExchangeView(QScrollArea):
    """The card of an attempt above its request and response."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card = OutcomeCard()
        self._attempt: AttemptDetail | None = None
        self._text = LongText(self.tr("Request and response"))
        self.code = self._text.code
        self.code.setPlaceholderText(self.tr("Select an attempt to see its request and response."))
        self.code.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.card)
        layout.addWidget(self._text, 1)
        self.setWidget(page)

    def show_attempt(self, attempt: AttemptDetail | None) -> None:
        """Show an attempt, or nothing; the one that is shown stays as it is, selection and all."""
        if attempt == self._attempt:
            return
        self._attempt = attempt
        if attempt is None:
            self.card.hide()
            self._text.clear()
            return
        self.card.show_attempt(attempt)
        self._text.show_parts(self._written(attempt.exchange))

    def _written(self, exchange: Exchange) -> list[str]:
        request = [f"{exchange.method} {exchange.url}", *_lines(exchange.request_headers), ""]
        return [*request, _readable(exchange.request_body), "", *self._answer(exchange)]

    def _answer(self, exchange: Exchange) -> list[str]:
        took = self.tr("%1 ms").replace("%1", str(exchange.milliseconds))
        if not exchange.http_status:
            reason = exchange.failure_text or exchange.failure or self.tr("under way")
            # Not inside the f-string, where lupdate would not see it.
            no_answer = self.tr("no answer")
            return [f"✕ {no_answer}: {reason}  ({took})"]
        return [
            f"HTTP {exchange.http_status} {exchange.reason}  ({took})",
            *_lines(exchange.response_headers),
            "",
            _readable(exchange.response_body),
        ]


def _lines(headers: Headers) -> list[str]:
    return [f"{name}: {value}" for name, value in headers]


def _readable(body: bytes) -> str:
    """A JSON body indented and unescaped for reading; any other, and a huge one, as it is."""
    if len(body) > MOST_SHOWN:
        return body.decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")
