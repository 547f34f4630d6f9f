"""The bar for known troubles: what is shown, and what waits behind it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot
from ui.ui_parts import by_name, click

from bxgui.ui import theme
from bxgui.ui.message_bar import MessageBar


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def close_shown(bar: MessageBar) -> None:
    by_name(bar, QToolButton, "Close the message").click()


def labels(bar: MessageBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisibleTo(bar)]


def test_the_newest_message_is_shown_and_the_others_wait(bar: MessageBar) -> None:
    bar.show_message("one", subject="a")
    assert "1 more" not in labels(bar)
    bar.show_message("two", subject="b")
    assert bar.text == "two"
    assert "1 more" in labels(bar)
    close_shown(bar)
    assert bar.text == "one"
    assert bar.isVisible()
    close_shown(bar)
    assert not bar.isVisible()


def test_a_loud_message_is_not_covered_by_a_quiet_one(bar: MessageBar) -> None:
    bar.show_message("loud", tint=theme.BAD, subject="a")
    bar.show_message("quiet", subject="b")
    assert bar.text == "loud"
    bar.show_message("louder", tint=theme.BAD, subject="c")
    assert bar.text == "louder"
    bar.clear("c")
    bar.clear("a")
    assert bar.text == "quiet"


def test_there_is_one_message_of_a_subject(bar: MessageBar) -> None:
    bar.show_message("one", subject="a")
    bar.show_message("another", subject="b")
    bar.show_message("one anew", subject="a")
    assert bar.text == "one anew"
    bar.clear("a")
    assert bar.text == "another"
    bar.clear("none such")
    assert bar.isVisible()
    bar.clear("b")
    assert not bar.isVisible()


def test_a_button_acts_once_and_closes_its_message(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.show_message("wait", subject="a")
    bar.show_message("act", subject="b", button="Do it", action=lambda: done.append(bar.text))
    click(qtbot, bar, "Do it")
    assert done == ["wait"]
    assert bar.text == "wait"


def test_what_an_action_has_to_say_is_shown(bar: MessageBar, qtbot: QtBot) -> None:
    def again() -> None:
        bar.show_message("it failed again", subject="a")

    bar.show_message("it failed", subject="a", button="Try", action=again)
    click(qtbot, bar, "Try")
    assert bar.text == "it failed again"
    assert bar.isVisible()
