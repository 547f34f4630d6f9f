"""What goes into the frozen folder, and what stays out of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

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
# comes from the system, which a desktop has: graphics, fonts, X11, Wayland, GLib, D-Bus, libstdc++.
SYSTEM_LIBRARIES = {
    *("libpython3", "libssl", "libcrypto", "libffi", "libsqlite3", "libexpat", "libuuid"),
    *("libbz2", "liblzma", "libz", "libzstd", "libbrotlicommon", "libbrotlidec", "libmpdec"),
    *("libgssapi_krb5", "libk5crypto", "libkrb5", "libkrb5support", "libcom_err", "libkeyutils"),
    *("libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-randr"),
    *("libxcb-render", "libxcb-render-util", "libxcb-shape", "libxcb-shm", "libxcb-sync"),
    *("libxcb-util", "libxcb-xfixes", "libxcb-xkb", "libxkbcommon", "libxkbcommon-x11"),
}
_KERBEROS = {
    "libgssapi_krb5",
    "libk5crypto",
    "libkrb5",
    "libkrb5support",
    "libcom_err",
    "libkeyutils",
    "libbrotlicommon",
    "libbrotlidec",
}


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


def is_wanted(destination: str, modules: frozenset[str], *, is_linux: bool) -> bool:
    """Whether a file that was found for the folder belongs there, by its place in it."""
    place = PurePosixPath(destination.replace("\\", "/"))
    if place.parts[0] == "PySide6":
        return _is_wanted_of_qt(place, modules)
    if place.name.startswith(("libQt6", "Qt6")):
        return _is_wanted_library(place, modules)
    if is_linux and len(place.parts) == 1 and ".so." in place.name:
        return _is_wanted_of_system(place, modules)
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
    framework = next((part for part in place.parts if part.endswith(".framework")), "")
    name = _bare(place)
    if framework:
        name = "Qt6" + framework.removesuffix(".framework").removeprefix("Qt")
    if name in {"opengl32sw", "d3dcompiler_47"}:
        return False
    return not name.startswith("Qt6") or name.removeprefix("Qt6") in modules | PLUGINS_MODULES


def _is_wanted_of_system(place: PurePosixPath, modules: frozenset[str]) -> bool:
    stem = place.name.partition(".so.")[0]
    if stem in _KERBEROS:
        return "Network" in modules
    if stem.startswith(("libpyside6", "libshiboken6", "libicu")):
        return True
    return stem.startswith("libpython3") or stem in SYSTEM_LIBRARIES


def _bare(place: PurePosixPath) -> str:
    """The name that a library or plugin has on every system."""
    return place.name.removeprefix("lib").partition(".")[0]
