"""Ends reference cycles in the GUI thread only."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_MILLISECONDS = 500
# Objects, or collections of the generation before, from which a generation is collected.
_DUE = (700, 10, 10)


class GarbageCollection(QObject):
    """Collects garbage here from time to time, instead of wherever memory is asked for.

    A worker thread that ends a cycle would end the Qt objects in it too, and Qt allows that only
    in their own thread: timers stay, and the program crashes some time later.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=_MILLISECONDS)
        timer.timeout.connect(collect_due)
        timer.start()


def collect_due() -> None:
    """Collect the oldest generation that is due, and the younger ones with it."""
    counts = gc.get_count()
    for generation in (2, 1, 0):
        if counts[generation] > _DUE[generation]:
            gc.collect(generation)
            return
