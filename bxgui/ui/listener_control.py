"""Runs the window's listener, and the practice portal behind "Send a test call"."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bxgui.core.public_address import NotAWebAddress, public_base
from bxgui.ui.child_process import ChildProcess
from bxgui.ui.desk import Desk
from bxgui.ui.problem_texts import problem_text, told

if TYPE_CHECKING:
    from bxgui.services.settings import Settings
    from bxgui.services.vault import StoreKey
    from bxgui.services.workspace import Workspace

_TEST_RULE = "approve_invoice"
_TAKEN = 200


class ListenerControl(QObject):
    """Starts, watches and stops the listener.

    `listening` carries its address, `stopped` why it is down, `keyring` who keeps the key and,
    where nobody does, why.
    """

    starting = Signal()
    listening = Signal(str)
    stopped = Signal(str)
    rejected = Signal(int, str)
    keyring = Signal(str, str)
    trouble = Signal(str)

    def __init__(
        self,
        desk: Desk,
        data_dir: Path | None,
        settings_folder: Path,
        port: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings_folder = settings_folder
        self._port = port
        self.local_url = ""
        self.public_url = ""
        self.listener = ChildProcess(data_dir, self)
        self.listener.said.connect(self._on_listener_said)
        self.listener.ended.connect(self._on_listener_ended)
        self.listener.stopped.connect(self.start)
        self.practice = ChildProcess(None, self)
        self.practice.said.connect(self._on_practice_said)
        self.practice.ended.connect(self._on_practice_ended)
        self._practice_portal = ""
        self._closed = False

    def start(self) -> None:
        """Start the listener, once its key is here: a keyring may ask a person first."""
        self.starting.emit()

        def ask(workspace: Workspace) -> tuple[StoreKey, Settings]:
            from bxgui.services import settings  # noqa: PLC0415 - loaded after the first paint

            return workspace.key(), settings.load(self._settings_folder)

        self._desk.ask(ask, lambda found: self._start(*found), self._on_cannot_start)

    def restart(self) -> None:
        """Start the listener; one that runs finishes what is in flight first."""
        self.local_url = ""
        if self.listener.is_running:
            self.starting.emit()
            self.listener.stop()
        else:
            self.start()

    def close(self) -> None:
        """Stop all processes for good, and wait for them."""
        if self._closed:
            return
        self._closed = True
        self.listener.stopped.disconnect(self.start)
        self.practice.wait_until_stopped()
        self.listener.wait_until_stopped()

    def send_test_call(self) -> None:
        """Have the practice portal post a call to the listener."""
        self._practise({"do": "call", "rule": _TEST_RULE})

    def send_all_test_calls(self) -> None:
        """Have the practice portal post one call of each kind."""
        self._practise({"do": "all"})

    def _practise(self, command: dict[str, str]) -> None:
        """The handler's address goes through the pipe: it is a secret of the listener's."""
        if self.local_url:
            self.practice.start(["simulate", "--json"])
            self.practice.send({**command, "handler": self.local_url})

    def set_public_url(self, url: str) -> None:
        """Keep the address that the listener has outside, and start it again with it."""
        try:
            url = public_base(url) if url.strip() else ""
        except NotAWebAddress:
            text = self.tr("“%1” is not a web address such as https://hook.example.com.")
            self.trouble.emit(text.replace("%1", url))
            return

        def save(_workspace: Workspace) -> None:
            from bxgui.services import settings  # noqa: PLC0415 - loaded after the first paint

            kept = settings.load(self._settings_folder)
            settings.save(self._settings_folder, replace(kept, public_url=url))

        self._desk.ask(save, lambda _none: self.restart(), self._on_not_saved)

    def _start(self, key: StoreKey, settings: Settings) -> None:
        from bxgui.services.vault import key_line  # noqa: PLC0415 - loaded after the first paint

        self.keyring.emit(key.keeper, key.reason)
        self.public_url = settings.public_url
        arguments = ["listen", "--json", "--key-from-stdin"]
        if self._port is not None:
            arguments += ["--port", str(self._port)]
        self.listener.start(arguments, key_line(key))

    def _on_not_saved(self, error: Exception) -> None:
        self.trouble.emit(problem_text(error))

    def _on_cannot_start(self, error: Exception) -> None:
        self.stopped.emit(problem_text(error))

    def _on_listener_said(self, event: dict[str, object]) -> None:
        kind = event.get("event")
        if kind == "listening":
            self.local_url = str(event.get("local_url"))
            self.listening.emit(str(event.get("url")))
        elif kind == "stored":
            self._desk.note_change()
        elif kind == "rejected":
            status = event.get("status")
            self.rejected.emit(status if isinstance(status, int) else 0, str(event.get("reason")))

    def _on_listener_ended(self, reason: str) -> None:
        self.local_url = ""
        self.practice.stop()
        self.stopped.emit(told(reason))

    def _on_practice_said(self, event: dict[str, object]) -> None:
        kind = event.get("event")
        if kind == "portal":
            self._practice_portal = str(event.get("member_id"))
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
            portal, rule = self._practice_portal, str(event.get("rule"))
            self._desk.ask(
                lambda w: w.keep_registration(portal, rule, schema),
                lambda _none: self._desk.note_change(),
            )

    def _on_practice_ended(self, reason: str) -> None:
        text = self.tr("The practice portal has stopped: %1").replace("%1", told(reason))
        self.trouble.emit(text)
