"""A text of several lines, or code."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QTextCursor

from bxgui.ui import theme
from bxgui.ui.editors.checks import Check, no_check
from bxgui.ui.editors.editor import Editor, empty_text
from bxgui.ui.widgets import exact_text, plain_tip
from bxgui.ui.wrapped_edit import WrappedEdit

_ROWS = 2
_MOST_ROWS = 9


class TextEditor(Editor):
    """Several lines, with room for more the more there are."""

    def __init__(
        self, hint: str = "", check: Check = no_check, *, code: bool = False, grows: bool = True
    ) -> None:
        super().__init__()
        self._most_rows = _MOST_ROWS if grows else _ROWS
        self._hint = hint
        self._check = check
        self._edit = WrappedEdit(self)
        self._edit.setPlaceholderText(hint)
        self._edit.setTabChangesFocus(True)
        if code:
            self._edit.setFont(theme.fixed_font())
        self._showing = False
        self._lines = 0
        self._given = self._given_shown = ""
        self._edit.textChanged.connect(self._on_changed)
        self._take(self._edit)
        self._fit()

    def text(self) -> str:
        """The text, lines parted by a line feed; one that nobody edited is as it was given."""
        text = exact_text(self._edit)
        return self._given if text == self._given_shown else text

    def show_text(self, text: str) -> None:
        """Show a text."""
        if text != self.text():
            self._showing = True
            self._edit.setPlainText(text)
            self._showing = False
            self._given, self._given_shown = text, exact_text(self._edit)
        self._judge()

    def go_to_end(self) -> None:
        """Put the cursor after the last letter."""
        self._edit.moveCursor(QTextCursor.MoveOperation.End)

    def show_sent(self, sent: bool) -> None:
        """Tell in the empty editor what is sent."""
        self._edit.setPlaceholderText(empty_text(self._when_empty, sent, self._hint))

    def _on_changed(self) -> None:
        self._fit()
        if not self._showing:
            self._judge()
            self.edited.emit()

    def _judge(self) -> None:
        self._complain(self._check(self.text()))
        self._edit.setToolTip(plain_tip(self._complaint))

    def _fit(self) -> None:
        lines = min(max(self._edit.blockCount(), _ROWS), self._most_rows)
        if lines != self._lines:
            self._lines = lines
            self._edit.setFixedHeight(text_height(QFontMetrics(self._edit.font()), lines))
            self._change_height()


def text_height(metrics: QFontMetrics, lines: int) -> int:
    """The height of an editor for so many lines, which has room for two and at most for nine."""
    return metrics.lineSpacing() * min(max(lines, _ROWS), _MOST_ROWS) + 14
