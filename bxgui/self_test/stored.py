"""Whether a store can be made and read again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bxgui.self_test.telling import StepFailed
from bxgui.services.store import Store


def keep(folder: Path) -> str:
    """Make a store, and find in it, opened again, what was put there."""
    with closing(Store.open(folder)) as store:
        made = store.id
    with closing(Store.open(folder)) as store:
        if store.id != made:
            message = "what was written is not there when it is read"
            raise StepFailed(message)
    return f"SQLite {sqlite3.sqlite_version} in a temporary folder"
