"""The side of an import where the text is: pasted, dropped or opened, and read as it is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from bxgui.core.registration_sentences import FORMATS
from bxgui.core.registration_text import TextProblem, Understood
from bxgui.ui import theme
from bxgui.ui.desk import Desk
from bxgui.ui.problem_texts import problem_text as trouble_text
from bxgui.ui.rules.asking import Asking
from bxgui.ui.rules.import_plan import NotAText, read_file, read_registrations
from bxgui.ui.rules.pasted_text import PastedText
from bxgui.ui.rules.registration_texts import problem_text
from bxgui.ui.widgets import announce, plain_label, push_button, tint

_PAUSE_MILLISECONDS = 250
_WITHOUT_PLACE = {"empty", "nothing_found", "too_large"}


class ImportText(QWidget):
    """`edited` comes when the text is another, `was_read` when what it holds is known."""

    edited = Signal()
    was_read = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.understood: Understood | None = None
        self._problem: TextProblem | None = None
        self._opening, self._reading = Asking(desk), Asking(desk)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._read)
        self.text = PastedText()
        self._state = plain_label(wrap=True)
        self._state.setAccessibleName(self.tr("What was understood"))
        head = QHBoxLayout()
        hint = self.tr("Paste JSON, cURL, PHP or JavaScript here, or drop a file.")
        head.addWidget(plain_label(hint, wrap=True), 1)
        head.addWidget(push_button(self.tr("Open file…"), self._choose_file))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._state)
        self.text.textChanged.connect(self._on_text)
        self.text.file_dropped.connect(self.open_file)
        self._show_state()

    def open_file(self, path: str) -> None:
        """Take the text of a file."""
        self._opening.ask(
            lambda _w: read_file(path), self.text.put_text, partial(self._on_no_file, path)
        )

    def close_asking(self) -> None:
        """Read nothing any more."""
        self._pause.stop()
        self._opening.close()
        self._reading.close()

    def go_to_problem(self) -> bool:
        """Put the cursor where the text cannot be read; whether there is such a place."""
        problem = self._problem
        if problem is None:
            return False
        self.text.go_to(problem.line, problem.column)
        announce(self.text, problem_text(problem))
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._show_state()

    def _choose_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("Open a registration"))
        if path:
            self.open_file(path)

    def _on_no_file(self, path: str, error: Exception) -> None:
        if isinstance(error, TextProblem):
            text = problem_text(error)
        elif isinstance(error, NotAText):
            text = self.tr("It is not a text in UTF-8.")
        elif isinstance(error, OSError):
            text = trouble_text(error)
        else:
            raise error
        whole = self.tr("The file %1 cannot be read. %2").replace("%1", path)
        self._tell(whole.replace("%2", text), theme.BAD)

    def _on_text(self) -> None:
        self._pause.start()
        self.edited.emit()

    def _read(self) -> None:
        text = self.text.text()
        if text.strip():
            self._reading.ask(lambda _w: read_registrations(text), self._on_read)
        else:
            self._reading.forget()
            self._on_read(None)

    def _on_read(self, read: Understood | TextProblem | None) -> None:
        self._problem = read if isinstance(read, TextProblem) else None
        self.understood = read if isinstance(read, Understood) else None
        self._show_state()
        self.was_read.emit()

    def _show_state(self) -> None:
        """Tell what the text is; where it cannot be read, show the place."""
        understood, problem = self.understood, self._problem
        if problem is not None:
            text = problem_text(problem)
            self.text.mark_problem(
                text, 0 if problem.code in _WITHOUT_PLACE else problem.line, problem.column
            )
            self._tell(text, theme.BAD)
            return
        self.text.mark_problem("")
        if understood is None:
            self._tell(self.tr("Nothing is read yet."), theme.QUIET)
            return
        text = self.tr("Read as %1. Rules in it: %2.")
        text = text.replace("%1", FORMATS[understood.format])
        self._tell(text.replace("%2", str(len(understood.registrations))), theme.GOOD)

    def _tell(self, text: str, colour: theme.Tint) -> None:
        self._state.setText(text)
        tint(self._state, colour)
