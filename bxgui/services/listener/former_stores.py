"""Takes in what only the copies of former stores hold, some calls at a time: others come meanwhile.

Whoever put an older copy in the store's place, or the store back in its own, meant to lose nothing
that was acknowledged in between.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bxgui.services.store import Store, StoreProblem, former
from bxgui.services.store.former_calls import SomeCalls, calls_after, is_of_store
from bxgui.services.store.recording import PreparedCall

# How many were missing; raises `StoreProblem`.
TakeIn = Callable[[Sequence[PreparedCall]], int]
_LOG = logging.getLogger(__name__)
_NOTHING = SomeCalls([], 0)


@dataclass(slots=True)
class _Source:
    """A copy that is being taken in, as far as the call `last`."""

    copy: Path
    last: int = 0
    taken: int = 0


class FormerStores:
    """Goes through the copies of former files that nobody has taken in yet."""

    def __init__(self, store: Store, take_in: TakeIn, tell: Callable[[int], None]) -> None:
        self._store = store
        self._take_in = take_in
        self._tell = tell
        self._sources: list[_Source] = []

    @property
    def are_under_way(self) -> bool:
        """Whether there are some."""
        return bool(self._sources)

    def begin(self) -> None:
        """Look for copies; those that were taken into another store are taken in once more."""
        taken = {source.copy: source.taken for source in self._sources}
        copies = former.to_take_in(self._store.database.path)
        self._sources = [_Source(copy, taken=taken.get(copy, 0)) for copy in copies]

    def step(self) -> bool:
        """Take in some calls; False when nothing is left. Raises `StoreProblem`."""
        if not self._sources:
            return False
        source = self._sources[0]
        some = self._next_of(source)
        if some is not None and some.calls:
            source.taken += self._take_in(some.calls)
            source.last = some.last
            return True
        self._sources.remove(source)
        if some is not None:
            former.taken_in(source.copy)
        if source.taken:
            self._tell(source.taken)
        return bool(self._sources)

    def _next_of(self, source: _Source) -> SomeCalls | None:
        """The next calls of a copy, which have an end; None for one that cannot be read now."""
        store_id = self._store.id
        try:
            if source.last or is_of_store(source.copy, store_id):
                return calls_after(source.copy, source.last)
        except StoreProblem as problem:
            _LOG.error("a former store could not be taken in: %s", problem.code)
            return None if problem.may_pass else _NOTHING
        except Exception as error:  # noqa: BLE001 - it must not keep the others out
            _LOG.error("a former store could not be taken in: %s", type(error).__name__)
            return None
        # A whole other store does not belong into this one.
        return _NOTHING
