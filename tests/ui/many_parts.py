"""What tests of replies to many tokens share: a simulated portal, its calls, and the dialog."""

from __future__ import annotations

from posts import FORM
from pytestqt.qtbot import QtBot
from simulated import Client
from ui.ui_parts import WAIT, Bench, click, desk_of, pick, wait_for_rows

from bxgui.core.records import Arrival
from bxgui.ui.main_window import MainWindow
from bxgui.ui.many.many_dialog import ManyDialog


def catch(bench: Bench, client: Client, count: int) -> list[int]:
    """Calls of workflows that wait in a simulated portal, which is trusted; a deal for each."""
    bodies = [
        client.start(document_id=("crm", "CCrmDocumentDeal", f"DEAL_{number}")).body
        for number in range(count)
    ]
    ids = bench.take(*(Arrival(bench.clock(), body, FORM) for body in bodies))
    bench.workspace.trust_call(bench.call(ids[0]))
    return ids


def show_caught(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client, count: int
) -> list[int]:
    """Such calls in the list, the first of them shown."""
    ids = catch(bench, client, count)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, ids[::-1])
    pick(qtbot, window, ids[0])
    return ids


def open_many(window: MainWindow, qtbot: QtBot, ids: list[int]) -> ManyDialog:
    """The dialog for these tokens."""
    window.tokens.mark(ids)
    click(qtbot, window.tokens.bar, "Reply to all of them…")
    qtbot.waitUntil(lambda: any(d.isVisible() for d in dialogs(window)), timeout=WAIT)
    (dialog,) = dialogs(window)
    return dialog


def dialogs(window: MainWindow) -> list[ManyDialog]:
    return window.findChildren(ManyDialog)


def type_values(dialog: ManyDialog, values: list[tuple[str, object]], log: str = "") -> None:
    """Values and a log message, as a person types them."""
    dialog.values.values.show_values(values)  # type: ignore[arg-type]
    dialog.values.log_message.setText(log)


def go_to_list(dialog: ManyDialog, qtbot: QtBot) -> None:
    click(qtbot, dialog, "Next: the list")
    qtbot.waitUntil(dialog.list.isVisible, timeout=WAIT)


def cells(table_model: object, column: int) -> list[str]:
    """The texts of a column."""
    model = table_model
    return [
        str(model.index(row, column).data())  # type: ignore[attr-defined]
        for row in range(model.rowCount())  # type: ignore[attr-defined]
    ]


def send(dialog: ManyDialog, qtbot: QtBot, count: int) -> None:
    """Send what is ticked, without any question, and wait until it is on its way."""
    click(qtbot, dialog, f"Send replies: {count}")
    qtbot.waitUntil(dialog.results.isVisible, timeout=WAIT)


def wait_for_end(dialog: ManyDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=WAIT)
