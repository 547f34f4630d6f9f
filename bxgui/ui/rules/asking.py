"""How a dialog asks the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bxgui.ui.desk import Desk

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

T = TypeVar("T")


class Asking:
    """Asks one question at a time; of those that wait, only the newest is asked.

    The answer to a question that a newer one has overtaken is void, and so is every answer once
    the dialog is closed.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._number = 0
        self._is_asking = self._is_closed = False
        self._waiting: Callable[[], None] | None = None

    def ask(
        self,
        question: Callable[[Workspace], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask the workspace in a thread; a known problem goes to the message bar."""
        if self._is_closed:
            return
        self._number += 1
        ask = partial(self._ask, self._number, question, done, failed or self._desk.tell)
        if self._is_asking:
            self._waiting = ask
        else:
            ask()

    def forget(self) -> None:
        """Want no answer to what was asked until now."""
        self._number += 1
        self._waiting = None

    def close(self) -> None:
        """Want no answer any more."""
        self._is_closed = True
        self.forget()

    def _ask(
        self,
        number: int,
        question: Callable[[Workspace], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        def conclude(tell: Callable[[], None]) -> None:
            self._is_asking = False
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                waiting()
            if number == self._number:
                tell()

        self._is_asking = True
        self._desk.ask(
            question,
            lambda answer: conclude(partial(done, answer)),
            lambda error: conclude(partial(failed, error)),
        )
