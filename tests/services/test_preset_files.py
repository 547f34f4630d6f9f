from __future__ import annotations

from pathlib import Path

import pytest

from bxgui.core.preset import Preset, PresetProblem
from bxgui.core.preset_file import write_presets
from bxgui.services.preset_files import read_file, write_file

PRESETS = [Preset("Одобрить", [("Approved", "Y")], "{{now}}")]


def test_presets_come_back_from_a_file(tmp_path: Path) -> None:
    write_file(tmp_path / "presets.json", write_presets("approve", PRESETS))
    read = read_file(tmp_path / "presets.json")
    assert (read.rule, list(read.presets)) == ("approve", PRESETS)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(PresetProblem, match="cannot be read: ") as told:
        read_file(tmp_path / "missing.json")
    assert told.value.code == "unreadable"


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(PresetProblem, match="cannot be written: ") as told:
        write_file(tmp_path / "no such folder" / "presets.json", "{}")
    assert told.value.code == "unwritable"


def test_a_file_of_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "presets.json").write_bytes("Набор".encode("cp1251"))
    with pytest.raises(PresetProblem, match="is no text in UTF-8"):
        read_file(tmp_path / "presets.json")
