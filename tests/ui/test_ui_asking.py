"""How a dialog asks: one question at a time, the newest one answered; and steps of editing."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT

from bxgui.ui.desk import Desk
from bxgui.ui.rules.asking import Asking
from bxgui.ui.rules.steps import Steps


class Held:
    """Questions that are answered when they may be."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.asked: list[str] = []

    def question(self, name: str) -> str:
        self.asked.append(name)
        self.may_go_on.wait(WAIT / 1000)
        return name


def test_of_questions_that_wait_only_the_newest_is_asked(qtbot: QtBot, desk: Desk) -> None:
    held, asking = Held(), Asking(desk)
    answers: list[str] = []
    asking.ask(lambda _w: held.question("first"), answers.append)
    asking.ask(lambda _w: held.question("second"), answers.append)
    asking.ask(lambda _w: held.question("third"), answers.append)

    held.may_go_on.set()

    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)
    assert answers == ["third"]
    assert held.asked == ["first", "third"]


@pytest.mark.parametrize("end", [Asking.forget, Asking.close])
def test_what_nobody_wants_to_know_any_more_is_not_told(
    end: object, qtbot: QtBot, desk: Desk
) -> None:
    held, asking = Held(), Asking(desk)
    answers: list[str] = []
    asking.ask(lambda _w: held.question("first"), answers.append)
    asking.ask(lambda _w: held.question("second"), answers.append)

    assert callable(end)
    end(asking)
    held.may_go_on.set()
    after: list[str] = []
    desk.ask(lambda _w: "after", after.append)

    qtbot.waitUntil(lambda: bool(after), timeout=WAIT)
    assert answers == []


def test_after_the_end_nothing_is_asked(desk: Desk) -> None:
    asking = Asking(desk)
    asking.close()
    asked: list[str] = []

    asking.ask(lambda _w: asked.append("x"), lambda _none: None)

    assert asked == []


def test_a_failure_goes_to_who_wants_it(qtbot: QtBot, desk: Desk) -> None:
    def fail(_workspace: object) -> None:
        raise OSError(5, "no")

    failures: list[Exception] = []
    Asking(desk).ask(fail, lambda _none: None, failures.append)

    qtbot.waitUntil(lambda: bool(failures), timeout=WAIT)


def test_steps_are_taken_back_and_done_again() -> None:
    steps = Steps("a")
    assert not steps.can_undo
    steps.take("b")
    steps.take("b")
    steps.take("c")

    assert [steps.undo(), steps.undo(), steps.undo()] == ["b", "a", "a"]
    assert [steps.redo(), steps.redo(), steps.redo()] == ["b", "c", "c"]


def test_steps_at_one_place_are_one() -> None:
    steps = Steps("")
    for text in ("x", "xy", "xyz"):
        steps.take(text, "name")
    steps.take("1", "title")

    assert [steps.undo(), steps.undo()] == ["xyz", ""]


def test_a_new_step_ends_what_was_taken_back() -> None:
    steps = Steps("a")
    steps.take("b")
    steps.undo()
    steps.take("c")

    assert not steps.can_redo
    assert steps.redo() == "c"
