from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from commanding import log_of_commands
from listening import listening
from posts import NOW

from bxgui.cli import main
from bxgui.services.store import Store


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    with log_of_commands():
        yield


@pytest.fixture
def port() -> int:
    """One at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def make_used(data: Path) -> None:
    """A store whose listener has run."""
    with closing(Store.open(data)) as store:
        store.listener_paths.honoured(NOW)


def doctor(data: Path, port: int, *options: str) -> int:
    return main(["--data-dir", str(data), "doctor", "--port", str(port), *options])


def test_each_check_is_a_line_and_the_advice_stands_below(
    tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    make_used(tmp_path)

    status = doctor(tmp_path, port)

    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    where = next(i for i, line in enumerate(lines) if line.startswith("PROBLEM"))
    assert status == 1
    assert lines[where] == (
        f"PROBLEM  port         Nobody listens at http://127.0.0.1:{port}: calls that portals "
        "send now are lost."
    )
    assert lines[where + 1] == f"{'':22}Start it: in the window, or with bxgui listen."
    assert {line[:7].strip() for line in lines} == {"ok", "note", "warning", "PROBLEM", ""}
    assert printed.err == ""


def test_without_a_problem_the_status_is_0_and_nothing_is_made(
    tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor(tmp_path / "none", port) == 0
    assert "PROBLEM" not in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_programs_get_json(tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]) -> None:
    status = doctor(tmp_path, port, "--json")

    documents: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert status == 0
    assert {frozenset(one) for one in documents} == {
        frozenset({"subject", "severity", "text", "advice"})
    }
    assert {one["subject"] for one in documents} >= {"settings", "store", "port", "address"}


def test_a_running_listener_passes_and_takes_a_test_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening(tmp_path) as running:
        port = int(running.url.split(":")[2].partition("/")[0])
        status = doctor(tmp_path, port, "--test-call")
        running.next_event("stored", kind="event")

    out = capsys.readouterr().out
    assert status == 0
    assert "Our listener answers" in out
    assert "came back after" in out
    assert running.url.rpartition("/")[2] not in out


def test_a_public_address_that_is_none_is_wrong_usage(
    tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor(tmp_path, port, "--public-url", "a b") == 2
    assert capsys.readouterr().err == (
        "bxgui: --public-url cannot be used: it holds a character that stands in no address. "
        "Write it as https://hook.example.com.\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="names of POSIX")
def test_a_folder_whose_name_is_too_long_is_no_bug(
    tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor(tmp_path / ("x" * 300), port) == 1

    printed = capsys.readouterr()
    assert "File name too long" in printed.out
    assert "bug" not in printed.out + printed.err


def test_an_empty_public_address_is_none(
    tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text('[listener]\npublic_url = "https://x/"\n', "utf-8")

    doctor(tmp_path, port, "--public-url", "")

    assert "There is no public address" in capsys.readouterr().out


def test_a_log_is_written_only_where_its_folder_is(tmp_path: Path, port: int) -> None:
    handlers = logging.getLogger().handlers
    before = list(handlers)

    doctor(tmp_path / "none", port)

    assert handlers == before


def test_help_tells_the_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["doctor", "--help"])

    assert "exit status: 0 when nothing is a problem, 1 otherwise" in capsys.readouterr().out
