"""The store as one object: calls, replies, portals, rules, presets, the listener's paths."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bxgui.services.store.authorizations import Authorizations
from bxgui.services.store.calls import Calls
from bxgui.services.store.database import Database
from bxgui.services.store.exchanges import Exchanges
from bxgui.services.store.files import BUSY_SECONDS, make_folder
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
from bxgui.services.store.problems import StoreProblem
from bxgui.services.store.replies import Replies
from bxgui.services.store.reply_queue import ReplyQueue
from bxgui.services.store.rules import Rules
from bxgui.services.store.turns import Turns
from bxgui.services.store.waivers import Waivers

FILE_NAME = "store.sqlite3"


class Store:
    """Everything that is kept, in one SQLite file."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.calls = Calls(database)
        self.replies = Replies(database)
        self.queue = ReplyQueue(database)
        self.turns = Turns(database)
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
    def open(cls, folder: Path, patience: float = BUSY_SECONDS) -> Store:
        """Open the store in a folder, which is made where there is none."""
        make_folder(folder)
        return cls(Database.open(folder / FILE_NAME, patience=patience))

    @classmethod
    def open_or_begin_anew(
        cls, folder: Path, now: datetime, patience: float = BUSY_SECONDS
    ) -> Store:
        """As `open`; a damaged store is set aside, and `set_aside` names it, for a fresh one."""
        # Knows the file by what it is now: another program may begin afresh before we do.
        found = Database(folder / FILE_NAME)
        try:
            return cls._open_sound(folder, patience)
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

    @classmethod
    def open_to_read(cls, folder: Path) -> Store:
        """Open a store that cannot be written; raises `StoreProblem` where that is no use."""
        return cls(Database.open_to_read(folder / FILE_NAME))

    @classmethod
    def to_open_later(cls, folder: Path, identity: Identity) -> Store:
        """A store that cannot be used now, and is opened by the first transaction that can.

        Until then it is known by its identity.
        """
        store = cls(Database(folder / FILE_NAME, patience=0))
        store._identity = identity
        return store

    def begin_anew(self, now: datetime) -> bool:
        """Set a damaged file aside, and begin a fresh one that has its id and paths.

        False where another file has taken its place already. Raises `StoreProblem`.
        """
        identity = self._identity or kept_copy(self.database.path.parent) or new_identity()
        name = self.database.begin_anew(identity, now)
        self.set_aside = name or ""
        return name is not None

    def identity(self) -> Identity:
        """The store's id and paths; as they were known last, where it cannot be read now."""
        try:
            with self.database.read() as connection:
                return read_identity(connection)
        except StoreProblem:
            if self._identity is None:
                raise
            return self._identity

    def keep_identity(self) -> Identity:
        """Its identity, and if possible a copy beside it: what a fresh store would begin with."""
        self._identity = identity = self.identity()
        with suppress(OSError):
            keep_copy(self.database.path.parent, identity)
        return identity

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @property
    def id(self) -> str:
        """Identifies this store among others on the same computer."""
        return self.identity().store_id

    @classmethod
    def _open_sound(cls, folder: Path, patience: float) -> Store:
        store = cls.open(folder, patience)
        try:
            store.database.check_pages()
        except BaseException:
            store.close()
            raise
        return store
