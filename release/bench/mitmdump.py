"""mitmdump in reverse mode, writing its flow file: another program that catches calls.

It is installed into an environment of its own, at the first use, and for the benchmark only.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from release.bench import processes
from release.bench.trouble import BenchTrouble, NotMeasurable

_ENVIRONMENT = Path(__file__).resolve().parents[2] / "build" / "mitmproxy"
_PROGRAMS = _ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
_INSTALL_SECONDS = 600
_START_SECONDS = 30


def install() -> str:
    """The version of mitmproxy, installed when it is not; raises `NotMeasurable`."""
    found = _version()
    if found:
        return found
    sys.stderr.write(f"bench: installing mitmproxy into {_ENVIRONMENT} (once)\n")
    pip = [str(_PROGRAMS / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(_ENVIRONMENT)],
        [*pip, "install", "--quiet", "mitmproxy"],
    ):
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(command, capture_output=True, check=True, timeout=_INSTALL_SECONDS)
    found = _version()
    if not found:
        raise NotMeasurable("pip could not install mitmproxy")
    return found


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, Path]]:
    """The address of a mitmdump before a server that keeps nothing, and its flow file."""
    flows = folder / "flows"
    port = _free_port()
    with processes.module("release.bench.upstream") as (_, line):
        command = [
            *(str(_PROGRAMS / "mitmdump"), "--quiet", "--set", f"confdir={folder}"),
            *("--mode", f"reverse:http://127.0.0.1:{int(line)}"),
            *("--listen-host", "127.0.0.1", "--listen-port", str(port), "-w", str(flows)),
        ]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
            try:
                _wait_for(port)
                yield f"http://127.0.0.1:{port}/h/benchmark", flows
            finally:
                process.terminate()
                processes.end(process)


def _version() -> str:
    script = "from importlib.metadata import version; print(version('mitmproxy'))"
    try:
        asked = subprocess.run(
            [str(_PROGRAMS / "python"), "-c", script], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return asked.stdout.strip()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), _START_SECONDS):
            return
        time.sleep(0.1)
    raise BenchTrouble("mitmdump did not start")
