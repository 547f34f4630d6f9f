"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from bxgui.services.files import write_whole

OLD, NEW = "what was there", "что есть теперь\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes of POSIX")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kept.json"
    path.write_text(OLD, "utf-8")
    return path


def test_a_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "new.json", NEW)
    assert [one.name for one in tmp_path.iterdir()] == ["new.json"]
    assert (tmp_path / "new.json").read_text("utf-8") == NEW


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, NEW)
    assert file.read_text("utf-8") == OLD
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - each system says it in its own way
        write_whole(tmp_path, NEW)
    assert tmp_path.is_dir()


@POSIX
def test_a_file_keeps_who_may_read_it(file: Path) -> None:
    file.chmod(0o640)
    write_whole(file, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@POSIX
def test_a_new_file_may_be_read_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_whole(tmp_path / "new.json", NEW)
    assert (tmp_path / "new.json").stat().st_mode == (tmp_path / "other").stat().st_mode


@POSIX
def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(file)
    write_whole(link, NEW)
    assert link.is_symlink()
    assert file.read_text("utf-8") == NEW


@POSIX
def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=write_whole, args=(pipe, NEW))
    writer.start()
    assert pipe.read_text("utf-8") == NEW
    writer.join()
    assert stat.S_ISFIFO(pipe.stat().st_mode)
