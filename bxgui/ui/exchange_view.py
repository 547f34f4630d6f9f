"""One attempt in full: what it means, what to do next, and the exchange byte for byte."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bxgui.core import batch
from bxgui.core.records import AttemptDetail, Exchange, Headers
from bxgui.ui import theme
from bxgui.ui.long_text import MOST_SHOWN, LongText
from bxgui.ui.outcome_card import OutcomeCard
from bxgui.ui.widgets import plain_label, push_button, tint

_LEAST_LINES = 7


class ExchangeView(QScrollArea):
    """The card of an attempt above its request and response."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Outcome of the attempt"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card = OutcomeCard()
        self._attempt: AttemptDetail | None = None
        self._text = LongText(self.tr("Request and response"))
        self.code = self._text.code
        self.code.setPlaceholderText(self.tr("Select an attempt to see its request and response."))
        self.code.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES)
        self._place = plain_label(wrap=True)
        tint(self._place, theme.QUIET)
        self._find = push_button(
            self.tr("Find it"),
            self._on_find,
            self.tr("Go to the next place in the exchange that names this command"),
        )
        place = QHBoxLayout()
        place.addWidget(self._place, 1)
        place.addWidget(self._find)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.card)
        layout.addLayout(place)
        layout.addWidget(self._text, 1)
        self.setWidget(page)
        self._show_place(None)

    def show_attempt(self, attempt: AttemptDetail | None) -> None:
        """Show an attempt, or nothing; the one that is shown stays as it is, selection and all."""
        if attempt == self._attempt:
            return
        self._attempt = attempt
        self._show_place(attempt)
        if attempt is None:
            self.card.hide()
            self._text.clear()
            return
        self.card.show_attempt(attempt)
        self._text.show_parts(self._written(attempt.exchange))

    def _show_place(self, attempt: AttemptDetail | None) -> None:
        """Where the reply is among those that shared the exchange."""
        command = "" if attempt is None else attempt.command
        self._place.setVisible(bool(command))
        self._find.setVisible(bool(command))
        self._place.setText("")
        if attempt is None or not command:
            return
        found = batch.place(attempt.exchange.request_body, command)
        if found is None:
            text = self.tr("The command %1 of a batch.")
        else:
            text = self.tr("Command %2 of %3 in a batch: this reply is %1 there.")
            text = text.replace("%2", str(found[0])).replace("%3", str(found[1]))
        self._place.setText(text.replace("%1", command))

    def _on_find(self) -> None:
        if self._attempt is not None:
            self._text.find_next(f'"{self._attempt.command}"')

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
