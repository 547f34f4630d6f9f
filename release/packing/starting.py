"""How long the frozen program takes to start, beside the one that is not frozen."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

_ROUNDS = 3
_PATIENCE_SECONDS = 30
_LOOK_SECONDS = 0.002

Command = list[str]
Measure = Callable[[Command, Mapping[str, str], Path], float]


def compared(commands: Sequence[Command], environment: Mapping[str, str]) -> Iterator[str]:
    """A line for each kind of start: medians of both programs, and their ratio."""
    for what, measure in _MEASURES.items():
        frozen, plain = _medians(measure, commands, environment)
        yield (
            f"{what}: {frozen * 1000:.0f} ms, not frozen {plain * 1000:.0f} ms: "
            f"{frozen / plain:.2f} times"
        )


def _medians(
    measure: Measure, commands: Sequence[Command], environment: Mapping[str, str]
) -> list[float]:
    """The programs take turns, so that a busy minute of the computer meets both."""
    taken: list[list[float]] = [[] for _ in commands]
    for _ in range(_ROUNDS):
        for command, times in zip(commands, taken, strict=True):
            with tempfile.TemporaryDirectory(prefix="bxgui-start-") as folder:
                times.append(measure(command, environment, Path(folder)))
    return [statistics.median(times) for times in taken]


def _version(command: Command, environment: Mapping[str, str], folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run(
        [*command, "--version"], check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - began


def _listener(command: Command, environment: Mapping[str, str], folder: Path) -> float:
    began = time.perf_counter()
    with subprocess.Popen(
        [*command, "--data-dir", str(folder), "listen", "--json", "--port", "0"],
        env=environment,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        if child.stdin is None or child.stdout is None:
            raise AssertionError
        child.stdout.readline()
        took = time.perf_counter() - began
        child.stdin.close()
        child.stdout.read()
    return took


def _window(command: Command, environment: Mapping[str, str], folder: Path) -> float:
    """Until the window's listener can be reached, which the window starts once it is painted."""
    sign = folder / "identity.json"
    began = time.perf_counter()
    with subprocess.Popen(
        [*command, "--data-dir", str(folder)],
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        while not sign.exists() and time.perf_counter() - began < _PATIENCE_SECONDS:
            time.sleep(_LOOK_SECONDS)
        took = time.perf_counter() - began
        child.terminate()
    return took


_MEASURES: Mapping[str, Measure] = {
    "bxgui --version": _version,
    "bxgui listen, until it listens": _listener,
    "the window, until it has opened its store": _window,
}
