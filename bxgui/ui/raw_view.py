"""A call as it arrived: headers and body, secrets masked until they are revealed on purpose."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from bxgui.core.body import FORM, media_type
from bxgui.core.records import CallDetail, CallKind
from bxgui.ui import theme
from bxgui.ui.long_text import LongText
from bxgui.ui.widgets import copy_button, plain_label, tint


class RawView(QWidget):
    """Headers and body in the font for code; a form has a line for each of its fields."""

    reveal_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._call: CallDetail | None = None
        self._written = True
        self._body = b""
        self._query = b""
        self._text = LongText(self.tr("Headers and body"))
        self.code = self._text.code
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
        layout.addWidget(self._text, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Write what was left out while nobody could see it."""
        super().showEvent(event)
        if not self._written:
            self._write()

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
            self._note.setText(self._clear_note())
            self._write()

    def show_masked(self, call_id: int, note: str = "") -> None:
        """Mask the call's secrets again, if it is still shown, and say why."""
        if self._call is not None and self._call.row.id == call_id:
            self._mask()
            if note:
                self._note.setText(note)

    def show_locked(self, call_id: int) -> None:
        """Say that the call's secrets cannot be read, if it is still shown."""
        self.show_masked(
            call_id,
            self.tr("The secrets cannot be read: their key was kept in memory only, and is gone."),
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
        self._note.setText(self._masked_note(self._call))
        self._body, self._query = self._call.body, self._call.query
        self._write()

    def _masked_note(self, call: CallDetail) -> str:
        if call.row.kind is not CallKind.REJECTED:
            return self.tr("Secrets are masked as ***.") if call.has_secrets else ""
        if call.has_secrets:
            return self.tr(
                "A preview: the first bytes, with all that may be a secret masked as ***. "
                "“Show secrets” shows all that came."
            )
        return self.tr(
            "A preview: the first bytes, with all that may be a secret masked as ***. "
            "Nothing else of it was kept."
        )

    def _clear_note(self) -> str:
        if self._call is not None and self._call.row.kind is CallKind.REJECTED:
            return self.tr("This is all that came.")
        return ""

    def _write(self) -> None:
        if self._call is None:
            return
        self._written = self.isVisible()
        if not self._written:
            self._text.clear()
            return
        query = f"?{_decoded(self._query)}" if self._query else ""
        head = [f"POST …{query}", *(f"{n}: {v}" for n, v in self._call.headers), ""]
        body = _decoded(self._body)
        if media_type(self._call.content_type) == FORM:
            body = body.replace("&", "&\n")
        self._text.show_parts(["\n".join(head), body])

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(_decoded(self._body))


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
