"""The window's access to the data folder: questions are answered later, changes are announced."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from bxgui.ui.bridge import Bridge

if TYPE_CHECKING:
    from concurrent.futures import Future

    from bxgui.core.records import AttemptDetail, Reply
    from bxgui.services.store.change_mark import ChangeMark, Mark
    from bxgui.services.workspace import Workspace

T = TypeVar("T")
_BATCH_MILLISECONDS = 100
_POLL_MILLISECONDS = 700
_RETRY_MILLISECONDS = 2000


class Desk(QObject):
    """Holds the workspace once it is open.

    `opened` comes once, `cannot_open` with each other reason: what may pass is tried again.
    `changed` comes at most every 100 ms, whoever wrote to the store; `trouble` carries a known
    problem for the message bar.
    """

    opened = Signal()
    cannot_open = Signal(str)
    changed = Signal()
    trouble = Signal(str)

    def __init__(
        self, bridge: Bridge, open_workspace: Callable[[], Workspace], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._open_workspace = open_workspace
        self._workspace: Workspace | None = None
        self._mark: ChangeMark | None = None
        self._last_mark: Mark | None = None
        self._polling = False
        self._unreadable = False
        self._why_closed = ""
        self._retry = QTimer(self, singleShot=True, interval=_RETRY_MILLISECONDS)
        self._retry.timeout.connect(self.open)
        self._batch = QTimer(self, singleShot=True, interval=_BATCH_MILLISECONDS)
        self._batch.timeout.connect(self.changed)
        self._poll = QTimer(self, interval=_POLL_MILLISECONDS)
        self._poll.timeout.connect(self._look_for_changes)

    def open(self) -> None:
        """Open the workspace in a thread."""
        self.bridge.run(self._open_workspace, self._on_open, self._on_cannot_open)

    def ask(
        self,
        question: Callable[[Workspace], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask the workspace in a thread; a known problem goes to the message bar."""
        workspace = self._workspace
        if workspace is not None:
            self.bridge.run(lambda: question(workspace), done, failed or self.tell)

    def do(
        self,
        act: Callable[[Workspace], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """As `ask`, in the order of the clicks; what was clicked is done, whatever is closed."""
        workspace = self._workspace
        if workspace is not None:
            self.bridge.run_in_order(lambda: act(workspace), done, failed or self.tell)

    def submit(
        self,
        reply: Reply,
        done: Callable[[AttemptDetail], None],
        failed: Callable[[Exception], None],
        *,
        taken_back: Callable[[], None] | None = None,
        suspicious_too: bool = False,
    ) -> None:
        """Store a reply and send it, as patiently as is set; `done` gets its outcome.

        `taken_back` is called when it is taken out of the queue, here or by another program.
        """

        def send(workspace: Workspace) -> Future[AttemptDetail]:
            return workspace.submit(reply, suspicious_too=suspicious_too)

        self._send(send, done, failed, taken_back)

    def follow_move(
        self,
        attempt: AttemptDetail,
        done: Callable[[AttemptDetail], None],
        failed: Callable[[Exception], None],
        *,
        taken_back: Callable[[], None] | None = None,
        suspicious_too: bool = False,
    ) -> None:
        """As `submit`, after the user's yes to the address that the attempt names."""

        def send(workspace: Workspace) -> Future[AttemptDetail]:
            return workspace.follow_move(attempt, suspicious_too=suspicious_too)

        self._send(send, done, failed, taken_back)

    def _send(
        self,
        send: Callable[[Workspace], Future[AttemptDetail]],
        done: Callable[[AttemptDetail], None],
        failed: Callable[[Exception], None],
        taken_back: Callable[[], None] | None,
    ) -> None:
        def follow(future: Future[AttemptDetail]) -> None:
            self.note_change()
            self.bridge.follow(future, finished, failed, taken_back)

        def finished(attempt: AttemptDetail) -> None:
            self.note_change()
            done(attempt)

        self.do(send, follow, failed)

    def tell(self, error: Exception) -> None:
        """Tell a known problem in the message bar; raise a bug."""
        if not is_known(error):
            raise error
        self.trouble.emit(_told(error))

    def note_change(self) -> None:
        """Something in the store is new; `changed` follows, batched."""
        if not self._batch.isActive():
            self._batch.start()

    def close(self) -> None:
        """Finish what is being done and close the workspace."""
        self._poll.stop()
        self._batch.stop()
        self._retry.stop()
        self.bridge.close()
        if self._mark is not None:
            self._mark.close()
        if self._workspace is not None:
            self._workspace.close()

    def _on_open(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._mark = workspace.store.database.change_mark()
        self._poll.start()
        self.opened.emit()

    def _on_cannot_open(self, error: Exception) -> None:
        if not is_known(error):
            raise error
        text = _told(error)
        if getattr(error, "may_pass", False):
            self._retry.start()
            again = self.tr("%1 bxgui tries again by itself until it works.")
            text = again.replace("%1", text)
        if text != self._why_closed:
            self._why_closed = text
            self.cannot_open.emit(text)

    def _look_for_changes(self) -> None:
        if self._mark is not None and not self._polling:
            self._polling = True
            self.bridge.run(self._mark, self._on_mark, self._on_mark_failed)

    def _on_mark(self, mark: Mark) -> None:
        self._polling = self._unreadable = False
        if mark != self._last_mark:
            self._last_mark = mark
            self.note_change()

    def _on_mark_failed(self, error: Exception) -> None:
        self._polling = False
        if self._unreadable:
            return
        self._unreadable = True
        text = self.tr("The store cannot be read: %1").replace("%1", _told(error))
        self.trouble.emit(text)


def is_known(error: Exception) -> bool:
    """Whether an error has a text for the user; any other is a bug."""
    return hasattr(error, "code") or isinstance(error, OSError)


def _told(error: Exception) -> str:
    from bxgui.ui.problem_texts import problem_text  # noqa: PLC0415 - most starts meet no problem

    return problem_text(error)
