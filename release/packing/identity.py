"""What the frozen program tells a system about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PyInstaller.utils.win32.versioninfo import VSVersionInfo

APPLICATION = "bxgui"
SUMMARY = "Catch and answer the event tokens of Bitrix24 workflows"

_ENGLISH, _UNICODE = 0x0409, 1200
_WINDOWS_NT, _IS_PROGRAM = 0x40004, 1

MAC_PROPERTIES = {
    "CFBundleDisplayName": APPLICATION,
    "CFBundleLocalizations": ["en", "ru"],
    "LSApplicationCategoryType": "public.app-category.developer-tools",
    "LSMinimumSystemVersion": "13.0",
    "NSHighResolutionCapable": True,
    # Without it the appearance would stay light on a dark desktop.
    "NSRequiresAquaSystemAppearance": False,
    "NSHumanReadableCopyright": "MIT licence",
}


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows counts: `0.1.0` is (0, 1, 0, 0)."""
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def windows_version(program: str, version: str) -> VSVersionInfo:
    """The version resource of a program, as Windows shows it under its properties."""
    from PyInstaller.utils.win32 import versioninfo as info  # noqa: PLC0415 - where it is built only

    texts = {
        "CompanyName": APPLICATION,
        "FileDescription": SUMMARY,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "MIT licence",
        "OriginalFilename": f"{program}.exe",
        "ProductName": APPLICATION,
        "ProductVersion": version,
    }
    numbers = four_numbers(version)
    table = info.StringTable(
        f"{_ENGLISH:04X}{_UNICODE:04X}",
        [info.StringStruct(name, text) for name, text in texts.items()],
    )
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(
            filevers=numbers, prodvers=numbers, OS=_WINDOWS_NT, fileType=_IS_PROGRAM
        ),
        kids=[
            info.StringFileInfo([table]),
            info.VarFileInfo([info.VarStruct("Translation", [_ENGLISH, _UNICODE])]),
        ],
    )
