"""What a person does with the queue: pause, go on, take back; and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bxgui.core.queued import QueuedReply
from bxgui.core.records import AttemptDetail
from bxgui.ui import questions
from bxgui.ui.desk import Desk, is_known
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.queue.queue_watch import QueueWatch

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

_Sent: TypeAlias = Mapping[int, "Future[AttemptDetail]"]


class QueueActions(QObject):
    """`told` carries a sentence on what was done, `concluded` the last attempt of a held reply."""

    told = Signal(str)
    concluded = Signal(object)

    def __init__(self, desk: Desk, watch: QueueWatch, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._watch = watch
        self._window = window

    def pause(self, portal_id: int | None = None) -> None:
        """Begin nothing more for a portal, or for any."""
        self._do(lambda w: w.outbox.pause(portal_id))

    def resume(self, portal_id: int | None = None) -> None:
        """Go on with a portal, or with all, and with what is held for them."""
        self._send(lambda w: w.outbox.resume(portal_id))

    def go_on_with(self, replies: Sequence[QueuedReply]) -> None:
        """Send replies whose program has ended."""
        ids, generation = [one.reply_id for one in replies], self._watch.queue.generation
        self._send(lambda w: w.outbox.resume_all(ids, generation))

    def take_back(self, replies: Sequence[QueuedReply]) -> None:
        """Take replies out of the queue, as far as they are not on their way."""
        ids, generation = [one.reply_id for one in replies], self._watch.queue.generation

        def done(taken: list[int]) -> None:
            text = self.tr("Taken back: %1.").replace("%1", str(len(taken)))
            if missed := len(ids) - len(taken):
                more = self.tr("On their way already, or over: %1.").replace("%1", str(missed))
                text = f"{text} {more}"
            self.told.emit(text)
            self._note()

        self._desk.do(lambda w: w.outbox.cancel_all(ids, generation), done)

    def ask_to_take_all_back(self) -> None:
        """Take everything back, after a yes."""
        replies = self._watch.queue.replies
        questions.ask_take_back_all(self._window, len(replies), partial(self.take_back, replies))

    def _do(self, act: Callable[[Workspace], None]) -> None:
        self._desk.do(act, lambda _none: self._note())

    def _send(self, act: Callable[[Workspace], _Sent]) -> None:
        names = {one.reply_id: f"{one.rule} {one.document}" for one in self._watch.queue.replies}

        def follow(sent: _Sent) -> None:
            self._note()
            for reply_id, future in sent.items():
                failed = partial(self._on_failed, names.get(reply_id, ""))
                self._desk.bridge.follow(future, self._on_sent, failed)

        self._desk.do(act, follow)

    def _on_sent(self, attempt: AttemptDetail) -> None:
        self._note()
        self.concluded.emit(attempt)

    def _on_failed(self, name: str, error: Exception) -> None:
        self._note()
        if not is_known(error):
            raise error
        subject = self.tr("Reply to %1").replace("%1", questions.one_line(name))
        self._desk.trouble.emit(f"{subject}: {problem_text(error)}")

    def _note(self) -> None:
        self._watch.refresh()
        self._desk.note_change()
