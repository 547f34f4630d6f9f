"""The disk that a benchmark writes to: its figures depend on it."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import median

import psutil

_PAGE = bytes(4096)
_TIMES = 50


def described(folder: Path) -> str:
    """The file system of a folder, and how long its fsync takes."""
    return f"disk: {_file_system(folder)}, fsync after 4 KB {_fsync_seconds(folder) * 1000:.2f} ms"


def _file_system(folder: Path) -> str:
    whole = folder.resolve()
    mounted = [
        one for one in psutil.disk_partitions(all=True) if whole.is_relative_to(one.mountpoint)
    ]
    return max(mounted, key=lambda one: len(one.mountpoint)).fstype if mounted else "unknown"


def _fsync_seconds(folder: Path) -> float:
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(_TIMES):
            os.write(file.fileno(), _PAGE)
            start = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    return median(taken)
