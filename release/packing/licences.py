"""Collects the licences of everything that went into the frozen folder; one that lacks is an error.

It runs in the environment that the folder was made from, and looks at where each file came from.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePath

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "release" / "licence_texts"

OWN, PYTHON = "bxgui", "Python"
_LOADER = "pyinstaller"
_IS_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_NOT_TEXT = {".py", ".pyc", ".json", ".html"}
# Lists of what was compiled into a package, with the licence of each part.
_PARTS = "sboms"

# Texts that no package brings, and works that are inside others: from `licence_texts`.
_OF_QT = ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt", "ICU.txt")
ADDED = {
    "pyside6-essentials": _OF_QT,
    "shiboken6": _OF_QT,
    "cryptography": ("OpenSSL.txt", "Apache-2.0.txt"),
    "libssl3": ("Apache-2.0.txt",),
    PYTHON: ("OpenSSL.txt", "Apache-2.0.txt", "SQLite.txt"),
}


class LicenceLacks(Exception):
    """Something went into the folder, and nothing says under which licence."""


@dataclass(frozen=True, slots=True)
class Component:
    """A work in the folder: its name, its version, and where its licences stand."""

    name: str
    version: str
    texts: tuple[Path, ...]


def collect(components: Iterable[Component], target: Path) -> None:
    """Copy each component's licences into a folder of its name, and list them in a README."""
    lines = ["What this folder of bxgui contains, and where its licences stand.", ""]
    for component in sorted(components, key=lambda one: one.name.lower()):
        folder = target / component.name
        folder.mkdir(parents=True)
        for text in component.texts:
            shutil.copyfile(text, _free_name(folder, text))
        lines.append(f"{component.name} {component.version}".rstrip() + f": {component.name}/")
    (target / "README.txt").write_text("\n".join(lines) + "\n", "utf-8")


def _free_name(folder: Path, text: Path) -> Path:
    """A package may bring several texts of the same name, of what it contains."""
    wanted = folder / text.name
    return folder / f"{text.parent.name}-{text.name}" if wanted.exists() else wanted


def with_added(name: str, version: str, found: Iterable[Path], texts: Path = TEXTS) -> Component:
    """A component with the texts that were found and those kept here; raises `LicenceLacks`."""
    every = (*sorted(found), *(texts / added for added in ADDED.get(name, ())))
    if not every or not all(text.is_file() for text in every):
        raise LicenceLacks(f"no licence was found of {name}")
    return Component(name, version, every)


def owners(
    sources: Iterable[Path],
    distributions: Mapping[Path, str],
    places: Mapping[Path, str],
    package_of: Callable[[Path], str],
) -> set[str]:
    """Whose the sources are: of a distribution, of what lies in a place, or of a system package.

    A name that the system gives begins with `system:`. Raises `LicenceLacks` for a file of nobody.
    """
    found = set()
    for source in sources:
        owner = distributions.get(source) or _owner_by_place(source, places)
        if not owner:
            package = package_of(source)
            if not package:
                raise LicenceLacks(f"nobody is known to own {source}")
            owner = f"system:{package}"
        found.add(owner)
    return found


def _owner_by_place(source: Path, places: Mapping[Path, str]) -> str:
    return next((name for place, name in places.items() if source.is_relative_to(place)), "")


def _installed() -> dict[Path, str]:
    """Every file that a package of this environment has installed, and the package's name."""
    return {
        Path(str(distribution.locate_file(file))).resolve(): _plain(distribution.name)
        for distribution in metadata.distributions()
        for file in distribution.files or ()
    }


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _debian_package(library: Path) -> str:
    """The Debian package that a library of the system came in; nothing when none is known."""
    dpkg = shutil.which("dpkg-query")
    if dpkg is None:
        return ""
    # Since /lib is a link to /usr/lib, a package may know its file by either name.
    twin = Path("/usr") / library.relative_to("/")
    for path in (library, twin, library.resolve()):
        asked = subprocess.run([dpkg, "-S", str(path)], check=False, capture_output=True, text=True)
        if asked.returncode == 0:
            return asked.stdout.partition(":")[0]
    return ""


def _of_distribution(name: str) -> Component:
    distribution = metadata.distribution(name)
    texts = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if ".dist-info" in str(file) and is_about_licences(file)
    ]
    return with_added(name, distribution.version, texts)


def is_about_licences(file: PurePath) -> bool:
    """Whether a file that a package brings is a licence, or lists its parts and theirs."""
    is_text = _IS_TEXT.search(file.name) is not None and file.suffix not in _NOT_TEXT
    return is_text or file.parent.name == _PARTS


def _of_python() -> Component:
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
    )
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise LicenceLacks("no licence was found of Python")
    version = ".".join(map(str, sys.version_info[:3]))
    return with_added(PYTHON, version, [found])


def _of_system(package: str) -> Component:
    return with_added(package, "", [Path("/usr/share/doc") / package / "copyright"])


def _places(sources: Path) -> dict[Path, str]:
    """What lies where, apart from packages: PyInstaller packs Python's library beside `sources`."""
    base = Path(sys.base_prefix)
    of_python = {sources.parent, Path(sysconfig.get_path("stdlib"))}
    # A Python of the system shares its prefix with everything else.
    if base != Path("/usr"):
        of_python.add(base)
    return {ROOT / "bxgui": OWN, ROOT / "release": OWN, **dict.fromkeys(of_python, PYTHON)}


def _component(owner: str) -> Component:
    if owner == OWN:
        return Component(OWN, "", (ROOT / "LICENSE",))
    if owner == PYTHON:
        return _of_python()
    if owner.startswith("system:"):
        return _of_system(owner.removeprefix("system:"))
    return _of_distribution(owner)


def main() -> int:
    """Collect the licences of the files that a list names into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path, help="JSON list of where every file came from")
    parser.add_argument("target", type=Path, help="the folder to make")
    options = parser.parse_args()
    listed = [Path(source) for source in json.loads(options.sources.read_text("utf-8"))]
    files = (path for path in listed if path.name != "-")
    try:
        found = owners(files, _installed(), _places(options.sources.resolve()), _debian_package)
        collect(
            [_component(owner) for owner in sorted({*found, OWN, PYTHON, _LOADER})], options.target
        )
    except LicenceLacks as lack:
        sys.stderr.write(f"licences: {lack}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
