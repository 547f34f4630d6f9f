"""Lines on standard output that never hold up whoever announces."""

from __future__ import annotations

import json
import os
import queue
import threading
import time
from contextlib import suppress

_MOST_WAITING = 10_000
_FLUSH_SECONDS = 2
_GATHERING_SECONDS = 0.005
_MOST_AT_ONCE = 64 * 1024


class Announcer:
    """Writes a line per event from a thread of its own; a reader that stalls costs lines only."""

    def __init__(self, descriptor: int, *, as_json: bool) -> None:
        self._descriptor = descriptor
        self._as_json = as_json
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
        self._thread.start()

    def say(self, text: str, **event: object) -> None:
        """Announce an event: as `text` to a person, if there is one, as JSON to a program."""
        if not self._as_json and not text:
            return
        line = json.dumps(event, ensure_ascii=False) if self._as_json else _printable(text)
        if self._lines.qsize() < _MOST_WAITING:
            self._lines.put(line.encode("utf-8", "replace") + b"\n")

    def close(self) -> None:
        """Write what waits, as long as the reader takes it."""
        self._lines.put(None)
        self._thread.join(_FLUSH_SECONDS)

    def _run(self) -> None:
        last = False
        while not last:
            lines, last = self._waiting()
            with suppress(OSError):
                while lines:
                    lines = lines[os.write(self._descriptor, lines) :]

    def _waiting(self) -> tuple[bytes, bool]:
        """All lines that wait, written at once, and whether they are the last."""
        lines = bytearray()
        line = self._lines.get()
        if line is not None:
            # Who announces is busy now: to be woken for each line would hold it up.
            time.sleep(_GATHERING_SECONDS)
        while line is not None:
            lines += line
            if self._lines.empty() or len(lines) > _MOST_AT_ONCE:
                return bytes(lines), False
            line = self._lines.get()
        return bytes(lines), True


def _printable(text: str) -> str:
    """One line that cannot steer a terminal: rules and documents name themselves."""
    return "".join(c if c.isprintable() or "\ud800" <= c <= "\udfff" else "\ufffd" for c in text)
