"""Steps three and four: how far it has come, and what became of each reply."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QProgressBar, QTableView, QVBoxLayout, QWidget

from bxgui.core.explanations import Outcome
from bxgui.core.many import ManyResult, unsent
from bxgui.core.records import CallDetail
from bxgui.ui import theme
from bxgui.ui.many.many_texts import advice_text, counts_text
from bxgui.ui.many.result_model import DOCUMENT, MEANING, OUTCOME, ResultModel
from bxgui.ui.widgets import plain_label, selectable_label, set_up_table, tint

_AIR = 8
_WIDTHS = {DOCUMENT: 170, OUTCOME: 130}
# Among hundreds that were accepted nobody finds the few that were not.
_WORST_FIRST = ("unknown", "refused", "retry_later", "not_sent", "taken_back", "accepted")


class ResultsPage(QWidget):
    """Shows results as they come; `token_wanted` carries a call to be shown."""

    token_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.model = ResultModel(self)
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("Results"))
        self.table.setModel(self.model)
        set_up_table(self.table, _WIDTHS, stretched=MEANING, air=_AIR)
        self._title = plain_label(wrap=True)
        self._title.setFont(theme.bold(self.font()))
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Replies that are over"))
        self._note = plain_label(wrap=True)
        self._detail = selectable_label(wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._bar)
        layout.addWidget(self._note)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._detail)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_detail())
        self.table.doubleClicked.connect(self._on_double_click)

    def begin(self, calls: Sequence[CallDetail]) -> None:
        """Replies to these calls are on their way."""
        self.model.begin(calls)
        self._bar.setMaximum(len(calls))
        self._bar.setValue(0)
        self._bar.show()
        self._detail.clear()
        self.table.selectRow(0)
        text = self.tr(
            "Closing this window stops nothing: what is queued goes on, and a message tells when "
            "it is over."
        )
        self.say(text, theme.QUIET)
        self._show_counts()

    def take(self, results: Sequence[ManyResult]) -> None:
        """Show what is over of what is on its way."""
        self.model.take(results)
        self._bar.setValue(len(results))
        self._show_counts()
        self._show_detail()

    def end(self) -> None:
        """All is over: sum it up."""
        self._bar.hide()
        self._show_counts()
        self.say(*self._summary())
        self.model.put_first(_WORST_FIRST)
        self.table.selectRow(0)
        self._show_detail()

    def say(self, text: str, colour: theme.Tint) -> None:
        """Say what is to be known of all of them."""
        self._note.setText(text)
        tint(self._note, colour)

    @property
    def counts(self) -> str:
        """How many came to what."""
        return counts_text(self.model.results, len(self.model.calls) - len(self.model.results))

    def _show_counts(self) -> None:
        self._title.setText(self.counts)

    def _summary(self) -> tuple[str, theme.Tint]:
        results = self.model.results
        sentences = []
        if any(one.outcome is Outcome.UNKNOWN for one in results):
            sentences.append(
                self.tr(
                    "The unknown ones may have been executed. Check each before you send it "
                    "again: a double click goes to its token."
                )
            )
        if unsent(results):
            sentences.append(
                self.tr(
                    "What was not executed still waits: “Retry the failed” lists it again, "
                    "and nothing else."
                )
            )
        if sentences:
            return " ".join(sentences), theme.WARN
        if all(one.outcome is Outcome.ACCEPTED for one in results):
            text = self.tr("The portal accepted all of them. Accepted is not applied.")
            return text, theme.GOOD
        return self.tr("The portal refused some for good. Each line says why."), theme.BAD

    def _show_detail(self) -> None:
        result = self.model.result_at(self.table.currentIndex().row())
        self._detail.setText("" if result is None else advice_text(result))

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.row() < len(self.model.calls):
            self.token_wanted.emit(self.model.calls[index.row()].row.id)
