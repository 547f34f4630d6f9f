"""The store as one object: calls, replies, portals, and the listener's secret paths."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from bxgui.services.store.calls import Calls
from bxgui.services.store.database import Database
from bxgui.services.store.listener_paths import ListenerPaths
from bxgui.services.store.portals import Portals
from bxgui.services.store.replies import Replies
from bxgui.services.store.tables import meta

FILE_NAME = "store.sqlite3"


class Store:
    """Everything that is kept, in one SQLite file."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.calls = Calls(database)
        self.replies = Replies(database)
        self.portals = Portals(database)
        self.listener_paths = ListenerPaths(database)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the store in a folder, which is made where there is none."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / FILE_NAME
        path.touch(mode=0o600)
        return cls(Database.open(path))

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @property
    def id(self) -> str:
        """Identifies this store among others on the same computer."""
        with self.database.read() as connection:
            return str(connection.scalar(select(meta.c.value).where(meta.c.name == "store_id")))
