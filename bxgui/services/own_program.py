"""How our own commands are started: by the frozen program, or by the Python that runs this."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_CONSOLE_PROGRAM = "bxgui-cli.exe"
_ON_WINDOWS = os.name == "nt"


def command_of(data_dir: Path | None) -> tuple[str, list[str]]:
    """Program and first arguments of our own commands."""
    is_frozen = getattr(sys, "frozen", False)
    head = [] if is_frozen else ["-m", "bxgui"]
    if data_dir is not None:
        head += ["--data-dir", str(data_dir)]
    return (_frozen_program() if is_frozen else sys.executable), head


def _frozen_program() -> str:
    """Of the two programs on Windows the one that is sure to have standard streams."""
    if _ON_WINDOWS:
        return str(Path(sys.executable).with_name(_CONSOLE_PROGRAM))
    return sys.executable
