"""What tests of the visible queue share: a simulated portal whose calls wait in the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import simulated
from posts import FORM
from pytestqt.qtbot import QtBot
from simulated import SEND, Client, served
from ui.ui_parts import WAIT, Bench, desk_of, pick

from bxgui.core.json_values import Pairs
from bxgui.core.queued import QueuedReply, Waits
from bxgui.core.records import EVENT_SEND, Arrival, Portal, Reply
from bxgui.core.retrying import Patience
from bxgui.ui.main_window import MainWindow
from bxgui.ui.queue.queue_panel import QueuePanel

DEAD = "1:0:ended"
# Long enough that no test sees the next try, and short enough that it comes within one.
PATIENT = Patience(first_pause=600, longest_pause=600, seconds=6000)
QUICK = Patience(first_pause=0.05, longest_pause=0.1, attempts=3)


@dataclass
class Queueing:
    """A bench whose calls come from a simulated portal that is trusted."""

    bench: Bench
    client: Client

    @property
    def portal(self) -> Portal:
        return self.bench.workspace.portals()[0]

    def caught(self, count: int = 1) -> list[int]:
        """Calls of workflows that wait."""
        ids = []
        for number in range(1, count + 1):
            document = ("crm", "CCrmDocumentDeal", f"DEAL_{number}")
            body = self.client.start(document_id=document).body
            ids += self.bench.take(Arrival(self.bench.clock(), body, FORM))
        self.bench.workspace.trust_call(self.bench.call(ids[0]))
        return ids

    def held(self, count: int = 1) -> list[int]:
        """Calls with a reply that a program had queued which has ended."""
        ids = self.caught(count)
        for call_id in ids:
            reply = Reply(call_id, EVENT_SEND, [("Comment", "left")], "")
            self.bench.workspace.store.replies.create(reply, DEAD, self.bench.clock())
        return ids

    def fails(self, fault: str = "rate_limit", count: int = 1) -> None:
        """The portal answers replies so, that often."""
        self.client.served.faults.add(fault, method=SEND, count=count)

    @property
    def sent(self) -> int:
        """How many replies have reached the portal."""
        return len(self.client.served.requests)


@contextmanager
def queueing(bench: Bench) -> Iterator[Queueing]:
    """A simulated portal beside a bench, in the bench's time."""
    clock = simulated.Clock(bench.clock().timestamp())
    with served(simulated.portal(clock)) as client:
        yield Queueing(bench, client)


def submit(window: MainWindow, call_id: int, values: Pairs | None = None) -> None:
    """Queue a reply as the window does."""
    reply = Reply(call_id, EVENT_SEND, values or [("Comment", "yes")], "")
    desk_of(window).submit(reply, lambda _attempt: None, lambda _error: None)


def rows_of(window: MainWindow) -> list[QueuedReply]:
    """The queue as its table shows it."""
    model = window.queue.panel.model
    rows = [model.reply_at(line) for line in range(model.rowCount())]
    return [row for row in rows if row is not None]


def wait_for_waits(qtbot: QtBot, window: MainWindow, *waits: Waits) -> None:
    """Wait until the queue consists of replies that wait for this."""
    qtbot.waitUntil(lambda: [row.waits for row in rows_of(window)] == [*waits], timeout=WAIT)


def opened_panel(qtbot: QtBot, window: MainWindow) -> QueuePanel:
    """The queue, opened with its button once that is there."""
    qtbot.waitUntil(window.queue.button.isVisible, timeout=WAIT)
    if not window.queue.button.isChecked():
        window.queue.button.click()
    assert window.queue.panel.isVisible()
    return window.queue.panel


def show_token(qtbot: QtBot, window: MainWindow, call_id: int) -> None:
    """Show a call once it is listed."""
    desk_of(window).note_change()
    model = window.tokens.model
    qtbot.waitUntil(lambda: model.row_of(call_id) is not None, timeout=WAIT)
    pick(qtbot, window, call_id)
