"""A call as it arrived: headers and body, secrets masked until they are revealed on purpose."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from bxgui.core.records import CallDetail
from bxgui.ui import theme
from bxgui.ui.widgets import code_view, copy_button, plain_label, tint


class RawView(QWidget):
    """Headers and body in the font for code."""

    reveal_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._call: CallDetail | None = None
        self._body = b""
        self._query = b""
        self.code = code_view(self.tr("Headers and body"))
        self.reveal = QCheckBox(self.tr("Show secrets"))
        self.reveal.setToolTip(
            self.tr("Access, refresh, application and event tokens, readable by whoever looks on")
        )
        self.reveal.clicked.connect(self._on_reveal)
        self._note = plain_label(wrap=True)
        tint(self._note, theme.QUIET)
        line = QHBoxLayout()
        line.addWidget(self.reveal)
        line.addWidget(self._note, 1)
        line.addWidget(copy_button(self._copy, self.tr("Copy the body as shown")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.addLayout(line)
        layout.addWidget(self.code, 1)

    def show_call(self, call: CallDetail) -> None:
        """Show a call, masked; a refresh of the same call leaves it as it is."""
        if self._call is not None and self._call.row.id == call.row.id:
            return
        self._call = call
        self.reveal.setEnabled(call.has_secrets)
        self._mask()

    def show_clear(self, call_id: int, body: bytes, query: bytes) -> None:
        """Show the body with its secrets, if that is still wanted."""
        if self._call is not None and self._call.row.id == call_id and self.reveal.isChecked():
            self._body, self._query = body, query
            self._write()

    def show_locked(self) -> None:
        """Say that the secrets cannot be read."""
        self._mask()
        self._note.setText(
            self.tr("The secrets cannot be read: their key was kept in memory only, and is gone.")
        )

    def _on_reveal(self) -> None:
        if self._call is None:
            return
        if self.reveal.isChecked():
            self.reveal_asked.emit(self._call.row.id)
        else:
            self._mask()

    def _mask(self) -> None:
        if self._call is None:
            return
        self.reveal.setChecked(False)
        self._note.setText(self.tr("Secrets are masked as ***.") if self._call.has_secrets else "")
        self._body, self._query = self._call.body, self._call.query
        self._write()

    def _write(self) -> None:
        if self._call is None:
            return
        query = f"?{_text(self._query)}" if self._query else ""
        head = [f"POST …{query}", *(f"{n}: {v}" for n, v in self._call.headers)]
        self.code.setPlainText("\n".join([*head, "", _text(self._body)]))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(_text(self._body))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
