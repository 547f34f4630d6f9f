"""Commands run in this process on a data folder of their own."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from posts import NOW, Post

from bxgui.cli import main
from bxgui.core.records import Arrival
from bxgui.services import key_sharing
from bxgui.services.intake import prepare
from bxgui.services.store import Store
from bxgui.services.vault import new_key


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The only line on standard error."""
        (line,) = self.err.splitlines()
        assert line.startswith("bxgui: ")
        return line.removeprefix("bxgui: ")

    @property
    def told(self) -> list[dict[str, object]]:
        """What a command that was asked for JSON says on standard error."""
        return [json.loads(line) for line in self.err.splitlines()]


class Cli:
    """Runs commands in this process on a data folder of its own."""

    def __init__(self, data: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._capture = capture
        self.key = new_key("this is a test")

    def __call__(self, *arguments: str) -> Ended:
        try:
            status = main(["--data-dir", str(self.data), *arguments])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        printed = self._capture.readouterr()
        return Ended(status, printed.out, printed.err)

    def catch(self, *posts: Post, at: datetime = NOW) -> list[int]:
        return self.catch_arrivals(*(post.arrival(at) for post in posts))

    def catch_arrivals(self, *arrivals: Arrival) -> list[int]:
        with closing(Store.open(self.data)) as store:
            prepared = [prepare(arrival, self.key) for arrival in arrivals]
            return [stored.call_id for stored in store.calls.record(prepared)]

    def register(self, post: Post, properties: dict[str, object]) -> None:
        with closing(Store.open(self.data)) as store:
            known = store.portals.by_key(post.member_id)
            assert known is not None
            registration = {"RETURN_PROPERTIES": properties}
            store.portals.keep_registration(known.id, post.code, registration, NOW)


@contextmanager
def log_of_commands() -> Iterator[None]:
    """The log that commands start ends with the block."""
    logger = logging.getLogger()
    handlers, level = list(logger.handlers), logger.level
    yield
    for handler in set(logger.handlers) - set(handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)


@contextmanager
def lent_commands(
    data: Path, capture: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cli]:
    """Commands that can read the secrets of what was caught, as beside a running listener."""
    made = Cli(data, capture)
    with log_of_commands(), tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        with closing(Store.open(data)) as store:
            sharing = key_sharing.share(made.key, store.id)
        assert sharing is not None
        with closing(sharing):
            yield made
