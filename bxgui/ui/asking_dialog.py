"""A dialog that works on the store: answers come after it may have been closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from bxgui.core.preset import VariableProblem
from bxgui.ui import theme
from bxgui.ui.desk import Desk, is_known
from bxgui.ui.message_bar import MessageBar
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.variable_texts import fault_text

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

T = TypeVar("T")
_MOST_FAULTS = 4


class AskingDialog(QDialog):
    """Tells in `report` what was done or is wrong; goes when it is closed and all is answered."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.report = MessageBar()
        self._waiting = 0
        self.finished.connect(lambda _result: self._leave())

    def ask(
        self,
        question: Callable[[Workspace], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask the workspace; a known problem is told in the report."""
        self._waiting += 1

        def arrived(result: T) -> None:
            self._waiting -= 1
            done(result)
            self._leave()

        def broke(error: Exception) -> None:
            self._waiting -= 1
            (failed or self.complain)(error)
            self._leave()

        self.desk.ask(question, arrived, broke)

    def tell(self, text: str) -> None:
        """Report what was done."""
        self.report.show_message(text, tint=theme.GOOD)

    def complain(self, error: Exception) -> None:
        """Report a known problem; raise a bug."""
        if isinstance(error, VariableProblem):
            text = "\n".join(map(fault_text, error.faults[:_MOST_FAULTS]))
        elif is_known(error):
            text = problem_text(error)
        else:
            raise error
        self.report.show_message(text, tint=theme.BAD)

    def _leave(self) -> None:
        if not self._waiting and not self.isVisible():
            self.deleteLater()
