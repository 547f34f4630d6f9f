"""The PySide6 that is installed; 6.12.0 on Python 3.11 aborts, and a short test does not notice."""

from __future__ import annotations

import subprocess
import sys

import PySide6
import pytest

VOID_CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for number in range(20_000):
    assert thing.setObjectName("x") is None
    assert thing.blockSignals(number % 2 == 1) is (number % 2 == 0 and number > 0)
print("done", end="")
"""

SIGNALS = """
from PySide6.QtCore import QObject, Signal
class Sender(QObject):
    sent = Signal(int, str)
    told = Signal()
received = []
sender = Sender()
sender.sent.connect(lambda number, text: received.append(number))
sender.told.connect(lambda: None)
for number in range(10_000):
    sender.sent.emit(number, "x")
    sender.told.emit()
assert received == list(range(10_000))
print("done", end="")
"""


@pytest.mark.parametrize("script", [VOID_CALLS, SIGNALS], ids=["void_calls", "signals"])
def test_thousands_of_calls_into_qt_do_not_abort(script: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )

    assert (run.returncode, run.stdout, run.stderr) == (0, "done", "")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="sound on later Pythons")
def test_the_release_that_aborts_is_not_installed() -> None:
    assert PySide6.__version__ != "6.12.0"
