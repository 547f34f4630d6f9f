"""Prints how fast many replies are sent, as ratios measured in one run; it fails at no figure."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from release.bench import processes, senders
from release.bench.rounds import in_turn
from release.bench.send_portal import Result
from release.bench.senders import Send
from release.bench.table import HEADER, Line, Row, Target
from release.bench.trouble import BenchTrouble

_MOST_REQUESTS = 25
_BUILD = Path(__file__).resolve().parents[2] / "build"


@dataclass(frozen=True, slots=True)
class _Sent:
    """What one way of sending has taken."""

    seconds: float
    requests: int


def main(arguments: Sequence[str]) -> int:
    """Print a line for each comparison; 0 whether or not the targets are met."""
    options = _parser().parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    _say(f"{options.rounds} rounds of {options.replies} replies, https on loopback")
    _say(HEADER)
    if "unlimited" in options.only:
        for row in _unlimited(options):
            _say(str(row))
    if "limited" in options.only:
        for row in _limited(options):
            _say(str(row))
    return 0


def _unlimited(options: argparse.Namespace) -> Iterator[Row]:
    """A portal that takes what comes."""
    ways: Mapping[str, Send] = {
        "ours": senders.ours,
        "singly": senders.ours_singly,
        "bare": senders.bare,
    }
    found = _measured(options, ways, options.rounds, limited=False)
    bare = _seconds(found["bare"])
    yield Line(
        "replies without limits / bare loop", "s", _seconds(found["ours"]), bare, Target("<=", 1.3)
    )
    yield Line("the same, ours one by one / bare loop", "s", _seconds(found["singly"]), bare, None)


def _limited(options: argparse.Namespace) -> Iterator[Row]:
    """A portal with the limits of the cloud: 50 at once, and two a second."""
    ways: Mapping[str, Send] = {
        "ours": senders.ours,
        "batches": senders.sdk_batches,
        "sdk": senders.sdk,
    }
    found = _measured(options, ways, options.limited_rounds, limited=True)
    ours = found["ours"]
    most = [float(_MOST_REQUESTS)] * len(ours)
    yield Line("requests used, real limits / 25", "", _requests(ours), most, Target("<=", 1))
    for name, text in (("sdk", "b24pysdk one by one"), ("batches", "b24pysdk in batches")):
        theirs = found[name]
        yield Line(f"requests used / {text}", "", _requests(ours), _requests(theirs), None)
        yield Line(f"time, real limits / {text}", "s", _seconds(ours), _seconds(theirs), None)


def _measured(
    options: argparse.Namespace, ways: Mapping[str, Send], rounds: int, *, limited: bool
) -> dict[str, list[_Sent]]:
    measures = {
        name: partial(_sent, send, options.folder, options.replies, limited)
        for name, send in ways.items()
    }
    return in_turn(rounds, measures)


def _sent(send: Send, folder: Path, replies: int, limited: bool) -> _Sent:
    """Have a fresh portal's calls answered, and see that they were."""
    kind = "limited" if limited else "unlimited"
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as name:
        scratch = Path(name)
        with processes.module("release.bench.send_portal", name, str(replies), kind):
            seconds = send(scratch, limited)
        result = Result.read(scratch)
    if result.answered != replies:
        raise BenchTrouble(f"{result.answered} of {replies} workflows were answered")
    return _Sent(seconds, result.requests)


def _seconds(sent: Sequence[_Sent]) -> list[float]:
    return [one.seconds for one in sent]


def _requests(sent: Sequence[_Sent]) -> list[float]:
    return [float(one.requests) for one in sent]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench send", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often without limits (3)")
    parser.add_argument(
        "--limited-rounds", type=int, default=1, help="how often with limits, minutes each (1)"
    )
    parser.add_argument("--replies", type=int, default=1000, help="how many (1000)")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=("unlimited", "limited"),
        default=("unlimited", "limited"),
        help="a part of it",
    )
    parser.add_argument(
        "--folder", type=Path, default=_BUILD, help="where the stores lie, on a real disk (build/)"
    )
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text.rstrip()}\n")
    sys.stdout.flush()
