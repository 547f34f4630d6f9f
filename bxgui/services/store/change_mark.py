"""Whether another program has written to the store."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from bxgui.services.store.files import (
    BUSY_SECONDS,
    FileId,
    Opened,
    file_id,
    opened_at,
    parts,
    uri_of,
)

Mark = tuple[FileId | None, int]


class ChangeMark:
    """`PRAGMA data_version` on a connection of its own, to whatever file is at the path.

    Another file is connected to only after `go_over`, which makes it ready.
    """

    def __init__(self, path: Path, go_over: Callable[[], None]) -> None:
        self._path = path
        self._places = parts(path)
        self._go_over = go_over
        self._connection: sqlite3.Connection | None = None
        self._opened: Opened | None = None
        self._lock = threading.Lock()

    def __call__(self) -> Mark:
        """The mark as it is now; raises `StoreProblem`."""
        if file_id(self._path) is None:
            self.close()
            return None, 0
        self._go_over()
        with self._lock:
            found = opened_at(self._places)
            if self._connection is None or found != self._opened:
                self._connection = self._reopened()
            row = self._connection.execute("PRAGMA data_version").fetchone()
            return found.file, int(row[0])

    def close(self) -> None:
        """Close the connection; the next look makes another one."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._opened = None

    def _reopened(self) -> sqlite3.Connection:
        self._close()
        connection = sqlite3.connect(
            f"{uri_of(self._path.absolute())}?mode=rw",
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            uri=True,
        )
        # A log is opened, or made, by the first look into the file.
        connection.execute("PRAGMA data_version").fetchone()
        self._opened = opened_at(self._places)
        return connection
