"""Lines on standard output that never hold up whoever announces."""

from __future__ import annotations

import json
import os
import queue
import threading
from contextlib import suppress

_MOST_WAITING = 10_000
_FLUSH_SECONDS = 2


class Announcer:
    """Writes a line per event from a thread of its own; a reader that stalls costs lines only."""

    def __init__(self, descriptor: int, *, as_json: bool) -> None:
        self._descriptor = descriptor
        self._as_json = as_json
        self._lines: queue.Queue[bytes | None] = queue.Queue(_MOST_WAITING)
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
        self._thread.start()

    def say(self, text: str, **event: object) -> None:
        """Announce an event: as `text` to a person, if there is one, as JSON to a program."""
        if not self._as_json and not text:
            return
        line = json.dumps(event, ensure_ascii=False) if self._as_json else _printable(text)
        with suppress(queue.Full):
            self._lines.put_nowait(line.encode("utf-8", "replace") + b"\n")

    def close(self) -> None:
        """Write what waits, as long as the reader takes it."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(_FLUSH_SECONDS)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            with suppress(OSError):
                while line:
                    line = line[os.write(self._descriptor, line) :]


def _printable(text: str) -> str:
    """One line that cannot steer a terminal: rules and documents name themselves."""
    return "".join(c if c.isprintable() or "\ud800" <= c <= "\udfff" else "\ufffd" for c in text)
