"""Whether another program has written to the store."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from bxgui.services.store.files import BUSY_SECONDS, FileId, file_id, uri_of

Mark = tuple[FileId | None, int]


class ChangeMark:
    """`PRAGMA data_version` on a connection of its own, to whatever file is at the path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._file: FileId | None = None
        self._lock = threading.Lock()

    def __call__(self) -> Mark:
        """The mark as it is now."""
        with self._lock:
            found = file_id(self._path)
            if self._connection is None or found != self._file:
                self._reopen(found)
            if self._connection is None:
                return None, 0
            row = self._connection.execute("PRAGMA data_version").fetchone()
            return found, int(row[0])

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._reopen(None)

    def _reopen(self, found: FileId | None) -> None:
        if self._connection is not None:
            self._connection.close()
        self._file = found
        self._connection = None
        if found is not None:
            self._connection = sqlite3.connect(
                f"{uri_of(self._path.absolute())}?mode=rw",
                timeout=BUSY_SECONDS,
                check_same_thread=False,
                uri=True,
            )
