"""Posting calls from a process of its own, over keep-alive connections."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from release.bench.trouble import BenchTrouble

_ROOT = Path(__file__).resolve().parents[2]
_LONGEST_SECONDS = 600
_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Job:
    """What to post: as fast as answers come, or at a rate (calls a second), until a bound."""

    url: str
    connections: int
    seconds: float = _LONGEST_SECONDS
    calls: int = sys.maxsize
    rate: float = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job, every answer being 200; latencies only of a job at a rate."""

    calls: int
    seconds: float
    latencies: Sequence[float] = ()

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.calls / self.seconds

    def latency(self, percent: int) -> float:
        """The seconds within which this share of the calls had their answers."""
        return sorted(self.latencies)[math.ceil(len(self.latencies) * percent / 100) - 1]


def run(job: Job) -> Done:
    """Do a job in a new process; raises `BenchTrouble` unless every answer is 200."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", "release.bench.load_generator"],
            # The address holds a secret path, which belongs on no command line.
            input=json.dumps(asdict(job)),
            capture_output=True,
            text=True,
            check=False,
            cwd=_ROOT,
            timeout=job.seconds + _PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise BenchTrouble("a server left calls without an answer") from error
    if child.returncode:
        raise BenchTrouble(child.stderr.strip() or "the load generator failed")
    return Done(**json.loads(child.stdout))
