"""Pins what the frozen program is made of: `python3 dev.py lock`.

Writes `release/requirements.txt`: every package with its version and the checksums of its wheels,
for Windows, macOS and Linux alike. Without arguments only what pyproject.toml asks for changes;
with `--upgrade` everything becomes the newest; `--check` tells whether it fits pyproject.toml.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from release.packing.product import ROOT

_REQUIREMENTS = ROOT / "release" / "requirements.txt"
_RESOLVER = "uv==0.13.8"
_ENVIRONMENT = ROOT / "build" / "lock-environment"
_PROGRAM = _ENVIRONMENT / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")
_HEAD = "# Made by `python3 dev.py lock` from pyproject.toml; not to be edited.\n"


def write(target: Path, *, upgrade: bool) -> None:
    """Write the pins, keeping those that the file has already unless told to upgrade."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    options += ["--only-binary", ":all:", "--no-annotate", "--no-emit-index-url", "--quiet"]
    if upgrade:
        options.append("--upgrade")
    compiling = [str(_PROGRAM), "pip", "compile", "pyproject.toml", "--extra", "release"]
    subprocess.run([*compiling, *options, "-o", str(target)], check=True, cwd=ROOT)
    target.write_text(_HEAD + target.read_text("utf-8").removeprefix(_HEAD), "utf-8")


def _make_environment() -> None:
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(_ENVIRONMENT)], check=True)
    python = _PROGRAM.with_name("python.exe" if os.name == "nt" else "python")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "install", "--quiet", _RESOLVER], check=True)


def main() -> int:
    """Write the file, or with `--check` only compare; 1 when it does not fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest of everything")
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    _make_environment()
    with tempfile.TemporaryDirectory(prefix="bxgui-lock-") as folder:
        fresh = Path(folder) / _REQUIREMENTS.name
        if _REQUIREMENTS.exists():
            shutil.copyfile(_REQUIREMENTS, fresh)
        write(fresh, upgrade=options.upgrade)
        if options.check:
            fits = fresh.read_bytes() == _REQUIREMENTS.read_bytes()
            sys.stdout.write("it fits\n" if fits else "run `python3 dev.py lock`\n")
            return 0 if fits else 1
        shutil.copyfile(fresh, _REQUIREMENTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
