"""What commands say on standard error where JSON is asked for: a line of JSON for each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from commanding import Cli, log_of_commands
from posts import Post

from bxgui import __main__
from bxgui.command_problem import complain, remark, told_as_json


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Cli]:
    with log_of_commands():
        yield Cli(tmp_path, capsys)


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (["show", "9", "--json"], 1, "There is no call 9. `bxgui tokens` lists the tokens."),
        (["--json", "rules", "show", "no"], 1, "No rule no is known."),
        (["--js", "show", "x"], 2, "argument ID: invalid int value: 'x' (see bxgui show --help)"),
        (["nonsense", "--json"], 2, None),
        (["reply", "--json"], 2, "Give the ID of a call, or --all with --rule CODE."),
    ],
)
def test_a_failure_is_a_line_of_json(
    cli: Cli, arguments: list[str], status: int, error: str | None
) -> None:
    ended = cli(*arguments)

    (line,) = ended.told
    assert (ended.out, ended.status, line["exit_status"]) == ("", status, status)
    assert error is None or line == {"error": error, "exit_status": status}


def test_the_exit_status_is_the_same_without_json(cli: Cli) -> None:
    as_json, as_text = cli("show", "9", "--json"), cli("show", "9")

    assert as_text.status == as_json.status
    assert as_text.complaint == as_json.told[0]["error"]


def test_findings_are_remarks_and_the_failure_comes_last(cli: Cli) -> None:
    post = Post(1)
    cli.catch(post)
    cli.register(post, {"Approved": {"TYPE": "bool"}})
    cli("portals", "trust", post.member_id)

    ended = cli("reply", "1", "--json", "--value", "Aproved=Y")

    *remarks, last = ended.told
    assert [list(one) for one in remarks] == [["remark"]] * len(remarks)
    assert str(remarks[0]["remark"]).startswith("warning: “Aproved” is not a return property")
    assert last == {
        "error": "Nothing was sent. Correct the reply, or send it as it is with --force.",
        "exit_status": 7,
    }
    assert (ended.out, ended.status) == ("", 7)


def test_a_value_that_looks_like_the_option_asks_for_no_json(cli: Cli) -> None:
    assert cli("show", "9", "--reveal").err.startswith("bxgui: ")
    assert cli("reply", "9", "--log=--json").err.startswith("bxgui: ")


def test_text_comes_back_after_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with told_as_json(True):
        remark("строка 1\nline 2")
    assert complain("no", 3) == 3

    assert capsys.readouterr().err == '{"remark": "строка 1 line 2"}\nbxgui: no\n'


def test_the_program_reads_its_own_arguments(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["bxgui", "--data-dir", str(tmp_path), "--json", "show", "9"]
    monkeypatch.setattr("sys.argv", arguments)
    with log_of_commands():
        assert __main__.main() == 1

    assert json.loads(capsys.readouterr().err)["exit_status"] == 1
