from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from commanding import Cli, lent_commands
from portal_server import PortalServer, portal
from posts import Post

from bxgui.core.copying import CopyAs

VALUES = ("--value", "Approved=Y", "--log", "готово")


@pytest.fixture
def cli(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cli]:
    with lent_commands(tmp_path / "data", capsys, monkeypatch) as made:
        yield made


@pytest.fixture
def server() -> Iterator[PortalServer]:
    with portal() as running:
        yield running


@pytest.fixture
def post(cli: Cli, server: PortalServer) -> Post:
    """A call that waits, caught, of a trusted portal."""
    waiting = Post(endpoint=server.endpoint)
    cli.catch(waiting)
    assert cli("portals", "trust", waiting.member_id).status == 0
    return waiting


def test_request_of_a_reply_is_printed_and_nothing_is_sent(
    cli: Cli, post: Post, server: PortalServer
) -> None:
    ended = cli("preview", "1", *VALUES)

    head, _, body = ended.out.partition("\n\n")
    assert (ended.status, ended.err) == (0, "")
    assert head.startswith("POST /rest/bizproc.event.send HTTP/1.1\nHost: 127.0.0.1:")
    assert json.loads(body) == {
        "EVENT_TOKEN": "***",
        "RETURN_VALUES": {"Approved": "Y"},
        "LOG_MESSAGE": "готово",
        "auth": "***",
    }
    assert not server.was_asked()


def test_secrets_are_printed_only_when_they_are_asked_for(cli: Cli, post: Post) -> None:
    masked = [cli("preview", "1", "--as", kind).out for kind in CopyAs]
    revealed = cli("preview", "1", "--as", "curl", "--reveal").out

    assert not any(secret.decode() in text for text in masked for secret in post.secrets)
    assert post.token in revealed
    assert post.access_token in revealed


@pytest.mark.parametrize(
    ("kind", "told"), [("curl", "--data-binary @-"), ("b24phpsdk", "<?php"), ("python", "requests")]
)
def test_code_that_makes_the_request_is_printed(cli: Cli, post: Post, kind: str, told: str) -> None:
    ended = cli("preview", "1", *VALUES, "--as", kind)

    assert ended.status == 0
    assert told in ended.out
    assert ended.out.count("готово") == 1


def test_log_message_alone_is_printed_with_its_method(cli: Cli, post: Post) -> None:
    ended = cli("preview", "1", "--only-log", "--log", "half way", "--json")

    assert ended.document["text"].startswith("POST /rest/bizproc.activity.log HTTP/1.1\n")
    assert ended.document["problem"] is None


def test_what_keeps_the_reply_from_being_sent_is_told_beside_it(cli: Cli) -> None:
    cli.catch(Post())

    ended = cli("preview", "1", "--json")

    assert ended.status == 0
    assert ended.document["problem"] == "not_trusted"
    warning = "warning: The portal portal.example.org is not trusted yet."
    assert ended.told == [{"remark": warning}]


@pytest.mark.parametrize("kind", [(), ("--as", "curl")])
def test_secrets_are_not_printed_beside_an_address_that_nobody_trusts(
    cli: Cli, kind: tuple[str, ...]
) -> None:
    cli.catch(Post())

    ended = cli("preview", "1", "--reveal", *kind)

    assert (ended.status, ended.out) == (1, "")
    assert "is not trusted yet" in ended.complaint


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("9",), 1, "There is no call 9."),
        (("1", "--only-log"), 2, "Write a log message"),
        (("1", "--only-log", "--value", "a=b"), 2, "--only-log sends no values"),
        (("1", "--as", "perl"), 2, "perl"),
    ],
)
def test_reply_that_makes_no_request_is_refused(
    cli: Cli, post: Post, arguments: tuple[str, ...], status: int, told: str
) -> None:
    ended = cli("preview", *arguments)

    assert ended.status == status
    assert told in ended.complaint
