"""Servers as processes of their own, each stopped with the block that it serves."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from release.bench.trouble import BenchTrouble

_ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 30
_STOP_SECONDS = 20


@contextmanager
def module(
    name: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], bytes]]:
    """A module of ours as a server, and its first line, which says that it is ready.

    What it writes later is read and dropped, as fast as a window would take it. It stops when its
    standard input closes, so it does not outlive this process either.
    """
    command = [sys.executable, "-m", name, *arguments]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        env=environment,
    ) as process:
        said, told = cast(IO[bytes], process.stdout), cast(IO[bytes], process.stdin)
        drain = threading.Thread(target=_drain, args=(said,))
        try:
            first = _first_line(process, said)
            drain.start()
            yield process, first
        finally:
            told.close()
            end(process)
            if drain.ident:
                drain.join()


def end(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that has been told to stop; kill it when it does not."""
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _first_line(process: subprocess.Popen[bytes], output: IO[bytes]) -> bytes:
    watch = threading.Timer(_START_SECONDS, process.kill)
    watch.start()
    try:
        line = output.readline()
    finally:
        watch.cancel()
    if not line:
        raise BenchTrouble("a server did not start")
    return line


def _drain(output: IO[bytes]) -> None:
    while output.read(65536):
        pass
