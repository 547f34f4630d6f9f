"""Freezes the program into one folder that needs no Python, and packs it: `python3 dev.py build`.

The folder is made from an environment of its own with exactly what `requirements.txt` names, by
version and checksum. The same sources make the same bytes, on a system of the same kind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bxgui import __version__
from release.packing import archive
from release.packing.product import BUILD, DIST, ROOT, WORK, Product, product

_RELEASE = ROOT / "release"
_REQUIREMENTS = _RELEASE / "requirements.txt"
_ENVIRONMENT = ROOT / "build" / "release-environment"
_PYTHON = _ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_ICONS = WORK / "icons"
_SOURCES = WORK / "sources.json"
_LOG = WORK / "pyinstaller.log"
_PAUSE_SECONDS = 3
_NO_PACKAGES = "pip failed twice: what is pinned comes over the network, and could not be had"
_MEGABYTE = 1 << 20
_MOST_MEGABYTES = 130
# For sources that no repository dates.
_EARLIEST_MOMENT = 315_532_800


class BuildFailed(Exception):
    """A step went wrong; the message says which, and what to do."""


def _say(text: str) -> None:
    sys.stdout.write(f"build: {text}\n")
    sys.stdout.flush()


def _run(command: list[str], trouble: str, environment: Mapping[str, str] | None = None) -> str:
    """Run a command and return what it prints; its whole output goes with the error."""
    ended = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=None if environment is None else {**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if ended.returncode:
        sys.stderr.write(ended.stdout)
        raise BuildFailed(trouble)
    return ended.stdout


def _make_environment() -> None:
    """A clean environment with what is pinned and nothing else; the network is tried twice."""
    making = [sys.executable, "-m", "venv", "--clear", str(_ENVIRONMENT)]
    _run(making, "the environment for building could not be made")
    options = ["--quiet", "--no-input", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    install = [str(_PYTHON), "-m", "pip", "--disable-pip-version-check", "install", *options]
    try:
        _run([*install, "-r", str(_REQUIREMENTS)], "pip failed, trying once more")
    except BuildFailed as failure:
        _say(str(failure))
        time.sleep(_PAUSE_SECONDS)
        _run([*install, "-r", str(_REQUIREMENTS)], _NO_PACKAGES)


def _freeze(moment: int) -> None:
    """Have PyInstaller make the folder, in place of what an earlier build has left."""
    if BUILD.exists():
        shutil.rmtree(BUILD)
    WORK.mkdir(parents=True)
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    drawing = [str(_PYTHON), "-m", "release.packing.icons", str(_ICONS)]
    _run(drawing, "the icons could not be drawn", offscreen)
    command = [str(_PYTHON), "-m", "PyInstaller", "--noconfirm", "--distpath", str(BUILD)]
    command += ["--workpath", str(WORK), str(_RELEASE / "bxgui.spec")]
    environment = {
        "BXGUI_ICONS": str(_ICONS),
        "BXGUI_SOURCES": str(_SOURCES),
        "PYINSTALLER_CONFIG_DIR": str(WORK / "cache"),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(moment),
    }
    _LOG.write_text(_run(command, "PyInstaller failed", environment), "utf-8")


def _complete(made: Product, moment: int) -> None:
    """Add what PyInstaller knows nothing of: licences, and what a Linux desktop wants."""
    if sys.platform == "darwin":
        made.folder.mkdir()
        (BUILD / "bxgui.app").rename(made.folder / "bxgui.app")
    collecting = [str(_PYTHON), "-m", "release.packing.licences", str(_SOURCES)]
    _run([*collecting, str(made.folder / "licenses")], "the licences are not complete")
    if sys.platform.startswith("linux"):
        _add_desktop(made.folder / "share", moment)


def _add_desktop(share: Path, moment: int) -> None:
    """The files that menus and software centres read, laid out as below `/usr/share`."""
    desktop = _RELEASE / "desktop"
    _copy(desktop / "bxgui.desktop", share / "applications" / "bxgui.desktop")
    for icon in _ICONS.glob("*.png"):
        size = f"{icon.stem}x{icon.stem}"
        _copy(icon, share / "icons" / "hicolor" / size / "apps" / "bxgui.png")
    drawing = share / "icons" / "hicolor" / "scalable" / "apps" / "bxgui.svg"
    _copy(ROOT / "resources" / "bxgui.svg", drawing)
    day = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")
    text = (desktop / "bxgui.metainfo.xml").read_text("utf-8")
    metainfo = share / "metainfo" / "bxgui.metainfo.xml"
    metainfo.parent.mkdir(parents=True)
    metainfo.write_text(text.replace("@VERSION@", __version__).replace("@DATE@", day), "utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _weigh(folder: Path) -> None:
    """Tell the folder's size; raises `BuildFailed` when it has grown too big."""
    size = archive.size_of(folder)
    _say(f"{folder.relative_to(ROOT)}: {size / _MEGABYTE:.1f} MB, {size:,} bytes")
    if size > _MOST_MEGABYTES * _MEGABYTE:
        raise BuildFailed(f"the folder is larger than {_MOST_MEGABYTES} MB")


def _pack(made: Product, moment: int) -> None:
    """Write the archive and the checksums of every archive that is there."""
    DIST.mkdir(exist_ok=True)
    pack = archive.pack_zip if made.archive.suffix == ".zip" else archive.pack_tar
    # An archive that is there is a whole one, whenever this is interrupted.
    unfinished = DIST / f"{made.archive.name}.unfinished"
    pack(made.folder, made.name, unfinished, moment)
    unfinished.replace(made.archive)
    archives = [*DIST.glob("bxgui-*.tar.gz"), *DIST.glob("bxgui-*.zip")]
    archive.write_checksums(archives, DIST / archive.CHECKSUMS)


def _moment() -> int:
    """What all files are dated: SOURCE_DATE_EPOCH, or the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return _EARLIEST_MOMENT
    said = _run([git, "log", "-1", "--format=%ct"], "git does not tell the last commit")
    # It may warn of something first.
    return int(said.split()[-1])


def main() -> int:
    """Build everything; 1 when a step fails or the folder has grown too big."""
    made, began = product(), time.monotonic()
    try:
        moment = _moment()
        _say(f"making {_ENVIRONMENT.relative_to(ROOT)} from {_REQUIREMENTS.relative_to(ROOT)}")
        _make_environment()
        _say("freezing")
        _freeze(moment)
        _complete(made, moment)
        _weigh(made.folder)
        _pack(made, moment)
    except (BuildFailed, OSError) as failure:
        sys.stderr.write(f"build: {failure}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    packed = made.archive.stat().st_size / _MEGABYTE
    name = made.archive.relative_to(ROOT)
    _say(f"{name}: {packed:.1f} MB, SHA-256 {archive.checksum(made.archive)}")
    _say(f"took {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
