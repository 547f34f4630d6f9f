"""Qt objects in reference cycles end in the GUI thread, whoever asks for memory meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT

from bxgui.ui.garbage import GarbageCollection


class _Node(QObject):
    """A Qt object that refers to itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def _collecting() -> Iterator[None]:
    """As a program begins: any thread collects."""
    was_enabled = gc.isenabled()
    gc.collect()
    gc.enable()
    yield
    if not was_enabled:
        gc.disable()


def _allocate() -> None:
    for _ in range(200_000):
        cycle: list[object] = []
        cycle.append(cycle)


def _allocate_in_a_thread() -> None:
    worker = threading.Thread(target=_allocate)
    worker.start()
    worker.join()


@pytest.mark.usefixtures("_collecting")
def test_cycle_of_qt_objects_ends_in_the_gui_thread_only(qtbot: QtBot) -> None:
    ended_in: list[threading.Thread] = []
    holder = QObject()
    GarbageCollection(holder)

    gone = weakref.ref(_Node(), lambda _: ended_in.append(threading.current_thread()))
    _allocate_in_a_thread()

    assert ended_in == []
    qtbot.waitUntil(lambda: gone() is None, timeout=WAIT)
    assert ended_in == [threading.main_thread()]
