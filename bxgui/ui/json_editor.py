"""The JSON view of a reply's values."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor

from bxgui.core.json_values import JsonProblem, Pairs, parse_object
from bxgui.ui import theme
from bxgui.ui.problem_mark import problem_mark
from bxgui.ui.problem_texts import told
from bxgui.ui.widgets import announce, exact_text, plain_tip
from bxgui.ui.wrapped_edit import WrappedEdit

# An editor takes these for its own structure; JSON can write them in another way.
_ESCAPED = {code: f"\\u{code:04x}" for code in (0x2028, 0x2029, 0xFDD0, 0xFDD1)}


class JsonEditor(WrappedEdit):
    """Edits JSON; `edited` comes only when a person has changed it.

    Where the text is not the JSON wanted, the place is underlined.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.fixed_font())
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Return values as JSON"))
        self._showing = False
        self._problem: JsonProblem | None = None
        self.textChanged.connect(self._on_changed)

    def text(self) -> str:
        """The JSON as it is typed."""
        return exact_text(self)

    def show_text(self, text: str) -> None:
        """Show a text without `edited`; an equal one keeps cursor and undo."""
        shown = text.translate(_ESCAPED)
        if shown != self.text():
            self._showing = True
            self.setPlainText(shown)
            self._showing = False

    def put_text(self, text: str) -> None:
        """Put another text in as if it were typed where it differs, so that it can be undone."""
        before, after = self.text(), text.translate(_ESCAPED)
        start = _alike(before, after)
        rest = _alike(before[start:][::-1], after[start:][::-1])
        end = self._cursor(before, len(before) - rest).position()
        cursor = self._cursor(before, start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(after[start : len(after) - rest])

    def place(self) -> int:
        """How many letters stand before the cursor."""
        text = self.text()
        before = text.encode("utf-16-le", "surrogatepass")[: 2 * self.textCursor().position()]
        return len(before.decode("utf-16-le", "surrogatepass"))

    def go_to(self, place: int) -> None:
        """Put the cursor after so many letters."""
        self.setTextCursor(self._cursor(self.text(), place))
        self.setFocus()

    def values(self) -> Pairs:
        """The values written here; raises `JsonProblem`, and marks where it is."""
        try:
            values = parse_object(self.text())
        except JsonProblem as problem:
            self._mark(problem)
            raise
        self._mark(None)
        return values

    @property
    def problem_text(self) -> str:
        """What is wrong, and where; empty while all is well."""
        if self._problem is None:
            return ""
        text = self.tr("Line %1, column %2: %3.")
        text = text.replace("%1", str(self._problem.line))
        text = text.replace("%2", str(self._problem.column))
        return text.replace("%3", told(self._problem.message))

    def go_to_problem(self) -> None:
        """Put the cursor where the problem is, and say it."""
        if self._problem is not None:
            self.setTextCursor(self._place(self._problem))
            self.setFocus()
            announce(self, self.problem_text)

    def _cursor(self, text: str, place: int) -> QTextCursor:
        """A cursor after so many letters; Qt counts those beyond U+FFFF twice."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(len(text[:place].encode("utf-16-le", "surrogatepass")) // 2)
        return cursor

    def _place(self, problem: JsonProblem) -> QTextCursor:
        cursor = QTextCursor(self.document().findBlockByNumber(problem.line - 1))
        move = QTextCursor.MoveOperation.Right
        length = max(cursor.block().length() - 1, 0)
        cursor.movePosition(move, QTextCursor.MoveMode.MoveAnchor, min(problem.column - 1, length))
        return cursor

    def _mark(self, problem: JsonProblem | None) -> None:
        self._problem = problem
        self.setAccessibleDescription(self.problem_text)
        self.setToolTip(plain_tip(self.problem_text))
        place = None if problem is None else self._place(problem)
        self.setExtraSelections([] if place is None else [problem_mark(place)])

    def _on_changed(self) -> None:
        if not self._showing:
            self.edited.emit()


def _alike(one: str, other: str) -> int:
    """With how many letters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
