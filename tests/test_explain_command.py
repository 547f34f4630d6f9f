from __future__ import annotations

import json

import pytest

from bxgui.cli import main


def test_a_code_is_explained_with_cause_advice_and_documentation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["explain", "expired_token"])

    assert status == 0
    assert capsys.readouterr().out == (
        "retry_later: The call's access token has expired.\n"
        "An access token lives one hour. The workflow still waits.\n"
        "Enter the application's client id and secret, or an incoming webhook, for this portal: "
        "they authorize replies to older calls too.\n"
        "The portal did not execute the request.\n"
        "https://apidocs.bitrix24.com/error-codes.html\n"
    )


def test_a_code_of_many_meanings_is_explained_by_all_of_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "ACCESS_DENIED"]) == 0

    assert capsys.readouterr().out.count("refused: ") == 4


def test_without_a_code_everything_known_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["code", "outcome", "meaning"]
    assert any("QUERY_LIMIT_EXCEEDED" in line and "retry_later" in line for line in lines)
    assert any("connection_lost" in line and "unknown" in line for line in lines)


def test_json_carries_the_whole_entry(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "explain", "404"]) == 0

    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["key"], entry["codes"], entry["executed"]) == ("workflow_gone", ["404"], "no")
    assert entry["link"].endswith("bizproc-event-send.html")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("EXPIRED_TOKN", "did you mean EXPIRED_TOKEN?"),
        ("read_timeot", "did you mean read_timeout?"),
        ("%", "`bxgui explain` lists what is known."),
    ],
)
def test_an_unknown_code_gets_the_nearest_known_one(
    capsys: pytest.CaptureFixture[str], code: str, advice: str
) -> None:
    assert main(["explain", code]) == 2

    assert advice in capsys.readouterr().err
