"""Documents of presets as files on disk."""

from __future__ import annotations

from pathlib import Path

from bxgui.core.encoded_text import decoded
from bxgui.core.preset import PresetProblem
from bxgui.core.preset_file import PresetFile, read_presets
from bxgui.services.files import write_whole


def read_file(path: Path) -> PresetFile:
    """The presets of a file, all of them valid.

    Raises `PresetProblem`, which says what is wrong and where, or `VariableProblem`.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"The file {path} cannot be read: {error.strerror or error}."
        raise PresetProblem("unreadable", message) from error
    try:
        return read_presets(decoded(raw))
    except UnicodeDecodeError as error:
        raise PresetProblem("file", f"The file {path} is no text in UTF-8.") from error


def write_file(path: Path, document: str) -> None:
    """Write a document, whole or not at all; raises `PresetProblem`."""
    try:
        write_whole(path, document)
    except OSError as error:
        message = f"The file {path} cannot be written: {error.strerror or error}."
        raise PresetProblem("unwritable", message) from error
