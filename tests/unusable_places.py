"""What may be where a file should be, and what no file can be made of."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

NO_FILES: Mapping[str, Callable[[Path], None]] = {
    "a folder": lambda path: path.mkdir(parents=True),
    "a pipe": lambda path: os.mkfifo(path, 0o600),
}
posix = pytest.mark.skipif(os.name != "posix", reason="pipes and paths of POSIX")


def long_folder(folder: Path, size: int = 600) -> Path:
    """A folder whose path the system takes, and SQLite does not."""
    while len(os.fsencode(folder)) < size:
        folder /= "long" * 25
    folder.mkdir(mode=0o700, parents=True)
    return folder
