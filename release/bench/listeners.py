"""The real listener in the variants that are compared, each a process of its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bxgui.core.deadlines import TokenState
from bxgui.core.records import Arrival, CallKind, Rejection, Stored
from bxgui.services.listener import ListenOptions, serve
from bxgui.services.listener.announcer import Announcer
from bxgui.services.listener.capture import Intake
from bxgui.services.listener.keeping import Tell
from bxgui.services.listener.process import OpenIntake, open_capture
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, new_key
from release.bench import processes

AS_IT_IS = "as-it-is"
STORING_NOTHING = "storing-nothing"
ONE_COMMIT_EACH = "one-commit-each"


class _StoringNothing:
    """Says that every call is stored, and stores none."""

    def __init__(self) -> None:
        self._stored = Stored(
            1, CallKind.TOKEN, TokenState.WAITING, "approve_invoice", "DEAL_42", "portal", 1, ""
        )

    async def take(self, _arrival: Arrival) -> Stored:
        """The same answer to all."""
        return self._stored

    def reject(self, _rejection: Rejection) -> None:
        """Keep nothing."""

    def close(self) -> None:
        """Have nothing to finish."""


def _storing_nothing(_store: Store, _key: StoreKey, _tell: Tell) -> Intake:
    return _StoringNothing()


def _one_commit_each(store: Store, key: StoreKey, tell: Tell) -> Intake:
    return open_capture(store, key, tell, most_in_one_commit=1)


_VARIANTS: Mapping[str, OpenIntake] = {
    AS_IT_IS: open_capture,
    STORING_NOTHING: _storing_nothing,
    ONE_COMMIT_EACH: _one_commit_each,
}


@dataclass(frozen=True, slots=True)
class Listener:
    """A running listener."""

    url: str
    process: psutil.Process

    @property
    def processor_seconds(self) -> float:
        """What it has taken of the processors since its start."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def running(variant: str, folder: Path, preload: Path | None = None) -> Iterator[Listener]:
    """A listener with a store of its own in `folder`, its library calls as `preload` has them."""
    environment = {**os.environ, "LD_PRELOAD": str(preload)} if preload else None
    arguments = (variant, str(folder))
    with processes.module(__name__, *arguments, environment=environment) as (process, first):
        yield Listener(str(json.loads(first)["local_url"]), psutil.Process(process.pid))


def main() -> None:
    """Serve a variant, its store in a folder, until standard input closes."""
    variant, folder = sys.argv[1:]
    store = Store.open(Path(folder))
    announcer = Announcer(sys.stdout.fileno(), as_json=True)
    where = ListenOptions("127.0.0.1", 0)
    try:
        serve(store, new_key("this is a benchmark"), where, announcer, _VARIANTS[variant])
    finally:
        announcer.close()
        store.close()


if __name__ == "__main__":
    main()
