"""Prints how soon the window is painted, as ratios measured in one run; it fails at no figure."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from release.bench import start_store
from release.bench.rounds import in_turn
from release.bench.table import HEADER, Line, Missing, Row, Target
from release.bench.trouble import BenchTrouble

_ROOT = Path(__file__).resolve().parents[2]
_BUILD = _ROOT / "build"
_PATIENCE_SECONDS = 60
_PROGRAM = "bxgui.exe" if os.name == "nt" else "bxgui"
_TARGET = Target("<=", 1.3)
_MEANINGS = """\
painted: listener bar, filter, state tabs and the list's table, with its headers, are painted
filled: the call view, the history and all other parts are there and painted too
listed: the store is open and its calls are in the list"""
Times = Mapping[str, float]


def main(arguments: Sequence[str]) -> int:
    """Print a line for each comparison; 0 whether or not the targets are met."""
    options = _parser().parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="bench-") as scratch:
        stores = {calls: start_store.filled(Path(scratch), calls) for calls in (0, options.calls)}
        _say(f"{options.rounds} rounds, from the start of the process to the line that it writes")
        _say(_MEANINGS)
        _say(HEADER)
        for row in _rows(options, stores):
            _say(str(row))
    return 0


def _rows(options: argparse.Namespace, stores: Mapping[int, Path]) -> Iterator[Row]:
    ours, bare = [sys.executable, "-m", "bxgui"], [sys.executable, "-m", "release.bench.start_bare"]
    frozen = options.frozen or _frozen(options.folder)
    commands = {"bare": bare}
    for calls, data in stores.items():
        rest = ["--data-dir", str(data), "--tell-start"]
        commands[f"{calls}"] = [*ours, *rest]
        if frozen is not None:
            commands[f"frozen {calls}"] = [str(frozen), *rest]
    environment = _environment(next(iter(stores.values())).parent)
    measures = {name: partial(_times, command, environment) for name, command in commands.items()}
    for measure in measures.values():
        # What is compiled and cached by the first start is nobody's in particular.
        measure()
    found = in_turn(options.rounds, measures)
    bare_window = _of(found["bare"], "painted")
    for calls in stores:
        what, painted = f"{calls:,} calls, painted", _of(found[f"{calls}"], "painted")
        yield Line(f"{what} / a bare window", "ms", painted, bare_window, _TARGET)
        for word in ("filled", "listed"):
            later = _of(found[f"{calls}"], word)
            yield Line(f"{calls:,} calls, {word} / a bare window", "ms", later, bare_window, None)
        if frozen is None:
            yield Missing(f"{what}, frozen / not frozen", _TARGET, "no frozen program: --frozen")
        else:
            theirs = _of(found[f"frozen {calls}"], "painted")
            yield Line(f"{what}, frozen / not frozen", "ms", theirs, painted, _TARGET)


def _of(found: Sequence[Times], word: str) -> list[float]:
    return [times[word] for times in found]


def _times(command: Sequence[str], environment: Mapping[str, str]) -> Times:
    """The milliseconds after which a process has written each of its lines."""
    began = time.perf_counter()
    times = {}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=_ROOT
    ) as process:
        if process.stdout is None:
            raise AssertionError
        for line in process.stdout:
            times[line.decode().strip()] = (time.perf_counter() - began) * 1000
        process.wait(_PATIENCE_SECONDS)
    if process.returncode or "painted" not in times:
        message = f"{command[0]} ended with status {process.returncode} and was not painted"
        raise BenchTrouble(message)
    return times


def _environment(scratch: Path) -> dict[str, str]:
    """Nothing of the user's is asked or written, and what is compiled is kept."""
    runtime = scratch / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "XDG_RUNTIME_DIR": str(runtime),
    }
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _frozen(folder: Path) -> Path | None:
    """The frozen program that was built last, if one is there; its libraries lie beside it."""
    found = [path for path in folder.rglob(_PROGRAM) if path.is_file() and _is_whole(path)]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _is_whole(program: Path) -> bool:
    return program.parent.name == "MacOS" or (program.parent / "_internal").is_dir()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often to measure (9)")
    parser.add_argument("--calls", type=int, default=100_000, help="in the full store (100000)")
    parser.add_argument(
        "--frozen", type=Path, metavar="PROGRAM", help="the frozen program (found in build/)"
    )
    parser.add_argument(
        "--folder", type=Path, default=_BUILD, help="where the stores lie, on a real disk (build/)"
    )
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text.rstrip()}\n")
    sys.stdout.flush()
