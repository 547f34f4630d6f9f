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
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        message = f"The file {path} cannot be read: {error.strerror or error}."
        raise PresetProblem("unreadable", message) from error
    except UnicodeDecodeError as error:
        raise PresetProblem("file", f"The file {path} is no text in UTF-8.") from error
    return read_presets(text)


def write_file(path: Path, document: str) -> None:
    """Write a document; raises `PresetProblem`."""
    try:
        path.write_text(document, "utf-8")
    except OSError as error:
        message = f"The file {path} cannot be written: {error.strerror or error}."
        raise PresetProblem("unwritable", message) from error
