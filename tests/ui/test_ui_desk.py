"""The bridge between threads, the desk, and what becomes of errors."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, Bench, all_texts, click, desk_of, opened_window, post, wait_for_rows

from bxgui import __version__
from bxgui.services.store import Store, StoreProblem
from bxgui.services.workspace import Workspace
from bxgui.ui import desk as desk_module
from bxgui.ui.bridge import Bridge
from bxgui.ui.bug_dialog import BugCatcher, BugDialog
from bxgui.ui.desk import Desk
from bxgui.ui.main_window import MainWindow

LOCKED = "Another program holds the store locked. Close it and try again."
SECRET = "a text that a call may have carried"


class Broken(Exception):
    """What nobody has thought of."""


def fail(_workspace: Workspace) -> None:
    raise Broken(SECRET)


def disk_full(_workspace: Workspace) -> None:
    raise StoreProblem("disk_full", "The disk is full. Free some space.")


def no_folder(_workspace: Workspace) -> None:
    raise PermissionError(13, "Permission denied", "/somewhere")


def test_work_is_done_in_a_thread_and_told_in_this_one(qtbot: QtBot) -> None:
    bridge = Bridge()
    worked: list[threading.Thread] = []
    told: list[threading.Thread] = []
    bridge.run(
        lambda: worked.append(threading.current_thread()),
        lambda _none: told.append(threading.current_thread()),
    )
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == [threading.main_thread()]
    assert worked != told
    bridge.close()


def test_questions_that_nobody_answers_hold_up_no_other(qtbot: QtBot) -> None:
    bridge = Bridge()
    answered = threading.Event()
    told: list[object] = []
    for _ in range(8):
        bridge.run(lambda: answered.wait(WAIT / 1000), lambda _came: None)

    bridge.run(lambda: "listed", told.append)

    qtbot.waitUntil(lambda: told == ["listed"], timeout=WAIT)
    assert not answered.is_set()
    answered.set()
    bridge.close()


def test_a_closed_bridge_delivers_nothing(qtbot: QtBot) -> None:
    bridge = Bridge()
    told: list[object] = []
    begun, go_on = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(15)

    bridge.run(work, told.append)
    assert begun.wait(15)
    go_on.set()
    bridge.close()
    bridge.run(lambda: None, told.append)
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    assert told == []


def test_what_is_done_in_order_is_done_one_after_the_other(qtbot: QtBot) -> None:
    bridge = Bridge()
    done: list[str] = []
    go_on = threading.Event()

    def slow() -> None:
        go_on.wait(15)
        done.append("first")

    bridge.run_in_order(slow, lambda _none: None)
    bridge.run_in_order(lambda: done.append("second"), lambda _none: None)
    with qtbot.waitSignal(bridge.noted, timeout=WAIT):
        bridge.run(bridge.note, lambda _none: None)
    before = [*done]
    go_on.set()
    qtbot.waitUntil(lambda: len(done) == 2, timeout=WAIT)
    bridge.close()
    assert before == []
    assert done == ["first", "second"]


def test_what_is_to_be_done_in_order_is_done_though_the_bridge_is_closed() -> None:
    bridge = Bridge()
    done: list[str] = []
    begun = threading.Event()

    def first() -> None:
        begun.set()
        done.append("first")

    bridge.run_in_order(first, lambda _none: None)
    bridge.run_in_order(lambda: done.append("second"), lambda _none: None)
    assert begun.wait(15)
    bridge.close()
    bridge.run_in_order(lambda: done.append("late"), lambda _none: None)
    assert done == ["first", "second"]


def test_a_future_that_was_cancelled_is_not_told(qtbot: QtBot) -> None:
    bridge = Bridge()
    told: list[object] = []
    future: Future[None] = Future()
    bridge.follow(future, told.append, told.append)
    future.cancel()
    future.set_running_or_notify_cancel()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    assert told == []
    bridge.close()


def test_what_another_process_writes_is_noticed(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.changed, timeout=WAIT):
        pass  # the first look counts as a change
    with qtbot.waitSignal(desk.changed, timeout=WAIT):
        bench.take(post(1))


def test_many_changes_at_once_are_told_once(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.changed, timeout=WAIT):
        pass
    told: list[object] = []
    desk.changed.connect(lambda: told.append(None))
    with qtbot.waitSignal(desk.changed, timeout=WAIT):
        for _ in range(1000):
            desk.note_change()
    assert len(told) == 1


def test_calls_that_another_process_stored_are_listed(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    with closing(Store.open(bench.folder)) as other:
        ids = bench.take_many(3, store=other)
    wait_for_rows(qtbot, window, ids[::-1])


@pytest.mark.parametrize(
    ("question", "words"),
    [(disk_full, "The disk is full."), (no_folder, "Permission denied")],
)
def test_a_known_problem_goes_to_the_message_bar(
    window: MainWindow, qtbot: QtBot, question: Callable[[Workspace], None], words: str
) -> None:
    told: list[object] = []
    desk_of(window).ask(question, told.append)
    qtbot.waitUntil(lambda: words in window.message.text, timeout=WAIT)
    assert window.message.isVisible()
    assert told == []
    assert window.findChildren(BugDialog) == []


def test_a_store_that_cannot_be_read_is_told_once(
    window: MainWindow, qtbot: QtBot, bench: Bench
) -> None:
    desk = desk_of(window)
    assert desk._mark is not None
    desk._mark()
    assert desk._mark._connection is not None
    desk._mark._connection.close()
    told: list[str] = []
    desk.trouble.connect(told.append)
    with qtbot.waitSignal(desk.trouble, timeout=WAIT):
        pass
    for _ in range(3):
        desk._look_for_changes()
        qtbot.waitUntil(lambda: not desk._polling, timeout=WAIT)
    assert len(told) == 1


def catch(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> BugCatcher:
    """A catcher as the program installs it, for what reaches the interpreter in this test."""
    bugs = BugCatcher(window)
    desk_of(window).bridge.crashed.connect(bugs.report)
    monkeypatch.setattr("sys.excepthook", bugs.hook)
    return bugs


def reports(window: MainWindow) -> list[BugDialog]:
    return [dialog for dialog in window.findChildren(BugDialog) if dialog.isVisible()]


def open_report(window: MainWindow, qtbot: QtBot) -> BugDialog:
    qtbot.waitUntil(lambda: bool(reports(window)), timeout=WAIT)
    (dialog,) = reports(window)
    return dialog


def test_a_bug_opens_a_dialog_with_a_report_to_copy(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    catch(window, monkeypatch)
    desk_of(window).ask(fail, lambda _none: None)
    dialog = open_report(window, qtbot)
    for part in (f"bxgui {__version__}", "Python 3.", "PySide6 ", "Broken", "test_ui_desk.py"):
        assert part in dialog.report
    assert dialog.report in all_texts(dialog)
    click(qtbot, dialog, "Copy report")
    assert QGuiApplication.clipboard().text() == dialog.report
    assert SECRET not in "\n".join(all_texts(dialog))
    assert SECRET not in caplog.text
    assert "Broken" in caplog.text
    caplog.clear()
    click(qtbot, dialog, "Close")
    qtbot.waitUntil(lambda: not reports(window), timeout=WAIT)


def test_bugs_that_come_together_open_one_dialog(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bugs = catch(window, monkeypatch)
    for _ in range(3):
        bugs.report(Broken(SECRET))
    caplog.clear()
    click(qtbot, open_report(window, qtbot), "Close")
    qtbot.waitUntil(lambda: not reports(window), timeout=WAIT)
    bugs.report(Broken(SECRET))
    assert open_report(window, qtbot).isVisible()
    caplog.clear()


def test_a_bug_in_a_thread_of_another_library_opens_the_dialog_too(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bugs = catch(window, monkeypatch)
    thread = threading.Thread(target=bugs.report, args=(Broken(SECRET),))
    thread.start()
    thread.join(15)
    assert open_report(window, qtbot).isVisible()
    caplog.clear()


def test_a_store_of_a_newer_version_is_told_and_nothing_breaks(bench: Bench, qtbot: QtBot) -> None:
    with closing(sqlite3.connect(bench.folder / "store.sqlite3")) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
        connection.commit()
    desk = Desk(Bridge(), bench.open)
    told: list[str] = []
    desk.cannot_open.connect(told.append)
    with qtbot.waitSignal(desk.cannot_open, timeout=WAIT):
        desk.open()
    assert "newer bxgui" in told[0]
    desk.ask(fail, lambda _none: told.append("answered"))
    desk.close()
    assert len(told) == 1


def test_a_store_that_cannot_be_opened_just_now_is_told_and_opened_when_it_can(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "_RETRY_MILLISECONDS", 1)
    problems = [StoreProblem("locked", LOCKED)] * 3

    def open_at_last() -> Workspace:
        if problems:
            raise problems.pop()
        return bench.open()

    desk = Desk(Bridge(), open_at_last)
    told: list[str] = []
    desk.cannot_open.connect(told.append)
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.open()
    desk.close()
    assert told == [f"{LOCKED} bxgui tries again by itself until it works."]


def test_a_window_whose_store_is_opened_at_last_says_nothing_of_it_any_more(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "_RETRY_MILLISECONDS", 1)
    problems = [StoreProblem("locked", LOCKED)]
    open_bench = bench.open

    def open_at_last() -> Workspace:
        if problems:
            raise problems.pop()
        return open_bench()

    monkeypatch.setattr(bench, "open", open_at_last)
    with opened_window(bench, qtbot) as window:
        assert LOCKED in window.message.text
        assert not window.message.isVisible()


def test_a_window_on_one_store_can_be_opened_twice(bench: Bench, qtbot: QtBot) -> None:
    with opened_window(bench, qtbot) as first, opened_window(bench, qtbot) as second:
        ids = bench.take_many(2)
        for window in (first, second):
            wait_for_rows(qtbot, window, ids[::-1])
