"""How long our decoder of form bodies takes, beside the one of the standard library."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from urllib.parse import parse_qsl

from bxgui.core import phpform
from release.bench.plan import Plan
from release.bench.rounds import in_turn
from release.bench.table import Line, Row, Target

_PAIRS = 20_000
# 52 bytes a pair make 1 MB.
_SHAPES: Mapping[str, str] = {
    "plain names": "field_{0:05d}=the+{0:05d}th+value+of+a+form%2C+as+given",
    "names in brackets": "properties%5BUF_{0:05d}%5D=%D0%9D%D0%94%D0%A1+{0:07d}",
}


def decoding(plan: Plan) -> Iterator[Row]:
    """1 MB in 20,000 pairs, decoded by us and by `parse_qsl`."""
    for shape, pair in _SHAPES.items():
        body = "&".join(pair.format(number) for number in range(_PAIRS)).encode()
        taken = in_turn(
            plan.rounds,
            {"ours": partial(_seconds, phpform.decode, body), "theirs": partial(_theirs, body)},
        )
        ours, theirs = ([1000 * one for one in all_of_it] for all_of_it in taken.values())
        what = f"decoding {len(body) / 1e6:.2f} MB, {shape} / parse_qsl"
        yield Line(what, "ms", ours, theirs, Target("<", 2))


def _theirs(body: bytes) -> float:
    return _seconds(lambda given: parse_qsl(given.decode("ascii"), keep_blank_values=True), body)


def _seconds(decode: Callable[[bytes], object], body: bytes) -> float:
    start = time.perf_counter()
    decoded = decode(body)
    seconds = time.perf_counter() - start
    del decoded
    return seconds
