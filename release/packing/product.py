"""What the build makes on each system, and where."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from bxgui import __version__

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "frozen"
WORK = BUILD / "work"
DIST = ROOT / "dist"


@dataclass(frozen=True, slots=True)
class Product:
    """The folder that is packed, the program in it that answers commands, and the archive."""

    folder: Path
    program: Path
    archive: Path

    @property
    def name(self) -> str:
        """The archive's name without its suffixes, which is the folder in it."""
        return self.archive.name.removesuffix(".zip").removesuffix(".tar.gz")


def product(system: str = sys.platform, machine: str = "") -> Product:
    """The product of a system, by default of this one."""
    name = f"bxgui-{__version__}-{{}}-{(machine or platform.machine()).lower()}"
    if system == "win32":
        archive = DIST / f"{name.format('windows')}.zip"
        return Product(BUILD / "bxgui", Path("bxgui-cli.exe"), archive)
    if system == "darwin":
        # Beside the bundle, whose signature covers what is in it, lie the licences.
        program = Path("bxgui.app", "Contents", "MacOS", "bxgui")
        return Product(BUILD / "macos", program, DIST / f"{name.format('macos')}.tar.gz")
    return Product(BUILD / "bxgui", Path("bxgui"), DIST / f"{name.format('linux')}.tar.gz")
