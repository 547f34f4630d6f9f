"""The request of a reply as it will go over the wire, secrets masked until they are revealed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from bxgui.core.json_layout import laid_out
from bxgui.ui import theme
from bxgui.ui.long_text import LongText
from bxgui.ui.widgets import copy_button, plain_label, tint, tool_button


class PreviewPane(QWidget):
    """Shows a request byte for byte; a body laid out for reading is marked as such.

    `reveal_asked` comes when a person wants to see the secrets; they hide them without asking.
    """

    reveal_asked = Signal()
    close_asked = Signal()
    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._masked = self._clear = self._written = ""
        self._may_reveal = False
        title = plain_label(self.tr("Preview"))
        title.setFont(theme.bold(self.font()))
        self.reveal = QCheckBox(self.tr("Reveal secrets"))
        self.reveal.setToolTip(self.tr("Until the form is edited or another call is shown"))
        self.reveal.clicked.connect(self._on_reveal)
        self.readable = QCheckBox(self.tr("Readable"))
        self.readable.setToolTip(
            self.tr("Lay the body out for reading. It goes out in one line all the same.")
        )
        self.readable.clicked.connect(self._write)
        self._copy = copy_button(self._on_copy, self.tr("Copy the request as shown"))
        self._note = plain_label(wrap=True)
        self._text = LongText(self.tr("Request"))
        self.code = self._text.code
        self.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.code.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._lay_out(title)
        self.show_none("")

    def set_may_reveal(self, may: bool) -> None:
        """Offer to reveal, or no longer."""
        self._may_reveal = may
        if not may:
            self.hide_secrets()
        self._update()

    def show_request(self, text: str, problem: str) -> None:
        """Show a masked request, and what keeps it from being sent."""
        self._masked, self._clear = text, ""
        self.reveal.setChecked(False)
        self._show_note(problem, theme.WARN)
        self._write()

    def show_revealed(self, text: str) -> None:
        """Show the same request with its secrets, if that is still wanted."""
        if self.reveal.isChecked() and self._may_reveal:
            self._clear = text
            self._write()

    def show_none(self, reason: str) -> None:
        """Show that there is no request, and why."""
        self._masked = self._clear = ""
        self.reveal.setChecked(False)
        self._show_note(reason, theme.QUIET)
        self._write()

    def hide_secrets(self) -> None:
        """Mask the secrets again."""
        self.reveal.setChecked(False)
        if self._clear:
            self._clear = ""
            self._write()

    def _lay_out(self, title: QWidget) -> None:
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch()
        for widget in (
            self.readable,
            self.reveal,
            self._copy,
            tool_button("✕", self.close_asked.emit, self.tr("Close the preview (Ctrl+P)")),
        ):
            head.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._note)
        layout.addWidget(self._text, 1)

    @property
    def _seen(self) -> str:
        text = self._clear or self._masked
        if not text or not self.readable.isChecked():
            return text
        head, _, body = text.partition("\n\n")
        mark = self.tr("(laid out for reading; goes out in one line)")
        return f"{head}\n\n{mark}\n{laid_out(body)}"

    def _on_reveal(self) -> None:
        if self.reveal.isChecked():
            self.reveal_asked.emit()
        else:
            self.hide_secrets()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._seen)
        if self._clear:
            self.copied.emit(self.tr("Copied the request with its secrets."))
        else:
            self.copied.emit(self.tr("Copied the request, secrets masked."))

    def _show_note(self, text: str, colour: theme.Tint) -> None:
        tint(self._note, colour)
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _write(self) -> None:
        seen = self._seen
        # An equal text keeps its place and its selection.
        if seen != self._written:
            self._written = seen
            self._text.show_parts([seen])
        self._update()

    def _update(self) -> None:
        there = bool(self._masked)
        self._copy.setEnabled(there)
        self.readable.setEnabled(there)
        self.reveal.setEnabled(there and self._may_reveal)
