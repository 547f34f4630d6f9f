"""Turns `resources/bxgui.qrc` into `bxgui/ui/resources_rc.py`, reproducibly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6

_ROOT = Path(__file__).resolve().parent.parent
SOURCE = _ROOT / "resources" / "bxgui.qrc"
TARGET = _ROOT / "bxgui" / "ui" / "resources_rc.py"


def compile_resources(target: Path) -> None:
    """Write the module; its first lines do not name the version of Qt that made it."""
    program = Path(PySide6.__file__).parent / (
        "rcc.exe" if sys.platform == "win32" else "Qt/libexec/rcc"
    )
    arguments = ["--generator", "python", "--format-version", "1", str(SOURCE)]
    made = subprocess.run([str(program), *arguments], check=True, capture_output=True, text=True)
    lines = [line for line in made.stdout.splitlines() if not line.startswith("# Created by")]
    target.write_text("\n".join(lines).strip() + "\n", "utf-8")


if __name__ == "__main__":
    compile_resources(TARGET)
