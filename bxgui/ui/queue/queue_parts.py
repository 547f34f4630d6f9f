"""The parts of the window that show the queue, and what they tell each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from bxgui.ui import questions
from bxgui.ui.call_header import CallHeader
from bxgui.ui.desk import Desk
from bxgui.ui.history_panel import HistoryPanel
from bxgui.ui.message_bar import MessageBar
from bxgui.ui.queue.held_message import HeldMessage
from bxgui.ui.queue.queue_actions import QueueActions
from bxgui.ui.queue.queue_button import QueueButton
from bxgui.ui.queue.queue_panel import QueuePanel
from bxgui.ui.queue.queue_texts import is_brief
from bxgui.ui.queue.queue_watch import QueueWatch
from bxgui.ui.queue.repeats_dialog import RepeatsDialog
from bxgui.ui.queue.reply_progress import ReplyProgress
from bxgui.ui.reply_form import ReplyForm
from bxgui.ui.token_model import TokenModel


class QueueParts(QObject):
    """Puts the queue beside the history, what a reply waits for into its form, and a message.

    `told` carries short confirmations, `token_wanted` the call of a reply to go to.
    """

    told = Signal(str)
    token_wanted = Signal(int)

    def __init__(
        self, desk: Desk, settings_folder: Path, now: Callable[[], datetime], window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._folder = settings_folder
        self._window = window
        self._now = now
        self._asks = False
        self.watch = QueueWatch(desk, self)
        self.actions = QueueActions(desk, self.watch, window)
        self.panel = QueuePanel(self.watch, self.actions, now)
        self.button = QueueButton(self.watch, now)
        self.actions.told.connect(self.told)
        self.panel.token_wanted.connect(self.token_wanted)
        self.panel.tools.repeats_asked.connect(self.open_repeats)

    def stand_beside(self, history: HistoryPanel) -> None:
        """Share the place of the history."""
        history.add_page(self.button, self.panel, self.panel.tools)
        self.button.emptied.connect(history.show_attempts)

    def follow_in(self, form: ReplyForm) -> None:
        """Tell in a form what its reply waits for."""
        progress = ReplyProgress(self.watch, self.actions, self._now)
        form.put_below(progress)
        form.shown.connect(progress.show_call)
        progress.waits.connect(form.set_queued)
        progress.queue_asked.connect(self.show_queue)
        self.actions.concluded.connect(form.show_outcome)

    def mark_in(self, tokens: TokenModel, header: CallHeader) -> None:
        """Tell there of tokens whose answer is not on its way, though a reply is stored."""

        def mark() -> None:
            answers = self.watch.queue.answers
            tokens.show_queued(answers)
            header.show_queued(answers)

        self.watch.changed.connect(mark)

    def tell_in(self, message: MessageBar) -> None:
        """Tell there of replies that another run has left."""
        HeldMessage(self.watch, message, self.show_queue)

    def show_queue(self) -> None:
        """Turn to the queue."""
        self.button.show()
        self.button.setChecked(True)
        self.panel.table.setFocus()

    def open_repeats(self) -> None:
        """Show how often replies are repeated, to be changed."""
        RepeatsDialog(self._desk, self._folder, self._window).open()

    def ask_before_closing(self, close: Callable[[], None]) -> bool:
        """Whether closing has to wait: replies would stay, or are waited for, and that is asked.

        The queue may have changed since it was last seen: it is looked at again before the
        question, and where nothing is left to ask about, `close` is called.
        """
        if not any(self._kept_back()) or _session_ends():
            return False
        if not self._asks:
            self._asks = True
            self.watch.look(partial(self._ask_to_close, close))
        return True

    def _ask_to_close(self, close: Callable[[], None]) -> None:
        left, going = self._kept_back()
        if left or going:
            questions.ask_close(self._window, left, going, close, self._answered_no)
        else:
            self._asks = False
            close()

    def _kept_back(self) -> tuple[int, int]:
        """How many replies nobody would send any more, and how many are waited for."""
        queue, now = self.watch.queue, self._now()
        return queue.stays, sum(not is_brief(one, now) for one in queue.on_their_way)

    def _answered_no(self) -> None:
        self._asks = False


def _session_ends() -> bool:
    """Whether the system closes every window, and waits for no answer."""
    application = QGuiApplication.instance()
    return isinstance(application, QGuiApplication) and application.isSavingSession()
