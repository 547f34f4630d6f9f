"""Signals that close the window."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT

from bxgui.ui.closing_signals import ClosingSignals


@pytest.fixture
def closes(qtbot: QtBot) -> Iterator[list[str]]:
    """What was called by signals of this process, which are handled as before afterwards."""
    former = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    wakeup = signal.set_wakeup_fd(-1)
    called: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    signals = ClosingSignals(lambda: called.append("close"), window)
    yield called
    signals.end()
    signal.set_wakeup_fd(wakeup)
    for one, handler in former.items():
        signal.signal(one, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_from_the_event_loop_only(
    closes: list[str], qtbot: QtBot, number: signal.Signals
) -> None:
    signal.raise_signal(number)
    assert closes == []
    qtbot.waitUntil(lambda: closes == ["close"], timeout=WAIT)
    signal.raise_signal(number)
    qtbot.waitUntil(lambda: closes == ["close"] * 2, timeout=WAIT)


def test_other_signals_close_nothing(closes: list[str], qtbot: QtBot) -> None:
    former = signal.signal(signal.SIGABRT, lambda _number, _frame: None)
    try:
        signal.raise_signal(signal.SIGABRT)
        signal.raise_signal(signal.SIGTERM)
        qtbot.waitUntil(lambda: bool(closes), timeout=WAIT)
    finally:
        signal.signal(signal.SIGABRT, former)
    assert closes == ["close"]


def test_signals_after_the_end_are_passed_over(closes: list[str], qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ClosingSignals(lambda: closes.append("later"), window).end()

    signal.raise_signal(signal.SIGTERM)
    QApplication.processEvents()

    assert closes == []
