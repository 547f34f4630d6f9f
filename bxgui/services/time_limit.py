"""A time limit for work that may hang: a keyring that waits for a person, a name, a dead disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T], name: str = "time limit") -> T:
    """What the work gives or raises; raises TimeoutError when it takes longer.

    Work that does not end is left behind in a thread of its own, which keeps no program alive.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - whoever waits gets it, whatever it is
            future.set_exception(error)

    threading.Thread(target=run, name=name, daemon=True).start()
    return future.result(seconds)
