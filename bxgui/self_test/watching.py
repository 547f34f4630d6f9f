"""Watches the process that takes the steps: what it writes, and when it has to end."""

from __future__ import annotations

import os
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO

import psutil

from bxgui.self_test.lines import Line, Word, unpacked

_END_SECONDS = 3.0
_PIPES = 2
# Every process of a self-test has it in its environment, whoever its parent is by now.
_MARK = "BXGUI_SELF_TEST"
Tell = Callable[[Line], None]


class _Watched:
    """One process, and the step that it is at."""

    def __init__(self, process: subprocess.Popen[bytes], tell: Tell) -> None:
        self.process = process
        self.step = "start"
        self._tell = tell
        self._lines: SimpleQueue[tuple[bytes, bool] | None] = SimpleQueue()

    def read(self) -> None:
        """Read both pipes, each in a thread."""
        for pipe, is_told in ((self.process.stdout, True), (self.process.stderr, False)):
            if pipe is None:
                raise AssertionError
            threading.Thread(target=self._read, args=(pipe, is_told), daemon=True).start()

    def follow(self, seconds: float) -> bool:
        """Tell what is said until nothing more can come; False when that takes too long."""
        deadline = time.monotonic() + seconds
        open_pipes = _PIPES
        while open_pipes:
            try:
                item = self._lines.get(timeout=max(deadline - time.monotonic(), 0))
            except Empty:
                return False
            if item is None:
                open_pipes -= 1
            else:
                self._hear(*item)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(deadline - time.monotonic(), 0))
        return self.process.returncode is not None

    def _read(self, pipe: IO[bytes], is_told: bool) -> None:
        with pipe:
            for line in pipe:
                self._lines.put((line, is_told))
        self._lines.put(None)

    def _hear(self, text: bytes, is_told: bool) -> None:
        shown = text.decode("utf-8", "replace").rstrip()
        line = unpacked(shown) if is_told else None
        if line is None:
            if shown:
                self._tell(Line(Word.UNEXPECTED, self.step, shown))
            return
        self.step = line.step
        if line.word is not Word.BEGUN:
            self._tell(line)


def watch(
    command: Sequence[str], environment: Mapping[str, str], seconds: float, tell: Tell
) -> None:
    """Run the process that takes the steps, and tell what it tells and what is wrong with it."""
    mark = uuid.uuid4().hex
    with subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment, _MARK: mark},
        # On Windows a program that has no console itself would open one for it.
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        watched = _Watched(process, tell)
        watched.read()
        try:
            in_time = watched.follow(seconds)
        finally:
            process.kill()
            process.wait()
            left = _end_marked(mark)
        if not in_time:
            text = f"it did not end within {seconds:g} s and was killed"
            tell(Line(Word.FAILED, watched.step, text))
            return
        if process.returncode:
            tell(Line(Word.FAILED, watched.step, _ended(process.returncode)))
        if left:
            text = f"processes were left behind: {', '.join(map(str, left))}"
            tell(Line(Word.FAILED, watched.step, text))


def _end_marked(mark: str) -> list[int]:
    """End whatever bears a mark; returns who has not ended by itself, soon enough."""
    _, left = psutil.wait_procs(list(_marked(mark)), _END_SECONDS)
    for one in left:
        with suppress(psutil.Error):
            one.kill()
    return [one.pid for one in left]


def _marked(mark: str) -> Iterator[psutil.Process]:
    for one in psutil.process_iter():
        # Those of other users, and those that have just ended.
        with suppress(psutil.Error, OSError):
            if one.environ().get(_MARK) == mark:
                yield one


def _ended(status: int) -> str:
    if status < 0 and os.name == "posix":
        return f"the process was ended by signal {-status}"
    return f"the process ended with status {status}"
