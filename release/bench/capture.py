"""How fast calls are caught, as ratios to what else could catch them."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from release.bench import disk, listeners, load, post
from release.bench.load import Done, Job
from release.bench.rounds import in_turn
from release.bench.table import HEADER, Line, Missing, Target

_BUILD = Path(__file__).resolve().parents[2] / "build"
_CONNECTIONS = (32, 256)
_WARMING = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to measure, and where the stores lie."""

    folder: Path
    rounds: int
    seconds: float
    calls: int


def throughput(plan: Plan) -> Iterator[Line | Missing]:
    """Durable captures a second against storing nothing, and against one commit for each call."""
    for connections in _CONNECTIONS:
        variants = (listeners.AS_IT_IS, listeners.STORING_NOTHING, listeners.ONE_COMMIT_EACH)
        rates = _rates(plan, variants, connections)
        ours, nothing, one_each = (rates[variant] for variant in variants)
        what = f"captures, {connections} connections"
        yield Line(f"{what}: storing nothing", "/s", ours, nothing, Target(">=", 0.35))
        yield Line(f"{what}: one commit each", "/s", ours, one_each, Target(">=", 1.5))


def _rates(plan: Plan, variants: Sequence[str], connections: int) -> dict[str, list[float]]:
    done = _done(plan, variants, Job("", connections, plan.seconds))
    return {variant: [one.per_second for one in all_of_it] for variant, all_of_it in done.items()}


def _done(
    plan: Plan, variants: Sequence[str], job: Job, preload: Path | None = None
) -> dict[str, list[Done]]:
    """What came of a job at a fresh listener of each variant, in each round."""
    with ExitStack() as stack:
        measures: dict[str, Callable[[], Done]] = {}
        for variant in variants:
            folder = stack.enter_context(_scratch(plan))
            running = listeners.running(variant, Path(folder), preload)
            url = stack.enter_context(running).url
            load.run(Job(url, job.connections, calls=_WARMING))
            measures[variant] = partial(load.run, _at(url, job))
        return in_turn(plan.rounds, measures)


def _at(url: str, job: Job) -> Job:
    return Job(url, job.connections, job.seconds, job.calls, job.rate)


def _scratch(plan: Plan) -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(dir=plan.folder, prefix="bench-")


_PARTS: Mapping[str, Callable[[Plan], Iterator[Line | Missing]]] = {
    "throughput": throughput,
}


def main(arguments: Sequence[str]) -> int:
    """Print a line for each comparison; 0 whether or not the targets are met."""
    options = _parser().parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(options.folder, options.rounds, options.seconds, options.calls)
    _say(f"{plan.rounds} rounds of {plan.seconds:g} s each, a body of {post.body_bytes():,} bytes")
    _say(disk.described(plan.folder))
    _say(HEADER)
    for name in options.only or _PARTS:
        for line in _PARTS[name](plan):
            _say(str(line))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench capture", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    parser.add_argument("--seconds", type=float, default=2, help="how long each time")
    parser.add_argument("--calls", type=int, default=100_000, help="for memory and size")
    parser.add_argument(
        "--only", action="append", choices=list(_PARTS), help="leave out the other parts"
    )
    parser.add_argument(
        "--folder", type=Path, default=_BUILD, help="where the stores are put: a real disk"
    )
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text.rstrip()}\n")
    sys.stdout.flush()
