from __future__ import annotations

import codecs
import io
import sys
from pathlib import Path

import pytest

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.given_files import given_text


def complaint(file: str) -> str:
    with pytest.raises(CommandProblem) as problem:
        given_text(file)
    assert problem.value.status == USAGE
    return str(problem.value)


def test_files_that_powershell_writes_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(codecs.BOM_UTF16_LE + "{\r\n}".encode("utf-16-le"))

    assert given_text(str(file)) == "{\r\n}"


def test_a_file_in_another_encoding_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes("Ж".encode("cp1251"))

    assert complaint(str(file)) == f"The file {file} is no text in UTF-8. Save it as UTF-8."


def test_standard_input_in_another_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))

    assert complaint("-") == "Standard input is no text in UTF-8. Save it as UTF-8."


@pytest.mark.parametrize("name", ["none.json", "a\0b"])
def test_a_file_that_is_not_there(name: str) -> None:
    assert complaint(name) == f"There is no file {name}."


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert complaint(str(tmp_path)).startswith(f"The file {tmp_path} cannot be read: ")
