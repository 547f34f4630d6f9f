"""The way of a call: caught by a listener of its own, shown, answered, and applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psutil
from PySide6.QtCore import QEventLoop, QTimer

from bxgui import app
from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.records import EVENT_SEND, AttemptDetail, Portal, Reply
from bxgui.self_test import looks
from bxgui.self_test.telling import StepFailed, Teller
from bxgui.services import vault
from bxgui.services.paths import Paths
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey
from bxgui.services.workspace import Workspace
from bxgui.ui.token_columns import RULE

T = TypeVar("T")
_PATIENCE_MILLISECONDS = 15_000
_LOOK_MILLISECONDS = 20
_ANSWER = {"Approved": "Y", "Comment": "Проверено"}


class Trial:
    """The window on a store of its own, and what the processes it starts have said."""

    def __init__(self, data: Path, complain: Callable[[str], None]) -> None:
        paths = Paths.of(data)
        # Kept by nobody, but so named, that the listener lends it to no other program.
        key = StoreKey(vault.new_key("").secret, keeper="self-test")

        def open_workspace() -> Workspace:
            return Workspace(Store.open(paths.data), obtain_key=lambda _store_id: key)

        self.said: list[dict[str, object]] = []
        self.refused: list[str] = []
        self.application = app.build(paths, port=0, open_workspace=open_workspace)
        control = self.application.control
        control.practice.process.said.connect(self.said.append)
        for process in (control.listener, control.practice.process):
            process.complained.connect(complain)
        for source in (control.stopped, control.trouble, self.application.desk.trouble):
            source.connect(self.refused.append)

    def wait(self, happened: Callable[[], T | None], what: str) -> T:
        """What there is as soon as it is there; raises `StepFailed` for trouble or none in time."""
        found: list[T] = []
        loop = QEventLoop()

        def look() -> None:
            result = happened()
            if result:
                found.append(result)
            if found or self.refused:
                loop.quit()

        ticks = QTimer(interval=_LOOK_MILLISECONDS)
        ticks.timeout.connect(look)
        ticks.start()
        QTimer.singleShot(_PATIENCE_MILLISECONDS, loop.quit)
        loop.exec()
        ticks.stop()
        if not found:
            reason = "; ".join(self.refused) or "it did not come in time"
            message = f"waited in vain for {what}: {reason}"
            raise StepFailed(message)
        return found[0]

    def event(self, kind: str, member: str) -> Callable[[], object]:
        """What the practice portal has said of a kind, once it has."""
        return lambda: next(
            (one[member] for one in self.said if one.get("event") == kind and member in one), None
        )


@contextmanager
def trial(data: Path, tell: Teller) -> Iterator[Trial]:
    """The window, closed in any case."""
    made = Trial(data, tell.note_unexpected)
    try:
        yield made
    finally:
        made.application.window.close_at_once()


def open_window(made: Trial) -> str:
    """Show the window, with its store open."""
    opened: list[bool] = []
    made.application.desk.opened.connect(lambda: opened.append(True))
    made.application.window.show()
    made.application.desk.open()
    made.wait(lambda: opened, "the store")
    count = looks.painted(made.application.window)
    return f"painted in {count} colours"


def listen(made: Trial) -> str:
    """Wait for the listener, which is a process of ours."""
    control = made.application.control
    made.wait(lambda: control.local_url, "the listener")
    if psutil.Process(control.listener.pid).ppid() != psutil.Process().pid:
        message = "the listener is not the process that was started"
        raise StepFailed(message)
    return f"process {control.listener.pid} listens"


def catch(made: Trial) -> str:
    """Have the practice portal post a call, and see it in the list."""
    tokens = made.application.window.tokens
    made.application.control.send_test_call()
    made.wait(made.event("delivered", "return_properties"), "a posted call")
    rule = made.wait(lambda: tokens.model.index(0, RULE).data(), "the call in the list")
    looks.painted(tokens.table.viewport(), tokens.table.visualRect(tokens.model.index(0, RULE)))
    looks.painted(made.application.window)
    return f"{rule} is caught, stored and painted in the list"


def answer(made: Trial) -> str:
    """Trust the practice portal, answer the call, and see that the portal applies it."""
    desk, model = made.application.desk, made.application.window.tokens.model
    trusted: list[Portal] = []
    done: list[AttemptDetail] = []
    member = str(made.wait(made.event("portal", "member_id"), "the portal's name"))
    desk.ask(lambda w: w.trust(member), trusted.append)
    made.wait(lambda: trusted, "trust in the portal")
    call_id = model.id_at(0)
    if call_id is None:
        message = "the list has lost the call"
        raise StepFailed(message)
    desk.submit(Reply(call_id, EVENT_SEND, list(_ANSWER.items()), ""), done.append, desk.tell)
    attempt = made.wait(lambda: done, "the outcome")[0].row
    if attempt.outcome is not Outcome.ACCEPTED:
        message = f"HTTP {attempt.http_status}, {attempt.outcome}"
        raise StepFailed(message)
    applied = made.wait(made.event("request", "applied"), "the portal to apply the reply")
    if applied != _ANSWER:
        message = f"the portal applied {applied}"
        raise StepFailed(message)
    made.wait(lambda: model.state_at(0) is TokenState.ACCEPTED, "the answer in the list")
    return f"HTTP {attempt.http_status}, {attempt.outcome}, applied by the portal"


def end(made: Trial) -> str:
    """Close the window: it asks nothing, as no reply is left to send, and no process is left."""
    window = made.application.window
    made.wait(lambda: not window.queue.watch.queue.stays, "the queue to be empty")
    window.close()
    left = [one.pid for one in psutil.Process().children(recursive=True) if one.is_running()]
    if left:
        message = f"these processes have not ended: {', '.join(map(str, left))}"
        raise StepFailed(message)
    return "the window is closed, and its processes have ended"


STEPS: tuple[tuple[str, Callable[[Trial], str]], ...] = (
    ("window", open_window),
    ("listener", listen),
    ("call", catch),
    ("reply", answer),
    ("end", end),
)
