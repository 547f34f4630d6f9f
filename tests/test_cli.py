from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from commanding import Cli, log_of_commands
from listening import WAIT, ask, command, listening, without_keyring
from portal_server import PortalAnswer, PortalServer, portal, raw_server, read_request, refusal
from portal_server import reset as reset_connection
from posts import FORM, NOW, AppPost, Post, recorded

from bxgui import __version__
from bxgui.core.deadlines import TokenState
from bxgui.core.records import Arrival, Rejection
from bxgui.core.redact import digest, fingerprint
from bxgui.core.rejections import status_of
from bxgui.services import key_sharing
from bxgui.services.intake import prepare_rejection
from bxgui.services.store import Store
from bxgui.services.store.tables import SCHEMA_VERSION, meta
from bxgui.services.vault import StoreKey
from bxgui.services.workspace import utc_now

TOKEN_KEYS = {
    "id",
    "state",
    "rule",
    "portal",
    "document",
    "arrived_at",
    "deadline",
    "deliveries",
    "attempts",
    "use_subscription",
    "properties",
}
HISTORY_KEYS = {
    "at",
    "call",
    "method",
    "http_status",
    "outcome",
    "code",
    "explanation",
    "milliseconds",
}


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    with log_of_commands():
        yield


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(tmp_path / "data", capsys)


