"""Which process a reply belongs to, and whether that process still runs."""

from __future__ import annotations

import os
import uuid

import psutil

# Clocks are set, and the system counts starts from the boot: equal starts may read a bit apart.
_SAME_START_SECONDS = 2.0


def _named(number: int, started: float) -> str:
    return f"{number}:{started:.3f}:{uuid.uuid4().hex}"


# The number alone would not do: the system gives it to another process later.
THIS_PROCESS = _named(os.getpid(), psutil.Process().create_time())


def is_alive(owner: str) -> bool:
    """Whether the process that owns a reply may still be sending it."""
    if owner == THIS_PROCESS:
        return True
    number, _, rest = owner.partition(":")
    try:
        started = float(rest.partition(":")[0])
        process = psutil.Process(int(number))
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return abs(process.create_time() - started) < _SAME_START_SECONDS
    except psutil.AccessDenied:
        return True
    except (psutil.Error, ValueError, OverflowError):
        return False
