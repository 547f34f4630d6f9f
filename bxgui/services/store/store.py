"""The store as one object: calls, replies, portals, rules, presets, the listener's paths."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bxgui.services.store.authorizations import Authorizations
from bxgui.services.store.calls import Calls
from bxgui.services.store.database import Database, StoreProblem
from bxgui.services.store.exchanges import Exchanges
from bxgui.services.store.identity import (
    Identity,
    keep_copy,
    kept_copy,
    new_identity,
    read_identity,
)
from bxgui.services.store.listener_paths import ListenerPaths
from bxgui.services.store.portal_register import PortalRegister
from bxgui.services.store.portals import Portals
from bxgui.services.store.presets import Presets
from bxgui.services.store.replies import Replies
from bxgui.services.store.reply_queue import ReplyQueue
from bxgui.services.store.rules import Rules
from bxgui.services.store.tables import meta
from bxgui.services.store.waivers import Waivers

FILE_NAME = "store.sqlite3"


class Store:
    """Everything that is kept, in one SQLite file."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.calls = Calls(database)
        self.replies = Replies(database)
        self.queue = ReplyQueue(database)
        self.portals = Portals(database)
        self.presets = Presets(database)
        self.portal_register = PortalRegister(database)
        self.authorizations = Authorizations(database)
        self.exchanges = Exchanges(database)
        self.rules = Rules(database)
        self.listener_paths = ListenerPaths(database)
        self.waivers = Waivers(database)
        self.set_aside = ""
        self._identity: Identity | None = None

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the store in a folder, which is made where there is none."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(Database.open(folder / FILE_NAME))

    @classmethod
    def open_or_begin_anew(cls, folder: Path, now: datetime) -> Store:
        """As `open`; a damaged store is set aside, and `set_aside` names it, for a fresh one."""
        # Knows the file by what it is now: another program may begin afresh before we do.
        found = Database(folder / FILE_NAME)
        try:
            return cls.open(folder)
        except StoreProblem as problem:
            if problem.code != "corrupt":
                raise
        store = cls(found)
        try:
            store.begin_anew(now)
        except BaseException:
            store.close()
            raise
        return store

    def begin_anew(self, now: datetime) -> None:
        """Set a damaged file aside, and begin a fresh one that has its id and paths."""
        identity = self._identity or kept_copy(self.database.path.parent) or new_identity()
        self.set_aside = self.database.begin_anew(identity, now)

    def keep_identity(self) -> None:
        """Remember what a fresh store would begin with, here and beside the store."""
        with self.database.read() as connection:
            self._identity = read_identity(connection)
        keep_copy(self.database.path.parent, self._identity)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @property
    def id(self) -> str:
        """Identifies this store among others on the same computer."""
        with self.database.read() as connection:
            return str(connection.scalar(select(meta.c.value).where(meta.c.name == "store_id")))
