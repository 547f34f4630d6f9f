"""The filter by state: a tab for each, with its count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar

from bxgui.core.deadlines import TokenState
from bxgui.core.listing import Group
from bxgui.ui.state_texts import state_meaning, state_text

if TYPE_CHECKING:
    from bxgui.core.records import Counts

_ALWAYS = (
    TokenState.WAITING,
    TokenState.UNKNOWN,
    TokenState.REFUSED,
    TokenState.ACCEPTED,
    TokenState.EXPIRED,
    TokenState.NOT_WAITING,
)
_ONLY_WHEN_SOME = (TokenState.SENDING, TokenState.DISMISSED)
OTHERS = Group.OTHERS.value
REJECTED = Group.REJECTED.value
ALL = "all"
Choice = TokenState | str


class StateTabs(QTabBar):
    """`chosen` carries a state, or `all`, or the name of a group of posts without a token."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setAccessibleName(self.tr("Filter by state"))
        self._choices: list[Choice] = [*_ALWAYS, *_ONLY_WHEN_SOME, ALL, OTHERS, REJECTED]
        for choice in self._choices:
            index = self.addTab("")
            if isinstance(choice, TokenState):
                self.setTabToolTip(index, state_meaning(choice))
        self.setTabToolTip(
            self._choices.index(OTHERS),
            self.tr("Application events, openings and posts that carry no event token"),
        )
        self.setTabToolTip(
            self._choices.index(REJECTED),
            self.tr("Posts that were not taken, with the reason and what came of them"),
        )
        for index in range(len(self._choices)):
            self._show_number(index, 0)
        self.choose(ALL)
        self.currentChanged.connect(lambda index: self.chosen.emit(self._choices[index]))

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        return self._choices[self.currentIndex()]

    def choose(self, choice: Choice) -> None:
        """Choose a tab."""
        index = self._choices.index(choice)
        self.setTabVisible(index, True)
        self.setCurrentIndex(index)

    def show_counts(self, counts: Counts) -> None:
        """Show how many there are of each."""
        for index, choice in enumerate(self._choices):
            self._show_number(index, _count(counts, choice))

    def _show_number(self, index: int, number: int) -> None:
        choice = self._choices[index]
        self.setTabText(index, self._title(choice, number))
        hideable = choice in {*_ONLY_WHEN_SOME, OTHERS, REJECTED}
        self.setTabVisible(index, bool(number) or not hideable or choice == self.choice)

    def _title(self, choice: Choice, number: int) -> str:
        if isinstance(choice, TokenState):
            title = state_text(choice)
        else:
            title = {ALL: self.tr("All"), OTHERS: self.tr("Other posts")}.get(
                choice, self.tr("Rejected")
            )
        return f"{title} {number}" if number else title


def _count(counts: Counts, choice: Choice) -> int:
    if isinstance(choice, TokenState):
        return counts.by_state.get(choice, 0)
    return {OTHERS: counts.others, REJECTED: counts.rejected}.get(choice, counts.tokens)
