"""The bar at the top: the listener's state, address and pulse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from ui.ui_parts import Bench, Clock, by_name, desk_of, wait_for_rows

from bxgui.ui.listener_bar import ListenerBar
from bxgui.ui.main_window import MainWindow
from bxgui.ui.pulse import Pulse
from bxgui.ui.state_tabs import REJECTED

URL = "http://127.0.0.1:1/h/secret"


@pytest.fixture
def bar(qtbot: QtBot, clock: Clock) -> ListenerBar:
    made = ListenerBar(clock)
    qtbot.addWidget(made)
    made.resize(1000, 40)
    made.show()
    return made


def shown(bar: ListenerBar) -> str:
    """What the pulse reads."""
    pulse = bar.pulse
    parts = (pulse.calls, pulse._dots[0], pulse.rejected, pulse._dots[1], pulse.last_call)
    return " ".join(part.text() for part in parts if part.isVisible())


def test_a_bar_that_is_starting_offers_no_address_and_no_test_call(bar: ListenerBar) -> None:
    bar.show_listening(URL)
    copy = by_name(bar, QToolButton, "Copy the handler's address")
    bar.show_starting()
    assert bar.url == ""
    assert not copy.isVisible()
    assert not bar.test_call.isEnabled()
    bar.show_listening(URL)
    assert copy.isVisible()
    assert bar.test_call.isEnabled()


@pytest.mark.parametrize(
    ("calls", "rejected", "called", "text"),
    [
        (3, 1, True, "3 calls/min · 1 rejected/min · last call 12 s ago"),
        (3, 0, True, "3 calls/min · last call 12 s ago"),
        (0, 2, True, "2 rejected/min · last call 12 s ago"),
        (0, 2, False, "2 rejected/min"),
        (0, 0, True, "last call 12 s ago"),
        (1, 1, False, "1 call/min · 1 rejected/min"),
        (0, 0, False, ""),
    ],
)
def test_what_is_zero_is_left_out(
    bar: ListenerBar, clock: Clock, calls: int, rejected: int, called: bool, text: str
) -> None:
    bar.show_listening(URL)
    last = clock() - timedelta(seconds=12) if called else None
    bar.pulse.show_pulse(Pulse(calls, rejected, last))
    assert shown(bar) == text


def test_the_age_of_the_last_call_ticks(bar: ListenerBar, clock: Clock) -> None:
    bar.show_listening(URL)
    bar.pulse.show_pulse(Pulse(last_call_at=clock()))
    assert shown(bar) == "last call 0 s ago"
    clock.pass_by(125)
    bar.pulse.tick()
    assert shown(bar) == "last call 2 min ago"


def test_nothing_comes_while_nobody_listens(bar: ListenerBar, clock: Clock) -> None:
    bar.show_listening(URL)
    bar.pulse.show_pulse(Pulse(3, 1, clock()))
    bar.show_stopped("It was killed.")
    assert shown(bar) == ""
    bar.show_starting()
    assert shown(bar) == ""


def test_a_narrow_bar_leaves_the_last_call_out(bar: ListenerBar, clock: Clock) -> None:
    bar.show_listening(URL)
    bar.pulse.show_pulse(Pulse(3, 1, clock()))
    bar.resize(700, 40)
    QApplication.processEvents()
    assert shown(bar) == "3 calls/min · 1 rejected/min"


def test_a_bar_of_1000_pixels_clips_nothing(bar: ListenerBar, clock: Clock) -> None:
    bar.show_listening("https://hook.example.com/h/" + "s" * 40)
    bar.pulse.show_pulse(Pulse(1234, 567, clock() - timedelta(minutes=59)))
    QApplication.processEvents()
    pulse = bar.pulse
    for part in (pulse.calls, pulse.rejected, pulse.last_call, bar.test_call, bar._more):
        assert part.width() >= part.fontMetrics().horizontalAdvance(part.text()), part.text()
        assert bar.rect().contains(part.mapTo(bar, part.rect().bottomRight()))


def test_rejections_lead_to_their_list_by_key(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    rejected = bench.reject()
    window.filter.search.setText("something else")
    window.listener_bar.show_listening(URL)
    window.control.listener.said.emit(
        {"event": "status", "calls_per_minute": 0, "rejected_per_minute": 1, "last_call_at": None}
    )
    desk_of(window).note_change()
    button = window.listener_bar.pulse.rejected
    assert button.accessibleName() == "1 rejected/min"
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert window.tabs.choice == REJECTED
    wait_for_rows(qtbot, window, [rejected])
