"""Asks now and then who answers at the listener's address: the port may be another program's."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, Signal

from bxgui.ui.desk import Desk

# From address, secret and instance to who answers: ours, other_listener, other_program or silent.
Probe = Callable[[str, str, str], str]
OURS = "ours"
OTHER_LISTENER = "other_listener"
OTHER_PROGRAM = "other_program"
SILENT = "silent"
_FIRST_MILLISECONDS = 1_000
_EVERY_MILLISECONDS = 30_000


class ListenerProbe(QObject):
    """`answered` carries who answers at the watched address, and its host and port."""

    answered = Signal(str, str)

    def __init__(self, desk: Desk, probe: Probe, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._probe = probe
        self._url = self._instance = ""
        self._first = QTimer(self, singleShot=True, interval=_FIRST_MILLISECONDS)
        self._first.timeout.connect(self.look)
        self._every = QTimer(self, interval=_EVERY_MILLISECONDS)
        self._every.timeout.connect(self.look)

    def watch(self, local_url: str, instance: str = "") -> None:
        """Ask at this address from now on for this listener; with none, ask no more."""
        self._url, self._instance = local_url, instance
        for timer in (self._first, self._every):
            timer.start() if local_url else timer.stop()

    def look(self) -> None:
        """Ask now; an answer that comes after the address has changed is void."""
        url = self._url
        if url:
            self.ask(url, lambda answer: self._tell(url, answer), self._instance)

    def ask(self, local_url: str, done: Callable[[str], None], instance: str = "") -> None:
        """Ask at an address; without an instance any listener of the same store is ours."""
        secret = urlsplit(local_url).path.rpartition("/")[2]
        self._desk.ask(lambda _workspace: str(self._probe(local_url, secret, instance)), done)

    def _tell(self, url: str, answer: str) -> None:
        if url == self._url:
            self.answered.emit(answer, urlsplit(url).netloc)
