"""Prints how fast calls are caught, as ratios measured in one run; it fails at no figure."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from release.bench import catching, disk, post
from release.bench.decoding import decoding
from release.bench.footprint import footprint
from release.bench.plan import Plan
from release.bench.table import HEADER, Row

_BUILD = Path(__file__).resolve().parents[2] / "build"
_PARTS: Mapping[str, Callable[[Plan], Iterator[Row]]] = {
    "throughput": catching.throughput,
    "slow-disk": catching.slow_disk,
    "latency": catching.latency,
    "mitmdump": catching.against_mitmdump,
    "footprint": footprint,
    "decoding": decoding,
}


def main(arguments: Sequence[str]) -> int:
    """Print a line for each comparison; 0 whether or not the targets are met."""
    options = _parser().parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        options.folder,
        options.rounds,
        options.seconds,
        options.calls,
        options.connections,
        options.without_mitmdump,
    )
    _say(f"{plan.rounds} rounds of {plan.seconds:g} s, a body of {post.body_bytes():,} bytes")
    _say(f"{_computer()}; {disk.described(plan.folder)}")
    _say(HEADER)
    for name in options.only or _PARTS:
        for row in _PARTS[name](plan):
            _say(str(row))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench capture", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often to measure (5)")
    parser.add_argument("--seconds", type=float, default=2, help="how long each time (2)")
    parser.add_argument(
        "--calls", type=int, default=100_000, help="how many for memory and size (100000)"
    )
    parser.add_argument(
        "--connections", type=int, nargs="+", default=(32, 256), help="at a time (32 256)"
    )
    parser.add_argument(
        "--only", action="append", choices=list(_PARTS), help="one part; may be repeated"
    )
    parser.add_argument(
        "--without-mitmdump", action="store_true", help="install and measure no mitmdump"
    )
    parser.add_argument(
        "--folder", type=Path, default=_BUILD, help="where the stores lie, on a real disk (build/)"
    )
    return parser


def _computer() -> str:
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} processors{busy}, Python {platform.python_version()}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text.rstrip()}\n")
    sys.stdout.flush()
