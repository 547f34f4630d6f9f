"""Documents of presets as files on disk."""

from __future__ import annotations

from pathlib import Path

from bxgui.core.preset import PresetProblem
from bxgui.core.preset_file import PresetFile, read_presets


def read_file(path: Path) -> PresetFile:
    """The presets of a file, all of them valid.

    Raises `PresetProblem`, which says what is wrong and where, or `VariableProblem`.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"The file {path} cannot be read: {error.strerror or error}."
        raise PresetProblem("unreadable", message) from error
    return read_document(raw, f"The file {path}")


def read_document(raw: bytes, name: str) -> PresetFile:
    """As `read_file`, for the bytes of what has this name at the beginning of a sentence."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PresetProblem("file", f"{name} is no text in UTF-8.") from error
    return read_presets(text)


def write_file(path: Path, document: str) -> None:
    """Write a document; raises `PresetProblem`."""
    try:
        path.write_text(document, "utf-8")
    except OSError as error:
        message = f"The file {path} cannot be written: {error.strerror or error}."
        raise PresetProblem("unwritable", message) from error
