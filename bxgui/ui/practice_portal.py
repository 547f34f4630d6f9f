"""The practice portal behind "Send a test call": a process that posts calls to our listener."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bxgui.ui.child_process import ChildProcess
from bxgui.ui.desk import Desk
from bxgui.ui.problem_texts import told

_TEST_RULE = "approve_invoice"
_TAKEN = 200


class PracticePortal(QObject):
    """Starts at the first call that is wanted; `trouble` carries what went wrong."""

    trouble = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._member_id = ""
        self.process = ChildProcess(None, self)
        self.process.said.connect(self._on_said)
        self.process.ended.connect(self._on_ended)

    def send_call(self, handler: str) -> None:
        """Post a call to an address."""
        self._practise({"do": "call", "rule": _TEST_RULE, "handler": handler})

    def send_all_calls(self, handler: str) -> None:
        """Post one call of each kind to an address."""
        self._practise({"do": "all", "handler": handler})

    def _practise(self, command: dict[str, str]) -> None:
        """The handler's address goes through the pipe: it is a secret of the listener's."""
        self.process.start(["simulate", "--json"])
        self.process.send(command)

    def _on_said(self, event: dict[str, object]) -> None:
        kind = event.get("event")
        if kind == "portal":
            self._member_id = str(event.get("member_id"))
        elif kind == "delivered" and event.get("status") == _TAKEN:
            self._keep_schema(event)
        elif kind == "delivered":
            status = event.get("status")
            reason = f"HTTP {status}" if status else str(event.get("failure") or "")
            text = self.tr("The listener did not take the test call: %1")
            self.trouble.emit(text.replace("%1", reason or self.tr("no answer")))

    def _keep_schema(self, event: dict[str, object]) -> None:
        """Keep the schema of the practice portal's rule, as whoever registers rules does."""
        schema = event.get("return_properties")
        if isinstance(schema, dict):
            portal, rule = self._member_id, str(event.get("rule"))
            self._desk.ask(
                lambda w: w.keep_registration(portal, rule, schema),
                lambda _none: self._desk.note_change(),
            )

    def _on_ended(self, reason: str) -> None:
        text = self.tr("The practice portal has stopped: %1").replace("%1", told(reason))
        self.trouble.emit(text)
