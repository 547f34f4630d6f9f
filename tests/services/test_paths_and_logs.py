from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bxgui.services import logs
from bxgui.services.paths import Paths


@pytest.fixture(autouse=True)
def root() -> Iterator[logging.Logger]:
    """The root logger, put back as it was."""
    logger = logging.getLogger()
    handlers, level = list(logger.handlers), logger.level
    yield logger
    for handler in set(logger.handlers) - set(handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)


def test_folder_the_user_names_holds_everything(tmp_path: Path) -> None:
    assert Paths.of(tmp_path) == Paths(tmp_path, tmp_path, tmp_path)


def test_folder_the_user_names_may_be_relative_or_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))

    assert Paths.of(Path("here")).data == tmp_path / "here"
    assert Paths.of(Path("~/there")).data == tmp_path / "home" / "there"


def test_otherwise_the_platform_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))

    paths = Paths.of(None)

    assert paths.data.name == "bxgui"
    assert len({paths.data, paths.settings, paths.logs}) >= 1
    assert not any(tmp_path.iterdir())


def test_warnings_are_written_and_lesser_things_are_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logs.start(tmp_path / "new")
    logging.getLogger("bxgui.x").info("a trifle")
    logging.getLogger("bxgui.x").warning("something %s", "else")
    caplog.clear()

    text = (tmp_path / "new" / logs.FILE_NAME).read_text("utf-8")

    assert text.endswith("WARNING bxgui.x: something else\n")
    assert "a trifle" not in text


def test_nothing_is_written_before_there_is_something_to_say(tmp_path: Path) -> None:
    logs.start(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_starting_twice_writes_each_line_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logs.start(tmp_path)
    logs.start(tmp_path)
    logging.getLogger("bxgui.x").warning("once")
    caplog.clear()

    assert (tmp_path / logs.FILE_NAME).read_text("utf-8").count("once") == 1


def test_log_is_cut_into_pieces_before_it_fills_the_disk(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logs.start(tmp_path)
    for _ in range(40):
        logging.getLogger("bxgui.x").warning("x" * 100_000)
    caplog.clear()

    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert 1 < len(sizes) <= 3
    assert max(sizes) <= 1_000_000


def test_folder_that_cannot_be_made_costs_the_log_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_bytes(b"")

    logs.start(tmp_path / "file" / "logs")
    logging.getLogger("bxgui.x").warning("into nothing")

    assert caplog.messages == ["into nothing"]
    caplog.clear()