@pytest.fixture
def lent(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreKey]:
    """The key of the caught calls, lent as a running listener lends it."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        with closing(Store.open(cli.data)) as store:
            sharing = key_sharing.share(cli.key, store.id)
        assert sharing is not None
        with closing(sharing):
            yield cli.key


@pytest.fixture
def server(lent: StoreKey) -> Iterator[PortalServer]:
    with portal() as running:
        yield running


@pytest.fixture
def post(cli: Cli, server: PortalServer) -> Post:
    """A call that waits, caught, of a trusted portal."""
    waiting = Post(endpoint=server.endpoint, timeout=600)
    cli.catch(waiting, at=utc_now())
    assert cli("portals", "trust", waiting.member_id).status == 0
    return waiting


def test_tokens_are_listed_as_programs_read_them(cli: Cli) -> None:
    cli.catch(
        Post(number=1, timeout=600, properties={"Сумма": "7"}),
        Post(number=2, use_subscription="N", document="ёлка"),
    )

    second, first = cli("tokens", "--json").document

    assert first.keys() >= TOKEN_KEYS
    assert {name: first[name] for name in TOKEN_KEYS} == {
        "id": 1,
        "state": "expired",
        "rule": "approve_invoice",
        "portal": "portal.example.org",
        "document": "DEAL_42",
        "arrived_at": "2026-03-04T12:00:00.000+00:00",
        "deadline": "2026-03-04T12:10:00.000+00:00",
        "deliveries": 1,
        "attempts": 0,
        "use_subscription": "Y",
        "properties": {"Сумма": "7"},
    }
    assert second["state"] == "not_waiting"
    assert second["deadline"] is None
    assert second["properties"] == {}
    assert second["document"] == "ёлка"


def test_tokens_of_one_state_are_listed_alone(cli: Cli) -> None:
    cli.catch(Post(number=1), Post(number=2, use_subscription="N"))

    assert [row["id"] for row in cli("tokens", "--json", "--state", "waiting").document] == [1]
    assert [row["id"] for row in cli("--json", "tokens", "--state", "not_waiting").document] == [2]
    assert cli("tokens", "--json", "--state", "refused").document == []


def test_person_reads_a_table(cli: Cli) -> None:
    empty = cli("tokens").out
    cli.catch(Post(number=1, code="rule\x1b[31m", document="DEAL_1\nforged"))

    header, line = cli("tokens").out.splitlines()

    assert empty == "No tokens.\n"
    assert header.split() == ["id", "state", "rule", "document", "portal", "arrived", "deadline"]
    assert line.split()[:2] == ["1", "waiting"]
    assert "\x1b" not in line


def test_call_is_shown_without_its_secrets(cli: Cli) -> None:
    post = Post(properties={"Note": "да"})
    cli.catch(post)

    as_json, as_text = cli("show", "1", "--json"), cli("show", "1")

    document = as_json.document
    assert document.keys() >= TOKEN_KEYS | {"body", "query", "headers", "fields", "history"}
    assert document["trusted"] is False
    assert document["member_id"] == post.member_id
    assert document["endpoint"] == post.endpoint
    assert document["fields"]["properties"] == {"Note": "да"}
    assert document["fields"]["event_token"] == "***"
    assert document["headers"] == [["content-type", FORM]]
    assert document["history"] == []
    for ended in (as_json, as_text):
        assert ended.status == 0
        assert not [secret for secret in post.secrets if secret.decode() in ended.out]


@pytest.mark.usefixtures("lent")
def test_secrets_are_shown_when_they_are_asked_for(cli: Cli) -> None:
    post = Post()
    cli.catch(post)

    assert cli("show", "1", "--reveal", "--json").document["body"] == post.body.decode()
    assert post.body.decode() in cli("show", "1", "--reveal").out


def test_secrets_whose_key_is_gone_are_not_shown(cli: Cli) -> None:
    cli.catch(Post())

    ended = cli("show", "1", "--reveal")

    assert ended.status == 1
    assert ended.out == ""
    assert "cannot be read" in ended.complaint


def test_posts_without_a_token_are_shown_too(cli: Cli) -> None:
    body, query = recorded("47-install-post-placement-default")
    cli.catch_arrivals(Arrival(NOW, body, FORM, query), Arrival(NOW, b"\xff=%FF", FORM))

    opening, noise = (cli("show", call_id, "--json").document for call_id in ("1", "2"))

    assert (opening["kind"], opening["state"]) == ("opening", None)
    assert (noise["kind"], noise["reason"]) == ("other", "unknown_shape")
    assert cli("show", "2").status == 0


@pytest.mark.parametrize("call_id", ["1", "0", "-1", "99999999999999999999", f"-{10**30}"])
@pytest.mark.parametrize("name", ["show", "reply"])
def test_call_that_does_not_exist_is_said_so(cli: Cli, name: str, call_id: str) -> None:
    ended = cli(name, "--", call_id)

    assert ended.status == 1
    assert ended.complaint == f"There is no call {call_id}. `bxgui tokens` lists the tokens."


@pytest.mark.parametrize("call_id", ["0", "7", "99999999999999999999"])
def test_call_that_does_not_exist_has_no_history(cli: Cli, call_id: str) -> None:
    ended = cli("history", "--json", f"--call={call_id}")

    assert ended.status == 0
    assert ended.document == []


def test_accepted_reply_ends_with_0_and_tells_everything(
    cli: Cli, server: PortalServer, post: Post
) -> None:
    ended = cli("reply", "1", "--value", "Approved=Y", "--log", "готово", "--json")

    document = ended.document
    assert ended.status == 0
    assert ended.err == ""
    assert document.keys() >= HISTORY_KEYS
    assert document["outcome"] == "accepted"
    assert document["values"] == {"Approved": "Y"}
    assert document["log_message"] == "готово"
    assert document["request"]["url"] == f"{server.endpoint}bizproc.event.send"
    assert '"***"' in document["request"]["body"]
    assert document["response"]["status"] == 200
    assert not [secret for secret in post.secrets if secret.decode() in ended.out]
    assert server.next_request().document["RETURN_VALUES"] == {"Approved": "Y"}


@pytest.mark.usefixtures("post")
def test_outcome_is_told_in_words(cli: Cli, server: PortalServer) -> None:
    server.will_answer(refusal(400, "404", "The business process is not found."))

    ended = cli("reply", "1")

    first, *rest = ended.out.splitlines()
    assert ended.status == 3
    assert first.startswith("refused: bizproc.event.send, HTTP 400, ")
    assert first.endswith(", 404 The business process is not found.")
    assert rest[0].startswith("The workflow no longer exists.")


@pytest.mark.parametrize(
    ("said", "status", "state"),
    [
        (refusal(403, "ACCESS_DENIED", "Access denied!"), 3, "refused"),
        (refusal(400, "404"), 3, "refused"),
        (refusal(400, "423"), 5, "waiting"),
        (refusal(503, "QUERY_LIMIT_EXCEEDED"), 5, "waiting"),
        (refusal(401, "expired_token"), 5, "waiting"),
        (PortalAnswer(302, b"", {"Location": "https://new.example.org/"}), 3, "refused"),
        (PortalAnswer(500, b"Internal Server Error", {}), 4, "unknown"),
        (PortalAnswer(200, b"", {}), 4, "unknown"),
    ],
)
@pytest.mark.usefixtures("post")
def test_exit_status_follows_from_the_outcome(
    cli: Cli, server: PortalServer, said: PortalAnswer, status: int, state: str
) -> None:
    server.will_answer(said)

    ended = cli("reply", "1", "--json", "--tries", "1")

    assert ended.status == status
    assert cli("tokens", "--json").document[0]["state"] == state


@pytest.mark.usefixtures("lent")
def test_reply_whose_answer_never_came_ends_with_4(cli: Cli) -> None:
    def break_off(connection: Any) -> None:
        read_request(connection)
        reset_connection(connection)

    with raw_server(break_off) as broken:
        post = Post(endpoint=broken.endpoint)
        cli.catch(post)
        cli("portals", "trust", post.member_id)
        ended = cli("reply", "1", "--json")

    assert ended.status == 4
    assert ended.document["code"] == "connection_lost"
    assert ended.document["http_status"] is None
    assert ended.document["response"]["failure"] == "connection_lost"


def test_portal_that_is_not_trusted_ends_with_6_and_the_way_on(
    cli: Cli, server: PortalServer
) -> None:
    post = Post(endpoint=server.endpoint)
    cli.catch(post)

    ended = cli("reply", "1")

    assert ended.status == 6
    assert ended.complaint.endswith(f"bxgui portals trust {post.member_id} --call 1")
    assert not server.was_asked()


@pytest.mark.parametrize(
    "forged",
    [
        {"application_token": "f" * 32},
        {"application_token": ""},
        {"endpoint": "https://evil.example.net/rest/"},
    ],
)
def test_call_unlike_its_trusted_portal_ends_with_6(
    cli: Cli, server: PortalServer, post: Post, forged: dict[str, str]
) -> None:
    cli.catch(Post(**{"number": 2, "endpoint": post.endpoint, **forged}))  # type: ignore[arg-type]

    ended = cli("reply", "2")

    assert ended.status == 6
    assert "Trust" in ended.complaint
    assert not server.was_asked()


def test_call_that_names_no_portal_ends_with_6(cli: Cli) -> None:
    cli.catch_arrivals(Arrival(NOW, b"event_token=x&code=y", FORM))

    assert cli("reply", "1").status == 6


@pytest.mark.parametrize(
    "arguments",
    [
        ("--values", "{"),
        ("--values", "[1]"),
        ("--values", "5"),
        ("--values", '{"a": NaN}'),
        ("--values", ""),
        ("--values", "@/nowhere/values.json"),
        ("--value", "no equals sign"),
        ("--value", "=x"),
        ("--value", "A=\udcff"),
        ("--only-log",),
        ("--only-log", "--log", "x", "--value", "A=1"),
        ("--only-log", "--log", "x", "--values", "{}"),
        ("--only-log", "--log", "x", "--values", ""),
        ("--unknown",),
    ],
)
@pytest.mark.usefixtures("post")
def test_wrong_usage_ends_with_2_and_sends_nothing(
    cli: Cli, server: PortalServer, arguments: tuple[str, ...]
) -> None:
    ended = cli("reply", "1", *arguments)

    assert ended.status == 2
    assert ended.out == ""
    assert ended.complaint
    assert not server.was_asked()


@pytest.mark.parametrize(
    "arguments",
    [
        ("reply",),
        ("reply", "x"),
        ("show", "1.5"),
        ("tokens", "--state", "done"),
        ("nonsense",),
        ("portals", "trust"),
        ("listen", "--port", "http"),
    ],
)
def test_command_that_cannot_be_understood_is_one_line(
    cli: Cli, arguments: tuple[str, ...]
) -> None:
    ended = cli(*arguments)

    assert ended.status == 2
    assert ended.out == ""
    assert ended.complaint


def sent_values(server: PortalServer) -> Any:
    return server.next_request().document.get("RETURN_VALUES")


@pytest.mark.usefixtures("post")
def test_name_given_again_makes_a_list(cli: Cli, server: PortalServer) -> None:
    cli("reply", "1", "--value", "A=1", "--value", "B=x=y", "--value", "A=")

    assert sent_values(server) == {"A": ["1", ""], "B": "x=y"}


@pytest.mark.usefixtures("post")
def test_values_are_read_from_a_file_and_single_ones_go_before_them(
    cli: Cli, server: PortalServer, tmp_path: Path
) -> None:
    path = tmp_path / "values.json"
    path.write_text('{"A": "of the file", "Сумма": 1.10, "L": [1, null]}', "utf-8")

    cli("reply", "1", "--values", f"@{path}", "--value", "A=given")

    received = server.next_request()
    assert received.document["RETURN_VALUES"] == {"A": "given", "Сумма": 1.1, "L": [1, None]}
    assert b"1.10" in received.body


@pytest.mark.usefixtures("post")
def test_values_are_typed_on_the_line(cli: Cli, server: PortalServer) -> None:
    cli("reply", "1", "--values", '{"A": {"b": true}}')

    assert sent_values(server) == {"A": {"b": True}}


def test_known_schema_decides_how_texts_are_read(
    cli: Cli, server: PortalServer, post: Post
) -> None:
    cli.register(
        post,
        {
            "Approved": {"TYPE": "bool"},
            "Amount": {"Type": "double"},
            "Days": {"TYPE": "int"},
            "People": {"TYPE": "user", "MULTIPLE": "Y"},
            "Extra": {"TYPE": "json"},
        },
    )

    ended = cli(
        "reply",
        "1",
        *("--value", "approved=да"),
        *("--value", "Amount=1 250,50"),
        *("--value", "Days= 7 "),
        *("--value", "People=user_1"),
        *("--value", 'Extra={"a": [1]}'),
    )

    assert ended.status == 0
    assert ended.err == ""
    assert sent_values(server) == {
        "approved": "Y",
        "Amount": "1250.50",
        "Days": "7",
        "People": ["user_1"],
        "Extra": {"a": [1]},
    }


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("bool", "maybe", "Y or N"),
        ("int", "7.5", "a whole number"),
        ("double", "much", "a number"),
        ("date", "31.02.2026", "a date such as 31.12.2026"),
    ],
)
def test_text_that_is_no_value_of_its_type_ends_with_2(
    cli: Cli, server: PortalServer, post: Post, kind: str, text: str, wanted: str
) -> None:
    cli.register(post, {"A": {"TYPE": kind}})

    ended = cli("reply", "1", "--value", f"A={text}", "--force")

    assert ended.status == 2
    assert ended.complaint == (
        f"error: “A” is to be {wanted}, and “{text}” is not. Correct it, or leave it out."
    )
    assert not server.was_asked()


UNKNOWN_NAME = (
    "“Aproved” is not a return property of this rule: the portal drops it. Did you mean “Approved”?"
)
NOTHING_SENT = "bxgui: Nothing was sent. Correct the reply, or send it as it is with --force."


def test_name_the_portal_would_drop_is_warned_of_and_sent_only_when_forced(
    cli: Cli, server: PortalServer, post: Post
) -> None:
    cli.register(post, {"Approved": {"TYPE": "bool"}})

    ended = cli("reply", "1", "--value", "Aproved=Y")
    sent_before = server.was_asked()
    forced = cli("reply", "1", "--value", "Aproved=Y", "--force")

    assert ended.status == 7
    assert ended.out == ""
    assert ended.err.splitlines() == [f"bxgui: warning: {UNKNOWN_NAME}", NOTHING_SENT]
    assert not sent_before
    assert forced.status == 0
    assert forced.complaint == f"warning: {UNKNOWN_NAME}"
    assert sent_values(server) == {"Aproved": "Y"}


def test_warning_that_was_waived_is_not_asked_again(
    cli: Cli, server: PortalServer, post: Post
) -> None:
    cli.register(post, {"Approved": {"TYPE": "bool"}})
    with closing(Store.open(cli.data)) as store:
        store.waivers.add(1, [("unknown_name", "Aproved")])

    ended = cli("reply", "1", "--value", "Aproved=Y")

    assert (ended.status, ended.err) == (0, "")
    assert sent_values(server) == {"Aproved": "Y"}


def test_note_is_told_and_the_reply_goes(cli: Cli, server: PortalServer, post: Post) -> None:
    cli.register(post, {"Days": {"TYPE": "int"}})

    ended = cli("reply", "1", "--value", "Days=0")

    assert ended.status == 0
    assert ended.complaint == (
        "note: “Days”: the portal stores “0” as it is, not as a whole number."
    )
    assert sent_values(server) == {"Days": "0"}


@pytest.mark.usefixtures("post")
def test_second_answer_is_asked_about(cli: Cli) -> None:
    first, second, forced = cli("reply", "1"), cli("reply", "1"), cli("reply", "1", "--force")

    assert first.err == ""
    assert second.status == 7
    assert second.err.startswith("bxgui: warning: A reply was accepted before")
    assert forced.status == 0


@pytest.mark.parametrize("arguments", [(), ("--only-log", "--log", "x")])
def test_answer_that_comes_to_nothing_is_asked_about(
    cli: Cli, post: Post, arguments: tuple[str, ...]
) -> None:
    cli.catch(
        Post(number=2, endpoint=post.endpoint, use_subscription="N"),
        Post(number=3, endpoint=post.endpoint, timeout=60),
    )

    not_waiting, expired = cli("reply", "2", *arguments), cli("reply", "3", *arguments)
    forced = cli("reply", "3", *arguments, "--force")

    assert (not_waiting.status, expired.status, forced.status) == (7, 7, 0)
    assert not_waiting.err.startswith("bxgui: warning: The step does not wait")
    assert expired.err.startswith("bxgui: warning: The deadline has passed")


CHECKED: dict[str, object] = {
    "Approved": {"TYPE": "bool", "REQUIRED": "Y"},
    "Days": {"TYPE": "int"},
    "People": {"TYPE": "user", "MULTIPLE": "Y"},
}
# Of every call here: its access token is as old as the recorded ones.
OLD_TOKEN = "note     The call's access token has expired: the portal may refuse it."


@pytest.mark.parametrize(
    ("arguments", "status", "found"),
    [
        pytest.param(("--value", "Approved=да"), 0, [], id="all_is_well"),
        pytest.param(
            ("--value", "Approved=Y", "--value", "Days=0"),
            0,
            ["note     “Days”: the portal stores “0” as it is"],
            id="a_note",
        ),
        pytest.param(
            ("--values", '{"Approved": true, "Days": "five"}'),
            7,
            [
                "warning  “Approved” is to be Y or N: the portal does not turn true into either.",
                "warning  “Days” is to be a whole number: the portal stores “five” wrongly",
            ],
            id="wrong_types",
        ),
        pytest.param(
            ("--value", "Aproved=Y"),
            7,
            [f"warning  {UNKNOWN_NAME}", "warning  “Approved” is required and not sent"],
            id="a_misspelt_name",
        ),
        pytest.param(
            ("--value", "Approved=maybe"),
            2,
            ["error    “Approved” is to be Y or N, and “maybe” is not."],
            id="an_error",
        ),
    ],
)
def test_reply_is_checked_and_nothing_is_sent(
    cli: Cli,
    server: PortalServer,
    post: Post,
    arguments: tuple[str, ...],
    status: int,
    found: list[str],
) -> None:
    cli.register(post, CHECKED)

    ended = cli("check", "1", *arguments)

    assert (ended.status, ended.err) == (status, "")
    for line, begins in zip(ended.out.splitlines(), [*found, OLD_TOKEN], strict=True):
        assert line.startswith(begins)
    assert not server.was_asked()
    assert cli("history", "--json").document == []


def test_check_tells_programs_what_was_found(cli: Cli, post: Post) -> None:
    cli.register(post, CHECKED)
    with closing(Store.open(cli.data)) as store:
        store.waivers.add(1, [("unknown_name", "Aproved")])

    ended = cli("check", "1", "--values", '{"Aproved": "Y", "People": 5}', "--json")
    first, second, third, _old_token = ended.document

    assert ended.status == 7
    assert first == {
        "severity": "warning",
        "code": "unknown_name",
        "name": "Aproved",
        "position": 0,
        "text": UNKNOWN_NAME,
        "mend": {"action": "rename", "name": "Approved"},
        "waived": True,
    }
    assert (second["code"], second["mend"]) == (
        "single_for_list",
        {"action": "replace", "value": ["user_5"]},
    )
    assert (third["code"], third["position"], third["mend"]) == ("required_missing", None, None)


def test_what_can_be_mended_is_told_to_programs(cli: Cli, post: Post) -> None:
    cli.register(post, {"A": {"REQUIRED": "Y", "DEFAULT": "x"}})

    ended = cli("check", "1", "--values", '{"b": 1, "b": 2}', "--json")

    assert [finding["mend"] for finding in ended.document if finding["mend"]] == [
        {"action": "drop"},
        {"action": "give", "value": "x"},
    ]


def test_warning_that_was_waived_is_marked_and_ends_with_0(cli: Cli, post: Post) -> None:
    cli.register(post, {"Approved": {"TYPE": "bool"}})
    with closing(Store.open(cli.data)) as store:
        store.waivers.add(1, [("unknown_name", "Aproved")])

    ended = cli("check", "1", "--value", "Aproved=Y")

    assert ended.status == 0
    assert ended.out.splitlines() == [
        f"warning  {UNKNOWN_NAME}  (waived for this rule)",
        OLD_TOKEN,
    ]


def test_check_tells_of_the_call_too(cli: Cli) -> None:
    cli.catch(Post(number=1), at=utc_now())
    cli.catch_arrivals(Arrival(NOW, recorded("43-event-onapptest")[0], FORM))

    not_trusted, no_token = cli("check", "1"), cli("check", "2")

    assert not_trusted.status == 7
    assert "The portal is not trusted yet" in not_trusted.out
    assert no_token.status == 2
    assert "carries no event token" in no_token.out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--values", '{"a": 1,\n "b": }'), "line 2, column 7"),
        (("--value", "a"), "--value wants NAME=TEXT"),
    ],
)
@pytest.mark.usefixtures("post")
def test_check_says_where_values_cannot_be_read(
    cli: Cli, arguments: tuple[str, ...], complaint: str
) -> None:
    ended = cli("check", "1", *arguments)

    assert ended.status == 2
    assert complaint in ended.complaint


def test_half_of_a_character_is_an_error_wherever_it_is(
    cli: Cli, server: PortalServer, post: Post
) -> None:
    ended = cli("reply", "1", "--values", '{"a": [1, {"b": "\\ud83d"}]}', "--force")

    assert ended.status == 2
    assert ended.complaint.startswith("error: “a” holds half of a character")
    assert not server.was_asked()


@pytest.mark.parametrize("command", ["check", "preview", "reply"])
def test_half_of_a_character_in_a_log_message_is_told_by_every_command(
    cli: Cli, server: PortalServer, post: Post, command: str
) -> None:
    ended = cli(command, "1", "--log", "a\udcff")

    assert (ended.status, ended.out) == (2, "")
    assert ended.complaint == "The log message holds half of a character. Type it again."
    assert not server.was_asked()


def test_dates_go_in_the_format_chosen_for_the_portal(
    cli: Cli, server: PortalServer, post: Post
) -> None:
    cli.register(post, {"Due": {"TYPE": "datetime"}})

    chosen = cli("portals", "dates", post.member_id, "iso +03:00")
    ended = cli("reply", "1", "--value", "Due=31.12.2026 18:30")

    assert chosen.out.endswith(" is sent dates as ISO +03:00.\n")
    assert cli("portals", "--json").document[0]["date_format"] == "ISO +03:00"
    assert (ended.status, ended.err) == (0, "")
    assert sent_values(server) == {"Due": "2026-12-31T18:30:00+03:00"}


@pytest.mark.parametrize(
    ("member_id", "date_format", "status", "complaint"),
    [
        ("unknown", "ISO", 1, "No portal is known as unknown."),
        (Post().member_id, "DD-MM", 2, "'DD-MM' is none of DD.MM.YYYY, "),
    ],
)
@pytest.mark.usefixtures("post")
def test_format_or_portal_that_is_none_is_said_so(
    cli: Cli, member_id: str, date_format: str, status: int, complaint: str
) -> None:
    ended = cli("portals", "dates", member_id, date_format)

    assert ended.status == status
    assert ended.complaint.startswith(complaint)


@pytest.mark.usefixtures("post")
def test_log_message_alone_leaves_the_token_waiting(cli: Cli, server: PortalServer) -> None:
    ended = cli("reply", "1", "--only-log", "--log", "half way", "--json")

    received = server.next_request()
    assert ended.status == 0
    assert ended.document["method"] == "bizproc.activity.log"
    assert received.path == "/rest/bizproc.activity.log"
    assert received.document["LOG_MESSAGE"] == "half way"
    assert cli("tokens", "--json").document[0]["state"] == "waiting"


def test_tokens_whose_key_is_gone_cannot_be_answered(cli: Cli) -> None:
    post = Post()
    cli.catch(post)
    cli("portals", "trust", post.member_id)

    ended = cli("reply", "1")

    assert ended.status == 1
    assert "kept in memory only" in ended.complaint


@pytest.mark.usefixtures("post")
def test_history_is_told_as_programs_read_it(cli: Cli, server: PortalServer) -> None:
    server.will_answer(refusal(400, "423", "hung"), PortalAnswer())
    cli("reply", "1")
    cli("reply", "1")

    accepted, later = cli("history", "--json").document
    errors = cli("history", "--errors", "--json").document

    assert later.keys() >= HISTORY_KEYS
    assert {name: later[name] for name in HISTORY_KEYS - {"at", "milliseconds"}} == {
        "call": 1,
        "method": "bizproc.event.send",
        "http_status": 400,
        "outcome": "retry_later",
        "code": "423",
        "explanation": "The workflow is being executed at this moment.",
    }
    assert datetime.fromisoformat(later["at"]).utcoffset() is not None
    assert isinstance(later["milliseconds"], int)
    assert accepted["code"] is None
    assert errors == [later]
    assert cli("history", "--call", "1", "--json").document == [accepted, later]
    assert cli("history", "--call", "2", "--json").document == []
    assert cli("show", "1", "--json").document["history"] == [accepted, later]
    assert cli("tokens", "--json").document[0]["attempts"] == 2


@pytest.mark.usefixtures("post")
def test_history_is_a_table_for_people(cli: Cli) -> None:
    empty = cli("history").out
    cli("reply", "1")

    header, line = cli("history").out.splitlines()

    assert empty == "No attempts.\n"
    assert header.split()[:4] == ["at", "call", "method", "status"]
    assert "accepted" in line
    assert "history" in cli("show", "1").out.splitlines()


def test_portals_are_told_as_programs_read_them(cli: Cli) -> None:
    post = Post()
    cli.catch(post, Post(number=2))

    (known,) = cli("portals", "--json").document

    assert known == {
        "key": post.member_id,
        "member_id": post.member_id,
        "host": "portal.example.org",
        "endpoint": post.endpoint,
        "trusted": False,
        "trusted_at": None,
        "application_token_fingerprint": fingerprint(digest(post.application_token)),
        "first_seen": "2026-03-04T12:00:00.000+00:00",
        "last_seen": "2026-03-04T12:00:00.000+00:00",
        "installed_at": None,
        "gone_at": None,
        "date_format": "DD.MM.YYYY",
        "calls": 2,
        "name": None,
        "order": ["call", "application", "webhook"],
        "rate": 2.0,
        "burst": 50,
        "ca_file": None,
        "plain_http_host": None,
        "authorized_by": [],
        "last_success": None,
        "last_error": None,
    }
    assert post.application_token not in cli("portals", "--json").out


def test_portals_say_when_the_application_came_and_went(cli: Cli) -> None:
    nothing_known = Post(number=1, member_id="b" * 32)
    cli.catch(nothing_known)
    cli.catch_arrivals(AppPost().arrival(NOW))
    installed, installed_table = cli("portals", "--json").document, cli("portals").out
    cli.catch_arrivals(AppPost("ONAPPUNINSTALL").arrival(NOW))
    removed, removed_table = cli("portals", "--json").document, cli("portals").out

    moment = "2026-03-04T12:00:00.000+00:00"
    by_key = {portal["key"]: portal for portal in installed}
    assert by_key[AppPost().member_id]["installed_at"] == moment
    assert by_key[AppPost().member_id]["gone_at"] is None
    assert by_key[nothing_known.member_id]["installed_at"] is None
    assert f"installed {moment}" in installed_table
    assert {portal["key"]: portal["gone_at"] for portal in removed} == {
        AppPost().member_id: moment,
        nothing_known.member_id: None,
    }
    assert f"removed {moment}" in removed_table


def test_event_says_what_it_did_and_a_call_that_its_application_is_gone(cli: Cli) -> None:
    cli.catch_arrivals(
        AppPost().arrival(NOW),
        Post(number=1).arrival(NOW),
        AppPost("ONAPPUNINSTALL", application_token="f" * 32).arrival(NOW),
    )
    before = cli("show", "2").out
    cli.catch_arrivals(AppPost("ONAPPUNINSTALL").arrival(NOW))

    effects = [cli("show", number, "--json").document["effect"] for number in "1234"]
    shown = cli("show", "2").out

    assert effects == ["installed", None, "other_removal", "removed"]
    assert "removed" not in before
    assert "removed    2026-03-04T12:00:00.000+00:00: the portal will refuse replies" in shown
    assert cli("show", "2", "--json").document["gone_at"] == "2026-03-04T12:00:00.000+00:00"
    assert "effect     changed nothing: another application token" in cli("show", "3").out
    assert "effect     the application was removed" in cli("show", "4").out


def test_posts_without_a_token_are_listed_by_their_kind(cli: Cli) -> None:
    cli.catch_arrivals(
        AppPost().arrival(NOW),
        AppPost("ONAPPUNINSTALL", application_token="f" * 32).arrival(NOW),
        AppPost("").arrival(NOW),
    )

    _, opening, removal, installation = cli("tokens", "--others").out.splitlines()

    assert opening.split()[1:3] == ["opening", "DEFAULT"]
    assert removal.split()[1:4] == ["event", "!", "ONAPPUNINSTALL"]
    assert installation.split()[1:3] == ["event", "ONAPPINSTALL"]


def test_portal_is_trusted_anew_from_its_installation_only_when_told_so(cli: Cli) -> None:
    new = AppPost(application_token="f" * 32)
    cli.catch(Post(number=1))
    assert cli("portals", "trust", new.member_id).status == 0
    cli.catch_arrivals(new.arrival(NOW))
    before = cli("portals", "--json").document[0]["application_token_fingerprint"]

    anew = cli("portals", "trust", new.member_id, "--call", "2", "--json").document

    assert before == fingerprint(digest(Post().application_token))
    assert anew["application_token_fingerprint"] == fingerprint(digest(new.application_token))
    assert anew["installed_at"] == "2026-03-04T12:00:00.000+00:00"
    assert cli("tokens", "--json").document[0]["suspicion"] == "application_token"


def test_trust_is_given_and_taken_back(cli: Cli) -> None:
    post = Post()
    cli.catch(post)

    given = cli("portals", "trust", post.member_id)
    as_json = cli("portals", "trust", post.member_id, "--json").document
    table = cli("portals").out
    taken = cli("portals", "distrust", post.member_id)

    assert given.status == 0
    assert given.out == (
        f"Trusted: https://portal.example.org/rest/ (member id {post.member_id}, "
        f"application token {fingerprint(digest(post.application_token))}).\n"
    )
    assert as_json["trusted"] is True
    assert "yes" in table
    assert taken.status == 0
    assert cli("portals", "--json").document[0]["trusted"] is False


def test_portal_of_several_hosts_is_trusted_by_its_host(cli: Cli) -> None:
    post = Post(number=1)
    cli.catch(post, Post(number=2, endpoint="https://evil.example.net/rest/"))

    ambiguous = cli("portals", "trust", post.member_id)
    unknown = cli("portals", "trust", post.member_id, "--host", "other.example.org")
    foreign = cli("portals", "trust", "nobody", "--call", "1")
    chosen = cli("portals", "trust", post.member_id, "--host", "portal.example.org")
    exact = cli("portals", "trust", post.member_id, "--call", "1", "--json")

    assert foreign.complaint == "Call 1 does not come from nobody."
    assert exact.document["host"] == "portal.example.org"
    assert ambiguous.status == unknown.status == 1
    assert "evil.example.net" in ambiguous.complaint
    assert "--host" in ambiguous.complaint
    assert unknown.complaint == "No call has come from other.example.org."
    assert chosen.status == 0


@pytest.mark.parametrize("action", ["trust", "distrust"])
def test_unknown_portal_is_said_so(cli: Cli, action: str) -> None:
    ended = cli("portals", action, "nobody")

    assert ended.status == 1
    assert "nobody" in ended.complaint


def test_no_portals_is_said_in_words(cli: Cli) -> None:
    assert cli("portals").out == "No portals.\n"


@pytest.mark.parametrize("arguments", [("tokens",), ("portals",), ("history",), ("show", "1")])
def test_store_that_cannot_be_used_is_one_line(cli: Cli, arguments: tuple[str, ...]) -> None:
    cli.data.mkdir()
    (cli.data / "store.sqlite3").write_bytes(b"no store " * 1000)

    ended = cli(*arguments)

    assert ended.status == 1
    assert ended.complaint == "The file is not a bxgui store. Move it away and start again."


def test_store_of_a_newer_program_is_one_line(cli: Cli) -> None:
    with closing(Store.open(cli.data)) as store, store.database.write() as connection:
        newer = meta.update().where(meta.c.name == "schema_version")
        connection.execute(newer.values(value=str(SCHEMA_VERSION + 1)))

    ended = cli("tokens")

    assert ended.status == 1
    assert "newer bxgui" in ended.complaint


def test_folder_that_cannot_be_made_is_one_line(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")

    ended = cli("--data-dir", str(file / "data"), "tokens")

    assert ended.status == 1
    assert ended.complaint.startswith(f"{file / 'data'} cannot be used: ")


def test_settings_that_cannot_be_used_stop_the_listener(cli: Cli) -> None:
    cli.data.mkdir()
    (cli.data / "settings.toml").write_text("[listener]\nport = 'x'\n", "utf-8")

    ended = cli("listen")

    assert ended.status == 1
    assert "settings.toml" in ended.complaint


def test_bug_is_one_line_and_the_log_has_the_rest(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bxgui.services.portal_book.PortalBook.facts", stumble)

    ended = cli("portals")
    caplog.clear()

    assert ended.status == 1
    assert ended.complaint == "a bug in bxgui (ZeroDivisionError); the log has the details."
    assert "ZeroDivisionError" in (cli.data / "bxgui.log").read_text("utf-8")


def test_help_and_version_are_told(cli: Cli) -> None:
    version, text = cli("--version"), cli("--help")

    assert (version.status, version.out) == (0, f"bxgui {__version__}\n")
    assert text.status == 0
    for number in range(7):
        assert f"{number} " in text.out.partition("exit status")[2]


def run(data: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(data, *arguments),
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        timeout=WAIT,
        check=False,
        **options,
    )


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_reader_that_leaves_early_is_no_trouble(cli: Cli) -> None:
    cli.catch(*(Post(number=n) for n in range(20)))
    for arguments in (("tokens",), ("tokens", "--json"), ("portals",)):
        reading, writing = os.pipe()
        os.close(reading)
        try:
            ended = run(
                cli.data, *arguments, stdout=writing, stderr=subprocess.PIPE, env=without_keyring()
            )
        finally:
            os.close(writing)

        assert ended.returncode == 1
        assert ended.stderr == ""


def test_whatever_the_terminal_speaks_text_comes_out(cli: Cli) -> None:
    cli.catch(Post(document="ёлка"))

    ended = run(
        cli.data,
        "tokens",
        capture_output=True,
        env={**without_keyring(), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )

    assert ended.returncode == 0
    assert "ёлка" in ended.stdout


@pytest.mark.skipif(os.name != "posix", reason="keys are lent through sockets of POSIX")
def test_call_is_caught_by_one_process_and_answered_by_another() -> None:
    with tempfile.TemporaryDirectory() as folder, portal() as server:
        data = Path(folder)
        environment = without_keyring(data)
        post = Post(endpoint=server.endpoint)
        with listening(data, environment=environment) as listener:
            assert ask(listener.url, post.body)[0] == 200
            trusted = run(
                data, "portals", "trust", post.member_id, capture_output=True, env=environment
            )
            sent = run(
                data,
                *("reply", "1", "--json", "--value", "Approved=Y"),
                capture_output=True,
                env=environment,
            )
        received = server.next_request()
        written = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())

    assert trusted.returncode == sent.returncode == 0
    assert sent.stderr == ""
    assert json.loads(sent.stdout)["outcome"] == "accepted"
    assert received.document["EVENT_TOKEN"] == post.token
    assert received.document["auth"] == post.access_token
    assert not [secret for secret in post.secrets if secret in written]


@pytest.mark.parametrize("port", ["99999", "-1", "x", "65536", "٣", "9" * 5000])
@pytest.mark.parametrize("command", ["listen", "simulate"])
def test_a_port_that_is_none_ends_with_2(cli: Cli, command: str, port: str) -> None:
    ended = cli(command, f"--port={port}")

    assert ended.status == 2
    assert "is not a port between 0 and 65535" in ended.complaint


def test_call_number_beyond_every_store_is_no_bug(cli: Cli) -> None:
    cli.catch(Post())

    for number in ("99999999999999999999", "-99999999999999999999"):
        assert cli("history", f"--call={number}", "--json").document == []


def test_names_from_outside_steer_neither_terminal_nor_shell(cli: Cli) -> None:
    post = Post(member_id="x; touch /tmp/PWNED #\x1b]0;owned\x07", code="a\x9b2J\u202eb")
    cli.catch(post)

    refused = cli("reply", "1")
    listed = cli("tokens", "--json")

    assert refused.status == 6
    assert refused.complaint.endswith("--call 1")
    assert "portals trust 'x; touch /tmp/PWNED #" in refused.complaint
    assert all(letter.isprintable() for letter in refused.complaint)
    assert all(letter.isprintable() or letter == "\n" for letter in listed.out)


def test_posts_without_a_token_are_listed_when_asked_for(cli: Cli) -> None:
    cli.catch(Post(number=1))

    assert [row["id"] for row in cli("tokens", "--json").document] == [1]
    assert cli("tokens", "--others", "--json").document == []


def reject(cli: Cli, code: str, reason: str, body: bytes, *, at_handler: bool = True) -> None:
    arrival = Arrival(NOW, body, "text/css", headers=(("content-type", "text/css"),), peer="::1:9")
    rejection = Rejection(arrival, status_of(code), code, reason, at_handler=at_handler)
    with closing(Store.open(cli.data)) as store:
        store.calls.reject([prepare_rejection(rejection, cli.key)])


def test_rejected_posts_are_listed_with_reason_and_answer(cli: Cli) -> None:
    assert cli("tokens", "--rejected").out == "No rejected posts.\n"
    cli.catch(Post(number=1))
    reject(cli, "json", "the JSON is not an object", b"[]")
    reject(cli, "broken_off", "the sender broke off", b"a=")

    late, early = cli("tokens", "--rejected", "--json").document
    (head, first, second) = cli("tokens", "--rejected").out.splitlines()

    assert (early["id"], early["reason"], early["status"]) == (2, "the JSON is not an object", 400)
    assert (late["id"], late["reason"], late["status"]) == (3, "the sender broke off", 0)
    assert head.split() == ["id", "answer", "arrived", "reason"]
    assert first.startswith("3   none ")
    assert first.endswith("the sender broke off")
    assert second.startswith("2   HTTP 400 ")
    assert [row["id"] for row in cli("tokens", "--json").document] == [1]


def test_a_rejected_post_is_shown_as_a_preview(cli: Cli) -> None:
    body = b"event_token=62c6c762f552c6.20116410|A1_1|secret&a=1"
    reject(cli, "media_type", "a body of the type 'text/css' is not understood", body)
    reject(cli, "no_length", "the post has no length", b"x=1", at_handler=False)

    text = cli("show", "1").out
    document = cli("show", "1", "--json").document

    assert "rejected 1: a body of the type 'text/css' is not understood\n" in text
    assert "answer     HTTP 415\n" in text
    assert "a preview; --reveal prints all" in text
    assert "event_token=***&a=1" in text
    assert "20116410" not in text
    assert (document["kind"], document["status"]) == ("rejected", 415)
    assert document["reason"] == "a body of the type 'text/css' is not understood"
    assert document["body"] == "event_token=***&a=1"
    assert "a preview only" in cli("show", "2").out


def test_demo_goes_the_whole_way_in_a_folder_of_its_own(cli: Cli) -> None:
    ended = cli("demo", "--headless", "--json")

    steps = [json.loads(line)["step"] for line in ended.out.splitlines()]
    assert ended.status == 0
    (said,) = ended.told
    assert said == {"remark": "demo works in a folder of its own; --data-dir is not used"}
    assert sum(step.startswith("caught") for step in steps) == 6
    assert 'The portal applied {"owner": "user_1"}' in steps
    assert any("dropped dayz without a word" in step for step in steps)
    assert not cli.data.exists()


def test_window_without_a_display_is_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")

    ended = cli()

    assert ended.status == 1
    assert "no display" in ended.complaint


def test_a_state_that_there_is_not_names_those_that_there_are(cli: Cli) -> None:
    ended = cli("tokens", "--state", "bogus")

    assert ended.status == 2
    assert "'bogus' is no state; the states are " in ended.complaint
    assert all(state in ended.complaint for state in TokenState)


def test_a_file_is_no_folder_for_the_data(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")

    ended = cli("--data-dir", str(file), "tokens")

    assert ended.status == 2
    assert f"{file} is a file, and a folder is wanted" in ended.complaint
