"""The store as a listener opens it: portals do not wait until somebody has mended it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bxgui.services.store import Store, StoreProblem
from bxgui.services.store.identity import kept_copy
from bxgui.services.store.listener_paths import ListenerPath, paths_of

_PATIENCE_SECONDS = 2.0


def open_to_catch(folder: Path, now: datetime) -> Store:
    """The store of a folder; a damaged one is set aside for a fresh one.

    One that cannot be used now, and whose address is known, is opened once it can. Raises
    `StoreProblem` for any other.
    """
    try:
        return Store.open_or_begin_anew(folder, now, _PATIENCE_SECONDS)
    except StoreProblem as problem:
        identity = kept_copy(folder)
        if not problem.may_pass or identity is None or not _honoured(paths_of(identity), now):
            raise
    return Store.to_open_later(folder, identity)


def honoured_paths(store: Store, now: datetime) -> list[ListenerPath]:
    """The paths at which calls are taken, the newest first; raises `StoreProblem` for none."""
    try:
        return store.listener_paths.honoured(now)
    except StoreProblem:
        found = _honoured(paths_of(store.identity()), now)
        if not found:
            raise
        return found


def _honoured(paths: list[ListenerPath], now: datetime) -> list[ListenerPath]:
    return [path for path in paths if path.is_honoured(now)]
