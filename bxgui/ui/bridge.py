"""The one thread crossing: work runs in plain threads, results arrive in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
# A portal that never answers, or a keyring that waits to be unlocked, holds one for a minute.
# Together with the outbox they are no more than the connections that a store gives at once.
_WORKERS = 10


class Bridge(QObject):
    """Runs blocking work; `crashed` carries an exception that nobody had asked for.

    `noted` follows `note`, here in the GUI thread.
    """

    crashed = Signal(object)
    noted = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do the work in a thread, then call `done` or `failed` in the GUI thread."""
        if not self._closed:
            self.follow(self._pool.submit(work), done, failed)

    def run_in_order(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """As `run`, one after the other, and none is left out when the bridge is closed."""
        if not self._closed:
            self.follow(self._line.submit(work), done, failed)

    def follow(
        self,
        future: Future[T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Call `done`, `failed` or `cancelled` in the GUI thread when the future is done."""

        def arrived(finished: Future[T]) -> None:
            if self._closed:
                return
            if not finished.cancelled():
                self._arrived.emit(lambda: self._conclude(finished, done, failed))
            elif cancelled is not None:
                self._arrived.emit(cancelled)

        future.add_done_callback(arrived)

    def note(self) -> None:
        """Something has changed: for any thread to call."""
        if not self._closed:
            self.noted.emit()

    def close(self) -> None:
        """Deliver nothing any more, and wait for what is being done."""
        self._closed = True
        self._line.shutdown(wait=True)
        self._pool.shutdown(wait=True, cancel_futures=True)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return _executor(_WORKERS, "bridge")

    @cached_property
    def _line(self) -> ThreadPoolExecutor:
        return _executor(1, "bridge in order")

    def _deliver(self, conclude: Callable[[], None]) -> None:
        if not self._closed:
            conclude()

    def _conclude(
        self,
        finished: Future[T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
    ) -> None:
        error = finished.exception()
        if error is None:
            done(finished.result())
        elif failed is not None and isinstance(error, Exception):
            failed(error)
        else:
            self.crashed.emit(error)


def _executor(workers: int, name: str) -> ThreadPoolExecutor:
    # There is no work before the window is painted.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    return ThreadPoolExecutor(workers, name)
