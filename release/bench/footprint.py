"""What a listener takes: memory while it catches calls, and the disk that they fill."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bxgui.services.store.store import FILE_NAME
from release.bench import listeners, load, post
from release.bench.load import Job
from release.bench.plan import Plan
from release.bench.table import Line, Row, Target
from release.bench.trouble import BenchTrouble

_SAMPLES = 10


def footprint(plan: Plan) -> Iterator[Row]:
    """Memory over many calls, and what each of them adds to the store."""
    each = plan.calls // _SAMPLES
    with plan.scratch() as folder:
        with listeners.running(listeners.AS_IT_IS, Path(folder)) as listener:
            resident = [
                _resident_after(listener, each, plan.connections[0]) for _ in range(_SAMPLES)
            ]
        size = _size(Path(folder), each * _SAMPLES) / (each * _SAMPLES)
    what = f"memory after {each * _SAMPLES:,} calls / after {each:,}"
    yield Line(what, "MB", resident[-1:], resident[:1], Target("<=", 1.05))
    yield "  after each tenth: " + ", ".join(f"{one:.1f}" for one in resident) + " MB"
    allowed = 2 * post.body_bytes() + 1024
    yield Line("store per call / 2 bodies + 1 KB", "B", [size], [allowed], Target("<=", 1))


def _resident_after(listener: listeners.Listener, calls: int, connections: int) -> float:
    done = load.run(Job(listener.url, connections, calls=calls))
    if done.calls < calls:
        raise BenchTrouble(f"{calls} calls took longer than {done.seconds:.0f} s")
    return float(listener.process.memory_info().rss / 1e6)


def _size(folder: Path, calls: int) -> int:
    """The bytes of a closed store, everything moved out of its log; all calls must be in it."""
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        (kept,) = connection.execute("SELECT count(*) FROM calls").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if kept != calls:
            raise BenchTrouble(f"{calls} calls were answered with 200, and {kept} are stored")
        return sum(file.stat().st_size for file in folder.glob(f"{FILE_NAME}*"))
