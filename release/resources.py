"""Turns `resources/bxgui.qrc` into `bxgui/ui/resources_rc.py`, reproducibly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6

_ROOT = Path(__file__).resolve().parent.parent
SOURCE = _ROOT / "resources" / "bxgui.qrc"
TRANSLATIONS = _ROOT / "resources" / "translations" / "bxgui_ru.ts"
TARGET = _ROOT / "bxgui" / "ui" / "resources_rc.py"


def compile_resources(target: Path) -> None:
    """Write the module; its first lines do not name the version of Qt that made it."""
    run_tool("lrelease", "-silent", str(TRANSLATIONS), "-qm", str(TRANSLATIONS.with_suffix(".qm")))
    made = run_tool("rcc", "--generator", "python", "--format-version", "1", str(SOURCE))
    lines = [line for line in made.splitlines() if not line.startswith("# Created by")]
    target.write_text("\n".join(lines).strip() + "\n", "utf-8")


def run_tool(name: str, *arguments: str) -> str:
    """Run one of Qt's programs from PySide6's package and return what it prints."""
    folder = Path(PySide6.__file__).parent
    if sys.platform == "win32":
        program = folder / f"{name}.exe"
    else:
        program = folder / ("Qt/libexec" if name == "rcc" else ".") / name
    command = [str(program), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    compile_resources(TARGET)
