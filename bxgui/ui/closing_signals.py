"""Closes the window on SIGINT and SIGTERM."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_NUMBERS = (signal.SIGINT, signal.SIGTERM)


class ClosingSignals(QObject):
    """Calls `close` once a signal has come, from the event loop.

    Python calls a signal's handler between any two steps of this thread, under whatever lock it
    holds there, so nothing is done in the handler. What wakes the event loop is the byte that
    Python writes for each signal.
    """

    def __init__(self, close: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._read, self._written = socket.socketpair()
        for end in (self._read, self._written):
            end.setblocking(False)
        signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        for number in _NUMBERS:
            signal.signal(number, lambda _number, _frame: None)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda: self._take(close))

    def end(self) -> None:
        """Call nothing any more: signals are passed over."""
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._read.close()
        self._written.close()

    def _take(self, close: Callable[[], None]) -> None:
        try:
            came = self._read.recv(4096)
        except BlockingIOError:
            return
        if any(number in came for number in _NUMBERS):
            close()
