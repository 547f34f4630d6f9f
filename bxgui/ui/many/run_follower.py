"""Follows replies on their way: asks what is over, some times a second, however many come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from bxgui.core.many import ManyResult
from bxgui.ui.desk import Desk

if TYPE_CHECKING:
    from bxgui.services.many import ManyRun

_PAUSE_MILLISECONDS = 150


class RunFollower(QObject):
    """`progressed` carries all that is over; `ended` comes once, after the last of it."""

    progressed = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, run: ManyRun, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run = run
        self._over = -1
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        self._ask()

    def cancel(self, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Take back what is not on its way yet."""
        run = self._run
        self._desk.do(lambda _workspace: run.cancel(), lambda _none: done(), failed)

    def _ask(self) -> None:
        run = self._run
        self._desk.ask(lambda _workspace: run.results, self._show)

    def _show(self, results: Sequence[ManyResult]) -> None:
        if len(results) != self._over:
            self._over = len(results)
            self.progressed.emit(results)
            self._desk.note_change()
        if len(results) == self._run.total:
            self.ended.emit()
        else:
            self._pause.start()
