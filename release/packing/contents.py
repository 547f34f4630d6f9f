"""What goes into the frozen folder, and what stays out of it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath

# Imported in some branch of what is used, never in ours.
EXCLUDED_MODULES = (
    "PIL",
    "curses",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "pydoc",
    "pydoc_data",
    "readline",
    "setuptools",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext",
    "sqlalchemy.orm",
    "tkinter",
    "turtle",
    "unittest",
    "urllib3.contrib.emscripten",
)

# Where it is not macOS, this module has compiler and linker look for what only macOS has.
_OF_MAC = "keyring.backends.macOS.api"

# By the names that they have on every system: without `lib`, version and suffix.
PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "platforms": {"qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    "styles": {"qmacstyle", "qmodernwindowsstyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
}

# What the plugins take besides the modules that the program imports.
PLUGINS_MODULES = frozenset({"DBus", "Svg", "WaylandClient", "XcbQpa"})

TRANSLATIONS = {"qtbase_ru"}

# What Linux systems differ in, or have only where something else happened to need it. All else
# comes from the system, which a desktop has: graphics, fonts, X11, Wayland, GLib, D-Bus, libstdc++,
# zlib. A copy of those would be older than the system's, whose own libraries would get it.
WINDOW_LIBRARIES = frozenset(
    {
        *("libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-randr"),
        *("libxcb-render", "libxcb-render-util", "libxcb-shape", "libxcb-shm", "libxcb-sync"),
        *("libxcb-util", "libxcb-xfixes", "libxcb-xkb", "libxkbcommon", "libxkbcommon-x11"),
    }
)
PYTHON_LIBRARIES = frozenset({"libssl", "libcrypto", "libffi", "libsqlite3", "libbz2", "libmpdec"})
_OWN_LIBRARIES = ("libicu", "libpyside6", "libpython3", "libshiboken6")

# A stand-in for graphics drivers, which a program without 3D has no need of.
_NEVER = {"d3dcompiler_47", "opengl32sw"}

Entry = tuple[str, str, str]


def excluded_modules(*, is_mac: bool) -> tuple[str, ...]:
    """The modules that stay out."""
    return EXCLUDED_MODULES if is_mac else (*EXCLUDED_MODULES, _OF_MAC)


def qt_modules(program: Path) -> frozenset[str]:
    """The modules of Qt that the sources import, by their names without `Qt`."""
    trees = (ast.parse(path.read_text("utf-8")) for path in program.rglob("*.py"))
    return frozenset(name for tree in trees for name in _qt_imports(tree))


def _qt_imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
            yield (node.module or "").removeprefix("PySide6.Qt")
        elif isinstance(node, ast.ImportFrom) and node.module == "PySide6":
            yield from (a.name.removeprefix("Qt") for a in node.names if a.name.startswith("Qt"))


def chosen(entries: Iterable[Entry], modules: frozenset[str], *, is_linux: bool) -> list[Entry]:
    """What of PyInstaller's entries (place, source, kind) goes in; a link only with its target."""
    found = [entry for entry in entries if is_wanted(entry[0], modules, is_linux=is_linux)]
    places = {place for place, _source, _kind in found}
    return [
        (place, source, kind)
        for place, source, kind in found
        if kind != "SYMLINK" or _target(place, source) in places
    ]


def _target(place: str, source: str) -> str:
    return normpath(PurePosixPath(place).parent / source)


def lacking(entries: Iterable[Entry]) -> list[str]:
    """The libraries that windows on Linux need and the building computer did not have."""
    return sorted(WINDOW_LIBRARIES - {_stem(PurePosixPath(place)) for place, *_ in entries})


def is_wanted(destination: str, modules: frozenset[str], *, is_linux: bool) -> bool:
    """Whether a file that was found for the folder belongs there, by its place in it."""
    place = PurePosixPath(destination.replace("\\", "/"))
    if place.parts[0] == "PySide6":
        return _is_wanted_of_qt(place, modules)
    if place.name.startswith(("libQt6", "Qt6")):
        return _is_wanted_library(place, modules)
    if is_linux and len(place.parts) == 1 and ".so." in place.name:
        return _is_wanted_of_system(place)
    return ".dist-info" not in place.parts[0] or place.name in {"METADATA", "entry_points.txt"}


def _is_wanted_of_qt(place: PurePosixPath, modules: frozenset[str]) -> bool:
    folder, name = place.parent.name, _bare(place)
    if "plugins" in place.parts:
        return name in PLUGINS.get(folder, ())
    if "qml" in place.parts:
        return False
    if folder == "translations":
        return name in TRANSLATIONS
    if name.startswith("Qt") and not name.startswith("Qt6") and len(place.parts) == 2:
        return name.removeprefix("Qt") in modules
    return _is_wanted_library(place, modules)


def _is_wanted_library(place: PurePosixPath, modules: frozenset[str]) -> bool:
    name = _bare(place)
    for part in place.parts:
        if part.endswith(".framework"):
            name = "Qt6" + part.removesuffix(".framework").removeprefix("Qt")
    if name in _NEVER:
        return False
    return not name.startswith("Qt6") or name.removeprefix("Qt6") in modules | PLUGINS_MODULES


def _is_wanted_of_system(place: PurePosixPath) -> bool:
    stem = _stem(place)
    return stem in WINDOW_LIBRARIES | PYTHON_LIBRARIES or stem.startswith(_OWN_LIBRARIES)


def _stem(place: PurePosixPath) -> str:
    return place.name.partition(".so")[0]


def _bare(place: PurePosixPath) -> str:
    """The name that a library or plugin has on every system."""
    return place.name.removeprefix("lib").partition(".")[0]
