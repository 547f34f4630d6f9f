"""What the frozen folder is made of, how it is packed, and under which licences."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bxgui import __version__
from release.packing import archive, check, contents, identity, licences, start
from release.packing.licences import Component, LicenceLacks
from release.packing.product import product

ROOT = Path(__file__).parents[1]
MODULES = frozenset({"Core", "Gui", "Widgets"})
MOMENT = 1_700_000_000


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


# What goes in


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/QtWidgets.abi3.so",
        "PySide6/QtWidgets.pyd",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "PySide6/Qt6Gui.dll",
        "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/libpyside6.abi3.so.6.11",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6\\plugins\\iconengines\\qsvgicon.dll",
        "PySide6/Qt/translations/qtbase_ru.qm",
        "libQt6Core.so.6",
        "libpython3.11.so.1.0",
        "libsqlite3.so.0",
        "libxcb-cursor.so.0",
        "certifi/cacert.pem",
        "keyring-25.7.0.dist-info/entry_points.txt",
        "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_what_the_program_uses_goes_in(place: str) -> None:
    assert contents.is_wanted(place, MODULES, is_linux=True)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6Pdf.dll",
        "PySide6/opengl32sw.dll",
        "PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qt_ru.qm",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "libQt6OpenGL.so.6",
        "libgtk-3.so.0",
        "libstdc++.so.6",
        "libX11.so.6",
        "libexpat.so.1",
        "libz.so.1",
        "libgssapi_krb5.so.2",
        "click-8.5.1.dist-info/RECORD",
    ],
)
def test_what_it_does_not_use_stays_out(place: str) -> None:
    assert not contents.is_wanted(place, MODULES, is_linux=True)


def test_a_module_of_qt_goes_in_as_soon_as_it_is_imported() -> None:
    modules = MODULES | {"Network"}

    assert contents.is_wanted("PySide6/QtNetwork.abi3.so", modules, is_linux=True)
    assert contents.is_wanted("PySide6/Qt/lib/libQt6Network.so.6", modules, is_linux=True)


def test_on_other_systems_libraries_beside_the_program_are_its_own() -> None:
    assert contents.is_wanted("libstdc++.so.6", MODULES, is_linux=False)


def test_a_link_goes_in_only_with_what_it_leads_to() -> None:
    kept = ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK")
    library = ("PySide6/Qt/lib/libQt6Gui.so.6", "/env/libQt6Gui.so.6", "BINARY")
    upwards = ("PySide6/Qt/lib/libssl.so.3", "../../../libssl.so.3", "SYMLINK")
    above = ("libssl.so.3", "/usr/lib/libssl.so.3", "BINARY")
    lost = ("QtNetwork", "PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork", "SYMLINK")

    found = contents.chosen([kept, library, upwards, above, lost], MODULES, is_linux=True)

    assert found == [kept, library, upwards, above]


def test_libraries_that_the_building_computer_lacks_are_named() -> None:
    there = [(f"{name}.so.0", "", "BINARY") for name in contents.WINDOW_LIBRARIES]
    without = [entry for entry in there if not entry[0].startswith("libxcb-icccm")]

    assert contents.lacking(there) == []
    assert contents.lacking(without) == ["libxcb-icccm"]


def test_the_modules_of_qt_are_read_from_the_sources(tmp_path: Path) -> None:
    write(tmp_path / "window.py", "from PySide6.QtGui import QIcon\n")
    write(tmp_path / "deep" / "late.py", "def f():\n    from PySide6 import QtSvg, __version__\n")

    assert contents.qt_modules(tmp_path) == {"Gui", "Svg"}
    assert contents.qt_modules(ROOT / "bxgui") >= MODULES


def test_what_is_excluded_exists_and_is_not_imported() -> None:
    imported = {name for path in (ROOT / "bxgui").rglob("*.py") for name in imports_of(path)}
    foreign = {"PIL", "setuptools"}  # of the building environment only
    unknown = [
        name
        for name in set(contents.EXCLUDED_MODULES) - foreign - set(sys.stdlib_module_names)
        if importlib.util.find_spec(name) is None
    ]

    assert unknown == []
    assert imported.isdisjoint(contents.EXCLUDED_MODULES)


def test_only_on_a_mac_its_keyring_goes_in() -> None:
    others = contents.excluded_modules(is_mac=False)
    (left_out,) = set(others) - set(contents.excluded_modules(is_mac=True))
    package, _, module = left_out.rpartition(".")

    # The package does without it, so that it may be left out.
    code = f"import sys; sys.modules[{left_out!r}] = None; import {package}"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (Path(*package.split(".")), module) == (Path("keyring/backends/macOS"), "api")


def imports_of(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.skipif(sys.platform != "linux", reason="names plugins of Linux")
def test_the_plugins_and_translations_that_are_named_exist() -> None:
    qt = Path(PySide6.__file__).parent / "Qt"
    elsewhere = {"qcocoa", "qmacstyle", "qmodernwindowsstyle", "qwindows"}
    wanted = {
        f"{folder}/lib{name}.so"
        for folder, names in contents.PLUGINS.items()
        for name in names - elsewhere
    }

    assert [place for place in sorted(wanted) if not (qt / "plugins" / place).exists()] == []
    for name in contents.TRANSLATIONS:
        assert (qt / "translations" / f"{name}.qm").exists()


def test_everything_that_is_asked_for_is_pinned_by_version_and_checksum() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["release"]]
    pins = (ROOT / "release" / "requirements.txt").read_text("utf-8").replace("\\\n", "")
    lines = [line for line in pins.splitlines() if not line.startswith("#")]
    pinned = [Requirement(line.partition("--hash")[0]) for line in lines]

    assert all("--hash=sha256:" in line for line in lines)
    for requirement in map(Requirement, asked):
        name = canonicalize_name(requirement.name)
        versions = [
            next(iter(pin.specifier)).version
            for pin in pinned
            if canonicalize_name(pin.name) == name and (not pin.marker or pin.marker.evaluate())
        ]
        if requirement.marker is None or requirement.marker.evaluate():
            assert len(versions) == 1, name
            assert requirement.specifier.contains(versions[0]), name


# How it is packed


def sample(folder: Path, names: list[str]) -> Path:
    for name in names:
        write(folder / name, name)
    (folder / "program").chmod(0o700)
    (folder / "link").symlink_to("lib/b.so")
    os.utime(folder / names[0], (1, 1))
    return folder


@pytest.mark.parametrize("suffix", ["tar.gz", "zip"])
def test_the_same_folder_makes_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    pack = archive.pack_zip if suffix == "zip" else archive.pack_tar
    names = ["program", "lib/b.so", "lib/a.so"]
    one, other = sample(tmp_path / "one", names), sample(tmp_path / "other", names[::-1])
    first, second = tmp_path / f"first.{suffix}", tmp_path / f"second.{suffix}"

    pack(one, "bxgui-1", first, MOMENT)
    pack(other, "bxgui-1", second, MOMENT)

    assert first.read_bytes() == second.read_bytes()


def test_an_unpacked_archive_is_the_folder_again(tmp_path: Path) -> None:
    folder = sample(tmp_path / "folder", ["program", "lib/b.so"])
    os.link(folder / "lib" / "b.so", folder / "lib" / "twin.so")
    packed = tmp_path / "packed.tar.gz"

    archive.pack_tar(folder, "bxgui-1", packed, MOMENT)
    archive.unpack(packed, tmp_path / "there")

    there = tmp_path / "there" / "bxgui-1"
    assert archive.listing(there) == archive.listing(folder)
    assert os.access(there / "program", os.X_OK)
    assert not (there / "lib" / "b.so").stat().st_mode & 0o111
    assert (there / "lib" / "b.so").stat().st_mtime == MOMENT


def test_a_zip_holds_the_folder_too(tmp_path: Path) -> None:
    folder = sample(tmp_path / "folder", ["program", "lib/b.so"])
    packed = tmp_path / "packed.zip"

    archive.pack_zip(folder, "bxgui-1", packed, 0)
    archive.unpack(packed, tmp_path / "there")

    assert (tmp_path / "there" / "bxgui-1" / "lib" / "b.so").read_text("utf-8") == "lib/b.so"


def test_checksums_are_such_as_sha256sum_reads(tmp_path: Path) -> None:
    files = [write(tmp_path / "b.zip", "b"), write(tmp_path / "a.tar.gz", "a")]
    sums = tmp_path / archive.CHECKSUMS

    archive.write_checksums(files, sums)

    said = subprocess.run(
        ["sha256sum", "--check", sums.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines() == ["a.tar.gz: OK", "b.zip: OK"]
    assert archive.differing(sums) == []


def test_a_file_that_was_changed_or_lost_differs_from_its_checksum(tmp_path: Path) -> None:
    files = [write(tmp_path / name, name) for name in ("a.zip", "b.zip", "c.zip")]
    sums = tmp_path / archive.CHECKSUMS
    archive.write_checksums(files, sums)

    write(files[0], "other")
    files[1].unlink()

    assert archive.differing(sums) == ["a.zip", "b.zip"]


def test_the_size_counts_files_once_and_links_not(tmp_path: Path) -> None:
    folder = sample(tmp_path / "folder", ["program", "lib/b.so"])

    assert archive.size_of(folder) == len("program") + len("lib/b.so")


@pytest.mark.parametrize(
    ("system", "program", "packed"),
    [
        ("linux", "bxgui", "bxgui-{}-linux-x86_64.tar.gz"),
        ("darwin", "bxgui.app/Contents/MacOS/bxgui", "bxgui-{}-macos-x86_64.tar.gz"),
        ("win32", "bxgui-cli.exe", "bxgui-{}-windows-x86_64.zip"),
    ],
)
def test_each_system_has_its_program_and_archive(system: str, program: str, packed: str) -> None:
    made = product(system, "x86_64")

    assert made.program.as_posix() == program
    assert made.archive.name == packed.format(__version__)
    assert made.archive.name.startswith(made.name + ".")


# Under which licences


def test_a_component_without_a_licence_is_an_error() -> None:
    with pytest.raises(LicenceLacks, match="nameless"):
        licences.with_added("nameless", "1", [])


def test_a_licence_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LicenceLacks, match="libz"):
        licences.with_added("libz", "", [tmp_path / "copyright"])


def test_texts_that_a_package_does_not_bring_are_added() -> None:
    for name in licences.ADDED:
        names = [text.name for text in licences.with_added(name, "1", []).texts]
        assert names == list(licences.ADDED[name])


@pytest.mark.parametrize(
    ("file", "is_one"),
    [
        ("a.dist-info/licenses/LICENSE.BSD", True),
        ("a.dist-info/AUTHORS", True),
        ("a.dist-info/sboms/rust.cyclonedx.json", True),
        ("a.dist-info/RECORD", False),
        ("a.dist-info/licences.json", False),
    ],
)
def test_licences_and_lists_of_parts_are_taken_from_packages(file: str, is_one: bool) -> None:
    assert licences.is_about_licences(Path(file)) is is_one


def test_licences_stand_in_folders_and_are_listed(tmp_path: Path) -> None:
    own = write(tmp_path / "own" / "LICENSE")
    vendored = write(tmp_path / "own" / "llhttp" / "LICENSE", "another")
    target = tmp_path / "licenses"

    licences.collect([Component("sound", "2.0", (own, vendored))], target)

    assert (target / "sound" / "LICENSE").read_text("utf-8") == "x"
    assert (target / "sound" / "llhttp-LICENSE").read_text("utf-8") == "another"
    assert "sound 2.0: sound/" in (target / "README.txt").read_text("utf-8")


def test_the_owners_of_all_sources_are_found() -> None:
    distributions = {Path("/env/lib/keyring/core.py"): "keyring"}
    places = {Path("/src/bxgui"): "bxgui", Path("/python"): "Python"}
    sources = [
        Path("/env/lib/keyring/core.py"),
        Path("/src/bxgui/cli.py"),
        Path("/python/json.py"),
        Path("/lib/libz.so.1"),
    ]

    found = licences.owners(sources, distributions, places, lambda _path: "zlib1g")

    assert found == {"keyring", "bxgui", "Python", "system:zlib1g"}


def test_a_file_of_nobody_is_an_error() -> None:
    with pytest.raises(LicenceLacks, match="stray"):
        licences.owners([Path("/tmp/stray.so")], {}, {}, lambda _path: "")


# What it tells a system, and leaves to others


def test_desktop_entry_and_metainfo_name_the_same_program() -> None:
    desktop = (ROOT / "release" / "desktop" / "bxgui.desktop").read_text("utf-8")
    metainfo = ET.parse(ROOT / "release" / "desktop" / "bxgui.metainfo.xml")

    assert "Exec=bxgui\n" in desktop
    assert "Icon=bxgui\n" in desktop
    assert metainfo.findtext("launchable") == "bxgui.desktop"
    assert metainfo.findtext("provides/binary") == "bxgui"
    assert metainfo.findtext("summary") == identity.SUMMARY


def test_a_version_has_four_numbers_on_windows() -> None:
    assert identity.four_numbers("1.20.3") == (1, 20, 3, 0)
    assert identity.four_numbers("2") == (2, 0, 0, 0)


def test_programs_that_are_started_get_the_environment_of_before() -> None:
    given = start.given_environment(
        {
            "PATH": "/usr/bin",
            "LD_LIBRARY_PATH": "/opt/bxgui/_internal:/own",
            "LD_LIBRARY_PATH_ORIG": "/own",
            "DYLD_LIBRARY_PATH": "/opt/bxgui/_internal",
            "QT_PLUGIN_PATH": "/opt/bxgui/_internal/PySide6/Qt/plugins",
            "_PYI_ARCHIVE_FILE": "/opt/bxgui/bxgui",
        }
    )

    assert given == {"PATH": "/usr/bin", "LD_LIBRARY_PATH": "/own"}


def test_authorities_are_sought_where_other_systems_keep_them(tmp_path: Path) -> None:
    bundle = write(tmp_path / "bundle.pem")
    places = (str(tmp_path / "none.pem"), str(bundle))

    assert start.authorities({}, places) == {"SSL_CERT_FILE": str(bundle)}
    assert start.authorities({}, ())["SSL_CERT_FILE"].endswith("cacert.pem")


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_authorities_that_the_user_names_are_left_alone(name: str) -> None:
    assert start.authorities({name: "/own"}) == {}


def test_the_archive_is_tried_with_nothing_on_the_path(tmp_path: Path) -> None:
    given = {"PATH": "/usr/bin", "PYTHONPATH": "/src", "SYSTEMROOT": "C:\\Windows"}

    bare = check.bare_environment(tmp_path, given)

    assert not Path(bare["PATH"]).exists()
    assert bare["HOME"] == str(tmp_path)
    assert bare["SYSTEMROOT"] == "C:\\Windows"
    assert "PYTHONPATH" not in bare
